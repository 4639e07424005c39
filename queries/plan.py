"""What should remain today if all is to be cleared by the deadline, and is it so?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from base.catalogue import Target
from base.month import month_ends

# Shares of the planned way that has been gone. Colours are said by a word as well.
_BOUNDS = (
    (Decimal("0.95"), "green"),
    (Decimal("0.60"), "yellow"),
    (Decimal("0.30"), "orange"),
)
# A way that so few villages went last year says nothing about this one.
_ENOUGH_CLEARED = 20


@dataclass(frozen=True)
class Pace:
    """P = (N₀ − N) / (N₀ − N*), and the word for it.

    `share` is None where nothing is due yet (`not_due`) or nothing was ever on the
    list (`keep`). Growth-rate formulas are wrong for a goal of zero.
    """

    share: Decimal | None
    state: str


def plan_path(
    target: Target,
    villages: int,
    last_year: pd.DataFrame,
    year: int,
    days: list[date] | None = None,
) -> pd.DataFrame:
    """Return how many villages may remain at each month end of a year.

    Args:
        target: its plan: last year's path of the same measure, or linear.
        villages: how many were on the list at the start (N₀).
        last_year: last year's path: as_of_date, remaining, cleared, villages; it has
            to know the months that are asked for, and the deadline's.
        year: the year of the plan.
        days: which days of it; default the month ends up to the deadline, and that.

    Returns:
        One row per day: as_of_date, planned, kind.
    """
    deadline = target.deadline_in(year)
    ends = plan_days(target, year) if days is None else days
    shares = [Decimal(1) - Decimal(day.month) / deadline.month for day in ends]
    kind = "linear"
    gone = {
        pd.Timestamp(day).month: int(cleared)
        for day, cleared in zip(
            last_year["as_of_date"], last_year["cleared"], strict=True
        )
    }
    needed = {deadline.month, *(day.month for day in ends)}
    if target.plan == "last_year_path" and needed <= gone.keys():
        whole = gone[deadline.month]
        if whole >= _ENOUGH_CLEARED:
            kind = "last_year_path"
            way = [Decimal(gone[day.month]) / Decimal(whole) for day in ends]
            shares = [1 - min(share, Decimal(1)) for share in way]
    planned = [int((villages * share).to_integral_value()) for share in shares]
    return pd.DataFrame({"as_of_date": ends, "planned": planned, "kind": kind})


def plan_days(target: Target, year: int) -> list[date]:
    """Return the days of a plan: the month ends up to the deadline, and that."""
    deadline = target.deadline_in(year)
    ends = month_ends(date(year, 1, 1), deadline)
    return ends if deadline in ends else [*ends, deadline]


def pace_of(villages: int, remaining: int, plan: pd.DataFrame, as_of: date) -> Pace:
    """Return the pace at a day.

    Args:
        villages: N₀, those on the list (and joined at the close).
        remaining: N, those of them not cleared.
        plan: as `plan_path` returns it.
        as_of: the day; the plan of the last month end up to it holds.
    """
    if villages == 0:
        return Pace(None, "keep")
    due = [
        p
        for day, p in zip(plan["as_of_date"], plan["planned"], strict=True)
        if day <= as_of
    ]
    planned = int(due[-1]) if due else villages
    if villages == planned:
        return Pace(None, "not_due")
    share = Decimal(villages - remaining) / Decimal(villages - planned)
    state = next((word for bound, word in _BOUNDS if share >= bound), "red")
    return Pace(share.quantize(Decimal("0.0001")), state)
