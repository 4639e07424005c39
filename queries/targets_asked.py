"""How far is a target: who remains, how was the way here, and what was the plan?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from base.catalogue import Target, catalogue
from base.month import add_months, last_day, month_ends
from base.viewer import Viewer
from queries.moment import Moment, version_at
from queries.plan import Pace, pace_of, plan_path
from queries.run import run
from store import Store

UNREPORTED = ("returned", "not_reported", "in_review")


@dataclass(frozen=True)
class Progress:
    """A target at a moment, in a place.

    `path` has one row per month end of the year (as_of_date, remaining, cleared,
    villages); `plan` one per month end up to the deadline (as_of_date, planned).
    """

    villages: int
    remaining: int
    cleared: int
    path: pd.DataFrame
    plan: pd.DataFrame
    pace: Pace


def _closed_version(store: Store, viewer: Viewer, year: int, moment: Moment) -> int:
    """Return the number at which a year's list was closed: the end of next January.

    Where no income had been published by then, as in a system that was filled later,
    the year is read as it is known now.
    """
    closing = datetime(year + 1, 2, 1) - timedelta(seconds=1)
    first = run("time/first_income", viewer, store)["version_no"].iloc[0]
    closed = min(version_at(store, viewer, closing), moment.version_no)
    return closed if pd.notna(first) and closed >= first else moment.version_no


def ask(
    name: str,
    target: Target,
    viewer: Viewer,
    store: Store,
    moment: Moment,
    dates: list[tuple[date, int]],
    **params: Any,
) -> pd.DataFrame:
    """Ask a question that builds on a target's answer.

    Args:
        name: topic and file of the question.
        target: whose answer it builds on.
        viewer: who asks.
        store: where.
        moment: of what the question's other parts are read.
        dates: the days asked about, each with the number to read it at.
        params: what the question takes besides.
    """
    years = sorted({day.year for day, _version in dates})
    lists = [
        (date(year - 1, 12, 31), _closed_version(store, viewer, year - 1, moment))
        for year in years
    ]
    measure = catalogue().measures[target.measure]
    return run(
        name,
        viewer,
        store,
        target.query,
        dates=[day for day, _version in dates + lists],
        versions=[version for _day, version in dates + lists],
        roles=["at"] * len(dates) + ["list"] * len(lists),
        threshold_yuan=Decimal(target.threshold_yuan),
        categories=list(measure.plus),
        statements=target.statements,
        as_of_date=moment.as_of,
        version_no=moment.version_no,
        today=moment.today,
        known_at=moment.known_at,
        **params,
    )


def before(store: Store, viewer: Viewer, moment: Moment) -> tuple[date, int]:
    """Return the month end before as_of, and the number known a month ago.

    Where nothing was known then, the present number stands in: movement is then seen
    along the months, and corrections are not told apart.
    """
    day = last_day(add_months(moment.as_of, -1))
    then = version_at(store, viewer, moment.known_at - (moment.as_of - day))
    first = run("time/first_income", viewer, store)["version_no"].iloc[0]
    is_known = pd.notna(first) and then >= first
    return day, then if is_known else moment.version_no


def progress(target: Target, viewer: Viewer, store: Store, moment: Moment) -> Progress:
    """Return a target's count, its way through the year, its plan and its pace.

    Args:
        target: which.
        viewer: the counts are of the viewer's scope.
        store: where.
        moment: as of when, as known when.
    """
    year = moment.as_of.year
    own = month_ends(date(year, 1, 1), moment.as_of)
    if moment.as_of not in own:
        own.append(moment.as_of)
    last = month_ends(date(year - 1, 1, 1), date(year - 1, 12, 31))
    asked = [(day, moment.version_no) for day in last + own]
    path = ask("progress/path", target, viewer, store, moment, asked)
    days = pd.to_datetime(path["as_of_date"]).dt.year
    own_path = path[days == year].reset_index(drop=True)
    at_hand = own_path.set_index("as_of_date").loc[[moment.as_of]].iloc[0]
    villages, remaining = int(at_hand["villages"]), int(at_hand["remaining"])
    plan = plan_path(target, villages, path[days == year - 1], year)
    return Progress(
        villages=villages,
        remaining=remaining,
        cleared=int(at_hand["cleared"]),
        path=own_path,
        plan=plan,
        pace=pace_of(villages, remaining, plan, moment.as_of),
    )


def summary(
    target: Target, viewer: Viewer, store: Store, moment: Moment
) -> dict[str, Any]:
    """Return what `python -m etl targets --json` says of a target.

    `unreported` counts those remaining whose worst state is returned, not reported or
    in review. `pace` is a number, or null with the reason in `pace_state`.
    """
    whole = progress(target, viewer, store, moment)
    now = [(moment.as_of, moment.version_no)]
    villages = ask(
        "progress/villages", target, viewer, store, moment, now, before_date=None
    )
    remaining = villages[villages["standing"] == "remaining"]
    return {
        "id": target.id,
        "name": target.name,
        "as_of": moment.as_of.isoformat(),
        "villages": whole.villages,
        "remaining": whole.remaining,
        "cleared": whole.cleared,
        "unreported": int(remaining["worst_state"].isin(UNREPORTED).sum()),
        "pace": None if whole.pace.share is None else float(whole.pace.share),
        "pace_state": whole.pace.state,
        "remaining_codes": sorted(remaining["village_code"]),
    }
