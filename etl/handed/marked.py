"""What does a person get back whose file has faults? The same file, marked."""

import io
import re
import zipfile
from contextlib import suppress

import openpyxl
from openpyxl import Workbook

from base.words import _
from etl.check import Checked
from etl.findings import Finding
from etl.handed.first_sheet import take_first_sheet, title, write_first_sheet
from etl.handed.marks import Marks, marks_of
from etl.handed.paint import Origin, paint_sheet, unpaint
from etl.handed.rebuilt import rebuilt
from etl.handed.results import drop_links, has_links, is_worked_out, with_results
from etl.reading.unpacking import NotReadable
from etl.reading.workbook import Sheet, read

_ZIP = b"PK\x03\x04"
_ENDING = re.compile(r"\.(?:xls[xmb]?|xlt[xm]?|et|csv|tsv|txt|html?)$", re.IGNORECASE)
_SHEETS = "xl/worksheets/"
# Unpacked, of all sheets. The cells of larger ones would take gigabytes of memory.
_LARGEST_BYTES = 150_000_000


def marked_copy(content: bytes, checked: Checked) -> tuple[str, bytes]:
    """Mark what is wrong in a file.

    Args:
        content: the file as it arrived.
        checked: what its check found.

    Returns:
        The name and the bytes of an xlsx. A workbook keeps its layout, formulas and
        comments; an xls, a web page, a csv, and a workbook that cannot be written keep
        their cells at their addresses. A first sheet lists all findings. What cannot
        be read at all is that sheet alone.
    """
    marks = marks_of(checked.findings)
    sheets = _readable(content) if checked.is_readable else []
    made = None
    if sheets and content.startswith(_ZIP) and _unpacked(content) < _LARGEST_BYTES:
        # The library breaks down in many ways at files that Excel opens.
        with suppress(Exception):
            made = _in_own_layout(content, checked.findings, marks, sheets)
    return _name(checked.file_name), made or rebuilt(sheets, checked.findings, marks)


def _name(file_name: str) -> str:
    suffix = _("_标错")
    stem = _ENDING.sub("", file_name).removesuffix(suffix)
    return f"{stem}{suffix}.xlsx"


def _readable(content: bytes) -> list[Sheet]:
    try:
        return read(content)
    except NotReadable:
        return []


def _unpacked(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    return sum(e.file_size for e in entries if e.filename.startswith(_SHEETS))


def _in_own_layout(
    content: bytes, findings: list[Finding], marks: Marks, sheets: list[Sheet]
) -> bytes:
    """Mark the cells of a workbook and leave all else as it is, but for macros."""
    book = openpyxl.load_workbook(
        io.BytesIO(content), keep_vba=False, keep_links=False, rich_text=True
    )
    grids = {sheet.name: sheet for sheet in sheets}
    if has_links(content):
        drop_links(book, grids)
    unpaint(book, take_first_sheet(book))
    origins = [
        origin
        for sheet in book.worksheets
        if sheet.title in marks
        for origin in paint_sheet(sheet, marks[sheet.title])
    ]
    if findings:
        _put_first(book, findings, origins)
    if book.calculation is not None:
        # Results are kept where there are any: to have them worked out again would
        # make the reader doubt them.
        book.calculation.fullCalcOnLoad = not is_worked_out(content)
    out = io.BytesIO()
    book.save(out)
    return with_results(out.getvalue(), book, grids)


def _put_first(book: Workbook, findings: list[Finding], origins: list[Origin]) -> None:
    titles = {sheet.title: sheet.title for sheet in book.worksheets}
    first = book.create_sheet(title(), 0)
    write_first_sheet(first, findings, titles, origins)
    # Sheets that are chosen together are edited together.
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is first
    for chart in book.chartsheets:
        for view in chart.sheetViews.sheetView:
            view.tabSelected = False
    book.active = 0
    for view in book.views:
        view.firstSheet = 0
