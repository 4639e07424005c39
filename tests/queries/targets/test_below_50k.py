"""Which villages have received less than 50,000 yuan of operating income this year?"""

from datetime import datetime
from decimal import Decimal

import pandas as pd
import pytest

from base.catalogue import catalogue
from store import Store
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    SHANGPO,
    Line,
    counts,
    end_of,
    give,
    months,
    progress,
    villages,
)

LATE = datetime(2019, 3, 1)


def amounts(store: Store, code: str, *ends: int) -> list[Decimal | None]:
    """Return what a village under the line had received by the ends of months."""
    found = [
        villages(store, end_of(month), LATE).loc[code, "amount_yuan"] for month in ends
    ]
    return [None if pd.isna(amount) else amount for amount in found]


def test_the_line_is_reached_at_exactly_its_amount(store: Store) -> None:
    give(
        store,
        (HESHUN, "2018-01", "光伏", "49999.99"),
        (HESHUN, "2018-02", "门面", "0.01"),
        (LIUQUAN, "2018-02", "光伏", "49999.99"),
        (DONGLI, "2018-02", "光伏", "50000.01"),
    )
    found = villages(store, end_of(2))
    assert found.loc[HESHUN, "standing"] == "cleared"
    assert found.loc[DONGLI, "standing"] == "cleared"
    assert found.loc[LIUQUAN, "standing"] == "remaining"
    assert found.loc[LIUQUAN, "gap_yuan"] == Decimal("0.01")
    assert villages(store, end_of(1)).loc[HESHUN, "gap_yuan"] == Decimal("0.01")
    assert counts(progress(store, end_of(2))) == (41, 39, 2)


def test_a_year_begins_with_nothing(store: Store) -> None:
    give(store, (HESHUN, "2017-12", "光伏", 49_000), (HESHUN, "2018-02", "光伏", 2_000))
    assert amounts(store, HESHUN, 1, 2, 12) == [None, 2_000, 2_000]


def test_money_of_a_quarter_counts_from_its_end(store: Store) -> None:
    give(
        store,
        (HESHUN, "2018年一季度", "光伏", 30_000),
        (HESHUN, "2018年下半年", "光伏", 6_000),
    )
    assert amounts(store, HESHUN, 2, 3, 11, 12) == [None, 30_000, 30_000, 36_000]


def test_money_of_a_year_is_that_of_its_last_day(store: Store) -> None:
    give(store, (HESHUN, "2018年全年", "光伏", 40_000))
    assert amounts(store, HESHUN, 1, 11, 12) == [None, None, 40_000]


@pytest.mark.parametrize("is_wider_first", [True, False])
def test_a_wider_period_replaces_its_months_from_its_end_on(
    store: Store, is_wider_first: bool
) -> None:
    monthly: list[Line] = [(HESHUN, month, "光伏", 5_000) for month in months(1, 8)]
    wider: list[Line] = [(HESHUN, "2018年上半年", "光伏", 20_000)]
    papers = [wider, monthly] if is_wider_first else [monthly, wider]
    for paper in papers:
        give(store, *paper)
    assert amounts(store, HESHUN, 5, 6, 7, 8) == [25_000, 20_000, 25_000, 30_000]
    give(store, (HESHUN, "2018-02", "光伏", 9_000))
    assert amounts(store, HESHUN, 5, 6) == [29_000, 20_000]
    give(store, (HESHUN, "2018年全年", "光伏", 7))
    assert amounts(store, HESHUN, 5, 6, 11, 12) == [29_000, 20_000, 30_000, 7]


def test_a_wider_period_replaces_its_own_source_alone(store: Store) -> None:
    give(
        store,
        (HESHUN, "2018-01", "光伏", 1),
        (HESHUN, "2018-01", "门面", 10),
        (LIUQUAN, "2018-01", "光伏", 100),
        (HESHUN, "2018年一季度", "光伏", 1_000),
        (HESHUN, "2018-02", "合作社", 0),
        (HESHUN, "2018年一季度", "合作社", "", 5),
    )
    assert amounts(store, HESHUN, 1, 2, 3) == [11, 11, 1_010]
    assert amounts(store, LIUQUAN, 3) == [100]


def test_only_operating_income_by_category_counts(store: Store) -> None:
    entries = catalogue()
    worth = {line_id: 2**n for n, line_id in enumerate(entries.lines())}
    give(
        store,
        *(
            (HESHUN, "2018-01", entries.lines()[line_id].name, amount)
            for line_id, amount in worth.items()
        ),
    )
    operating = entries.measures["operating_income"].plus
    counted = {i for i, s in entries.sources.items() if s.category in operating}
    assert counted.isdisjoint({"subsidy", "farmland", "hometown", "other"})
    row = villages(store, end_of(1)).loc[HESHUN]
    assert row["amount_yuan"] == sum(worth[i] for i in counted)
    assert row["other_yuan"] == sum(worth[i] for i in entries.sources) - sum(
        worth[i] for i in counted
    )


def test_costs_neither_add_nor_take_off(store: Store) -> None:
    give(
        store,
        (HESHUN, "2018-01", "光伏", 50_000),
        (HESHUN, "2018-01", "经营支出", 40_000),
        (LIUQUAN, "2018-01", "管理费用", 60_000),
    )
    found = villages(store, end_of(1))
    assert found.loc[HESHUN, "standing"] == "cleared"
    assert found.loc[LIUQUAN, "reason"] == "no_figure"


@pytest.mark.parametrize(
    ("lines", "reason", "amount", "gap"),
    [
        ([], "no_figure", None, "50000"),
        ([("光伏", "", 60_000)], "no_figure", None, "50000"),
        ([("光伏", "无"), ("补助", 49_999)], "zero", "0", "50000"),
        ([("补助", 80_000)], "other_only", None, "50000"),
        ([("光伏", 40_000), ("其他", 10_000)], "other_only", "40000", "10000"),
        ([("光伏", 40_000), ("其他", "9999.99")], "short", "40000", "10000"),
        ([("光伏", -1)], "short", "-1", "50001"),
    ],
)
def test_why_a_village_is_under_the_line(
    store: Store,
    lines: list[tuple],
    reason: str,
    amount: str | None,
    gap: str,
) -> None:
    if lines:
        give(store, *((HESHUN, "2018-01", *line) for line in lines))
    row = villages(store, end_of(1)).loc[HESHUN]
    assert row["reason"] == reason
    assert row["gap_yuan"] == Decimal(gap)
    if amount is None:
        assert pd.isna(row["amount_yuan"])
    else:
        assert row["amount_yuan"] == Decimal(amount)


def test_an_amount_of_which_a_part_is_not_stated_is_unknown(store: Store) -> None:
    give(
        store,
        (SHANGPO, "2018-01", "光伏", 60_000),
        (SHANGPO, "2018-01", "光伏", "", 5),
        (HESHUN, "2018-01", "光伏", 30_000),
        (HESHUN, "2018-01", "光伏", 9_000),
    )
    assert amounts(store, SHANGPO, 1) == [None]
    assert amounts(store, HESHUN, 1) == [39_000]
