"""How do tables become a workbook in which no text is ever a formula?"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

_WIDTHS = (8, 44)


class Share(float):
    """A part of one, which a sheet shows in per cent."""


Cell = str | int | float | Decimal | date | datetime | None


@dataclass(frozen=True)
class Table:
    """A sheet: its name, its headings, and its rows, each as long as the headings."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def plain_book(tables: Sequence[Table], made_at: datetime) -> bytes:
    """Make a workbook of tables, one on each sheet.

    Args:
        tables: what it holds.
        made_at: when, local time in China; the same tables make the same bytes.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": made_at})
    head = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"})
    share = book.add_format({"num_format": "0.0%"})
    money = book.add_format({"num_format": "#,##0.00"})
    for table in tables:
        sheet = book.add_worksheet(table.name)
        for column, heading in enumerate(table.headings):
            sheet.write_string(0, column, heading, head)
        for row, cells in enumerate(table.rows, 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, datetime):
                    sheet.write_datetime(row, column, cell, moment)
                elif isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                elif isinstance(cell, Decimal):
                    sheet.write_number(row, column, cell, money)
                elif isinstance(cell, Share):
                    sheet.write_number(row, column, cell, share)
                else:
                    _write(sheet, row, column, cell)
        for column, width in enumerate(_widths(table)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.headings) - 1)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    book.close()
    return out.getvalue()


def _write(
    sheet: Worksheet, row: int, column: int, cell: str | int | float | None
) -> None:
    if isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif cell:
        # a text that starts with an equals sign stays a text
        sheet.write_string(row, column, cell)


def _widths(table: Table) -> list[int]:
    least, most = _WIDTHS
    columns = zip(table.headings, *table.rows, strict=True)
    return [
        min(max(least, *(_width(cell) for cell in column)), most) for column in columns
    ]


def _width(cell: Cell) -> int:
    if isinstance(cell, date):
        return len("2018-06-30 09:00") + 1
    # a Chinese character is twice as wide as a digit
    return sum(1 if letter.isascii() else 2 for letter in str(cell or "")) + 2
