"""How long does somebody wait who fails, and whom does it hold up besides?"""

from datetime import datetime, timedelta

import pytest

from accounts.lockout import begin_attempt, fail, forgive
from accounts.people import give_code
from accounts.sign_in import sign_in
from store import Store
from tests.accounts.people import ADMIN, MINUTE, NOW, PASSWORD, acts, given, signed_in

HOME = "10.0.0.7"


def failed(store: Store, at: datetime, name: str = "wang", address: str = "") -> None:
    attempt = begin_attempt(store, name, address, at)
    assert attempt.wait_until is None
    fail(store, attempt, at)


def wait(store: Store, at: datetime, name: str = "wang", address: str = "") -> object:
    until = begin_attempt(store, name, address, at).wait_until
    return until and until - at


def test_five_failures_are_free_then_the_wait_doubles_to_an_hour(store: Store) -> None:
    at = NOW
    for _number in range(5):
        failed(store, at)
    waits = []
    for _number in range(8):
        found = wait(store, at)
        assert isinstance(found, timedelta)
        waits.append(found // MINUTE)
        at += found
        failed(store, at)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_waiting_is_not_failing(store: Store) -> None:
    for _number in range(5):
        failed(store, NOW)
    for _number in range(9):
        assert wait(store, NOW) == MINUTE
    failed(store, NOW + MINUTE)


def test_a_day_forgets(store: Store) -> None:
    for _number in range(5):
        failed(store, NOW)
    failed(store, NOW + timedelta(days=1))
    failed(store, NOW + timedelta(days=1))


def test_success_forgets_the_name(store: Store) -> None:
    for _number in range(4):
        failed(store, NOW)
    forgive(store, begin_attempt(store, "wang", "", NOW))
    for _number in range(5):
        failed(store, NOW)
    assert wait(store, NOW) == MINUTE


def test_an_address_waits_after_two_hundred_failures(store: Store) -> None:
    for number in range(200):
        failed(store, NOW, f"w{number}", HOME)
    assert wait(store, NOW, "new", HOME) == MINUTE
    assert wait(store, NOW, "new", "10.0.0.8") is None
    failed(store, NOW + timedelta(hours=1), "new", HOME)
    failed(store, NOW + timedelta(hours=1), "newer", HOME)


def test_many_who_come_at_once_with_right_secrets_do_not_wait(store: Store) -> None:
    """A county behind one gate comes in on a Monday morning."""
    attempts = [begin_attempt(store, f"w{n}", HOME, NOW) for n in range(300)]
    assert {attempt.wait_until for attempt in attempts} == {None}


def test_one_account_does_not_free_an_address(store: Store) -> None:
    for number in range(199):
        failed(store, NOW, f"w{number}", HOME)
    for _number in range(3):
        forgive(store, begin_attempt(store, "own", HOME, NOW))
    failed(store, NOW, "last", HOME)
    assert wait(store, NOW, "w31", HOME) == MINUTE


def test_the_right_secret_waits_as_well_and_is_told_how_long(store: Store) -> None:
    signed_in(store)
    for _number in range(5):
        assert sign_in(store, "wang", "wrong", NOW).token == ""
    said = [sign_in(store, "wang", PASSWORD, at) for at in (NOW, NOW + MINUTE)]
    assert said[0].message == "试得太多。请 1 分钟后再试。"
    assert said[1].token
    told = [act for act, _by, _on in acts(store)]
    assert (told.count("sign_in_failed"), told.count("locked_out")) == (5, 1)


@pytest.mark.parametrize("name", ["wang", "nobody"])
def test_a_code_is_not_to_be_guessed(store: Store, name: str) -> None:
    code = given(store).code
    for number in range(5):
        sign_in(store, name, f"ABCDE-2345{number}", NOW)
    assert not sign_in(store, name, code, NOW).must_set_password


def test_a_new_code_lets_a_name_try_again_at_once(store: Store) -> None:
    given(store)
    for _number in range(5):
        failed(store, NOW)
    assert wait(store, NOW)
    code = give_code(store, ADMIN, "wang", NOW).code
    assert wait(store, NOW) is None
    assert sign_in(store, "wang", code, NOW).must_set_password
