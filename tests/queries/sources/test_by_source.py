"""Do sources, classes and villages sum to what the plain rows say?"""

from decimal import Decimal

import pandas as pd
import pytest

from store import Store
from tests.etl.statements.grids import ATTRIBUTES
from tests.making import load
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    TOWNSHIP,
    end_of,
    give,
    months,
)
from tests.queries.sources.asking import asked, known

LINES = [
    (HESHUN, "光伏", 3000),
    (HESHUN, "门面", 1000),
    (LIUQUAN, "光伏", 500),
    (LIUQUAN, "合作社", 0),
    (DONGLI, "合作社", 250),
]


@pytest.fixture
def filled(store: Store) -> Store:
    """Two months of five plain lines, and what 柳泉 is: mountain, a pilot."""
    load(store, ATTRIBUTES)
    for month in months(1, 2):
        give(store, *((code, month, name, yuan) for code, name, yuan in LINES))
    return store


def test_sources_sum_the_plain_rows(filled: Store) -> None:
    found = asked(filled, "by_source", end_of(2)).set_index("source_id")
    sums = dict(zip(found.index, found["received_yuan"], strict=True))
    assert sums == {"solar": 7000, "joint_shopfront": 2000, "cooperative": 500}
    assert dict(found["village_count"]) == {
        "solar": 2,
        "joint_shopfront": 1,
        # who reports zero does not have the source
        "cooperative": 1,
    }


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("source", {"": (41, 9500)}),
        ("township", {TOWNSHIP: (41, 9500)}),
        ("terrain", {"mountain": (1, 1000), None: (40, 8500)}),
        ("pilot", {"province": (1, 1000), None: (40, 8500)}),
    ],
)
def test_classes_part_the_same_sum(
    filled: Store, by: str, expected: dict[str | None, tuple[int, int]]
) -> None:
    found = asked(filled, "composition", end_of(2), by=by)
    assert not found.duplicated(["class_id", "source_id"]).any()
    parts = {}
    for class_id, rows in found.groupby("class_id", dropna=False):
        key = None if pd.isna(class_id) else class_id
        size = int(rows["class_village_count"].iloc[0])
        parts[key] = (size, int(rows["received_yuan"].sum()))
    assert parts == expected


def test_villages_of_one_source_and_of_all(filled: Store) -> None:
    give(filled, (HESHUN, "2017-01", "光伏", 2000))
    columns = ("received_yuan", "now_yuan", "before_yuan", "change_yuan")
    every = asked(filled, "villages", end_of(2), source_id="").set_index("village_code")
    assert list(every.index) == [HESHUN, LIUQUAN, DONGLI]
    assert known(every.loc[HESHUN], *columns) == [8000, 3000, 2000, 1000]
    assert known(every.loc[DONGLI], *columns) == [500, None, None, None]
    assert every.loc[LIUQUAN, "terrain"] == "mountain"
    solar = asked(filled, "villages", end_of(2), source_id="solar")
    assert list(solar["village_code"]) == [HESHUN, LIUQUAN]
    assert known(solar.iloc[0], *columns) == [6000, 3000, 2000, 1000]


def test_concentration_by_hand(filled: Store) -> None:
    """6000 and 2000 of 8000: shares 0.75 and 0.25, squares 0.5625 and 0.0625."""
    found = asked(filled, "leaning", end_of(2), from_share=Decimal("0.8"))
    found = found.set_index("village_code")
    assert found.loc[HESHUN, "largest_share"] == 0.75
    assert found.loc[HESHUN, "concentration_index"] == 0.625
    assert list(found["source_count"]) == [1, 1, 2]
    # a source of zero is none to lean on
    assert found.loc[LIUQUAN, "concentration_index"] == 1
    assert dict(found["is_leaning"]) == {HESHUN: False, LIUQUAN: True, DONGLI: True}
    at_line = asked(filled, "leaning", end_of(2), from_share=Decimal("0.75"))
    assert at_line["is_leaning"].all()


def test_money_paid_back_has_no_share(store: Store) -> None:
    give(store, (HESHUN, "2018-01", "光伏", 100), (HESHUN, "2018-01", "门面", -20))
    [row] = asked(store, "leaning", end_of(1), from_share=1).to_dict("records")
    assert (row["received_yuan"], row["source_id"]) == (80, "solar")
    assert pd.isna(row["largest_share"]) and pd.isna(row["concentration_index"])
    assert not row["is_leaning"]


def test_what_was_not_told_has_no_income(filled: Store) -> None:
    found = asked(filled, "classes", end_of(2), categories=["business_income"])
    incomes = found.set_index("village_code")["income_yuan"]
    assert incomes[LIUQUAN] == 1000
    assert pd.isna(incomes[DONGLI])
    assert len(incomes) == 41
