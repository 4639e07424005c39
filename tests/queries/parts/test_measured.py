"""What is a village's year worth by each measure, and when is that not known?"""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from base.catalogue import catalogue
from store import Store
from tests.making import NOW
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    TOWNSHIP,
    Line,
    end_of,
    give,
    moment,
    months,
    question,
    row,
    tell,
    viewer_of,
)

COSTS = ("经营支出", "管理费用", "其他支出")
THREE = ["operating_income", "operating_profit", "year_profit"]


def measures(store: Store, as_of: date, code: str = HESHUN) -> pd.DataFrame:
    """Ask for a village's measures, by measure; the scope's answer is the same."""
    when, viewer = moment(store, as_of), viewer_of(TOWNSHIP)
    found = question("village/measures", store, viewer, when, village_code=code)
    assert set(found.pop("village_code")) == {code}
    whole = question("progress/measures", store, viewer, when)
    assert len(whole) == 41 * len(found)
    own = whole[whole["village_code"] == code].drop(columns="village_code")
    pd.testing.assert_frame_equal(own.reset_index(drop=True), found)
    return found.set_index("measure_id")


def worth(store: Store, as_of: date, code: str = HESHUN) -> list[Decimal | None]:
    """Return the three measures, None where one is not known."""
    found = measures(store, as_of, code)
    assert list(found.index) == THREE
    return [None if pd.isna(amount) else amount for amount in found["amount_yuan"]]


def costs(period: str, *amounts: object) -> list[Line]:
    """Return the lines of the three costs, of which a dash states nothing."""
    return [(HESHUN, period, c, a) for c, a in zip(COSTS, amounts, strict=True)]


def test_the_worked_example_of_the_rules(store: Store) -> None:
    """Income 68, 35, 5, 30, 42 and costs 45, 35, 45: 28 and 55, in ten thousands."""
    give(
        store,
        (HESHUN, "2018-01", "光伏", 380_000),
        (HESHUN, "2018-01", "幼儿园", 300_000),
        (HESHUN, "2018-01", "发包及上交", 350_000),
        (HESHUN, "2018-01", "合作社", 50_000),
        (HESHUN, "2018-01", "补助", 300_000),
        (HESHUN, "2018-01", "其他", 420_000),
        *costs("2018-01", 450_000, 350_000, 450_000),
    )
    assert worth(store, end_of(1)) == [1_080_000, 280_000, 550_000]
    found = measures(store, end_of(1))
    assert list(found["income_yuan"]) == [1_080_000, 1_080_000, 1_800_000]
    assert list(found["cost_yuan"]) == [0, 800_000, 1_250_000]
    assert found["missing_categories"].isna().all()


def test_a_cost_that_no_ledger_states_leaves_the_measure_unknown(
    store: Store,
) -> None:
    give(store, (HESHUN, "2018-01", "光伏", 100), *costs("2018-01", 10, 5, "—"))
    assert worth(store, end_of(1)) == [100, 85, None]
    missing = measures(store, end_of(1))["missing_categories"]
    assert missing["year_profit"] == "other_cost"
    assert pd.isna(measures(store, end_of(1)).loc["year_profit", "cost_yuan"])


def test_each_month_whose_ledger_is_in_must_state_the_cost(store: Store) -> None:
    give(store, *((HESHUN, month, "光伏", 100) for month in months(1, 3)))
    give(store, *costs("2018-01", 1, 2, 4), *costs("2018-03", 1, 2, 4))
    assert worth(store, end_of(1)) == [100, 97, 93]
    assert worth(store, end_of(2)) == [200, None, None]
    assert worth(store, end_of(3)) == [300, None, None]
    give(store, *costs("2018-02", 0, "无", 0))
    assert worth(store, end_of(3)) == [300, 294, 286]


def test_a_longer_period_states_all_of_its_months(store: Store) -> None:
    give(store, *((HESHUN, month, "光伏", 100) for month in months(1, 6)))
    give(store, *costs("2018年上半年", 10, 20, 40))
    assert worth(store, end_of(5)) == [500, None, None]
    assert worth(store, end_of(6)) == [600, 570, 530]
    give(store, *costs("2018-02", 1, 1, 1))
    assert worth(store, end_of(6)) == [600, 570, 530]
    assert worth(store, end_of(5)) == [500, None, None]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], [None, None, None]),
        (costs("2018-01", 1, 2, 4), [None, None, None]),
        ([(HESHUN, "2018-01", "补助", 50)], [None, None, None]),
        (
            [(HESHUN, "2018-01", "补助", 50), *costs("2018-01", 1, 2, 4)],
            [None, None, 43],
        ),
        ([(HESHUN, "2018-01", "光伏", "", 9)], [None, None, None]),
        (
            [(HESHUN, "2018-01", "光伏", "无"), *costs("2018-01", 1, 2, 4)],
            [0, -3, -7],
        ),
    ],
)
def test_what_is_not_stated_is_not_zero(
    store: Store, lines: list[Line], expected: list[int | None]
) -> None:
    if lines:
        give(store, *lines)
    assert worth(store, end_of(1)) == expected


def test_money_without_a_ledger_leaves_the_costs_unknown(store: Store) -> None:
    day = date(2018, 1, 1)
    tell(store, row(HESHUN, day, end_of(1), received=70, statement="settlement"))
    assert worth(store, end_of(1)) == [70, None, None]
    give(store, (LIUQUAN, "2017-12", "光伏", 1), (DONGLI, "2018-02", "光伏", 1))
    assert worth(store, end_of(1), LIUQUAN) == [None, None, None]


def test_only_a_ledger_states_that_a_cost_is_known(store: Store) -> None:
    give(store, (HESHUN, "2018-01", "光伏", 100))
    of = {"line_kind": "cost", "statement": "detail"}
    tell(
        store,
        *(
            row(HESHUN, date(2018, 1, 1), end_of(1), cost, 9, category=cost, **of)
            for cost in catalogue().costs
        ),
    )
    assert worth(store, end_of(1)) == [100, None, None]


def test_the_measures_are_those_of_the_catalogue(store: Store) -> None:
    when, viewer = moment(store, end_of(1), NOW), viewer_of(TOWNSHIP)
    found = question(
        "village/measures",
        store,
        viewer,
        when,
        village_code=HESHUN,
        measures=["mine"],
        parts=["subsidy_income"],
        signs=[1],
    )
    assert list(found["measure_id"]) == ["mine"]
    assert set(catalogue().measures) == set(THREE)
