"""Which meetings do the tests hold, and how do they read what was frozen?"""

from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

import queries
from base.viewer import Viewer
from office import meetings
from office.meetings import Plan
from queries import Moment
from store import Store
from tests.office.deciding import OFFICE, of
from tests.queries.asking import TARGET

COUNTY = "410581"
AT = datetime(2018, 11, 16, 9)
LATER = AT + timedelta(days=3)
NEXT = AT + timedelta(days=7)
FROZEN_TABLES = ("target", "village", "restated", "path", "source", "action")
COUNTY_LEADER, OTHER_OFFICE = of("leader", COUNTY), of("office", "410522")


def plan(place_code: str = COUNTY, **said: Any) -> Plan:
    """Return the meeting of 20 November."""
    told = {"title": "十一月调度会", "held_date": date(2018, 11, 20), **said}
    return Plan(place_code, **told)


def called(store: Store, at: datetime = AT, **said: Any) -> int:
    """Call a meeting and return its number."""
    return meetings.call(store, OFFICE, plan(**said), at)


def met(store: Store, at: datetime = AT, **said: Any) -> int:
    """Call a meeting, freeze its figures, and return its number."""
    number = called(store, at, **said)
    meetings.freeze(store, OFFICE, number, at)
    return number


def held(store: Store, number: int, by: Viewer = OFFICE) -> "pd.Series[Any]":
    """Return a meeting as it is told."""
    return meetings.meeting_of(store, by, number)


def told(
    store: Store, name: str, number: int, by: Viewer = OFFICE, target: str = TARGET.id
) -> pd.DataFrame:
    """Ask one of the questions of `queries/meetings/` of a meeting."""
    return queries.run(
        f"meetings/{name}", by, store, meeting_no=number, target_id=target
    )


def village_told(
    store: Store, name: str, number: int, village_code: str
) -> "pd.Series[Any]":
    """Return what a meeting tells of one village."""
    found = told(store, name, number).set_index("village_code")
    return found.loc[village_code]


def now(store: Store, at: datetime) -> Moment:
    """Return the moment of all that is known at a time."""
    return Moment(date(2018, 10, 31), queries.version_at(store, OFFICE, at), at)


def tables_of(store: Store) -> dict[str, pd.DataFrame]:
    """Return all rows that meetings were frozen with, and all of their steps."""
    names = [f"core.frozen_{kind}" for kind in FROZEN_TABLES]
    names += ["ops.meeting_step", "ops.meeting_note", "ops.meeting_paper"]
    names += ["ops.workstream_step"]
    return {
        name: store.frame(f"select * from {name} order by all", {}) for name in names
    }
