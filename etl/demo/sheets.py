"""How is a workbook written, fast and with the same bytes every time?"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
import xlwt
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = int | float | Decimal | str | date | None
Row = list[Cell]
Range = tuple[int, int, int, int]
_WIDTH = 14


@dataclass
class Sheet:
    """A sheet to be written: its rows, which rows are headings, and merged ranges.

    A merged range shows the text of its first cell.
    """

    name: str
    rows: list[Row]
    headings: range
    merged: list[Range] = field(default_factory=list)
    money: str = "#,##0.00"


def workbook(sheets: list[Sheet], day: date) -> bytes:
    """Write an xlsx.

    Args:
        sheets: in order.
        day: the day that the file bears; without one it would bear that of its making.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(day.year, day.month, day.day)})
        bold = book.add_format({"bold": True, "align": "center", "border": 1})
        plain = book.add_format({"border": 1})
        dated = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
        for one in sheets:
            sheet = book.add_worksheet(one.name)
            sheet.set_column(1, max(map(len, one.rows)) - 1, _WIDTH)
            money = book.add_format({"border": 1, "num_format": one.money})
            for row, cells in enumerate(one.rows):
                text = bold if row in one.headings else plain
                _write_row(sheet, row, cells, text, money, dated)
            for first_row, first, last_row, last in one.merged:
                text = one.rows[first_row][first]
                sheet.merge_range(first_row, first, last_row, last, text, bold)
    return buffer.getvalue()


def _write_row(
    sheet: Worksheet, row: int, cells: Row, text: Format, money: Format, dated: Format
) -> None:
    for column, cell in enumerate(cells):
        if cell is None or cell == "":
            continue
        if isinstance(cell, str):
            sheet.write_string(row, column, cell, text)
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, cell, dated)
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell, text)
        else:
            sheet.write_number(row, column, cell, money)


def old_workbook(sheet: Sheet) -> bytes:
    """Write an xls of one sheet, without formats."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet.name)
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if cell is not None and cell != "":
                page.write(row, column, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def comma_separated(rows: Iterable[Row], encoding: str) -> bytes:
    """Write a csv."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def yuan(fen: int, in_wan: bool = False) -> Decimal:
    """Return fen as yuan, or as ten thousands of yuan."""
    return Decimal(int(fen)).scaleb(-6 if in_wan else -2)


def table(
    title: str, unit: str, headings: list[str], body: list[Row], end: str = ""
) -> tuple[list[Row], range]:
    """Lay out title, unit, headings and body, and perhaps who signed.

    Returns:
        The rows, and which of them are headings.
    """
    above: list[Row] = [[title]]
    if unit:
        above.append([*[None] * (len(headings) - 1), unit])
    rows: list[Row] = [*above, [*headings], *body]
    if end:
        rows += [[None], [end]]
    return rows, range(len(above), len(above) + 1)
