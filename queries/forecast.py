"""How many villages will not be cleared by the end of the year, and which ones?

SQL says what each village's sources may still bring (`queries/parts/expected.sql`);
here that becomes a probability. Past forecasts at the same time of the year tell how
far such an expectation is off: the logarithm of what came over what was expected. Its
mean over the villages of a year is that year's own shock, which all villages share;
what is left differs from village to village. This year's shock is not known, so it is
drawn from as wide a range as past years show, never narrower than `_SHOCK` allows: the
number of villages that remain is therefore less certain than independent villages
would make it, and the range is widened by as much as past ranges were too narrow. The
two naive rules, the straight line and last year's total, are judged
in the same way, each with its own past errors; where one of them had the better Brier
score, it is used.

Sources: the weighing of this year's pace against last year's remainder is the
Benktander method of claims reserving (Mack 2000, ASTIN Bulletin 30.2); the score is
Brier's (1950). The root of the share as weight was chosen on past years alone.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pandas as pd

from base.catalogue import Target
from base.viewer import Viewer
from queries.moment import Moment
from queries.targets_asked import ask
from store import Store

Floats = npt.NDArray[np.float64]
LIKELY, WATCH = 0.8, 0.4
# What is expected by each rule, as the columns of `year_end/past.sql` call it.
RULES = {"own": "expected_yuan", "line": "line_yuan", "last": "last_yuan"}
# The middle so many of a hundred of all outcomes lie in the interval that is shown.
COVERAGE = 0.8
# Below so many past forecasts nothing is said.
_ENOUGH = 30
# How far a whole year is off, where past years cannot tell (0.15 is about 15 %), and
# as many past years as that guess weighs.
_SHOCK, _SHOCK_YEARS = 0.15, 2
_DRAWS = 41
# Added to what came and to what was expected, so that nothing over nothing is one.
_GROUND = 0.04


@dataclass(frozen=True)
class Spread:
    """How far past forecasts were off, in logarithms of what came over expected.

    `middle` is the mean of the years, `shock` how far a year lies from it, `rest` how
    far a village lies from its year, sorted.
    """

    middle: float
    shock: float
    rest: Floats

    @property
    def draws(self) -> Floats:
        """Return equally likely shocks of a whole year, around the middle."""
        normal = NormalDist(self.middle, self.shock)
        return np.array([normal.inv_cdf((n + 0.5) / _DRAWS) for n in range(_DRAWS)])

    def chances(self, expected: Floats, gap: Floats, threshold: float) -> Floats:
        """Return the probability that what comes closes each gap, under each shock.

        Args:
            expected: yuan that are expected to come, by village.
            gap: yuan short of the line, by village.
            threshold: the line, in yuan.

        Returns:
            A row per shock of a whole year, a column per village.
        """
        ground = _GROUND * threshold
        needed = np.log((gap + ground) / (np.maximum(expected, 0) + ground))
        below = np.searchsorted(self.rest, needed[None, :] - self.draws[:, None])
        # one village more than were seen: nothing is quite certain
        chances: Floats = 1 - (below + 0.5) / (len(self.rest) + 1)
        return chances


@dataclass(frozen=True)
class Range:
    """How many villages remain: the mean, and the middle of all outcomes."""

    mean: float
    low: int
    high: int


@dataclass(frozen=True)
class BackTest:
    """How forecasts of past years at this time of the year fared.

    `scores` has a row per year: year_no, village_count and a Brier score per rule;
    `ranges` what was said and what came: year_no, mean, low, high, remaining;
    `calibration` what was said and how often it came true: chance, share,
    village_count. All of villages on the list and not yet over the line.
    """

    scores: pd.DataFrame
    ranges: pd.DataFrame
    calibration: pd.DataFrame

    @property
    def best(self) -> str:
        """Return the rule with the best mean score; our own where none is tested."""
        if self.scores.empty:
            return "own"
        means = self.scores[list(RULES)].mean()
        return "own" if means["own"] <= means.min() else str(means.idxmin())

    @property
    def widening(self) -> float:
        """Return how many times as wide past ranges should have been; at least once.

        A year is taken for granted that lay in its range as it should.
        """
        if self.ranges.empty:
            return 1
        usual = NormalDist().inv_cdf((1 + COVERAGE) / 2)
        half = (self.ranges["high"] - self.ranges["low"]).clip(lower=1) / 2
        off = (self.ranges["remaining"] - self.ranges["mean"]) / half * usual
        return max(float(np.sqrt(((off**2).sum() + 1) / (len(off) + 1))), 1)


@dataclass(frozen=True)
class Outlook:
    """The end of the year, as it looks today.

    `villages` has the columns of `year_end/villages.sql`, and `chance` (of being over
    the line at the year's end, 0 to 1) and `outlook`: done, likely, watch, at_risk or
    unknown. `remaining` is None where too little is known.
    """

    villages: pd.DataFrame
    remaining: Range | None
    tested: BackTest
    rule: str


def outlook(target: Target, viewer: Viewer, store: Store, moment: Moment) -> Outlook:
    """Forecast the end of the year for a target that counts money against a line.

    Args:
        target: which; its measure and its line are asked about.
        viewer: the villages are of the viewer's scope; habits are the county's.
        store: where.
        moment: as of when, as known when.
    """
    threshold = float(target.on(moment.as_of).line_yuan)
    now = [(moment.as_of, moment.version_no)]
    villages = ask("year_end/villages", target, viewer, store, moment, now)
    past = ask("year_end/past", target, viewer, store, moment, now)
    tested = back_test(past, threshold)
    spread = spread_of(past, tested.best, threshold)
    if spread is None:
        said = villages.assign(chance=np.nan)
        return Outlook(_worded(said), None, tested, tested.best)
    chances = _chances(villages, spread, tested.best, threshold, moment.as_of.month)
    said = villages.assign(chance=chances.mean(axis=0))
    known = villages["has_figures"] | villages["last_yuan"].notna()
    said.loc[~known & (said["standing"] != "cleared"), "chance"] = np.nan
    remaining = range_of(chances, tested.widening)
    return Outlook(_worded(said), remaining, tested, tested.best)


def spread_of(past: pd.DataFrame, rule: str, threshold: float) -> Spread | None:
    """Return how far a rule was off in past years; None where there are too few.

    Args:
        past: as `queries/year_end/past.sql` returns it.
        rule: one of `RULES`.
        threshold: the line, in yuan.
    """
    if len(past) < _ENOUGH:
        return None
    ground = _GROUND * threshold
    came = past["year_yuan"] - past["known_yuan"]
    hoped = past[RULES[rule]].clip(lower=0)
    off = np.log((came.clip(lower=0) + ground) / (hoped + ground))
    by_year = off.groupby(past["year_no"]).transform("mean")
    middles = off.groupby(past["year_no"]).mean()
    squares = float(((middles - middles.mean()) ** 2).sum())
    freedom = len(middles) - 1 + _SHOCK_YEARS
    variance = (squares + _SHOCK_YEARS * _SHOCK**2) / freedom
    # the middle itself is only known from so many years
    shock = float(np.sqrt(variance * (1 + 1 / len(middles))))
    return Spread(float(middles.mean()), shock, np.sort((off - by_year).to_numpy()))


def range_of(chances: Floats, widened: float = 1) -> Range:
    """Return how many villages remain, given the chances under each shock.

    Args:
        chances: of being over the line; a row per shock, a column per village.
        widened: how many times as wide past ranges should have been.
    """
    means = (1 - chances).sum(axis=1)
    spreads = np.sqrt((chances * (1 - chances)).sum(axis=1)) + 1e-9
    laws = [NormalDist(*one) for one in zip(means.tolist(), spreads, strict=True)]
    mean, tail = float(means.mean()), (1 - COVERAGE) / 2
    low = mean - widened * (mean - _quantile(laws, tail))
    high = mean + widened * (_quantile(laws, 1 - tail) - mean)
    # who is over the line does not fall back, and who cannot clear remains
    least, most = int((chances == 0).all(axis=0).sum()), int((chances < 1).any(0).sum())
    return Range(mean, max(round(low), least), min(round(high), most))


def _quantile(laws: list[NormalDist], share: float) -> float:
    """Return below which count so large a share of all outcomes lies."""
    low = min(law.mean - 6 * law.stdev for law in laws)
    high = max(law.mean + 6 * law.stdev for law in laws)
    for _step in range(60):
        middle = (low + high) / 2
        below = sum(law.cdf(middle) for law in laws) / len(laws)
        low, high = (middle, high) if below < share else (low, middle)
    return low


def back_test(past: pd.DataFrame, threshold: float) -> BackTest:
    """Forecast each past year from the years before it, and compare.

    Args:
        past: as `queries/year_end/past.sql` returns it.
        threshold: the line, in yuan.
    """
    scores, ranges, said = [], [], []
    for year in sorted(past["year_no"].unique()):
        before = past[past["year_no"] < year]
        now = past[(past["year_no"] == year) & past["is_listed"]]
        spreads = {rule: spread_of(before, rule, threshold) for rule in RULES}
        if now.empty or any(spread is None for spread in spreads.values()):
            continue
        is_over = (now["year_yuan"] >= threshold).to_numpy(float)
        gap = (threshold - now["known_yuan"]).to_numpy(float)
        row: dict[str, float] = {"year_no": year, "village_count": len(now)}
        for rule, spread in spreads.items():
            assert spread is not None
            hoped = now[RULES[rule]].to_numpy(float)
            chances = spread.chances(hoped, gap, threshold)
            row[rule] = float(((chances.mean(axis=0) - is_over) ** 2).mean())
            if rule == "own":
                found = range_of(chances)
                remaining = len(now) - int(is_over.sum())
                ranges.append((year, found.mean, found.low, found.high, remaining))
                said.append(np.column_stack([chances.mean(axis=0), is_over]))
        scores.append(row)
    return BackTest(
        pd.DataFrame(scores, columns=["year_no", "village_count", *RULES]),
        pd.DataFrame(ranges, columns=["year_no", "mean", "low", "high", "remaining"]),
        _calibration(np.concatenate(said) if said else np.empty((0, 2))),
    )


def _calibration(said: Floats) -> pd.DataFrame:
    """Return how often what was said came true, in five steps of chance."""
    step = np.minimum((said[:, 0] * 5).astype(int), 4)
    rows = [
        (
            float(said[step == one, 0].mean()),
            float(said[step == one, 1].mean()),
            int((step == one).sum()),
        )
        for one in range(5)
        if (step == one).any()
    ]
    return pd.DataFrame(rows, columns=["chance", "share", "village_count"])


def hopes(villages: pd.DataFrame, month: int) -> dict[str, Floats]:
    """Return what each rule expects to come by the year's end, in yuan, by village.

    Args:
        villages: as `queries/year_end/villages.sql` returns them.
        month: how many months of the year are known.
    """
    known = villages["known_yuan"].fillna(0).to_numpy(float)
    last = villages["last_yuan"].fillna(0).to_numpy(float)
    return {
        "own": villages["expected_yuan"].fillna(0).to_numpy(float),
        "line": known * 12 / month - known,
        "last": np.maximum(last - known, 0),
    }


def _chances(
    villages: pd.DataFrame, spread: Spread, rule: str, threshold: float, month: int
) -> Floats:
    known = villages["known_yuan"].fillna(0).to_numpy(float)
    hoped = hopes(villages, month)[rule]
    gap = np.maximum(threshold - known, 0)
    chances = spread.chances(hoped, gap, threshold)
    is_over = (villages["standing"] == "cleared").to_numpy(bool) | (known >= threshold)
    chances[:, is_over] = 1
    if month == 12:
        chances[:, ~is_over] = 0
    return chances


def _worded(villages: pd.DataFrame) -> pd.DataFrame:
    chance = villages["chance"]
    word = np.select(
        [
            villages["standing"] == "cleared",
            chance >= LIKELY,
            chance >= WATCH,
            chance.notna(),
        ],
        ["done", "likely", "watch", "at_risk"],
        "unknown",
    )
    return villages.assign(outlook=word)


def year_end_sources(
    target: Target, viewer: Viewer, store: Store, moment: Moment
) -> pd.DataFrame:
    """Return what each source of each village may still bring this year.

    Columns as `queries/year_end/sources.sql` states them.
    """
    now = [(moment.as_of, moment.version_no)]
    return ask("year_end/sources", target, viewer, store, moment, now)
