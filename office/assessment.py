"""How is poverty relief assessed along the chain of responsibility, and why so?

An indicator is the share of a part in a whole, both summed over the places that
somebody holds. Its score rises linearly from `zero_at` to `full_at` and goes no
further. Where the whole is nothing the figure is missing: it is not scored, and the
weights of the others are taken as the whole. A score out of 100 is the mean of the
shares of full marks, by weight; only what is shown is rounded, half up, to one place.

Source: `data/assessment.toml`; nobody has confirmed it.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

import pandas as pd

from base.assessment import Indicator, assessment
from office.ranking import ranks
from office.responsibility import (
    COUNTED,
    DEPARTMENT,
    TOWNSHIP,
    Held,
    summed,
)

# Who is assessed; first secretaries are seen through both.
ASSESSED = (TOWNSHIP, DEPARTMENT)
_WHOLE = 100


@dataclass(frozen=True)
class Score:
    """An indicator of somebody: part of whole, and the share of full marks.

    `earned` is None where the whole is nothing: the figure is missing.
    """

    indicator: Indicator
    part: int
    whole: int

    @property
    def value(self) -> Fraction | None:
        """Return the share that is scored."""
        return Fraction(self.part, self.whole) if self.whole else None

    @property
    def earned(self) -> Fraction | None:
        """Return the share of full marks, from 0 to 1."""
        if self.value is None:
            return None
        zero, full = Fraction(self.indicator.zero_at), Fraction(self.indicator.full_at)
        return min(max((self.value - zero) / (full - zero), Fraction(0)), Fraction(1))

    @property
    def marks(self) -> Decimal | None:
        """Return the marks, rounded half up to one place."""
        earned = self.earned
        return None if earned is None else rounded(earned * self.indicator.full_marks)


def rounded(value: Fraction) -> Decimal:
    """Return a number with one place; a half goes up."""
    return Decimal(floor(value * 10 + Fraction(1, 2))) / 10


def total(scores: Sequence[Score]) -> Fraction | None:
    """Return a score out of 100 from the indicators that have a figure, by weight."""
    told = [(one.earned, one.indicator.weight) for one in scores]
    known = [(earned, Fraction(w)) for earned, w in told if earned is not None]
    if not known:
        return None
    whole = sum(weight for _earned, weight in known)
    return _WHOLE * sum((e * w for e, w in known), Fraction(0)) / whole


def scores_of(sums: Mapping[Hashable, Any], kind: str) -> list[Score]:
    """Score somebody by each indicator that applies.

    Args:
        sums: what is counted of the places that they hold, by column.
        kind: `township` or `department`.
    """
    return [
        Score(one, int(sums[one.part]), int(sums[one.whole]))
        for one in assessment().applying(kind)
    ]


def assessed(whole: Held, kind: str) -> pd.DataFrame:
    """Return the score of each township or department, in all and by chain.

    Returns:
        One row per unit_id: unit_name, is_listed, total and one column per chain
        (None where nothing could be scored), missing_count, score_rank (missing where
        fewer villages than the rule says are on the list). The highest first.
    """
    found = []
    totals = []
    for sums in summed(whole, kind).to_dict("records"):
        scores = scores_of(sums, kind)
        totals.append(total(scores))
        found.append(
            {
                "unit_id": sums["unit_id"],
                "unit_name": sums["unit_name"],
                "is_listed": sums["is_listed"],
                "total": _shown(totals[-1]),
                **{
                    chain: _shown(
                        total([s for s in scores if s.indicator.chain == chain])
                    )
                    for chain in assessment().chains
                },
                "missing_count": sum(one.earned is None for one in scores),
            }
        )
    columns = ["unit_id", "unit_name", "is_listed", "total"]
    columns += [*assessment().chains, "missing_count"]
    frame = pd.DataFrame(found, columns=columns)
    is_ranked = [n >= assessment().fewest_villages for n in frame["is_listed"]]
    # ranked by what is shown: who shows the same score shares a place
    shown = [None if one is None else Fraction(rounded(one)) for one in totals]
    frame["score_rank"] = ranks(shown, is_ranked)
    return frame.sort_values(
        ["score_rank", "unit_name"], na_position="last", ignore_index=True
    )


def _shown(value: Fraction | None) -> Decimal | None:
    return None if value is None else rounded(value)


def indicator_rows(whole: Held, kind: str, unit_id: str) -> pd.DataFrame:
    """Return each indicator of somebody with its figure, its marks and its weight.

    Returns:
        One row per indicator: indicator_id, chain, name, measures, part, whole, value
        (a share, missing where the whole is nothing), marks, full_marks, weight, and
        weight_used: per cent of the weights that have a figure.
    """
    sums = whole.of_unit(kind, unit_id)[list(COUNTED)].sum().to_dict()
    scores = scores_of(sums, kind)
    known = sum(
        (one.indicator.weight for one in scores if one.earned is not None), Decimal(0)
    )
    return pd.DataFrame(
        [
            {
                "indicator_id": one.indicator.id,
                "chain": one.indicator.chain,
                "name": one.indicator.name,
                "measures": one.indicator.measures,
                "part": one.part,
                "whole": one.whole,
                "value": None if one.value is None else float(one.value),
                "marks": one.marks,
                "full_marks": one.indicator.full_marks,
                "weight": float(one.indicator.weight),
                "weight_used": None
                if one.earned is None
                else float(one.indicator.weight / known),
            }
            for one in scores
        ]
    )


def evidence(whole: Held, kind: str, unit_id: str, indicator_id: str) -> pd.DataFrame:
    """Return the places behind a score, those first that lack most.

    Returns:
        The rows of `Held.places` of which something counts, with part and whole.
    """
    one = assessment().indicator(indicator_id) or assessment().applying(kind)[0]
    places = whole.of_unit(kind, unit_id)
    told = places.assign(part=places[one.part], whole=places[one.whole])
    lack = told["whole"] - told["part"]
    if one.direction == "down":
        lack = told["part"]
    told = told.assign(lack=lack)
    return told[told["whole"] > 0].sort_values(
        ["lack", "place_code"], ascending=[False, True], ignore_index=True
    )
