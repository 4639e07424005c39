"""Who may give accounts, what happens to places, and how does a post pass on?"""

import threading

import pytest

from accounts.account import (
    Account,
    account_numbered,
    account_of,
    accounts,
    name_of,
    viewer_of,
)
from accounts.people import (
    Person,
    change_scope,
    create,
    give_code,
    set_enabled,
    sign_out_everywhere,
    succeed,
)
from accounts.sessions import find
from accounts.sign_in import sign_in
from base.errors import ShownError
from base.place import Scope
from base.roles import OF_THE_OFFICE, ROLES
from base.viewer import PAGE, Viewer
from etl.rebuild import rebuild
from store import Store
from store.audit import broken_act
from store.salvage import CARRIED
from tests.accounts.people import (
    ADMIN,
    DAY,
    NOW,
    OFFICE,
    OTHER,
    PASSWORD,
    TOWNSHIP,
    VILLAGE,
    acts,
    given,
    signed_in,
)

PLACES = {
    "leader": ("410581",),
    "secretary": (VILLAGE, OTHER),
    "township": (TOWNSHIP,),
    "department": (VILLAGE, "410581001001"),
    "office": ("410581",),
    "admin": (),
}


def test_an_account_is_what_was_given(store: Store) -> None:
    made = given(store, " ＷＡＮＧ ", places=(OTHER, VILLAGE, VILLAGE), phone="138")
    account = account_of(store, "Wang")
    assert account == made.account
    assert account == account_numbered(store, 1)
    assert (account.login_name, account.places) == ("wang", (VILLAGE, OTHER))
    assert (account.state, account.created_by) == ("active", "u0")
    assert made.code not in repr(made)
    viewer = viewer_of(account, PAGE, "10.0.0.7")
    assert viewer.signed() == {
        "actor": "u1",
        "role": "secretary",
        "way": "page",
        "address": "10.0.0.7",
    }
    assert viewer.scope == (VILLAGE, OTHER)
    assert acts(store) == [("account_added", "u0", "u1")]
    assert broken_act(store) is None


@pytest.mark.parametrize("role", ROLES)
def test_the_admin_may_give_every_role(store: Store, role: str) -> None:
    made = create(store, ADMIN, Person("new", role, PLACES[role]), NOW)
    assert made.account.role == role


@pytest.mark.parametrize("role", ROLES)
def test_an_office_gives_its_people_accounts_alone(store: Store, role: str) -> None:
    person = Person("new", role, PLACES[role])
    if role in OF_THE_OFFICE:
        assert create(store, OFFICE, person, NOW).account.role == role
    else:
        with pytest.raises(ShownError, match="不能管理"):
            create(store, OFFICE, person, NOW)
        assert account_of(store, "new") is None


@pytest.mark.parametrize("role", sorted(OF_THE_OFFICE))
def test_nobody_else_gives_accounts(store: Store, role: str) -> None:
    by = Viewer("某", role, Scope.of(["410581"]), "u5")
    with pytest.raises(ShownError, match="不能管理"):
        create(store, by, Person("new", "secretary", (VILLAGE,)), NOW)


def test_an_office_stays_within_its_scope(store: Store) -> None:
    elsewhere = Viewer("外县", "office", Scope.of(["410582"]), "u8")
    made = given(store)
    for change in (
        lambda: give_code(store, elsewhere, "wang", NOW),
        lambda: set_enabled(store, elsewhere, "wang", False, NOW),
        lambda: change_scope(store, elsewhere, "wang", (OTHER,), NOW),
        lambda: sign_out_everywhere(store, elsewhere, "wang", NOW),
        lambda: succeed(store, elsewhere, "wang", Person("li", "", ()), NOW),
        lambda: create(store, OFFICE, Person("x", "leader", ("CN",)), NOW),
    ):
        with pytest.raises(ShownError, match="不能管理"):
            change()
    assert account_of(store, "wang") == made.account
    assert accounts(store, elsewhere) == []
    assert accounts(store, OFFICE) == accounts(store, ADMIN) == [made.account]


@pytest.mark.parametrize(
    ("login_name", "role", "places", "message"),
    [
        ("wang", "secretary", (VILLAGE,), "已有人用"),
        ("x y", "secretary", (VILLAGE,), "登录名"),
        ("li", "king", (VILLAGE,), "没有「king」这个角色"),
        ("li", "secretary", (TOWNSHIP,), "应是 12 位"),
        ("li", "secretary", (), "要有负责的"),
        ("li", "secretary", ("410581105999",), "名录里没有"),
    ],
)
def test_what_does_not_hold_is_refused(
    store: Store, login_name: str, role: str, places: tuple[str, ...], message: str
) -> None:
    given(store)
    with pytest.raises(ShownError, match=message):
        create(store, ADMIN, Person(login_name, role, places), NOW)
    assert len(accounts(store, ADMIN)) == 1


