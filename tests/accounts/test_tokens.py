"""Does a program come in for its places alone, and no longer than it may?"""

import pytest

from accounts import tokens
from base.errors import ShownError
from base.place import Scope
from base.viewer import API, Viewer
from store import Store
from tests.accounts.people import ADMIN, DAY, NOW, OFFICE, TOWNSHIP, VILLAGE, acts


def made(store: Store, by: Viewer = OFFICE, days: int = 30) -> str:
    _token, secret = tokens.make(store, by, "平台", "township", (TOWNSHIP,), days, NOW)
    return secret


def test_a_secret_finds_its_program(store: Store) -> None:
    secret = made(store)
    assert secret.startswith("vt_")
    viewer = tokens.find(store, secret, NOW, "10.0.0.7")
    assert viewer == Viewer(
        "平台", "township", Scope.of([TOWNSHIP]), "t1", API, "10.0.0.7"
    )
    assert secret not in str(store.rows("select * from ops.api_token"))
    assert acts(store) == [("token_made", "u9", "t1")]


@pytest.mark.parametrize("secret", ["", "vt_", "vt_guess", "guess", "\udcff"])
def test_no_other_secret_finds_anything(store: Store, secret: str) -> None:
    made(store)
    assert tokens.find(store, secret, NOW) is None


def test_a_token_ends_by_itself_or_by_hand(store: Store) -> None:
    first, second = made(store), made(store)
    last = NOW + 30 * DAY
    assert tokens.find(store, first, last - DAY) is not None
    assert tokens.find(store, first, last) is None
    ended = tokens.end(store, OFFICE, 2, NOW)
    assert ended.actor == "t2"
    assert tokens.find(store, second, NOW) is None
    assert tokens.find(store, first, NOW) is not None
    assert [t.ended_at for t in tokens.tokens(store, ADMIN)] == [None, NOW]
    assert acts(store)[-1] == ("token_ended", "u9", "t2")


@pytest.mark.parametrize(
    ("by", "name", "role", "places", "days", "message"),
    [
        (ADMIN, "x", "office", ("410581",), 30, "角色只能是"),
        (ADMIN, "x", "admin", (), 30, "角色只能是"),
        (ADMIN, " ", "secretary", (VILLAGE,), 30, "要有名称"),
        (ADMIN, "x", "secretary", (VILLAGE,), 0, "1 到 730 天"),
        (ADMIN, "x", "secretary", (TOWNSHIP,), 30, "应是 12 位"),
        (OFFICE, "x", "leader", ("41",), 30, "不能管理"),
    ],
)
def test_what_does_not_hold_is_refused(
    store: Store,
    by: Viewer,
    name: str,
    role: str,
    places: tuple[str, ...],
    days: int,
    message: str,
) -> None:
    with pytest.raises(ShownError, match=message):
        tokens.make(store, by, name, role, places, days, NOW)
    assert tokens.tokens(store, ADMIN) == []


def test_others_neither_see_nor_end_it(store: Store) -> None:
    secret = made(store)
    elsewhere = Viewer("外县", "office", Scope.of(["410582"]), "u8")
    assert tokens.tokens(store, elsewhere) == []
    with pytest.raises(ShownError, match="没有编号为 1"):
        tokens.end(store, elsewhere, 1, NOW)
    assert tokens.find(store, secret, NOW) is not None
