"""How do formulas keep their results when a workbook is written by a program?

The library writes formulas alone. Without results a phone shows empty cells, and the
reader of this program would ask for the file to be worked out and saved again.
"""

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import coordinate_to_tuple
from openpyxl.utils.datetime import to_excel

from etl.reading.workbook import Sheet, Value

_BOOK = "xl/workbook.xml"
_LINKS = "xl/externalLinks/"
_NOT_WORKED_OUT = re.compile(rb'fullCalcOnLoad="(?:1|true)"')
_FORMULA = re.compile(
    rb'<c r="([A-Z]+\d+)"([^>]*)>(<f(?:[^>]*/>|[^>]*>[^<]*</f>))<v ?(?:/>|></v>)</c>'
)
_KIND = re.compile(rb' t="\w+"')
_TO_ANOTHER_BOOK = re.compile(r"\[\d+\]")
_Grids = dict[str, Sheet]


def is_worked_out(content: bytes) -> bool:
    """Tell whether the formulas of an xlsx were worked out when it was saved."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return _NOT_WORKED_OUT.search(archive.read(_BOOK)) is None


def has_links(content: bytes) -> bool:
    """Tell whether an xlsx refers to other workbooks."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(name.startswith(_LINKS) for name in archive.namelist())


def drop_links(book: Workbook, grids: _Grids) -> None:
    """Put the results of formulas that refer to other workbooks in their place.

    Args:
        book: opened without its links; changed.
        grids: its sheets as read, by name.
    """
    for holder in (book, *book.worksheets):
        for name, defined in list(holder.defined_names.items()):
            if _TO_ANOTHER_BOOK.search(defined.attr_text or ""):
                del holder.defined_names[name]
    for sheet in book.worksheets:
        for cell in sheet._cells.values():
            if cell.data_type == "f" and _TO_ANOTHER_BOOK.search(str(cell.value)):
                place = (cell.row, cell.column)
                result = _result(grids.get(sheet.title), place)
                cell.value = None if _is_open(result) else result


def with_results(saved: bytes, book: Workbook, grids: _Grids) -> bytes:
    """Write the results of formulas into a workbook that was saved without them.

    Args:
        saved: the workbook as it was written.
        book: the same, open.
        grids: the sheets as read before, by name; their results still hold.

    Returns:
        The workbook; a formula that nobody has worked out stays without a result.
    """
    parts = {
        f"xl/worksheets/sheet{number}.xml": grids[sheet.title]
        for number, sheet in enumerate(book.worksheets, 1)
        if sheet.title in grids
        and any(cell.data_type == "f" for cell in sheet._cells.values())
    }
    if not parts:
        return saved
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved)) as archive,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in archive.infolist():
            data = archive.read(entry)
            if entry.filename in parts:
                data = _filled(data, parts[entry.filename], book.epoch)
            target.writestr(entry, data)
    return out.getvalue()


def _filled(data: bytes, grid: Sheet, epoch: datetime) -> bytes:
    def fill(found: re.Match[bytes]) -> bytes:
        place, attributes, formula = found.groups()
        result = _result(grid, coordinate_to_tuple(place.decode()))
        if _is_open(result):
            return found[0]
        kind, text = _written(result, epoch)
        attributes = _KIND.sub(b"", attributes)
        return b'<c r="%b"%b t="%b">%b<v>%b</v></c>' % (
            place,
            attributes,
            kind,
            formula,
            text,
        )

    return _FORMULA.sub(fill, data)


def _result(grid: Sheet | None, place: tuple[int, int]) -> Value | None:
    row, column = place[0] - 1, place[1] - 1
    if grid is None or row >= len(grid.rows) or column >= len(grid.rows[row]):
        return None
    return grid.rows[row][column]


def _is_open(result: Value | None) -> bool:
    """Tell whether the reader found no result: it then gives the formula."""
    return result is None or (isinstance(result, str) and result.startswith("="))


def _written(result: Value | None, epoch: datetime) -> tuple[bytes, bytes]:
    """Return the kind and the text of a result as the format writes them."""
    if isinstance(result, bool):
        return b"b", b"1" if result else b"0"
    if isinstance(result, int | float):
        return b"n", repr(result).encode()
    if isinstance(result, date | datetime | time | timedelta):
        return b"n", repr(to_excel(result, epoch)).encode()
    text = escape(str(result))
    return (b"e" if text.startswith("#") else b"str"), text.encode()
