"""What is in the records of an xls that its reader passes over?

The reader gives errors and formulas without a result as empty cells, and says nothing
of hidden rows.

Source: [MS-CFB] for the container, [MS-XLS] for the records.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.reading.parts import PassedOver, Unread

_LARGEST_SECTOR_SHIFT = 12
_FREE = 0xFFFFFFFA
_ENTRY = 128
_STREAMS = ("Workbook", "Book")
_BEGINNING, _END, _SHEET = 0x0809, 0x000A, 0x0085
_ROW, _ERROR_CELL = 0x0208, 0x0205
_FORMULAS = (0x0006, 0x0206, 0x0406)
_HIDDEN_ROW = 0x20
_NO_NUMBER, _IS_ERROR, _IS_EMPTY_TEXT = 0xFFFF, 2, 3
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
# Last tokens of formulas whose result is a number, never a text: the four rules and
# powers, a sum, and functions of a fixed or any number of arguments.
_ARITHMETIC = (b"\x03", b"\x04", b"\x05", b"\x06", b"\x07", b"\x12", b"\x13", b"\x14")
_SUM_TOKEN = b"\x19\x10"
_FUNCTION, _FUNCTION_OF_MANY = (b"!", b"A", b"a"), (b'"', b"B", b"b")
# COUNT, SUM, AVERAGE, MIN, MAX, ABS, INT, ROUND, PRODUCT, SUMPRODUCT, SUBTOTAL, SUMIF.
_OF_NUMBERS = (0, 4, 5, 6, 7, 24, 25, 27, 183, 228, 344, 345)


@dataclass
class _Sheet:
    """What was found in a sheet; `empty` are formulas whose result is no text at all.

    `is_unsaved` where one of those can only give a number: then the program that wrote
    the file worked no formula out.
    """

    cells: Unread = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    empty: list[tuple[int, int]] = field(default_factory=list)
    is_unsaved: bool = False


def passed_over(content: bytes) -> dict[int, PassedOver]:
    """Look through the records of an xls.

    Args:
        content: the file as it arrived; its reader has read it to the end.

    Returns:
        By the place of a sheet among all sheets: the cells with an error and those
        with a formula that no program has worked out yet, and the hidden rows. Empty
        where the records cannot be followed.
    """
    try:
        book = _stream(content)
        offsets = [
            struct.unpack_from("<I", data)[0]
            for kind, data in _records(book, 0)
            if kind == _SHEET
        ]
        sheets = [_of_sheet(_records(book, offset)) for offset in offsets]
    except struct.error:
        return {}
    is_unsaved = any(sheet.is_unsaved for sheet in sheets)
    return {
        place: PassedOver(
            sheet.cells | (dict.fromkeys(sheet.empty, "=…") if is_unsaved else {}),
            frozenset(sheet.hidden_rows),
        )
        for place, sheet in enumerate(sheets)
    }


def _records(book: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of the part of a book that begins at an offset."""
    depth = 0
    while offset + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, offset)
        yield kind, book[offset + 4 : offset + 4 + length]
        offset += 4 + length
        # A chart inside a sheet begins and ends within it.
        depth += (kind == _BEGINNING) - (kind == _END)
        if depth <= 0:
            return


def _of_sheet(records: Iterator[tuple[int, bytes]]) -> _Sheet:
    sheet = _Sheet()
    for kind, data in records:
        if kind == _ROW:
            row, flags = struct.unpack_from("<H10xB", data)
            if flags & _HIDDEN_ROW:
                sheet.hidden_rows.add(row)
        elif kind == _ERROR_CELL:
            row, column, value, is_error = struct.unpack_from("<HH2xBB", data)
            if is_error:
                sheet.cells[row, column] = _ERRORS.get(value, "#")
        elif kind in _FORMULAS:
            _add_formula(sheet, data)
    return sheet


def _add_formula(sheet: _Sheet, data: bytes) -> None:
    row, column, result, code, no_number = struct.unpack_from("<HH2xBxBx2xH", data)
    if no_number != _NO_NUMBER:
        return
    if result == _IS_ERROR:
        sheet.cells[row, column] = _ERRORS.get(code, "#")
    elif result == _IS_EMPTY_TEXT:
        sheet.empty.append((row, column))
        sheet.is_unsaved |= _gives_number(data)


def _gives_number(formula: bytes) -> bool:
    """Tell whether the result of a formula can be no text, by its last token."""
    [length] = struct.unpack_from("<H", formula, 20)
    tokens = formula[22 : 22 + length]
    if tokens.endswith(_ARITHMETIC) or tokens[-4:-2] == _SUM_TOKEN:
        return True
    is_function = tokens[-4:-3] in _FUNCTION_OF_MANY or tokens[-3:-2] in _FUNCTION
    return is_function and int.from_bytes(tokens[-2:], "little") in _OF_NUMBERS


def _stream(content: bytes) -> bytes:
    """Return the stream of the book out of its container; no bytes if not found."""
    [shift] = struct.unpack_from("<H", content, 30)
    if not 7 <= shift <= _LARGEST_SECTOR_SHIFT:
        return b""
    size = 1 << shift
    table = _allocation(content, size)
    [first_entry] = struct.unpack_from("<I", content, 48)
    entries = _chain(content, first_entry, table, size)
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        entry = entries[at : at + _ENTRY]
        name = entry[: max(entry[64] - 2, 0)].decode("utf-16-le", "replace")
        if name in _STREAMS:
            first, length = struct.unpack_from("<II", entry, 116)
            return _chain(content, first, table, size)[:length]
    return b""


def _allocation(content: bytes, size: int) -> tuple[int, ...]:
    """Return which sector follows each sector."""
    count = len(content) // size
    parts = list(struct.unpack_from("<109I", content, 76))
    [further] = struct.unpack_from("<I", content, 68)
    while further < _FREE and len(parts) < count:
        *more, further = struct.unpack_from(
            f"<{size // 4}I", content, (further + 1) * size
        )
        parts += more
    table: list[int] = []
    for part in parts:
        if part < _FREE and len(table) < count:
            table += _numbers(content[(part + 1) * size : (part + 2) * size])
    return tuple(table)


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) & ~3])


def _chain(content: bytes, first: int, links: tuple[int, ...], size: int) -> bytes:
    """Return the sectors that follow one another; a circle ends it."""
    sectors: list[bytes] = []
    sector = first
    while sector < len(links) and len(sectors) <= len(links):
        # The first sector of a container holds its head and has no number.
        sectors.append(content[(sector + 1) * size : (sector + 2) * size])
        sector = links[sector]
    return b"".join(sectors)
