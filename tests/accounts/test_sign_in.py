"""Does the right secret let in, the wrong one not, and nothing tell which names are?"""

import threading

import pytest
from argon2 import PasswordHasher

from accounts.changes import changing
from accounts.people import give_code, keep_password
from accounts.sessions import find
from accounts.sign_in import Outcome, choose_password, sign_in, sign_out
from store import Store
from tests.accounts.people import (
    ADMIN,
    DAY,
    MINUTE,
    NOW,
    PASSWORD,
    acts,
    given,
    signed_in,
)

NEW = "漳河水从西往东流过去"


def test_a_code_asks_for_a_password_and_that_lets_in(store: Store) -> None:
    code = given(store).code
    assert sign_in(store, "wang", code, NOW) == Outcome(must_set_password=True)
    weak = choose_password(store, "wang", code, "王五王五王五王五王五", NOW)
    assert (weak.token, weak.must_set_password) == ("", True)
    assert "姓名" in weak.message
    token = choose_password(store, "wang", code, PASSWORD, NOW).token
    assert find(store, token, NOW) is not None
    assert find(store, sign_in(store, " WANG", PASSWORD, NOW).token, NOW) is not None
    assert acts(store)[1:] == [
        ("password_set", "u1", "u1"),
        ("signed_in", "u1", "u1"),
        ("signed_in", "u1", "u1"),
    ]


def test_a_code_is_used_once(store: Store) -> None:
    code = given(store).code
    choose_password(store, "wang", code, PASSWORD, NOW)
    again = choose_password(store, "wang", code, NEW, NOW)
    assert (again.token, again.must_set_password) == ("", False)
    assert "不对" in again.message
    assert not sign_in(store, "wang", code, NOW).must_set_password


def test_a_code_is_used_by_one_of_many_at_once(store: Store) -> None:
    code = given(store).code
    found: list[Outcome] = []

    def choose(password: str) -> None:
        found.append(choose_password(store, "wang", code, password, NOW))

    threads = [threading.Thread(target=choose, args=(p,)) for p in (PASSWORD, NEW)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(bool(outcome.token) for outcome in found) == [False, True]


def test_a_code_expires(store: Store) -> None:
    code = given(store).code
    last = NOW + 14 * DAY
    assert sign_in(store, "wang", code, last - MINUTE).must_set_password
    assert "已过期" in sign_in(store, "wang", code, last).message
    assert choose_password(store, "wang", code, PASSWORD, last).token == ""


def test_a_new_code_ends_the_old_one_the_password_and_all_sessions(
    store: Store,
) -> None:
    token = signed_in(store)
    code = give_code(store, ADMIN, "wang", NOW).code
    assert find(store, token, NOW) is None
    assert sign_in(store, "wang", PASSWORD, NOW).token == ""
    newer = give_code(store, ADMIN, "wang", NOW).code
    assert not sign_in(store, "wang", code, NOW).must_set_password
    assert sign_in(store, "wang", newer, NOW).must_set_password


def test_a_new_password_ends_all_other_sessions(store: Store) -> None:
    first = signed_in(store)
    second = choose_password(store, "wang", PASSWORD, NEW, NOW).token
    assert find(store, first, NOW) is None
    assert find(store, second, NOW) is not None
    assert sign_in(store, "wang", PASSWORD, NOW).token == ""
    weak = choose_password(store, "wang", NEW, "短", NOW)
    assert (weak.token, weak.must_set_password) == ("", False)


def test_what_is_said_does_not_tell_which_names_are(store: Store) -> None:
    given(store)
    said = [
        [sign_in(store, name, f"secret-{n}", NOW).message for n in range(7)]
        for name in ("wang", "nobody")
    ]
    assert said[0] == said[1]
    assert said[0][0] == "登录名、密码或一次性口令不对。"
    assert said[0][-1] == "试得太多。请 1 分钟后再试。"


def test_no_typed_name_lies_about(store: Store) -> None:
    sign_in(store, PASSWORD, "", NOW, "10.0.0.7")
    everything = store.rows("select * from ops.audit") + store.rows(
        "select * from ops.sign_in_trouble"
    )
    assert PASSWORD not in str(everything)
    assert acts(store) == [("sign_in_failed", "nobody", "")]


def test_a_password_is_kept_anew_when_the_parameters_change(store: Store) -> None:
    account = given(store).account
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with changing(store) as cursor:
        keep_password(cursor, account, old, NOW)
    assert sign_in(store, "wang", PASSWORD, NOW).token
    kept = store.value("select password_hash from ops.account")
    assert "m=19456,t=2,p=1" in kept
    assert sign_in(store, "wang", PASSWORD, NOW).token


@pytest.mark.parametrize("is_everywhere", [False, True])
def test_signing_out(store: Store, is_everywhere: bool) -> None:
    first = signed_in(store)
    second = sign_in(store, "wang", PASSWORD, NOW).token
    sign_out(store, first, NOW, is_everywhere)
    sign_out(store, first, NOW, is_everywhere)
    assert find(store, first, NOW) is None
    assert (find(store, second, NOW) is None) is is_everywhere
    assert [act for act, _by, _on in acts(store)].count("signed_out") == 1
