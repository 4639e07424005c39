"""How far is what remains from what should remain?"""

from datetime import date

import pandas as pd

from base.words import _
from charts.figure import days

Point = tuple[date, int]

# What is said of the last point is some four months wide on a small screen: from the
# ninth month on it no longer fits on the right.
LATE_MONTH = 9


def points_of(table: pd.DataFrame, column: str, villages: int) -> list[Point]:
    """Return the days and counts of a table, from the start of its year.

    Args:
        table: one row per day: as_of_date and the column.
        column: the counts.
        villages: the count on 1 January.
    """
    rows = sorted(zip(days(table["as_of_date"]), table[column], strict=True))
    if not rows:
        return []
    start = date(rows[-1][0].year, 1, 1)
    return [(start, villages)] + [(day, int(n)) for day, n in rows if day > start]


def where_plan_is_free(planned: list[Point], actual: list[Point]) -> int:
    """Return the point of the plan that is far from the actual line, and not zero."""
    if actual and actual[-1][0].month >= LATE_MONTH:
        reach = range(2, min(len(actual), len(planned)))
        return max(reach, key=lambda n: abs(actual[n][1] - planned[n][1]), default=0)
    above_zero = [n for n, (_day, count) in enumerate(planned) if count > 0]
    return min(len(planned) * 3 // 4, max(above_zero, default=0))


def gap_of(planned: list[Point], actual: list[Point]) -> int:
    """Return how many more remain than planned; below zero is ahead of the plan."""
    if not planned or not actual:
        return 0
    day, count = actual[-1]
    due = [planned_count for end, planned_count in planned if end <= day]
    return count - due[-1] if due else 0


def gap_words(gap: int) -> str:
    """Return how that is said."""
    if gap == 0:
        return _("与计划相同")
    if gap > 0:
        return _("比计划多 {count} 村", count=gap)
    return _("比计划少 {count} 村", count=-gap)
