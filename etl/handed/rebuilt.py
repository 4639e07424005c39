"""What does a file look like as a new workbook, cells at the same addresses?"""

import io
import re
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import coordinate_to_tuple, get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from etl.findings import Finding
from etl.handed.first_sheet import title, write_first_sheet
from etl.handed.marks import Mark, Marks, at_corners
from etl.handed.paint import paint, put_text
from etl.reading.workbook import Sheet, Value

_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_NO_TITLE = "Sheet1"
_NOT_IN_TITLES = re.compile(r"[\\*?:/\[\]]")
_LONGEST_TITLE = 31
_LOOKED_AT = 200
_NARROWEST, _WIDEST = 8, 40
# A number as a csv states it, short enough for Excel to show it as it is; codes with
# zeros before them and long ones stay texts.
_NUMBER = re.compile(r"(?:0|[1-9]\d{0,10})(?:\.\d{1,6})?")
_UNSAFE = ("=", "+", "-", "@", "\t", "\r")


def rebuilt(sheets: list[Sheet], findings: list[Finding], marks: Marks) -> bytes:
    """Write a file anew as an xlsx.

    Args:
        sheets: as read; where one is too large for a workbook, none is written.
        findings: of the file; where there are any, they stand on a first sheet.
        marks: by sheet and cell.

    Returns:
        The workbook: values, merged cells, hidden rows and sheets; widths are guessed.
    """
    if not all(_fits(sheet) for sheet in sheets):
        sheets = []
    book = Workbook(write_only=True)
    first = book.create_sheet(title()) if findings or not sheets else None
    made = [(sheet, book.create_sheet(_title(sheet.name))) for sheet in sheets]
    if first is not None:
        titles = {sheet.name: target.title for sheet, target in made}
        write_first_sheet(first, findings, titles, [])
    for sheet, target in made:
        _write(sheet, target, marks.get(sheet.name, {}))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fits(sheet: Sheet) -> bool:
    width = max(map(len, sheet.rows), default=0)
    return len(sheet.rows) <= _MOST_ROWS and width <= _MOST_COLUMNS


def _title(name: str) -> str:
    allowed = _NOT_IN_TITLES.sub("_", ILLEGAL_CHARACTERS_RE.sub("", name))
    return allowed[:_LONGEST_TITLE].strip("'") or _NO_TITLE


def _write(sheet: Sheet, target: Any, marks: dict[str, Mark]) -> None:
    for column, width in enumerate(_widths(sheet), 1):
        target.column_dimensions[get_column_letter(column)].width = width
    for hidden in sheet.hidden_rows:
        target.row_dimensions[hidden + 1].hidden = True
    if sheet.is_hidden:
        target.sheet_state = "hidden"
    spans = [
        CellRange(None, min_col + 1, min_row + 1, max_col + 1, max_row + 1)
        for min_row, min_col, max_row, max_col in sheet.merged
        if (max_row, max_col) != (min_row, min_col)
    ]
    for span in spans:
        target.merged_cells.add(span)
    if marks:
        marks = at_corners(marks, _corners(spans))
    marked_rows = {coordinate_to_tuple(cell)[0] for cell in marks}
    for number, row in enumerate(sheet.rows, 1):
        cells = [_value(target, value, sheet.is_text_only) for value in row]
        if number in marked_rows:
            cells = list(_painted(target, number, cells, marks))
        target.append(cells)


def _painted(
    target: Any, number: int, values: list[Any], marks: dict[str, Mark]
) -> Iterator[Any]:
    for column, value in enumerate(values, 1):
        mark = marks.get(f"{get_column_letter(column)}{number}")
        if mark is None:
            yield value
            continue
        cell = value if isinstance(value, Cell) else WriteOnlyCell(target, value)
        paint(cell, mark)
        yield cell


def _value(target: Any, value: Value, is_text_only: bool) -> Any:
    if not isinstance(value, str):
        return value
    if is_text_only and (number := _number(value)) is not None:
        return number
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    if not text.startswith(_UNSAFE):
        return text or None
    cell = WriteOnlyCell(target)
    put_text(cell, text)
    return cell


def _number(text: str) -> int | float | None:
    """Return the number that a text states, if Excel shows it as it is written."""
    if not _NUMBER.fullmatch(text):
        return None
    if "." not in text:
        return int(text)
    number = float(text)
    return number if repr(number) == text else None


def _widths(sheet: Sheet) -> list[int]:
    """Guess how wide columns are, from what stands in the first rows."""
    spread = {(row, column) for row, column, _last_row, _last in sheet.merged}
    widths: list[int] = []
    for number, row in enumerate(sheet.rows[:_LOOKED_AT]):
        # What stands alone in its row is a title and runs over its neighbours.
        is_title = sum(value != "" for value in row) < 2
        widths += [_NARROWEST] * (len(row) - len(widths))
        for column, value in enumerate(row):
            if not is_title and (number, column) not in spread:
                widths[column] = max(widths[column], _width(value))
    return widths


def _width(value: Value) -> int:
    text = str(value)
    return min(sum(1 + (letter > "\u2e80") for letter in text) + 2, _WIDEST)


def _corners(spans: list[CellRange]) -> dict[str, str]:
    return {
        f"{get_column_letter(column)}{row}": span.coord.split(":")[0]
        for span in spans
        for row, column in span.cells
    }
