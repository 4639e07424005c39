"""Does whoever holds the machine become admin, once, and nobody else?"""

import threading

from accounts.account import account_of
from accounts.first_run import code_file, has_admin, offer_set_up, set_up
from accounts.people import set_enabled
from accounts.sessions import find
from accounts.sign_in import Outcome, sign_in
from store import Store
from tests.accounts.people import ADMIN, NOW, PASSWORD, acts, given


def test_without_an_admin_a_code_is_written_down_for_its_owner(store: Store) -> None:
    assert not has_admin(store)
    code = offer_set_up(store)
    assert code is not None
    assert code_file().read_text(encoding="utf-8") == code
    assert code_file().stat().st_mode & 0o777 == 0o600
    assert offer_set_up(store) == code


def test_the_code_makes_the_first_admin(store: Store) -> None:
    code = offer_set_up(store) or ""
    outcome = set_up(store, code.lower(), "Boss", PASSWORD, NOW, "127.0.0.1")
    viewer = find(store, outcome.token, NOW)
    assert viewer is not None
    assert (viewer.role, viewer.scope, viewer.name) == ("admin", (), "boss")
    assert has_admin(store)
    assert not code_file().exists()
    assert offer_set_up(store) is None
    assert sign_in(store, "boss", PASSWORD, NOW).token
    assert acts(store)[0] == ("account_added", "u1", "u1")
    again = set_up(store, code, "other", PASSWORD, NOW)
    assert (again.token, account_of(store, "other")) == ("", None)


def test_without_a_code_nothing_fits(store: Store) -> None:
    assert "安装口令不对" in set_up(store, "", "boss", PASSWORD, NOW).message
    offer_set_up(store)
    assert "安装口令不对" in set_up(store, "", "boss", PASSWORD, NOW).message
    assert not has_admin(store)


def test_a_weak_password_keeps_the_code(store: Store) -> None:
    code = offer_set_up(store) or ""
    assert "至少" in set_up(store, code, "boss", "admin", NOW).message
    assert "登录名" in set_up(store, code, "a b", PASSWORD, NOW).message
    assert set_up(store, code, "boss", PASSWORD, NOW).token


def test_the_code_is_not_to_be_guessed(store: Store) -> None:
    code = offer_set_up(store) or ""
    for _number in range(5):
        set_up(store, "ABCDE-23456", "boss", PASSWORD, NOW)
    assert "分钟后再试" in set_up(store, code, "boss", PASSWORD, NOW).message
    assert not has_admin(store)
    told = [act for act, _by, _on in acts(store)]
    assert told == ["sign_in_failed"] * 5 + ["locked_out"]


def test_one_of_many_at_once_becomes_admin(store: Store) -> None:
    code = offer_set_up(store) or ""
    found: list[Outcome] = []

    def try_it(name: str) -> None:
        found.append(set_up(store, code, name, PASSWORD, NOW))

    threads = [threading.Thread(target=try_it, args=(f"boss{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(bool(outcome.token) for outcome in found) == [False] * 3 + [True]
    count = "select count(*) from ops.account where role = 'admin'"
    assert store.value(count) == 1


def test_an_old_code_is_worth_nothing_beside_an_admin(store: Store) -> None:
    code = offer_set_up(store) or ""
    given(store, "first", role="admin", places=())
    assert "已经有管理员" in set_up(store, code, "boss", PASSWORD, NOW).message
    given(store, "second", role="admin", places=())
    set_enabled(store, ADMIN, "first", False, NOW)
    assert offer_set_up(store) is None
    assert not code_file().exists()
