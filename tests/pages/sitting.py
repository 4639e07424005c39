"""How does a test of a page sign somebody in? By a real account and a real session."""

from itertools import count

import pytest

from accounts import sessions
from accounts.people import Person, create
from base.clock import SystemClock
from store import Store
from tests.accounts.people import ADMIN
from ui import looking

_NUMBERS = count(1)


def sit_down(
    store: Store, patch: pytest.MonkeyPatch, role: str, *places: str, name: str = ""
) -> str:
    """Sign somebody in for the pages of a test; return the token of the session."""
    now = SystemClock().now()
    person = Person(name or f"{role}.{next(_NUMBERS)}", role, places)
    token = sessions.begin(store, create(store, ADMIN, person, now).account, now)
    patch.setattr(looking, "cookie_token", lambda: token)
    return token
