"""Does a session hold as long as it should, and no longer?"""

from datetime import timedelta

import pytest

from accounts import sessions
from base.settings import settings
from base.viewer import PAGE
from store import Store
from tests.accounts.people import DAY, MINUTE, NOW, VILLAGE, given, signed_in

HOUR = timedelta(hours=1)


def seen_at(store: Store) -> object:
    return store.value("select seen_at from ops.session")


def test_a_token_finds_its_holder(store: Store) -> None:
    made = given(store)
    token = sessions.begin(store, made.account, NOW, "10.0.0.7", "x" * 999)
    viewer = sessions.find(store, token, NOW)
    assert viewer is not None
    assert (viewer.name, viewer.actor, viewer.role) == ("王五", "u1", "secretary")
    assert (viewer.scope, viewer.way, viewer.address) == ((VILLAGE,), PAGE, "10.0.0.7")
    kept = store.rows("select token_hash, agent from ops.session")
    assert len(token) >= 43
    assert token not in str(kept)
    assert len(kept[0][1]) == 200


@pytest.mark.parametrize("token", ["", "guess", "\udcff", "' or 1=1 --"])
def test_no_other_token_finds_anybody(store: Store, token: str) -> None:
    signed_in(store)
    assert sessions.find(store, token, NOW) is None


def test_the_hash_is_no_token(store: Store) -> None:
    signed_in(store)
    stolen = store.value("select token_hash from ops.session")
    assert sessions.find(store, stolen, NOW) is None


def test_an_office_signs_in_again_after_a_day_or_a_rest(store: Store) -> None:
    made = given(store, "office", role="office", places=("410581",))
    token = sessions.begin(store, made.account, NOW)
    assert sessions.find(store, token, NOW + 2 * HOUR) is not None
    assert sessions.find(store, token, NOW + 4 * HOUR) is not None
    assert sessions.find(store, token, NOW + 6 * HOUR + MINUTE) is None
    other = sessions.begin(store, made.account, NOW)
    for hours in range(12):
        assert sessions.find(store, other, NOW + hours * HOUR) is not None
    assert sessions.find(store, other, NOW + 12 * HOUR) is None


def test_a_secretarys_phone_stays_signed_in_for_days(store: Store) -> None:
    token = signed_in(store)
    assert sessions.find(store, token, NOW + 7 * DAY - MINUTE) is not None
    assert sessions.find(store, token, NOW + 7 * DAY) is None


def test_how_long_is_a_setting(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VILLAGE_SECRETARY_SESSION_DAYS", "1")
    settings.cache_clear()
    token = signed_in(store)
    assert sessions.find(store, token, NOW + DAY) is None


def test_it_is_noted_once_a_minute_that_somebody_was_here(store: Store) -> None:
    token = signed_in(store)
    sessions.find(store, token, NOW + timedelta(seconds=59))
    assert seen_at(store) == NOW
    sessions.find(store, token, NOW + MINUTE)
    assert seen_at(store) == NOW + MINUTE


def test_one_session_ends_or_all(store: Store) -> None:
    account = given(store).account
    first, second, third = (sessions.begin(store, account, NOW) for _n in range(3))
    sessions.end(store, first, NOW)
    sessions.end(store, "guess", NOW)
    found = [sessions.find(store, token, NOW) for token in (first, second, third)]
    assert [viewer is not None for viewer in found] == [False, True, True]
    sessions.end_all(store, account.account_no, NOW)
    assert sessions.find(store, second, NOW) is None
    assert sessions.find(store, third, NOW) is None


def test_what_ended_long_ago_goes(store: Store) -> None:
    account = given(store).account
    sessions.begin(store, account, NOW)
    sessions.begin(store, account, NOW + 30 * DAY)
    assert store.value("select count(*) from ops.session") == 2
    sessions.begin(store, account, NOW + 38 * DAY)
    assert store.value("select count(*) from ops.session") == 2


def test_it_is_known_who_was_here_last_and_when(store: Store) -> None:
    given(store, "never", places=("410581105203",))
    token = signed_in(store)
    assert sessions.find(store, token, NOW + 5 * MINUTE) is not None
    assert sessions.last_seen(store) == {2: NOW + 5 * MINUTE}
