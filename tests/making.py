"""How do tests make the files that people send? From grids that read like the sheet."""

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
from xlsxwriter.utility import xl_cell_to_rowcol

from base.catalogue import catalogue
from etl.check import Checked, check
from etl.context import Answers
from etl.door import load_file
from etl.registry import registry
from store import Store
from store.vault import sha256_of

Grid = list[list[Any]]
TODAY = date(2018, 11, 16)
NOW = datetime(2018, 11, 16, 9)
# Three villages of 河顺镇 that the tests speak of.
HESHUN, VILLAGES = "河顺镇", ["河顺", "柳泉", "东里"]


def xlsx(grid: Grid, name: str = "Sheet1", merged: list[str] | None = None) -> bytes:
    """Make a workbook of one sheet; merged ranges show their first cell's text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(name)
    day = book.add_format({"num_format": "yyyy-mm"})
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            if isinstance(cell, (date, datetime)):
                sheet.write_datetime(row, column, cell, day)
            elif cell is not None and cell != "":
                sheet.write(row, column, cell)
    for span in merged or []:
        sheet.merge_range(span, _first(grid, span))
    book.close()
    return out.getvalue()


def _first(grid: Grid, span: str) -> Any:
    row, column = xl_cell_to_rowcol(span.split(":")[0])
    return grid[row][column]


def xls(grid: Grid, name: str = "Sheet1") -> bytes:
    """Make an old workbook of one sheet."""
    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(grid: Grid, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """Make a csv."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(grid)
    return out.getvalue().encode(encoding)


def ledger(
    lines: Grid,
    headings: list[str] | None = None,
    title: str = "林州市河顺镇2018年6月村级集体经济收入台账",
    unit: str = "单位：元",
) -> Grid:
    """Make the grid of a township's ledger; lines start with the village's name."""
    return [[title], [unit], headings or ["村名", "光伏", "合作社", "门面"], *lines]


def checked(
    content: bytes,
    file_name: str = "台账.xlsx",
    today: date = TODAY,
    **answers: Any,
) -> Checked:
    """Check a file against the registry and the catalogue that are shipped."""
    return check(
        content,
        file_name,
        sha256_of(content),
        Answers(**answers),
        registry(),
        catalogue(),
        today,
    )


def load(store: Store, grid: Grid, at: datetime = NOW, **how: Any) -> int:
    """Take a grid in through the door, as a workbook; return its submission number."""
    loaded = load_file(store, xlsx(grid), "台账.xlsx", "测试", at, **how)
    assert loaded.submission is not None
    return loaded.submission.submission_no


def codes_of(findings: list[Any]) -> list[str]:
    """Return the codes of findings, in order."""
    return [finding.code for finding in findings]


def shipped(name: str) -> Path:
    """Return the path of a shipped data file."""
    return Path(__file__).resolve().parent.parent / "data" / name
