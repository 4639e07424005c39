"""Are hidden rows with figures read, and told of once a sheet?"""

import io

import openpyxl
import pytest

from tests.making import Grid, checked, ledger

LINES: Grid = [["河顺", 1, 2, 3], ["柳泉", 4, 5, 6], ["东里", "", "", ""]]


def hiding(rows: list[int], *grids: Grid) -> bytes:
    """Make a workbook whose sheets hide some rows, counted from 1."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for grid in grids:
        sheet = book.create_sheet()
        for cells in grid:
            sheet.append(cells)
        for row in rows:
            sheet.row_dimensions[row].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([5], "第 5 行"),
        ([4, 5], "第 4–5 行"),
        ([4, 5, 7], "第 4–5、7 行"),
        ([4, 7], "第 4、7 行"),
        ([1, 2, 5, 6, 8], "第 5 行"),
    ],
)
def test_hidden_rows_are_read_and_named(rows: list[int], named: str) -> None:
    grid = ledger([*LINES, ["石村", "无", 0, "—"], ["合计", 5, 7, 9]])
    result = checked(hiding(rows, grid))
    [finding] = result.findings
    assert (finding.code, finding.is_error) == ("rows_hidden", False)
    assert named in finding.message
    assert result.rows.num_rows == 8


@pytest.mark.parametrize("rows", [[], [1], [3], [6], [7], [8]])
def test_hidden_rows_without_figures_are_no_trouble(rows: list[int]) -> None:
    grid = ledger([*LINES, ["合计", 5, 7, 9], ["填表人：张三"]])
    assert checked(hiding(rows, grid)).findings == []


def test_each_sheet_is_told_once() -> None:
    july = ledger(LINES, title="河顺镇2018年7月台账")
    both = [*ledger(LINES), [], *ledger(LINES, title="河顺镇2018年8月台账")]
    findings = checked(hiding([5, 11], both, july)).findings
    assert [(f.code, f.sheet) for f in findings] == [
        ("rows_hidden", "Sheet"),
        ("rows_hidden", "Sheet1"),
    ]
    assert "第 5、11 行" in findings[0].message
