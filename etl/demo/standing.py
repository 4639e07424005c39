"""Who is ahead and who is behind? Operating income of every village and year."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from etl.demo.months import CLOSING_YEAR, FIRST_YEAR

Floats = npt.NDArray[np.float64]
Curve = tuple[tuple[float, ...], tuple[float, ...]]
LINE_YUAN = 50_000

# Townships that are not named stand in the middle.
LEAD = {"石板岩镇": -1.2, "任村镇": -1.0, "东岗镇": -1.0, "五龙镇": -0.9}
LEAD |= dict.fromkeys(("姚村镇", "陵阳镇", "开元街道", "振林街道"), 0.8)
LEAD |= dict.fromkeys(("龙山街道", "桂园街道"), 0.8)

# Yuan at quantiles of the villages: of full years before the closing one, and of
# January to October of the closing year, for villages that were under the line the
# year before (the lowest have nothing) and above it.
_LOW, _HIGH = (2e3, 7e3), (1.1e5, 4e5)
BEFORE: dict[int, Curve] = {
    2014: ((0, 0.1, 0.90, 0.98, 1), (*_LOW, 5e4, *_HIGH)),
    2015: ((0, 0.1, 0.82, 0.95, 1), (*_LOW, 5e4, *_HIGH)),
    2016: ((0, 0.1, 0.73, 0.9, 1), (*_LOW, 5e4, *_HIGH)),
    2017: ((0, 0.05, 0.51, 0.85, 1), (*_LOW, 5e4, *_HIGH)),
}
UNDER = ((0, 0.12, 0.4, 0.49, 0.51, 0.75, 1), (2e3, 12e3, 42e3, 5e4, 55e3, 8e4, 19e4))
ABOVE = ((0, 0.04, 0.041, 0.6, 1), (3e4, 44e3, 56e3, 1.05e5, 4.5e5))
NOTHING_AT_ALL = 0.035
# The share of villages with nothing at all in the years before.
NOTHING_BEFORE = {2014: 0.12, 2015: 0.09, 2016: 0.06, 2017: 0.025}


@dataclass(frozen=True)
class Standing:
    """How every village fares, in the order of the list of villages.

    `targets` has yuan of operating income by year, of January to October in the
    closing year; `score` is who is ahead.
    """

    score: Floats
    targets: dict[int, Floats]

    @property
    def was_under(self) -> npt.NDArray[np.bool_]:
        """Tell which villages were under the line the year before the closing one."""
        return self.targets[CLOSING_YEAR - 1] < LINE_YUAN


def standing(villages: pd.DataFrame, seed: int) -> Standing:
    """Draw how the villages fare.

    Args:
        villages: one row per village: township_name.
        seed: the same seed gives the same standing.
    """
    chance = np.random.default_rng([seed, 1])
    score = villages["township_name"].map(LEAD).fillna(0).to_numpy(float)
    lead = score.copy()
    score = score + chance.normal(0, 0.9, len(score))
    targets = {
        year: _before(year, _quantile(score + chance.normal(0, 0.4, len(score))))
        for year in range(FIRST_YEAR, CLOSING_YEAR)
    }
    was_under = targets[CLOSING_YEAR - 1] < LINE_YUAN
    targets[CLOSING_YEAR] = _closing_year(was_under, score, lead, chance)
    return Standing(score, targets)


def _quantile(values: Floats) -> Floats:
    rank = np.argsort(np.argsort(values)).astype(np.float64)
    return (rank + 0.5) / max(len(values), 1)


def _before(year: int, quantile: Floats) -> Floats:
    has_nothing = quantile < NOTHING_BEFORE[year]
    return np.where(has_nothing, 0, _on(BEFORE[year], quantile))


def _on(curve: Curve, quantile: Floats) -> Floats:
    yuan: Floats = np.exp(np.interp(quantile, curve[0], np.log(curve[1])))
    return yuan


def _closing_year(
    was_under: npt.NDArray[np.bool_],
    score: Floats,
    lead: Floats,
    chance: np.random.Generator,
) -> Floats:
    income = np.zeros(len(score))
    drawn = score + chance.normal(0, 0.4, len(score))
    income[~was_under] = _on(ABOVE, _quantile(drawn[~was_under]))
    drawn = score + lead + chance.normal(0, 0.6, len(score))
    place = np.argsort(np.argsort(drawn[was_under]))
    nothing = round(NOTHING_AT_ALL * len(place))
    above_nothing = (place - nothing + 0.5) / max(len(place) - nothing, 1)
    income[was_under] = np.where(above_nothing > 0, _on(UNDER, above_nothing), 0)
    return income
