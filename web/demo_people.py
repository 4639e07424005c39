"""Who may look at a demonstration? One account of each role, without a password."""

from datetime import datetime

from accounts import sessions
from accounts.account import account_of, viewer_of
from accounts.people import Person, create
from base.roles import ROLES
from base.viewer import PAGE, Viewer, system_viewer
from base.words import _
from etl.door import home_of, is_demo
from store import Store
from store.audit import record

# Whom the demonstration shows, and which places are theirs.
_PLACES = {
    "leader": ("410581",),
    "office": ("410581",),
    "township": ("410581106",),
    "secretary": ("410581106205",),
    "department": ("410581106205", "410581105203", "410581102204"),
    "admin": (),
}
# Who looks after the whole; of an invented province, the province.
_OF_THE_WHOLE = ("leader", "office")


def demo_roles() -> dict[str, str]:
    """Return the roles that the demonstration offers, with their names."""
    return {role: _(ROLES[role].name) for role in _PLACES}


def demo_token(store: Store, role: str, at: datetime, address: str) -> str | None:
    """Sign a role of the demonstration in; None where there is none.

    Args:
        store: where; only a demonstration has such accounts.
        role: which.
        at: now, local time in China.
        address: from where.
    """
    if role not in _PLACES or not is_demo(store):
        return None
    login_name = f"demo.{role}"
    account = account_of(store, login_name)
    if account is None:
        person = Person(
            login_name=login_name,
            person_name=_("演示账号"),
            role=role,
            places=_places(store, role),
        )
        create(store, _maker(), person, at)
        account = account_of(store, login_name)
    if account is None:
        return None
    token = sessions.begin(store, account, at, address)
    record(store, viewer_of(account, PAGE, address), "signed_in", at, detail="demo")
    return token


def _places(store: Store, role: str) -> tuple[str, ...]:
    return (home_of(store),) if role in _OF_THE_WHOLE else _PLACES[role]


def _maker() -> Viewer:
    """Return who makes the accounts: whoever set the demonstration up."""
    system = system_viewer()
    return Viewer(system.name, "admin", system.scope, way=system.way)
