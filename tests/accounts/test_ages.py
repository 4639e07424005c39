"""Does what is over age go, and what is not stay?"""

from datetime import timedelta

import pytest

from accounts.ages import clear_overdue
from accounts.sign_in import sign_in
from base.settings import settings
from store import Store
from tests.accounts.people import DAY, NOW, signed_in

SESSIONS = "select count(*) from ops.session"
TROUBLES = "select count(*) from ops.sign_in_trouble"


def test_what_is_over_age_goes(store: Store) -> None:
    signed_in(store)
    sign_in(store, "nobody", "wrong", NOW, "10.0.0.7")
    # the name of the first sign-in, a name and an address
    troubles = store.value(TROUBLES)
    assert clear_overdue(store, NOW + 2 * DAY) == 0
    assert clear_overdue(store, NOW + 3 * DAY) == troubles
    assert store.value(SESSIONS) == 1
    assert clear_overdue(store, NOW + 36 * DAY) == 0
    assert clear_overdue(store, NOW + 38 * DAY) == 1
    assert store.value(SESSIONS) == 0


def test_how_long_is_a_setting(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in(store)
    monkeypatch.setenv("VILLAGE_SESSION_KEPT_DAYS", "1")
    settings.cache_clear()
    assert clear_overdue(store, NOW + timedelta(days=8, minutes=1)) >= 1
    assert store.value(SESSIONS) == 0
