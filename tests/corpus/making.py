"""How are files broken on purpose: parts of a workbook, members of a zip, records?"""

import io
import struct
import zipfile
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import xlwt
from xlwt.CompoundDoc import XlsDoc

from tests.corpus.bad import LINES
from tests.making import Grid, ledger, text, xls, xlsx

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
BOOK, RELS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
Member = tuple[str, bytes]


@lru_cache(maxsize=1)
def good_xlsx() -> bytes:
    """Return a ledger of three villages, as a workbook."""
    return xlsx(ledger(LINES))


@lru_cache(maxsize=1)
def good_xls() -> bytes:
    """Return the same as an old workbook."""
    return xls(ledger(LINES))


def good_csv(encoding: str = "utf-8") -> bytes:
    """Return the same as a csv."""
    return text(ledger(LINES), encoding)


def book(lines: Grid, **how: Any) -> bytes:
    """Make a workbook of a ledger with these lines."""
    return xlsx(ledger(lines, **how))


def lines_csv(lines: Grid, encoding: str = "utf-8", **how: Any) -> bytes:
    """Make a csv of a ledger with these lines."""
    return text(ledger(lines, **how), encoding)


def members(content: bytes) -> list[Member]:
    """Return what is in a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def packed(parts: Iterable[Member], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Make a zip; the same members give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = method
            archive.writestr(entry, data)
    return out.getvalue()


def without(part: str) -> bytes:
    """Return the good workbook without a part."""
    return packed(one for one in members(good_xlsx()) if one[0] != part)


def with_parts(*more: Member) -> bytes:
    """Return the good workbook with further parts."""
    return packed([*members(good_xlsx()), *more])


def changed(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the good workbook with a part changed."""
    old = members(good_xlsx())
    new = [(name, change(data) if name == part else data) for name, data in old]
    assert new != old
    return packed(new)


def edited(part: str, old: str, new: str, times: int = 1) -> bytes:
    """Return the good workbook with a text in a part replaced."""

    def change(data: bytes) -> bytes:
        assert old.encode() in data, (part, old)
        return data.replace(old.encode(), new.encode(), times)

    return changed(part, change)


def numbered(content: bytes, place: int, form: str, value: int) -> bytes:
    """Return bytes with a number written over them."""
    size = struct.calcsize(form)
    return content[:place] + struct.pack(form, value) + content[place + size :]


def overwritten(content: bytes, place: float, damage: bytes) -> bytes:
    """Return bytes with others written over them; the place is a share of the whole."""
    at = int(len(content) * place)
    return content[:at] + damage + content[at + len(damage) :]


def old_stream(stream: bytes, name: str = "Workbook") -> bytes:
    """Put a stream into a container of Office 97, under a name of up to 16 letters."""
    out = io.BytesIO()
    XlsDoc().save(out, stream.ljust(4096, b"\0"))
    own = "Workbook".encode("utf-16-le").ljust(64, b"\0") + bytes([18, 0])
    assert out.getvalue().count(own) == 1
    other = name.encode("utf-16-le").ljust(64, b"\0") + bytes([len(name) * 2 + 2, 0])
    return out.getvalue().replace(own, other)


def records() -> bytes:
    """Return the records of the good xls, without its container."""
    made = xlwt.Workbook()
    sheet = made.add_sheet("Sheet1")
    for row, cells in enumerate(ledger(LINES)):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    return bytes(made.get_biff_data())


def record_changed(kind: int, change: Callable[[bytes], bytes]) -> bytes:
    """Return the good xls with the first record of a kind changed."""
    stream, at = records(), 0
    while True:
        found, length = struct.unpack_from("<HH", stream, at)
        if found == kind:
            break
        at += 4 + length
    whole = change(stream[at : at + 4 + length])
    return old_stream(stream[:at] + whole + stream[at + 4 + length :])


def page(inner: str, head: str = "") -> bytes:
    """Make a web page that bears the name of an xls."""
    return f"<html><head>{head}</head><body>{inner}</body></html>".encode()


def page_table(lines: Grid = LINES) -> str:
    """Write a ledger as the table of a web page."""
    grid = ledger(lines)
    rows = ["".join(f"<td>{cell}</td>" for cell in row) for row in grid]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def sheet_of(rows: Iterable[str], more: str = "") -> bytes:
    """Make a workbook whose one sheet holds rows written as XML."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = "".join(rows)
    whole = (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{space}">'
        f"<sheetData>{data}</sheetData>{more}</worksheet>"
    )
    return changed(SHEET, lambda _old: whole.encode())


def told_row(number: int, *cells: object) -> str:
    """Write a row of a sheet as XML; texts stand in their cells."""
    inner = "".join(
        f'<c r="{chr(65 + column)}{number}"><v>{cell}</v></c>'
        if isinstance(cell, (int, float))
        else f'<c r="{chr(65 + column)}{number}" t="inlineStr">'
        f"<is><t>{cell}</t></is></c>"
        for column, cell in enumerate(cells)
    )
    return f'<row r="{number}">{inner}</row>'


def ledger_rows(lines: Iterable[Iterable[object]] = LINES) -> list[str]:
    """Write a ledger as the rows of a sheet."""
    grid = [*ledger([]), *lines]
    return [told_row(number, *cells) for number, cells in enumerate(grid, 1)]
