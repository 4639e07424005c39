"""Which villages have no steady source that brought 10,000 yuan this year?"""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from base.catalogue import catalogue
from store import Store
from tests.queries.asking import HESHUN, ask_of, end_of, give, row, tell

TARGET = catalogue().target("no_source")


@pytest.mark.parametrize(
    ("lines", "reason", "said"),
    [
        ([], "no_figure", (None, None, "10000", None)),
        ([("光伏", 9_999), ("门面", 9_998)], "short", ("9999", "9998", "1", "solar")),
        ([("补助", 80_000), ("其他", 1)], "no_steady", (None, "80001", "10000", None)),
        ([("光伏", "无")], "zero", ("0", None, "10000", "solar")),
        ([("光伏", 1), ("门面", "", 9)], "short", ("1", None, "9999", "solar")),
    ],
)
def test_who_has_none_and_which_comes_nearest(
    store: Store, lines: list[tuple], reason: str, said: tuple
) -> None:
    if lines:
        give(store, *((HESHUN, "2018-01", *line) for line in lines))
    found = ask_of(TARGET, store, end_of(1)).loc[HESHUN]
    assert (found["standing"], found["reason"]) == ("remaining", reason)
    columns = ("amount_yuan", "other_yuan", "gap_yuan", "detail")
    for column, value in zip(columns, said, strict=True):
        if value is None:
            assert pd.isna(found[column]), column
        elif column == "detail":
            assert found[column] == value
        else:
            assert found[column] == Decimal(value), column


def test_months_of_one_source_add_up_to_the_line(store: Store) -> None:
    give(store, (HESHUN, "2018-01", "光伏", 4_000), (HESHUN, "2018-02", "光伏", 6_000))
    assert ask_of(TARGET, store, end_of(1)).loc[HESHUN, "standing"] == "remaining"
    assert ask_of(TARGET, store, end_of(2)).loc[HESHUN, "standing"] == "cleared"


def test_a_one_off_part_of_a_steady_source_does_not_count(store: Store) -> None:
    """Arrears collected once are no source, contracts let anew are one."""
    day, of = date(2018, 1, 1), {"source_id": "inventory", "statement": "inventory"}
    arrears = row(
        HESHUN,
        day,
        end_of(6),
        received=50_000,
        item_id="arrears",
        is_one_off=True,
        **of,
    )
    relet = row(HESHUN, day, end_of(6), received=9_000, item_id="relet", **of)
    tell(store, arrears, relet)
    found = ask_of(TARGET, store, end_of(6)).loc[HESHUN]
    assert (found["amount_yuan"], found["other_yuan"]) == (9_000, 50_000)
    assert (found["gap_yuan"], found["detail"]) == (1_000, "inventory")


def test_only_what_counts_of_the_year_so_far(store: Store) -> None:
    """Neither last year's money nor a later period's; the quarter for its months."""
    give(
        store,
        (HESHUN, "2017-12", "光伏", 9_000),
        (HESHUN, "2018-01", "光伏", 4_000),
        (HESHUN, "2018-02", "光伏", 5_000),
        (HESHUN, "2018年一季度", "光伏", 100),
        (HESHUN, "2018-04", "光伏", 20),
        (HESHUN, "2018年全年", "光伏", 90_000),
        (HESHUN, "2018-01", "管理费用", 7),
    )
    amounts = {
        month: ask_of(TARGET, store, end_of(month)).loc[HESHUN, "amount_yuan"]
        for month in (1, 2, 3, 4, 11)
    }
    assert amounts == {1: 4_000, 2: 9_000, 3: 100, 4: 120, 11: 120}
    assert pd.isna(ask_of(TARGET, store, end_of(1)).loc[HESHUN, "other_yuan"])
    assert ask_of(TARGET, store, end_of(12)).loc[HESHUN, "standing"] == "cleared"
