"""Is a township's ledger read as it was written, line by line and to the fen?"""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.check import Checked
from tests.making import Grid, checked, codes_of, ledger, text, xls, xlsx

Amount = Decimal | None
LINES: Grid = [["河顺", 100, 200, 3], ["柳泉", 50.5, "无", "—"], ["东里", "", 0, "/"]]
SUMS = [150.5, 200, 3]


def received(result: Checked) -> list[tuple[str, str, Amount, Amount]]:
    """Return village, source, due and received of the rows, in the file's order."""
    return [
        (
            row["village_code"],
            row["source_id"],
            row["amount_due_yuan"],
            row["amount_received_yuan"],
        )
        for row in result.rows.sort_by([("file_line", "ascending")]).to_pylist()
    ]


def told(result: Checked) -> list[tuple[str, str, str]]:
    """Return code, cell and what was found, of each finding."""
    return [(f.code, f.cell, f.found) for f in result.findings]


def test_a_single_amount_is_received_and_due_stays_unknown() -> None:
    result = checked(xlsx(ledger(LINES)))
    assert received(result) == [
        ("410581105200", "solar", None, Decimal("100.00")),
        ("410581105200", "cooperative", None, Decimal("200.00")),
        ("410581105200", "joint_shopfront", None, Decimal("3.00")),
        ("410581105201", "solar", None, Decimal("50.50")),
        ("410581105201", "cooperative", None, Decimal("0.00")),
        ("410581105202", "cooperative", None, Decimal("0.00")),
    ]
    assert (result.rejected, result.findings) == (0, [])


def test_a_row_knows_its_sheet_cell_period_and_kind() -> None:
    grid = ledger([["柳泉", 1, 2]], headings=["村名", "补充耕地", "管理费用"])
    land, cost = checked(xlsx(grid, "6月")).rows.to_pylist()
    assert (land["sheet"], land["cell"], land["file_line"]) == ("6月", "B4", 4)
    assert (str(land["period_start"]), str(land["period_end"])) == (
        "2018-06-01",
        "2018-06-30",
    )
    assert (land["line_kind"], land["category"], land["is_one_off"]) == (
        "income",
        "other_income",
        True,
    )
    assert (cost["line_kind"], cost["category"], cost["is_one_off"]) == (
        "cost",
        "admin_cost",
        False,
    )
    assert land["statement"] == cost["statement"] == "ledger"


@pytest.mark.parametrize("make", [xlsx, xls, text])
def test_due_and_received_stand_side_by_side(make: Any) -> None:
    grid = [
        ["河顺镇2018年6月", "", "", "", ""],
        ["单位：元", "", "", "", ""],
        ["村名", "光伏", "", "合作社（万元）", ""],
        ["", "应收", "实收", "应收", "实收"],
        ["柳泉", 30, 20, 0.5, ""],
        ["合计", 30, 20, 0.5, ""],
    ]
    result = checked(make(grid), "台账.csv" if make is text else "台账.xlsx")
    assert [row[1:] for row in received(result)] == [
        ("solar", Decimal("30.00"), Decimal("20.00")),
        ("cooperative", Decimal("5000.00"), None),
    ]
    assert result.findings == []


@pytest.mark.parametrize(
    ("total_rows", "cells"),
    [
        ([["合计", *SUMS]], []),
        ([["合　计：", *SUMS]], []),
        ([["河顺镇", *SUMS]], []),
        ([["全镇合计", 150.5, 201, 3]], [("C7", "201")]),
        ([["合计", 0, "", "—"]], []),
        ([["本年累计", 900, 900, 900]], []),
        ([["合计", *SUMS], ["累计", 900, 900, 900]], []),
        ([["合计", *SUMS], ["去年同期合计", 90, 90, 90]], []),
    ],
)
def test_total_rows_below_are_compared_and_never_added(
    total_rows: Grid, cells: list[tuple[str, str]]
) -> None:
    result = checked(xlsx(ledger([*LINES, *total_rows])))
    assert told(result) == [("total_mismatch", *cell) for cell in cells]
    assert result.rows.num_rows == 6


def test_a_total_may_stand_above_its_lines() -> None:
    assert checked(xlsx(ledger([["合计", *SUMS], *LINES]))).findings == []
    wrong = checked(xlsx(ledger([["合计", 1, 200, 3], *LINES])))
    assert told(wrong) == [("total_mismatch", "B4", "1")]
    assert "150.5" in wrong.findings[0].message


def test_subtotals_sum_up_their_own_block() -> None:
    grid = ledger(
        [LINES[0], ["小计", 100, 200, 3], *LINES[1:], ["小计", 50.5, 0, 0]]
        + [["总计", *SUMS]]
    )
    assert checked(xlsx(grid)).findings == []
    grid[7][1] = 60
    assert told(checked(xlsx(grid))) == [("total_mismatch", "B8", "60")]


