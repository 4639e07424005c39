"""Is one subject one account, for good, and is every refusal kept, in measure?"""

from datetime import datetime, timedelta

import pytest

from accounts import lockout
from accounts.account import account_of
from accounts.commands import operator
from accounts.oidc import bind, refuse, sign_in_as, unbind
from accounts.people import Person, create
from accounts.sessions import find
from base.errors import ShownError
from base.viewer import system_viewer
from store import Store

AT = datetime(2018, 6, 30, 9)
ADDRESS = "10.0.0.7"


@pytest.fixture
def people(store: Store) -> Store:
    """A store with an office, two leaders and an admin."""
    for name, role in (("li", "leader"), ("wu", "leader"), ("of", "office")):
        create(store, operator(), Person(name, role, ("410581",)), AT)
    create(store, operator(), Person("boss", "admin", ()), AT)
    return store


def acts(store: Store) -> list[tuple[str, str, str, str]]:
    sql = "select action, subject, detail, address from ops.audit order by audit_no"
    told = [tuple(row) for row in store.rows(sql)]
    return [act for act in told if act[0].startswith(("oidc", "sign"))]


def subject_of(store: Store, name: str) -> str:
    account = account_of(store, name)
    assert account is not None
    return account.oidc_subject


def test_the_first_time_binds(people: Store) -> None:
    token = sign_in_as(people, "s", " ＬＩ ", AT, ADDRESS).token
    viewer = find(people, token, AT)
    assert viewer is not None
    assert (viewer.actor, viewer.role) == ("u1", "leader")
    assert subject_of(people, "li") == "s"
    assert sign_in_as(people, "s", "wu", AT, ADDRESS).token
    assert subject_of(people, "wu") == ""
    assert acts(people) == [
        ("oidc_bound", "u1", "s", ADDRESS),
        ("signed_in", "u1", "oidc", ADDRESS),
        ("signed_in", "u1", "oidc", ADDRESS),
    ]


@pytest.mark.parametrize("subject", ["", "s" * 256])
def test_no_subject_is_nobody(people: Store, subject: str) -> None:
    outcome = sign_in_as(people, subject, "li", AT)
    assert (outcome.token, outcome.message[:4]) == ("", "统一身份")
    assert subject_of(people, "li") == ""
    with pytest.raises(ShownError, match="编号是空的或太长"):
        bind(people, operator(), "li", subject, AT)


def test_no_name_is_nobody(people: Store) -> None:
    assert "没有给出登录名" in sign_in_as(people, "s", "", AT).message


def test_a_subject_has_one_account_and_an_account_one_subject(people: Store) -> None:
    bind(people, operator(), "li", "s", AT)
    bind(people, operator(), "li", "s", AT)
    with pytest.raises(ShownError, match="这个统一身份已绑定「li」。请先解除。"):
        bind(people, operator(), "wu", "s", AT)
    with pytest.raises(ShownError, match="「li」已绑定另一个统一身份。请先解除。"):
        bind(people, operator(), "li", "another", AT)
    with pytest.raises(ShownError, match="没有登录名「no」"):
        bind(people, operator(), "no", "x", AT)
    assert (subject_of(people, "li"), subject_of(people, "wu")) == ("s", "")


def test_unbinding_ends_sessions_and_frees_the_subject(people: Store) -> None:
    token = sign_in_as(people, "s", "li", AT).token
    unbind(people, operator(), "li", AT)
    assert find(people, token, AT) is None
    assert acts(people)[-1][:3] == ("oidc_unbound", "u1", "s")
    bind(people, operator(), "wu", "s", AT)
    viewer = find(people, sign_in_as(people, "s", "li", AT).token, AT)
    assert viewer is not None
    assert viewer.actor == "u2"


def test_who_may_not_look_after_an_account_may_not_bind_it(people: Store) -> None:
    office = system_viewer()
    for name in ("boss", "of"):
        with pytest.raises(ShownError, match="您不能管理这个账号"):
            bind(people, office, name, "s", AT)
        with pytest.raises(ShownError, match="您不能管理这个账号"):
            unbind(people, office, name, AT)
    assert bind(people, office, "li", "s", AT).login_name == "li"


def test_an_address_that_fails_often_is_written_down_in_measure(people: Store) -> None:
    for _number in range(40):
        refuse(people, "state", AT, ADDRESS)
    assert acts(people) == [("sign_in_failed", "", "oidc: state", ADDRESS)] * 30
    # who comes with a password, or is vouched for, does not wait for it
    assert lockout.begin_attempt(people, "li", ADDRESS, AT).wait_until is None
    assert sign_in_as(people, "s", "li", AT, ADDRESS).token
    refuse(people, "state", AT, "10.0.0.8")
    refuse(people, "state", AT + timedelta(hours=2), ADDRESS)
    assert [act[3] for act in acts(people)][-2:] == ["10.0.0.8", ADDRESS]
