"""How does somebody sign in for a test? By a real account and a real session."""

from datetime import datetime
from itertools import count

from accounts import sessions
from accounts.people import Person, create
from base.clock import SystemClock
from base.place import Scope
from base.viewer import Viewer
from store import Store

ADMIN = Viewer("测试管理员", "admin", Scope.of([]))
_NUMBERS = count(1)


def signed_in(
    store: Store, role: str, *codes: str, name: str = "", at: datetime | None = None
) -> str:
    """Give somebody an account, sign them in, and return the token of the session.

    Args:
        store: where.
        role: of the account.
        codes: the places that it holds.
        name: the login name; default one that is new.
        at: when; default now, on the clock of this machine, which sessions go by.
    """
    now = at or SystemClock().now()
    person = Person(name or f"{role}.{next(_NUMBERS)}", role, codes)
    account = create(store, ADMIN, person, now).account
    return sessions.begin(store, account, now)
