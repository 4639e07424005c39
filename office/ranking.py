"""Who is ahead, and who is green, yellow or red? By the rules of the data."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pandas as pd

from base.assessment import Band, assessment


def ranks(
    values: Sequence[Fraction | None], is_ranked: Sequence[bool]
) -> "pd.Series[int]":
    """Return the place of each, the largest first; equals share one, as 1, 1, 3.

    Whoever is alone has no place.

    Args:
        values: what is compared, exactly; what is missing has no place.
        is_ranked: who takes part at all.
    """
    taking = Counter(
        one
        for one, takes in zip(values, is_ranked, strict=True)
        if takes and one is not None
    )
    place_of: dict[Fraction, int] = {}
    ahead = 0
    for one in sorted(taking, reverse=True):
        place_of[one] = 1 + ahead
        ahead += taking[one]
    found = [
        place_of[one] if takes and one is not None and taking.total() > 1 else None
        for one, takes in zip(values, is_ranked, strict=True)
    ]
    return pd.Series(found, dtype="Int64")


def passed_share(as_of: date) -> Fraction:
    """Return the share of a year that has passed by the end of a day."""
    days = (date(as_of.year, 12, 31) - date(as_of.year - 1, 12, 31)).days
    return Fraction((as_of - date(as_of.year - 1, 12, 31)).days, days)


def band_of(
    level: Fraction | None,
    papers: Fraction | None,
    overdue: int,
    fallen: int,
    as_of: date,
) -> str:
    """Return the first band of which all conditions hold; empty where none does.

    Args:
        level: the share of the villages on the list that are cleared.
        papers: the share of due papers that were sent and not returned.
        overdue: how many actions are late.
        fallen: how many villages fell back since last month.
        as_of: the day; it decides how much of the year has passed.
    """
    pace = None if level is None else level / passed_share(as_of)
    fitting = [
        band.id
        for band in assessment().bands
        if _holds(band, pace, papers, overdue, fallen)
    ]
    return fitting[0] if fitting else ""


def _holds(
    band: Band,
    pace: Fraction | None,
    papers: Fraction | None,
    overdue: int,
    fallen: int,
) -> bool:
    least = ((pace, band.pace_at_least), (papers, band.papers_at_least))
    most = ((overdue, band.overdue_at_most), (fallen, band.fallen_at_most))
    return all(
        value is None or bound is None or value >= Fraction(bound)
        for value, bound in least
    ) and all(bound is None or count <= bound for count, bound in most)
