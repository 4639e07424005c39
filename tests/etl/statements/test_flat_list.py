"""Is a flat list read, each line with its village, month, source, due and received?"""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.check import Checked
from tests.making import Grid, checked, text, xls, xlsx

HEADINGS = ["乡镇", "村名", "月份", "收入来源", "应收（元）", "实收（元）"]
LINES: Grid = [
    ["河顺镇", "柳泉", "2018年6月", "光伏", 300, 200.5],
    ["河顺镇", "柳泉村", "2018-06", "合作社分红", "1.2万", "无"],
    ["合涧镇", "上庄", "201807", "门面", 50, ""],
    ["", "河顺镇圪垱", "2018.6", "光伏", "", ""],
]


def told(result: Checked) -> list[tuple[str, str, str]]:
    """Return code, cell and what was found, of each finding."""
    return [(f.code, f.cell, f.found) for f in result.findings]


@pytest.mark.parametrize(
    ("make", "encoding"),
    [(xlsx, None), (xls, None), (text, "utf-8-sig"), (text, "gb18030")],
)
def test_due_and_received_are_read_apart(make: Any, encoding: str | None) -> None:
    grid = [HEADINGS, *LINES]
    content = make(grid, encoding) if encoding else make(grid)
    result = checked(content, "清单.csv")
    rows = [
        (
            r["village_code"],
            str(r["period_start"])[:7],
            r["source_id"],
            r["amount_due_yuan"],
            r["amount_received_yuan"],
            r["cell"],
        )
        for r in result.rows.to_pylist()
    ]
    shangzhuang = rows[2][0]
    assert rows == [
        (
            "410581105201",
            "2018-06",
            "solar",
            Decimal("300.00"),
            Decimal("200.50"),
            "F2",
        ),
        ("410581105201", "2018-06", "cooperative", Decimal("12000.00"), 0, "F3"),
        (shangzhuang, "2018-07", "joint_shopfront", Decimal("50.00"), None, "F4"),
    ]
    assert shangzhuang.startswith("410581101")
    assert (result.rejected, result.findings) == (0, [])


def test_lines_of_one_unit_are_kept_apart_and_add_up() -> None:
    result = checked(xlsx([HEADINGS, LINES[0], LINES[0]]))
    assert (result.rows.num_rows, result.findings) == (2, [])


def test_a_bare_month_takes_the_year_of_the_title() -> None:
    line = ["河顺镇", "柳泉", "6月", "光伏", 1, 1]
    result = checked(xlsx([["2018年清单"], HEADINGS, line]))
    assert result.findings == []
    assert str(result.rows["period_start"][0]) == "2018-06-01"
    undated = checked(xlsx([HEADINGS, line]), "清单.xlsx")
    assert told(undated) == [("period_unreadable", "C2", "6月")]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        (0, "城郊乡", "township_unknown"),
        (1, "柳全", "village_unknown"),
        (1, "", "village_missing"),
        (2, 2018.1, "period_ambiguous"),
        (2, "六月", "period_unreadable"),
        (2, "", "period_unreadable"),
        (2, "2018年12月", "period_future"),
        (3, "养鸡", "source_unknown"),
        (4, "约3", "amount_unreadable"),
        (4, 9e9, "amount_too_large"),
        (5, -3, "amount_negative"),
    ],
)
def test_what_is_wrong_is_told_in_its_own_cell(
    column: int, cell: object, code: str
) -> None:
    bad = [*LINES[0][:column], cell, *LINES[0][column + 1 :]]
    result = checked(xlsx([HEADINGS, bad, LINES[2]]), "清单.xlsx")
    [finding] = result.findings
    assert (finding.code, finding.cell) == (code, f"{'ABCDEF'[column]}2")
    assert (result.rows.num_rows, result.rejected) == (
        (1, 1) if finding.is_error else (2, 0)
    )


def test_text_2018_1_is_january_in_a_workbook_and_asked_in_a_csv() -> None:
    line = [*LINES[0][:2], "2018.1", *LINES[0][3:]]
    workbook = checked(xlsx([HEADINGS, line]))
    assert (str(workbook.rows["period_start"][0]), workbook.findings) == (
        "2018-01-01",
        [],
    )
    assert told(checked(text([HEADINGS, line]), "清单.csv")) == [
        ("period_ambiguous", "C2", "2018.1")
    ]


def test_a_list_without_sources_asks_for_one() -> None:
    grid: Grid = [
        ["2018年6月"],
        ["单位：元"],
        ["乡镇", "村名", "金额"],
        ["河顺镇", "柳泉", 5],
    ]
    result = checked(xlsx(grid))
    assert told(result) == [("source_missing", "", "")]
    assert result.rejected == 1
    answered = checked(xlsx(grid), source_id="solar")
    assert (answered.rows.num_rows, answered.findings) == (1, [])


def test_a_second_column_of_amounts_is_told() -> None:
    grid = [[*HEADINGS, "到账金额（元）"], [*LINES[0], 7]]
    result = checked(xlsx(grid))
    assert told(result) == [("column_twice", "G1", "到账金额（元）")]
    assert (result.rows.num_rows, result.rejected) == (1, 1)
    assert checked(xlsx([grid[0], [*LINES[0], ""]])).findings == []


@pytest.mark.parametrize(
    ("due", "received", "cells"),
    [(600, 401, []), (601, 401, ["E5"]), (600, 400, ["F5"]), ("", "", [])],
)
def test_total_rows_are_compared_in_both_columns(
    due: object, received: object, cells: list[str]
) -> None:
    lines = [LINES[0], LINES[0], ["", "", "", "", "", ""]]
    grid = [HEADINGS, *lines, ["合计", "", "", "", due, received]]
    result = checked(xlsx(grid))
    assert [f.cell for f in result.findings] == cells
    assert result.rows.num_rows == 2


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["河顺", "柳泉", "东里"]),
            st.integers(1, 10),
            st.sampled_from(["光伏", "门面", "其他"]),
            st.none() | st.decimals(100, 10**6, places=2),
            st.none() | st.decimals(100, 10**6, places=2),
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([xlsx, xls, text]),
)
def test_what_is_read_equals_what_was_written(lines: list[Any], make: Any) -> None:
    def cell(amount: Decimal | None) -> object:
        if amount is None:
            return ""
        return str(amount) if make is text else float(amount)

    grid: Grid = [
        ["河顺镇", name, f"2018年{month}月", source, cell(due), cell(received)]
        for name, month, source, due, received in lines
    ]
    result = checked(make([HEADINGS, *grid]), "清单.csv")
    read = [
        (r["period_start"].month, r["amount_due_yuan"], r["amount_received_yuan"])
        for r in result.rows.to_pylist()
    ]
    stated = [line for line in lines if line[3] is not None or line[4] is not None]
    assert read == [(line[1], line[3], line[4]) for line in stated]
    assert result.rejected == 0
