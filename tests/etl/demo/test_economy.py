"""Does the invented economy tell the story that it was made to tell?"""

import numpy as np
import pandas as pd
import pytest

from etl.demo.economy import SOURCES, Economy, invent
from etl.demo.months import at

LINE_FEN = 5_000_000
BEHIND = ["石板岩镇", "任村镇", "东岗镇", "五龙镇"]
AHEAD = ["姚村镇", "陵阳镇", "开元街道", "振林街道", "龙山街道", "桂园街道"]


def until(year: int, month: int) -> slice:
    return slice(at(year, 1), at(year, month) + 1)


def remaining(economy: Economy, month: int) -> np.ndarray:
    """The villages listed at the end of 2017 that are still under the line."""
    was_under = economy.operating(until(2017, 12)) < LINE_FEN
    return was_under & (economy.operating(until(2018, month)) < LINE_FEN)


@pytest.mark.parametrize(
    ("year", "low", "high"), [(2014, 515, 545), (2016, 415, 445), (2017, 285, 310)]
)
def test_villages_under_the_line(
    economy: Economy, year: int, low: int, high: int
) -> None:
    assert low <= (economy.operating(until(year, 12)) < LINE_FEN).sum() <= high


def test_fewer_remain_every_month_and_some_until_the_end(economy: Economy) -> None:
    counts = [int(remaining(economy, month).sum()) for month in range(1, 13)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] >= 280
    assert 90 <= counts[9] <= 115
    assert 60 <= counts[11] < counts[9]


def test_mountain_townships_are_behind(economy: Economy) -> None:
    left = pd.Series(remaining(economy, 10))
    share = left.groupby(economy.world.villages["township_name"]).mean()
    assert share[BEHIND].min() > share[AHEAD].max()
    assert share[AHEAD].max() < 0.1


def test_their_plants_carry_the_poor_over_the_line(economy: Economy) -> None:
    poor = economy.world.is_poor
    was_under = economy.operating(until(2017, 12)) < LINE_FEN
    assert was_under[poor].sum() > 45
    assert remaining(economy, 10)[poor].sum() <= 5


def test_a_few_live_on_money_that_comes_once(economy: Economy) -> None:
    total = economy.received[:, :, until(2018, 10)].sum(axis=(0, 2))
    operating = economy.operating(until(2018, 10))
    assert 8 <= ((operating < LINE_FEN) & (total >= 2 * LINE_FEN)).sum() <= 16


@pytest.mark.parametrize(
    ("source_id", "months"),
    [
        ("cooperative", {6, 12}),
        ("kindergarten", {3, 9}),
        ("joint_base", {6, 12}),
        ("joint_tourism", {4, 5, 6, 7, 8, 9, 10}),
        ("joint_shopfront", {1, 4, 7, 10}),
        ("contracting", {1, 3, 5, 7, 9, 11}),
    ],
)
def test_sources_pay_in_their_months(
    economy: Economy, source_id: str, months: set[int]
) -> None:
    paid = np.flatnonzero(economy.of(source_id).any(axis=0))
    assert {int(place) % 12 + 1 for place in paid} == months


def test_no_source_is_negative_and_each_is_there(economy: Economy) -> None:
    assert economy.received.min() == 0
    assert all(economy.of(source).any() for source in SOURCES)
    assert 0.1 < economy.costs.sum() / economy.received.sum() < 0.4


def test_the_seed_decides(villages: pd.DataFrame, economy: Economy) -> None:
    assert np.array_equal(invent(villages).received, economy.received)
    assert not np.array_equal(invent(villages, seed=1).received, economy.received)
