"""How does a person fill in a template, save it, and change what should stay?"""

import io
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
from openpyxl.packaging.custom import StringProperty
from openpyxl.worksheet.worksheet import Worksheet

from base.place import Scope
from base.viewer import Viewer
from etl.handed.layout import FILL_IN
from tests.making import Grid, xlsx

TOWNSHIP = "410581105"
HESHUN, LIUQUAN, DONGLI = (f"41058110520{digit}" for digit in range(3))


def sender(role: str, *codes: str) -> Viewer:
    """Return somebody who sends files, or would like to."""
    return Viewer("李某", role, Scope.of(codes))


def edited(content: bytes, edit: Callable[[Any], None]) -> bytes:
    """Open a workbook, change it and save it, as another program would."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_properties(grid: Grid, properties: Mapping[str, str]) -> bytes:
    """Make a workbook of one sheet with properties of its own."""

    def bear(book: Any) -> None:
        for name, value in properties.items():
            book.custom_doc_props.append(StringProperty(name=name, value=value))

    return edited(xlsx(grid), bear)


def filled(content: bytes, cells: Mapping[str, Any]) -> bytes:
    """Type values into cells of the sheet to fill in, where it lets a person type."""

    def type_in(book: Any) -> None:
        sheet = book[FILL_IN]
        for cell, value in cells.items():
            assert not sheet[cell].protection.locked, cell
            sheet[cell] = value

    return edited(content, type_in)


def sheet_of(content: bytes) -> Worksheet:
    """Return the sheet to fill in."""
    return openpyxl.load_workbook(io.BytesIO(content))[FILL_IN]


def rows_of(content: bytes) -> list[list[Any]]:
    """Return what its cells hold."""
    return [list(row) for row in sheet_of(content).iter_rows(values_only=True)]


def place_of(content: bytes, *words: str) -> str:
    """Return the cell to type in: at the row of some words, below a heading.

    Args:
        content: a template.
        words: of the row: a village or a source; of the column: a source, or nothing
            for the column of this month.
    """
    sheet = sheet_of(content)
    rows = rows_of(content)
    line, column = words if len(words) == 2 else (words[0], "")
    row = next(n for n, cells in enumerate(rows, 1) if n > 3 and line in cells)
    if column:
        at = rows[2].index(column)
        is_double = rows[3][at] != "本月到账（元）"
        return f"{sheet.cell(row, at + 1 + is_double).coordinate}"
    return f"{sheet.cell(row, rows[2].index('本月到账（元）') + 1).coordinate}"
