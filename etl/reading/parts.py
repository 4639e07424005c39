"""What is in the parts of an xlsx that its reader would choke on or pass over?

The reader lays a sheet out from A1 to its last cell, so that one stray cell far away
takes all memory; and it gives errors and formulas without a result as empty cells, and
says nothing of hidden rows.
"""

import html
import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree

from base.settings import settings
from base.words import _
from etl.reading.old_workbook import LARGEST_SHEET_CELLS
from etl.reading.unpacking import NotReadable, refuse_many, unpacked

__all__ = ["NOTHING", "NotReadable", "PassedOver", "Unread", "passed_over"]
# A workbook may unpack to so many times the largest file.
_TIMES_LARGEST = 4
# What names the sheets, and where they are, is short.
_LARGEST_BOOK = 5_000_000
_PART_OF_TABLE = "xl/"
_OTHER_KINDS = ("xl/workbook.bin", "content.xml")
# Cells beyond column Z or row 399,999, and where any cell or row is; tags that end by
# themselves hold nothing. No look may begin anew inside a tag that it has seen: a tag
# without an end would take hours.
_FAR = re.compile(rb"""r=["'](?:[A-Za-z]{2,}\d+|[A-Za-z]?(?:[4-9]\d{5}|\d{7,}))["']""")
_PLACE = re.compile(rb"""\br=["']([A-Za-z]*)(\d+)["']""")
_EMPTY_TAG = re.compile(rb"<[^<>]*+(?<=/)>")
# Cells and rows that do not say first of all where they are: spreadsheet programs say
# it, and only of them is it known here how far a sheet reaches.
_ODD = re.compile(rb'<(?:(?:c|row)(?:[\t\r\n/>]| (?!r="))|\w+:(?:c|row)\b)')
# A part that claims so many entries gets the room for them before they are read.
_MANY = re.compile(rb"""ount=["'][^"']{8,}""")
# Some programs write a prefix before each name: x:c, x:f, x:v.
_CELL = rb'<((?:\w+:)?)c (?=[^<>]*\br="([A-Z]+)(\d+)")'
_ERROR = re.compile(
    _CELL + rb'(?=[^<>]*\bt="e")[^<>]*>'
    rb"(?:<\1f[^<>]*/>|<\1f[^<>]*>[^<]*</\1f>)?<\1v>([^<]*)</\1v>"
)
# A formula whose result is an empty text has t="str"; that is a result.
_FORMULA = _CELL + rb'(?![^<>]*\bt="str")[^<>]*><\1f(?:[^<>]*/>|[^<>]*>([^<]*)</\1f>)'
_UNSAVED = re.compile(_FORMULA + rb"(?:<\1v\s*/>|<\1v></\1v>)?</\1c>")
# Programs that cannot work formulas out write 0 for each and have that mended when
# the file is opened; Excel and WPS take this mark out when they save.
_UNSAVED_OR_ZERO = re.compile(_FORMULA + rb"(?:<\1v\s*/>|<\1v>0?</\1v>)?</\1c>")
_NOT_WORKED_OUT = re.compile(rb'fullCalcOnLoad="(?:1|true)"')
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_HIDDEN_ROW = re.compile(
    rb'<(?:\w+:)?row (?=[^<>]*\bhidden="(?:1|true)")[^<>]*\br="(\d{1,7})"'
)

# What cells hold that the reader gives as empty, by (row, column) counted from 0.
Unread = dict[tuple[int, int], str]


@dataclass(frozen=True)
class PassedOver:
    """What a sheet holds that its reader passes over; rows are counted from 0."""

    cells: Unread
    hidden_rows: frozenset[int]


NOTHING = PassedOver({}, frozenset())


@dataclass(frozen=True)
class Looked:
    """What was seen in the parts of a workbook: its sheets, in order.

    `is_plain` where each cell and row says first where it is, so that no sheet can
    reach further than was seen.
    """

    sheets: list[PassedOver]
    is_plain: bool


