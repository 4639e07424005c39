"""How far is a target: who remains, how was the way here, and what was the plan?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

import pandas as pd

from base.catalogue import Target, catalogue
from base.errors import ShownError
from base.month import add_months, last_day, month_ends
from base.viewer import Viewer
from base.words import _
from queries.moment import Moment
from queries.plan import Pace, pace_of, plan_days, plan_path
from queries.run import run
from queries.statement import parameters
from store import Store

UNREPORTED = ("returned", "not_reported", "in_review")


_MOST_KEPT = 500
_Kept = dict[tuple[tuple[datetime, ...], int], dict[datetime, int]]
_kept: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()


@dataclass(frozen=True)
class Progress:
    """A target at a moment, in a place.

    `path` has one row per month end of the year (as_of_date, remaining, cleared,
    villages); `plan` one per month end up to the deadline (as_of_date, planned).
    Where the definition changed within the year so far, all of it is counted by the
    present one; `earlier` is the one that held up to and including `changed_after`.
    """

    villages: int
    remaining: int
    cleared: int
    path: pd.DataFrame
    plan: pd.DataFrame
    pace: Pace
    changed_after: date | None = None
    earlier: Target | None = None


@dataclass(frozen=True)
class Restated:
    """Whose place on the year's list corrections after its close would change.

    `villages` has the columns that `queries/progress/restated.sql` states; so many of
    them would join the list or leave it. The list itself stays.
    """

    villages: pd.DataFrame
    joining: int
    leaving: int


def _lists(
    store: Store, viewer: Viewer, years: list[int], moment: Moment
) -> list[tuple[date, int]]:
    """Return the close of the year before each year, and the number to read it at.

    That is the number in force at the end of January. Where no income had been
    published by then, as in a system that was filled later, the present one is taken.
    """
    closings = [datetime(year, 2, 1) - timedelta(seconds=1) for year in years]
    numbers = _in_force_at(store, viewer, tuple(closings), moment.version_no)
    return [
        (date(year - 1, 12, 31), numbers.get(closing, moment.version_no))
        for year, closing in zip(years, closings, strict=True)
    ]


def _in_force_at(
    store: Store, viewer: Viewer, times: tuple[datetime, ...], version_no: int
) -> dict[datetime, int]:
    """Return which number was in force at each time by which there was any income.

    A page asks for the same few times with each target, so what was found last is kept
    with the store: what was in force at a time stays so until the next number.
    """
    key = (times, version_no)
    kept = _kept.setdefault(store, {})
    if key not in kept:
        found = run("time/versions_at", viewer, store, times=list(times))
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = {
            row.known_at: min(int(row.version_no), version_no)
            for row in found.itertuples()
            if row.has_income
        }
    return kept[key]


def _yardstick(target: Target) -> dict[str, Any]:
    """Return what a target counts by; refuse one that does not say all it needs."""
    named = parameters(target.query)
    if "categories" in named and target.measure is None:
        raise ShownError(
            _("目标「{name}」没有写按哪个口径算（measure）。", name=target.name)
        )
    if "threshold_yuan" in named and target.threshold_yuan is None:
        raise ShownError(
            _("目标「{name}」没有写金额线（threshold_yuan）。", name=target.name)
        )
    measure = catalogue().measures[target.measure] if target.measure else None
    return {
        "threshold_yuan": target.threshold_yuan,
        "categories": list(measure.plus) if measure else [],
        "statements": list(target.statements),
    }


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

    All days are judged by the definition in force on the moment's day.

    Args:
        name: topic and file of the question.
        target: whose answer it builds on.
        viewer: who asks.
        store: where.
        moment: of what the question's other parts are read.
        dates: the days asked about, each with the number to read it at.
        params: what the question takes besides.

    Raises:
        ShownError: when the target does not say what its query counts by.
    """
    yardstick = _yardstick(target.on(moment.as_of))
    years = sorted({day.year for day, _version in dates})
    lists = _lists(store, viewer, years, moment)
    return run(
        name,
        viewer,
        store,
        target.query,
        dates=[day for day, _version in dates + lists],
        versions=[version for _day, version in dates + lists],
        roles=["at"] * len(dates) + ["list"] * len(lists),
        as_of_date=moment.as_of,
        version_no=moment.version_no,
        today=moment.today,
        known_at=moment.known_at,
        activity_no=moment.activity_no,
        **yardstick,
        **params,
    )


def before(store: Store, viewer: Viewer, moment: Moment) -> tuple[date, int]:
    """Return the month end before as_of, and the number known a month ago.

    Where nothing was known then, the present number stands in: movement is then seen
    along the months, and corrections are not told apart.
    """
    day = last_day(add_months(moment.as_of, -1))
    times = [moment.known_at - (moment.as_of - day)]
    then = _in_force_at(store, viewer, tuple(times), moment.version_no)
    return day, then.get(times[0], moment.version_no)


def progress(
    target: Target,
    viewer: Viewer,
    store: Store,
    moment: Moment,
    has_way: bool = True,
) -> Progress:
    """Return a target's count, its way through the year, its plan and its pace.

    Args:
        target: which.
        viewer: the counts are of the viewer's scope.
        store: where.
        moment: as of when, as known when.
        has_way: ask for every month of the year so far; else the day alone, and
            of the plan what holds today and at the deadline.
    """
    year = moment.as_of.year
    own = month_ends(date(year, 1, 1), moment.as_of) if has_way else []
    days = plan_days(target, year)
    if not has_way:
        # what is planned for today follows from this month and the deadline's
        due = [day for day in days if day <= moment.as_of]
        days = sorted({*due[-1:], days[-1]})
    if moment.as_of not in own:
        own.append(moment.as_of)
    last = []
    # a plan that is a straight line asks nothing of last year
    if target.plan == "last_year_path":
        last = month_ends(date(year - 1, 1, 1), date(year - 1, 12, 31))
    if not has_way:
        needed = {day.month for day in days}
        last = [day for day in last if day.month in needed]
    asked = [(day, moment.version_no) for day in last + own]
    path = ask("progress/path", target, viewer, store, moment, asked)
    years = pd.to_datetime(path["as_of_date"]).dt.year
    own_path = path[years == year].reset_index(drop=True)
    at_hand = own_path.set_index("as_of_date").loc[[moment.as_of]].iloc[0]
    villages, remaining = int(at_hand["villages"]), int(at_hand["remaining"])
    plan = plan_path(target, villages, path[years == year - 1], year, days)
    changed_after = target.changed_before(moment.as_of)
    return Progress(
        villages=villages,
        remaining=remaining,
        cleared=int(at_hand["cleared"]),
        path=own_path,
        plan=plan,
        pace=pace_of(villages, remaining, plan, moment.as_of),
        changed_after=changed_after,
        earlier=target.on(changed_after) if changed_after else None,
    )


def restated(target: Target, viewer: Viewer, store: Store, moment: Moment) -> Restated:
    """Return whose place on the year's list would differ, were it read as known now.

    Args:
        target: whose list.
        viewer: the villages are of the viewer's scope.
        store: where.
        moment: of which year's list, and as known when.
    """
    close = date(moment.as_of.year - 1, 12, 31)
    dates = [(day, moment.version_no) for day in (close, moment.as_of)]
    villages = ask("progress/restated", target, viewer, store, moment, dates)
    joining = int(villages["would_be_listed"].sum())
    return Restated(villages, joining, len(villages) - joining)


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
