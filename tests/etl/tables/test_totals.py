"""Which lines may a total sum up, and when is it left alone?"""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.catalogue import catalogue
from etl.reading.amounts import Amounts, read_amounts
from etl.reading.workbook import Sheet
from etl.tables.lines import Columns, Output, Read
from etl.tables.recognise import Table, tables
from etl.tables.totals import (
    compare_total_column,
    compare_total_rows,
    repeats,
    total_column,
)

NOTHING = read_amounts([], 1)


def table_of(column: list[Any], names: list[str], *more: str) -> Table:
    """Return a ledger with one column of amounts beside its names."""
    heading: list[Any] = ["村名", "光伏", *more]
    rows: list[list[Any]] = [
        [n, c, *[""] * len(more)] for n, c in zip(names, column, strict=True)
    ]
    [table] = tables(Sheet("6月", [heading, *rows]))
    return table


def cells(column: list[Any], names: list[str]) -> list[str]:
    """Return the cells of the total rows that agree with nothing."""
    table = table_of(column, names)
    totals = [n + 1 for n, name in enumerate(names) if len(name) > 1]
    rows = [n + 1 for n, name in enumerate(names) if len(name) == 1]
    amounts = read_amounts([column[row - 1] for row in rows], 1)
    output = Output()
    compare_total_rows(
        table,
        rows,
        totals,
        Columns(None, 1),
        Read(NOTHING, amounts),
        catalogue(),
        output,
    )
    return [finding.cell for finding in output.findings]


@pytest.mark.parametrize(
    ("names", "column", "off"),
    [
        (["甲", "乙", "合计"], [1, 2, 3], []),
        (["甲", "乙", "合计"], [1, 2, 4], ["B4"]),
        (["合计", "甲", "乙"], [3, 1, 2], []),
        (["合计", "甲", "乙"], [4, 1, 2], ["B2"]),
        (["甲", "小计", "乙", "小计", "合计"], [1, 1, 2, 2, 3], []),
        (["甲", "小计", "乙", "小计", "合计"], [1, 1, 2, 3, 3], []),
        (["河顺镇", "甲", "横水镇", "乙", "丙"], [1, 1, 5, 2, 3], []),
        (["河顺镇", "甲", "横水镇", "乙", "丙"], [1, 1, 4, 2, 3], ["B4"]),
        (["甲", "本年累计"], [1, 9], []),
        (["甲", "合计"], ["约1", 9], []),
        (["甲", "合计"], [1, "—"], []),
    ],
)
def test_a_total_row_sums_up_what_stands_about_it(
    names: list[str], column: list[Any], off: list[str]
) -> None:
    assert cells(column, names) == off


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=5), st.integers(1, 9))
def test_totals_equal_the_sum_of_their_parts_or_are_told(
    parts: list[int], more: int
) -> None:
    names = [chr(ord("甲") + n) for n in range(len(parts))]
    total = sum(parts)
    assert cells([*parts, total], [*names, "合计"]) == []
    assert cells([*parts, total + more], [*names, "合计"]) == [f"B{len(parts) + 2}"]


@pytest.mark.parametrize(
    ("headings", "column"),
    [
        (["合计"], 2),
        (["合计", "本年累计"], 2),
        (["本年累计"], None),
        (["应收合计", "实收合计"], None),
        (["合计", "苗木"], None),
        ([], None),
    ],
)
def test_only_a_total_that_can_mean_one_thing_is_compared(
    headings: list[str], column: int | None
) -> None:
    table = table_of([1], ["甲"], *headings)
    assert total_column(table, catalogue()) == column


@pytest.mark.parametrize(
    ("stated", "unreadable", "off"),
    [(3, [], []), (4, [], ["C2"]), (4, [0], []), ("", [], []), (0, [], [])],
)
def test_a_line_is_compared_with_its_own_total(
    stated: object, unreadable: list[int], off: list[str]
) -> None:
    table = table_of([3], ["甲"], "合计")
    table.sheet.rows[1][2] = stated  # type: ignore[call-overload]
    parts = read_amounts([3], 1)
    output = Output()
    sums = Amounts(parts.fen, parts.is_stated, unreadable)
    compare_total_column(table, [1], 1, sums, catalogue(), output)
    assert [finding.cell for finding in output.findings] == off
    assert repeats(table, 2, [1], 1, sums) is (stated in (3, "") or unreadable != [])


def test_what_the_sum_is_is_said_in_the_units_of_the_column() -> None:
    table = table_of([1.2, 3.4, 5], ["甲", "乙", "合计"])
    output = Output()
    amounts = read_amounts([1.2, 3.4], 10_000)
    columns = Columns(None, 1, 1, 10_000)
    read = Read(NOTHING, amounts)
    compare_total_rows(table, [1, 2], [3], columns, read, catalogue(), output)
    [finding] = output.findings
    assert (finding.found, finding.is_error) == ("5", False)
    assert "各行之和是 4.6）" in finding.message
