"""Who decides on windows in the tests, on which month, and when?"""

from datetime import date, datetime

from base.place import Scope
from base.viewer import Viewer, operator
from office import windows
from store import Store

MARCH, APRIL = date(2018, 3, 31), date(2018, 4, 30)
# The day after the ledgers of March were due.
LATE = datetime(2018, 4, 11, 9)
OFFICE = operator("专班")


def of(role: str, *codes: str) -> Viewer:
    """Return somebody with a role in some places."""
    return Viewer("某人", role, Scope.of(codes))


def due(day: int, month: int = 4) -> date:
    """Return a day of 2018."""
    return date(2018, month, day)


def extend(store: Store, place_code: str, day: date, at: datetime = LATE) -> None:
    """Give a place longer for March."""
    windows.extend(store, OFFICE, MARCH, day, place_code, "汛期", at)
