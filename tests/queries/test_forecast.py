"""Is a forecast as sure as past ones were right, and no surer?"""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from queries.forecast import (
    RULES,
    BackTest,
    Spread,
    back_test,
    outlook,
    range_of,
    spread_of,
)
from store import Store
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    SHANGPO,
    TARGET,
    TOWNSHIP,
    end_of,
    give,
    moment,
    months,
    viewer_of,
)

LINE = 50_000.0


def past_of(shocks: dict[int, float], count: int = 200, seed: int = 1) -> pd.DataFrame:
    """Return past years of villages whose rest was so much more than expected."""
    chance = np.random.default_rng(seed)
    parts = []
    for year, shock in shocks.items():
        known = chance.uniform(0, 40_000, count)
        hoped = chance.uniform(1_000, 60_000, count)
        came = hoped * np.exp(shock + chance.normal(0, 0.3, count))
        parts.append(
            pd.DataFrame(
                {
                    "year_no": year,
                    "known_yuan": known,
                    "year_yuan": known + came,
                    "is_listed": True,
                    "expected_yuan": hoped,
                    "line_yuan": known,
                    "last_yuan": np.full(count, 10_000.0),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def test_a_rule_that_was_too_low_is_expected_to_be_so_again() -> None:
    even = spread_of(past_of({2016: 0.0, 2017: 0.0}), "own", LINE)
    more = spread_of(past_of({2016: 0.5, 2017: 0.5}), "own", LINE)
    assert even is not None and more is not None
    assert abs(even.middle) < 0.1
    assert 0.4 < more.middle < 0.6
    gap, hoped = np.array([20_000.0]), np.array([15_000.0])
    assert more.chances(hoped, gap, LINE).mean() > even.chances(hoped, gap, LINE).mean()


def test_years_that_differ_widen_the_range_of_all_villages_together() -> None:
    alike = spread_of(past_of({2015: 0.0, 2016: 0.0, 2017: 0.0}), "own", LINE)
    apart = spread_of(past_of({2015: -0.6, 2016: 0.6, 2017: 0.0}), "own", LINE)
    assert alike is not None and apart is not None
    assert apart.shock > 2 * alike.shock
    gap, hoped = np.full(300, 20_000.0), np.full(300, 20_000.0)
    near = range_of(alike.chances(hoped, gap, LINE))
    wide = range_of(apart.chances(hoped, gap, LINE))
    assert wide.high - wide.low > near.high - near.low
    # independent villages would be surer than villages that share a year's shock
    alone = range_of(apart.chances(hoped, gap, LINE).mean(axis=0, keepdims=True))
    assert wide.high - wide.low > 2 * (alone.high - alone.low)


def test_nobody_is_quite_certain_and_more_money_makes_surer() -> None:
    spread = Spread(0.0, 0.1, np.zeros(50))
    hoped = np.array([0.0, 10_000.0, 30_000.0, 90_000.0])
    found = spread.chances(hoped, np.full(4, 20_000.0), LINE).mean(axis=0)
    assert (np.diff(found) >= 0).all()
    assert 0 < found[0] < 0.05
    assert 0.95 < found[3] < 1


def test_a_range_counts_who_remains_and_leaves_out_the_certain() -> None:
    found = range_of(np.array([[1.0, 1.0, 0.0, 0.5]]))
    assert found.mean == 1.5
    assert (found.low, found.high) == (1, 2)
    assert range_of(np.array([[1.0, 1.0, 0.0, 0.5]]), widened=50).low == 1
    assert range_of(np.array([[1.0, 1.0, 0.0, 0.5]]), widened=50).high == 2


def test_too_few_past_forecasts_say_nothing() -> None:
    assert spread_of(past_of({2017: 0.0}, count=29), "own", LINE) is None
    assert spread_of(past_of({2017: 0.0}, count=30), "own", LINE) is not None


def test_a_year_is_tested_with_the_years_before_it_alone() -> None:
    past = past_of({2015: 0.0, 2016: 0.0, 2017: 0.0})
    found = back_test(past, LINE)
    assert list(found.scores["year_no"]) == [2016, 2017]
    changed = past.copy()
    changed.loc[changed["year_no"] == 2017, "year_yuan"] *= 3
    again = back_test(changed, LINE)
    assert again.scores.iloc[0].equals(found.scores.iloc[0])
    assert not again.scores.iloc[1].equals(found.scores.iloc[1])


def test_scores_are_brier_scores_of_what_came() -> None:
    past = past_of({2016: 0.0, 2017: 0.0})
    found = back_test(past, LINE)
    now = past[past["year_no"] == 2017]
    spread = spread_of(past[past["year_no"] == 2016], "own", LINE)
    assert spread is not None
    gap = (LINE - now["known_yuan"]).to_numpy()
    chances = spread.chances(now["expected_yuan"].to_numpy(), gap, LINE).mean(axis=0)
    over = (now["year_yuan"] >= LINE).to_numpy()
    assert found.scores["own"].iloc[0] == pytest.approx(np.mean((chances - over) ** 2))
    assert found.calibration["village_count"].sum() == len(now)
    assert found.ranges["remaining"].iloc[0] == (~over).sum()


@pytest.mark.parametrize("better", list(RULES))
def test_the_rule_with_the_best_past_score_is_used(better: str) -> None:
    scores = {rule: [0.1 if rule == better else 0.2] for rule in RULES}
    tested = BackTest(pd.DataFrame(scores), pd.DataFrame(), pd.DataFrame())
    assert tested.best == better


def test_ranges_that_missed_widen_this_one() -> None:
    def tested(remaining: int) -> BackTest:
        row = {"year_no": 2017, "mean": 100.0, "low": 95, "high": 105}
        ranges = pd.DataFrame([{**row, "remaining": remaining}])
        return BackTest(pd.DataFrame(), ranges, pd.DataFrame())

    assert tested(100).widening == 1
    assert tested(120).widening > 3
    empty = pd.DataFrame(columns=["remaining"])
    assert BackTest(pd.DataFrame(), empty, pd.DataFrame()).widening == 1


def test_a_county_without_a_past_is_told_that_too_little_is_known(
    store: Store,
) -> None:
    give(store, *((HESHUN, m, "门面", 20_000) for m in months(1, 3)))
    give(store, *((LIUQUAN, m, "门面", 100) for m in months(1, 3)))
    found = outlook(TARGET, viewer_of(TOWNSHIP), store, moment(store, end_of(3)))
    words = found.villages.set_index("village_code")["outlook"]
    assert words[HESHUN] == "done"
    assert words[LIUQUAN] == words[DONGLI] == "unknown"
    assert found.remaining is None
    assert found.tested.scores.empty


@pytest.fixture
def past_years(store: Store) -> Store:
    """Forty villages over four years; most of the money comes in autumn."""
    for year in range(2015, 2019):
        last = 12 if year < 2018 else 6
        lines = [
            (f"4105811052{10 + n:02}" if n > 3 else f"41058110520{n}", m, "门面", yuan)
            for n in range(30)
            for m, yuan in zip(
                months(1, last, year),
                [500 + 20 * n, 0, 0, 0, 0, 1_000] + [0, 0, 0, 0, 800 * n, 900 * n],
                strict=False,
            )
        ]
        known = {
            row.village_code
            for row in store.frame(
                "select village_code from core.village "
                "where starts_with(village_code, $township)",
                {"township": TOWNSHIP},
            ).itertuples()
        }
        give(store, *(line for line in lines if line[0] in known))
    return store


def test_who_cleared_every_year_is_likely_and_who_never_did_is_at_risk(
    past_years: Store,
) -> None:
    when = moment(past_years, date(2018, 6, 30))
    found = outlook(TARGET, viewer_of(TOWNSHIP), past_years, when)
    assert found.remaining is not None
    words = found.villages.set_index("village_code")["outlook"]
    assert words[HESHUN] == words[SHANGPO] == "at_risk"
    last = (
        found.villages.dropna(subset="expected_yuan")
        .sort_values("expected_yuan")
        .iloc[-1]
    )
    chance = found.villages.set_index("village_code")["chance"]
    assert chance[last["village_code"]] == chance.max()
    counted = found.villages["standing"].ne("cleared").sum()
    assert found.remaining.low <= found.remaining.mean <= found.remaining.high
    assert found.remaining.high <= counted