def test_an_admin_has_no_places(store: Store) -> None:
    with pytest.raises(ShownError, match="不看数据"):
        create(store, ADMIN, Person("boss", "admin", ("410581",)), NOW)


def test_places_change_at_once_and_the_old_stay_on_record(store: Store) -> None:
    token = signed_in(store)
    changed = change_scope(store, OFFICE, "wang", (OTHER,), NOW + DAY)
    assert changed.places == (OTHER,)
    later = find(store, token, NOW + DAY)
    assert later is not None
    assert later.scope == (OTHER,)
    assert store.rows(
        "select place_code, from_at, to_at from ops.account_scope order by from_at"
    ) == [(VILLAGE, NOW, NOW + DAY), (OTHER, NOW + DAY, None)]
    length = len(acts(store))
    change_scope(store, OFFICE, "wang", (OTHER,), NOW + DAY)
    assert len(acts(store)) == length
    assert acts(store)[-1] == ("scope_changed", "u9", "u1")


def test_a_disabled_account_is_out_at_once(store: Store) -> None:
    token = signed_in(store)
    set_enabled(store, OFFICE, "wang", False, NOW)
    assert find(store, token, NOW) is None
    assert sign_in(store, "wang", PASSWORD, NOW).token == ""
    set_enabled(store, OFFICE, "wang", True, NOW)
    assert find(store, token, NOW) is None
    assert sign_in(store, "wang", PASSWORD, NOW).token != ""


def test_an_office_signs_its_people_out(store: Store) -> None:
    token = signed_in(store)
    sign_out_everywhere(store, OFFICE, "wang", NOW)
    assert find(store, token, NOW) is None
    assert sign_in(store, "wang", PASSWORD, NOW).token != ""
    assert ("sessions_ended", "u9", "u1") in acts(store)


def test_the_last_admin_stays(store: Store) -> None:
    given(store, "boss", role="admin", places=())
    with pytest.raises(ShownError, match="最后一个管理员"):
        set_enabled(store, ADMIN, "boss", False, NOW)
    given(store, "second", role="admin", places=())
    assert set_enabled(store, ADMIN, "boss", False, NOW).state == "disabled"


def test_a_post_passes_to_a_successor(store: Store) -> None:
    token = signed_in(store, organisation_name="市水利局")
    made = succeed(store, OFFICE, "wang", Person("li", "", (), "李四"), NOW + DAY)
    heir, before = made.account, account_of(store, "wang")
    assert before is not None
    assert (before.state, before.places) == ("disabled", ())
    assert (heir.role, heir.places) == ("secretary", (VILLAGE,))
    assert heir.organisation_name == "市水利局"
    assert find(store, token, NOW + DAY) is None
    assert sign_in(store, "li", made.code, NOW + DAY).must_set_password
    assert acts(store)[-2:] == [
        ("post_passed", "u9", "u1"),
        ("account_added", "u9", "u2"),
    ]


def test_a_post_passes_wholly_or_not_at_all(store: Store) -> None:
    made = given(store)
    given(store, "li")
    with pytest.raises(ShownError, match="已有人用"):
        succeed(store, OFFICE, "wang", Person("li", "", ()), NOW)
    assert account_of(store, "wang") == made.account


def test_several_at_once_get_numbers_of_their_own(store: Store) -> None:
    def make(name: str) -> None:
        given(store, name)

    threads = [threading.Thread(target=make, args=(f"w{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found: list[Account] = accounts(store, ADMIN)
    assert [account.account_no for account in found] == [1, 2, 3, 4, 5, 6]


def test_signatures_have_names(store: Store) -> None:
    given(store)
    given(store, "boss", role="admin", places=(), person_name="")
    assert [name_of(store, actor) for actor in ("u1", "u2", "u3", "用户", "")] == [
        "王五",
        "boss",
        "u3",
        "用户",
        "",
    ]


def test_accounts_survive_a_rebuild(store: Store) -> None:
    token = signed_in(store)
    before = [store.rows(f"select * from {table}") for table in CARRIED]
    assert rebuild(lambda _line: None) == 0
    assert [store.rows(f"select * from {table}") for table in CARRIED] == before
    assert find(store, token, NOW) is not None
    assert sign_in(store, "wang", PASSWORD, NOW).token