def passed_over(content: bytes) -> Looked:
    """Look through the parts of a workbook before it is read.

    Args:
        content: an xlsx.

    Returns:
        For each sheet, in order, the cells with an error (`#DIV/0!`) and those with a
        formula that no program has worked out yet (`=SUM(B4:B9)`), and hidden rows.

    Raises:
        NotReadable: when it is no xlsx, or unpacks to more than memory can hold.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_others(archive.namelist())
            left = _TIMES_LARGEST * settings().largest_file_mb * 1_000_000
            refuse_many(archive, left)
            found, is_plain = _scan(archive, left)
            names = _sheet_parts(archive)
            if len(names) > settings().most_sheets:
                raise too_many_sheets(len(names), settings().most_sheets)
            return Looked([found.get(name, NOTHING) for name in names], is_plain)
    except (
        zipfile.BadZipFile,
        zlib.error,
        ElementTree.ParseError,
        EOFError,
        LookupError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise NotReadable(
            _("文件已损坏，打不开。请在 WPS 或 Excel 中打开后另存为 xlsx 再交。")
        ) from error


def too_many_sheets(count: int, most: int) -> NotReadable:
    """Return the refusal of a file with too many sheets."""
    return NotReadable(
        _(
            "文件有 {count} 张工作表，最多读 {most} 张。请分成几个文件。",
            count=count,
            most=most,
        )
    )


def column_number(letters: str) -> int:
    """Return the number of a column, counted from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _refuse_others(names: list[str]) -> None:
    is_table = any(name.startswith(_PART_OF_TABLE) for name in names)
    if not is_table and "content.xml" not in names:
        raise NotReadable(
            _("这不是 Excel 表格（可能是压缩包或 Word 文件）。请交 xlsx、xls 或 csv。")
        )
    if any(name in _OTHER_KINDS for name in names):
        raise NotReadable(_("请在 WPS 或 Excel 中打开，另存为 xlsx 再交。"))


def _scan(archive: zipfile.ZipFile, left: int) -> tuple[dict[str, PassedOver], bool]:
    """Unpack each part, all together to so many bytes, and look into the sheets."""
    found = {}
    is_worked_out = is_plain = True
    # The book comes first: it says whether the sheets' formulas were worked out.
    for entry in sorted(archive.infolist(), key=lambda part: part.filename != _BOOK):
        data = unpacked(archive, entry, left)
        left -= len(data)
        is_long = len(data) > _LARGEST_BOOK and entry.filename in (_BOOK, _LINKS)
        if is_long or _MANY.search(data):
            raise zipfile.BadZipFile(entry.filename)
        # No program writes these into a workbook; pictures (svg) may have the first.
        if (b"<!DOCTYPE" in data or b"<!ENTITY" in data) and _is_read(entry, data):
            raise zipfile.BadZipFile(entry.filename)
        if b"sheetData" in data:
            _refuse_vast(data)
            is_plain &= _ODD.search(data) is None
            found[entry.filename] = _of_sheet(data, is_worked_out)
        elif entry.filename == _BOOK:
            is_worked_out = _NOT_WORKED_OUT.search(data) is None
    return found, is_plain


def _is_read(entry: zipfile.ZipInfo, data: bytes) -> bool:
    return b"sheetData" in data or not entry.filename.startswith("xl/media/")


def _refuse_vast(data: bytes) -> None:
    if _FAR.search(data) is None:
        return
    places = _PLACE.findall(_EMPTY_TAG.sub(b"", data))
    if not places:
        return
    width = max(column_number(letters.decode()) for letters in {p[0] for p in places})
    height = max(map(int, {place[1] for place in places}))
    if (width + 1) * height > LARGEST_SHEET_CELLS:
        raise NotReadable(_("有一张工作表过大。请删去表格右边和下边多余的行列后再交。"))


def _of_sheet(data: bytes, is_worked_out: bool) -> PassedOver:
    found = []
    if b't="e"' in data:
        found += _ERROR.findall(data)
    if b"<f" in data or b":f" in data:
        unsaved = _UNSAVED if is_worked_out else _UNSAVED_OR_ZERO
        found += [
            (prefix, letters, row, b"=" + formula)
            for prefix, letters, row, formula in unsaved.findall(data)
        ]
    hidden = _HIDDEN_ROW.findall(data) if b"hidden=" in data else []
    return PassedOver(
        {
            (int(row) - 1, column_number(letters.decode())): html.unescape(
                text.decode("utf-8", "replace")
            )
            for _prefix, letters, row, text in found
        },
        frozenset(int(row) - 1 for row in hidden),
    )


def _sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    """Return the names of the parts that hold the sheets, in order."""
    if not {_BOOK, _LINKS} <= set(archive.namelist()):
        raise zipfile.BadZipFile(_BOOK)
    book = ElementTree.fromstring(archive.read(_BOOK))
    links = ElementTree.fromstring(archive.read(_LINKS))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    return [
        posixpath.join("/xl", targets.get(_link_of(sheet), "")).removeprefix("/")
        for sheet in book.iter()
        if sheet.tag.endswith("}sheet")
    ]


def _link_of(sheet: ElementTree.Element) -> str:
    return next((sheet.attrib[key] for key in sheet.attrib if key.endswith("}id")), "")