@pytest.mark.parametrize(("stated", "cells"), [(303, []), ("", []), (302, ["E4"])])
def test_a_total_column_is_compared_and_never_added(
    stated: object, cells: list[str]
) -> None:
    headings = ["村名", "光伏", "合作社", "门面", "合计", "本年累计"]
    grid = ledger([["河顺", 100, 200, 3, stated, 9_999]], headings)
    result = checked(xlsx(grid))
    assert [f.cell for f in result.findings] == cells
    assert result.rows.num_rows == 3


def test_a_column_that_repeats_the_sum_is_no_stray() -> None:
    headings = ["村名", "光伏", "合作社", "门面", "村集体经济收入"]
    grid = ledger([["河顺", 100, 200, 3, 303]], headings)
    assert checked(xlsx(grid)).findings == []
    grid[3][4] = 300
    assert told(checked(xlsx(grid))) == [("column_not_loaded", "E3", "村集体经济收入")]


def test_a_total_of_what_could_not_be_read_is_not_compared() -> None:
    headings = ["村名", "光伏", "合作社", "门面", "合计"]
    lines = [
        ["河顺", "约1", 200, 3, 204],
        ["柳泉", 1, 2, 3, 6],
        ["合计", 2, 202, 6, ""],
    ]
    result = checked(xlsx(ledger(lines, headings)))
    assert told(result) == [("amount_unreadable", "B4", "约1")]


def test_a_rejected_cell_rejects_its_own_income_row_only() -> None:
    result = checked(xlsx(ledger([["河顺", "约1", 200, 3], ["柳泉", 1, 2, 3]])))
    assert (result.rows.num_rows, result.rejected) == (5, 1)
    assert [row[1] for row in received(result)][:2] == [
        "cooperative",
        "joint_shopfront",
    ]


def test_a_source_in_two_columns_is_read_once() -> None:
    grid = ledger(
        [["河顺", 1, 2], ["柳泉", 3, 4], ["合计", 4, 6]], ["村名", "光伏", "光伏收入"]
    )
    result = checked(xlsx(grid))
    assert told(result) == [("column_twice", "C3", "光伏收入")]
    assert (result.rows.num_rows, result.rejected) == (2, 2)


@pytest.mark.parametrize("make", [xlsx, text])
def test_a_column_nobody_knows_is_told(make: Any) -> None:
    headings = ["村名", "光伏", "苗木", "存在问题", "户数"]
    grid = ledger([["河顺", 1, 500, "无", 300]], headings)
    result = checked(make(grid), "台账.csv")
    assert told(result) == [("column_not_loaded", "C3", "苗木")]


def test_横水_is_a_village_or_a_subtotal_as_the_sums_say() -> None:
    title = "横水镇2018年6月台账"
    others = [["晋家坡", 1, 2, 3], ["马家庄", 4, 5, 6]]
    village = checked(xlsx(ledger([["横水", 9, 9, 9], *others], title=title)))
    assert (village.rows.num_rows, village.findings) == (9, [])
    subtotal = checked(xlsx(ledger([["横水", 5, 7, 9], *others], title=title)))
    assert told(subtotal) == [("taken_as_subtotal", "A4", "横水")]
    assert subtotal.rows.num_rows == 6


def test_a_village_twice_is_rejected_in_both_places() -> None:
    result = checked(xlsx(ledger([LINES[1], LINES[0], ["柳泉村", 7, 7, 7]])))
    assert told(result) == [("village_twice", "A6", "柳泉村")]
    assert "第 4 行" in result.findings[0].message
    assert (result.rows.num_rows, result.rejected) == (3, 5)


@settings(max_examples=25, deadline=None)
@given(
    amounts=st.lists(
        st.lists(
            st.none() | st.decimals(100, 4_900_000, places=2, allow_nan=False),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=3,
    ),
    is_wan=st.booleans(),
    make=st.sampled_from([xlsx, xls, text]),
    has_total=st.booleans(),
)
def test_what_is_read_equals_what_was_written(
    amounts: list[list[Amount]], is_wan: bool, make: Any, has_total: bool
) -> None:
    unit = 10_000 if is_wan else 1

    def cell(amount: Amount) -> object:
        if amount is None:
            return ""
        return str(amount / unit) if make is text else float(amount / unit)

    lines = [
        [name, *map(cell, line)]
        for name, line in zip(["石村", "柳泉", "东里"], amounts, strict=False)
    ]
    if has_total:
        columns = zip(*amounts, strict=True)
        sums = [sum((a for a in column if a), Decimal(0)) for column in columns]
        lines.append(["合计", *map(cell, sums)])
    unit_said = "单位：万元" if is_wan else "单位：元"
    result = checked(make(ledger(lines, unit=unit_said)), "台账.csv")
    written = [amount for line in amounts for amount in line if amount is not None]
    assert [row[3] for row in received(result)] == written
    assert (result.rejected, [row[2] for row in received(result)]) == (
        0,
        [None] * len(written),
    )
    assert set(codes_of(result.findings)) <= {"nothing_stated"}
