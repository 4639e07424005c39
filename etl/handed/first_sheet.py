"""What stands on the sheet that a person reads first, and how is it found again?

Its hidden columns keep how marked cells looked before, each as a cell that looks so:
that outlives being saved by Excel or WPS.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from itertools import zip_longest
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink

from base.words import _
from etl.findings import Finding
from etl.handed.marks import Mark, errors_first, word_of
from etl.handed.paint import Origin, Origins, paint, put_text
from etl.reading.own_sheet import SIGN, SIGN_COLUMN, is_own

_WIDTHS = {"A": 8, "B": 16, "C": 10, "D": 24, "E": 80}
_ROWS_ABOVE = 3
# Nobody goes through more; the rest is counted, and its cells are coloured.
MOST_LISTED = 2_000
_LONGEST = 32_000


def title() -> str:
    """Return what the sheet is called."""
    return _("请先看")


def write_first_sheet(
    sheet: Any,
    findings: list[Finding],
    titles: Mapping[str, str],
    origins: list[Origin],
) -> None:
    """List the findings, errors first, each with a link to its cell.

    Args:
        sheet: empty, of any kind of openpyxl's workbooks.
        findings: of the file.
        titles: what the workbook calls the sheets that findings speak of; without them
            the file itself does not stand in the workbook.
        origins: how marked cells looked before.
    """
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    for column in range(SIGN_COLUMN + 1, SIGN_COLUMN + 3):
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    sheet.freeze_panes = f"A{_ROWS_ABOVE + 1}"
    for row in _head(sheet, findings, has_file=bool(titles)):
        sheet.append(row)
    listed = errors_first(findings)[:MOST_LISTED]
    pairs = zip_longest(listed, origins)
    for row_number, (finding, origin) in enumerate(pairs, _ROWS_ABOVE + 1):
        row = [None] * (SIGN_COLUMN + 2)
        if finding is not None:
            row[:5] = _line(sheet, row_number, finding, titles)
        if origin is not None:
            row[SIGN_COLUMN:] = _memory(sheet, row_number, origin)
        sheet.append(row)


def take_first_sheet(book: Workbook) -> Origins:
    """Take the sheets of earlier copies out of a workbook.

    Args:
        book: open; changed.

    Returns:
        How the cells looked that are marked.
    """
    origins = {}
    for sheet in book.worksheets:
        head = next(sheet.iter_rows(max_row=1, values_only=True), ())
        if not is_own([head]):
            continue
        columns = {"min_col": SIGN_COLUMN + 1, "max_col": SIGN_COLUMN + 2}
        for place, cell in sheet.iter_rows(min_row=_ROWS_ABOVE + 1, **columns):
            if place.value is not None and cell.value is not None:
                key = (str(place.value), str(cell.value))
                origins[key] = copy(cell._style)
        book.remove(sheet)
    return origins


def _head(sheet: Any, findings: list[Finding], has_file: bool) -> Iterator[list[Any]]:
    errors = sum(finding.is_error for finding in findings)
    count = _(
        "共 {errors} 处错误、{warnings} 处提醒。",
        errors=errors,
        warnings=len(findings) - errors,
    )
    if len(findings) > MOST_LISTED:
        count += _("下面列出前 {count} 处。", count=MOST_LISTED)
    first = _cell(sheet, 1, 1, count)
    first.font = Font(bold=True, size=14)
    yield [first, *[None] * (SIGN_COLUMN - 1), _cell(sheet, 1, SIGN_COLUMN + 1, SIGN)]
    how = (
        _("红色的格要改，黄色的格请核对，批注里写着怎么改。改好后交这个文件即可。")
        if has_file
        else _("原表太大或打不开，没有附上。请对照原文件修改。")
    )
    yield [_cell(sheet, 2, 1, how)]
    words = [_("类别"), _("工作表"), _("单元格"), _("读到"), _("问题和改法")]
    heads = [_cell(sheet, 3, n, word) for n, word in enumerate(words, 1)]
    for cell in heads:
        cell.font = Font(bold=True)
    yield heads


def _line(
    sheet: Any,
    row: int,
    finding: Finding,
    titles: Mapping[str, str],
) -> list[Any]:
    named = titles.get(finding.sheet) if finding.sheet or finding.cell else None
    texts = (
        word_of(finding),
        named or finding.sheet,
        finding.cell,
        finding.found,
        finding.message,
    )
    cells = [_cell(sheet, row, n, text) for n, text in enumerate(texts, 1)]
    for cell in cells:
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    paint(cells[0], Mark(finding.is_error, ""))
    if named:
        link = cells[2] if finding.cell else cells[1]
        place = f"{quote_sheetname(named)}!{finding.cell or 'A1'}"
        link.hyperlink = Hyperlink(ref=link.coordinate, location=place)
        link.font = Font(color="FF0563C1", underline="single")
    return cells


def _memory(sheet: Any, row: int, origin: Origin) -> list[Cell]:
    place = _cell(sheet, row, SIGN_COLUMN + 1, origin.sheet)
    cell = _cell(sheet, row, SIGN_COLUMN + 2, origin.cell)
    cell._style = copy(origin.style)
    return [place, cell]


def _cell(sheet: Any, row: int, column: int, text: str) -> Cell:
    cell = Cell(sheet, row=row, column=column)
    put_text(cell, text[:_LONGEST])
    return cell
