"""Which villages have received no operating income this year?"""

import pandas as pd
import pytest

from base.catalogue import catalogue
from store import Store
from tests.queries.asking import HESHUN, LIUQUAN, ask_of, end_of, give, months

TARGET = catalogue().target("no_income")


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([], "no_figure"),
        ([("光伏", "", 60_000)], "no_figure"),
        ([("补助", 80_000)], "other_only"),
        ([("光伏", "无"), ("补助", 80_000)], "zero"),
        ([("光伏", -5)], "zero"),
        ([("光伏", "0.01")], None),
        ([("管理费用", 9)], "no_figure"),
    ],
)
def test_a_village_with_a_fen_is_no_empty_one(
    store: Store, lines: list[tuple], reason: str | None
) -> None:
    if lines:
        give(store, *((HESHUN, "2018-01", *line) for line in lines))
    row = ask_of(TARGET, store, end_of(1)).loc[HESHUN]
    assert row["standing"] == ("remaining" if reason else "cleared")
    assert row["reason"] == reason or pd.isna(row["reason"])
    assert pd.isna(row["gap_yuan"]) and pd.isna(row["detail"])


def test_without_gaps_the_codes_give_the_order(store: Store) -> None:
    give(store, *((LIUQUAN, month, "光伏", 1) for month in months(1, 2)))
    found = ask_of(TARGET, store, end_of(2))
    assert list(found.index) == sorted(found.index)
    assert (found["standing"] == "cleared").sum() == 1
    assert ask_of(TARGET, store, end_of(12, 2019)).loc[LIUQUAN, "reason"] == "no_figure"
