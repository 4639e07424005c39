"""Is all that a table lacks asked for at once, and what is held back counted?"""

from datetime import date
from typing import Any

import pytest

from base.catalogue import catalogue
from etl.reading.workbook import read
from etl.registry import registry
from etl.tables.context import Answers, context_of
from etl.tables.job import (
    Job,
    income_columns,
    lacking,
    money_columns,
    stated_in,
    unit_of,
)
from etl.tables.recognise import Table, tables
from tests.making import TODAY, Grid, checked, codes_of, ledger, text, xlsx

LINES: Grid = [["河顺", 1, 2, 3], ["柳泉", 4, "无", "—"], ["合计", 5, 2, 3]]
PAIRS: Grid = [
    ["村名", "光伏（万元）", "", "合作社", ""],
    ["", "应收", "实收", "应收", "实收"],
    ["柳泉", 1, 2, 3, ""],
    ["合计", 1, 2, 3, ""],
]


def table_of(grid: Grid) -> Table:
    """Return the one table of a grid."""
    [table] = tables(read(xlsx(grid))[0])
    return table


def job(**answers: Any) -> Job:
    """Return a job with these answers."""
    return Job(registry(), catalogue(), TODAY, Answers(**answers))


def lacks(grid: Grid, file_name: str = "", **answers: Any) -> list[tuple[str, str]]:
    """Return code and cell of what a table lacks."""
    table, task = table_of(grid), job(**answers)
    context, _findings = context_of(table, file_name, task.answers, registry())
    return [(f.code, f.cell) for f in lacking(table, context, task)]


@pytest.mark.parametrize(
    ("title", "unit", "codes"),
    [
        ("2018年6月", "单位：元", []),
        ("2018年6月", "", ["unit_missing"]),
        ("台账", "单位：元", ["period_missing"]),
        ("台账", "", ["unit_missing", "period_missing"]),
        ("2018年12月", "", ["unit_missing", "period_future"]),
        ("2018年11月", "单位：元", []),
    ],
)
def test_all_that_is_lacking_is_asked_at_once(
    title: str, unit: str, codes: list[str]
) -> None:
    grid = ledger(LINES, title=title, unit=unit)
    assert [code for code, _cell in lacks(grid)] == codes


def test_answers_fill_what_is_lacking() -> None:
    grid = ledger(LINES, title="台账", unit="")
    assert lacks(grid, unit=1, month=date(2018, 6, 1)) == []


def test_a_column_without_a_unit_is_named_where_others_have_one() -> None:
    assert lacks(PAIRS, "2018年6月.xlsx") == [("unit_missing", "D1")]


def test_a_column_says_its_unit_before_the_title() -> None:
    table = table_of([["2018年6月"], ["单位：元"], *PAIRS])
    context, _findings = context_of(table, "", Answers(), registry())
    units = [unit_of(table, column, context) for column in money_columns(table)]
    assert units == [10_000, 10_000, 1, 1]


@pytest.mark.parametrize("make", [xlsx, text])
@pytest.mark.parametrize(
    ("grid", "rejected"),
    [
        (ledger(LINES, unit=""), 5),
        (PAIRS, 2),
        ([["村名", "收入来源", "应收", "实收"], ["柳泉", "光伏", 1, 2]], 1),
        (
            [["河顺镇柳泉村2018年"], ["来源", "1月", "2月", "3月"], ["光伏", 1, "", 2]],
            2,
        ),
    ],
)
def test_what_is_held_back_is_counted_in_income_rows(
    make: Any, grid: Grid, rejected: int
) -> None:
    result = checked(make(grid), "台账.csv")
    assert result.rows.num_rows == 0
    assert result.rejected == rejected
    assert "unit_missing" in codes_of(result.findings)


def test_due_and_received_are_one_income() -> None:
    table = table_of(PAIRS)
    assert income_columns(table) == [[1, 2], [3, 4]]
    assert [stated_in(table, columns, job()) for columns in ([1, 2], [4])] == [1, 0]
