"""How does a test write down a file and the one finding that it must give?"""

import io
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import openpyxl

from tests.making import Grid, ledger, xlsx

LIST = ["乡镇", "村名", "月份", "收入来源", "应收（元）", "实收（元）"]
YEAR = ["收入来源", "1月", "2月", "3月"]
GOOD = ["东里", 1, 2, 3]
SINCE = ["村名", "光伏", "本年累计"]


def sheets(*grids: Grid, hidden: int | None = None) -> bytes:
    """Make a workbook of sheets 表0, 表1 …, one of them hidden."""
    book = openpyxl.Workbook()
    for number, grid in enumerate(grids):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = f"表{number}"
        sheet.sheet_state = "hidden" if number == hidden else "visible"
        for row in grid:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_hidden_row(grid: Grid, row: int) -> bytes:
    """Make a workbook of one sheet with a hidden row, counted from 1."""
    book = openpyxl.Workbook()
    for cells in grid:
        book.active.append(cells)
    book.active.row_dimensions[row].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@dataclass(frozen=True)
class Told:
    """A file, and the finding that it must give."""

    code: str
    content: bytes
    sheet: str
    cell: str
    found: str
    words: str
    is_error: bool = True
    answers: dict[str, Any] = field(default_factory=dict)
    file_name: str = "台账.xlsx"


def cell(value: Any) -> bytes:
    """Return a ledger with one amount in B4, of 柳泉."""
    return xlsx(ledger([["柳泉", value, "", ""], GOOD]))


def line(*cells: Any) -> bytes:
    """Return a list with one line, row 2."""
    return xlsx([LIST, list(cells)])


TROUBLES = [
    Told(
        "year_odd",
        xlsx(ledger([GOOD], title="河顺镇2108年6月台账")),
        "Sheet1",
        "",
        "河顺镇2108年6月台账",
        "核对年份",
    ),
    Told(
        "rows_hidden",
        with_hidden_row(ledger([GOOD]), 4),
        "Sheet",
        "",
        "",
        "第 4 行是隐藏的",
        is_error=False,
    ),
    Told(
        "amount_merged",
        xlsx(ledger([["柳泉", 5], GOOD]), merged=["B4:B5"]),
        "Sheet1",
        "",
        "",
        "请拆开",
        is_error=False,
    ),
    Told(
        "cumulative_only",
        xlsx(ledger([GOOD], title="河顺镇2018年6月累计收入台账")),
        "Sheet1",
        "",
        "河顺镇2018年6月累计收入台账",
        "请改报当月数",
    ),
    Told(
        "cumulative_only",
        xlsx(ledger([["柳泉", 5]], ["村名", "本年累计"])),
        "Sheet1",
        "B3",
        "本年累计",
        "加上当月数",
    ),
    Told(
        "year_odd",
        line("河顺镇", "柳泉", "1918年6月", "光伏", 1, 1),
        "Sheet1",
        "C2",
        "1918年6月",
        "核对年份",
    ),
    Told(
        "cumulative_less",
        xlsx(ledger([["柳泉", 5, 4]], SINCE)),
        "Sheet1",
        "C4",
        "4",
        "核对累计数",
        is_error=False,
    ),
]
OUTSIDE = Told(
    "out_of_scope",
    cell(5),
    "Sheet1",
    "B4",
    "",
    "请只报自己负责的村",
)
LOCKED = Told(
    "month_locked",
    cell(5),
    "Sheet1",
    "B4",
    "2018年6月",
    "与市专班联系解锁",
)

OF_SHEETS = [
    Told(
        "sheet_hidden",
        sheets(ledger([GOOD]), ledger([GOOD]), hidden=1),
        "表1",
        "",
        "",
        "取消隐藏",
        is_error=False,
    ),
    Told(
        "sheet_not_read",
        sheets(ledger([GOOD]), [["苗木", "果树"], [1, 2], [3, 4]]),
        "表1",
        "",
        "",
        "表头要有「村名」",
        is_error=False,
    ),
    Told(
        "unit_missing",
        xlsx(ledger([GOOD], unit="")),
        "Sheet1",
        "",
        "",
        "写一处「单位：元」",
    ),
    Told(
        "unit_differs",
        xlsx(ledger([GOOD])),
        "Sheet1",
        "",
        "",
        "标题写的单位是元",
        is_error=False,
        answers={"unit": 10_000},
    ),
    Told(
        "period_missing",
        xlsx(ledger([GOOD], title="河顺镇台账")),
        "Sheet1",
        "",
        "",
        "请在标题里写「2018年6月」",
    ),
    Told(
        "period_conflict",
        xlsx(ledger([GOOD])),
        "Sheet1",
        "",
        "",
        "2018年6月、2018年7月",
        file_name="2018年7月.xlsx",
    ),
    Told(
        "period_differs",
        xlsx(ledger([GOOD])),
        "Sheet1",
        "",
        "",
        "文件里写的是2018年6月",
        is_error=False,
        answers={"month": date(2018, 7, 1)},
    ),
    Told(
        "source_missing",
        xlsx([["2018年6月"], ["村名", "金额（元）"], ["柳泉", 5]]),
        "Sheet1",
        "",
        "",
        "加一列「收入来源」",
    ),
]
