"""What cells does a file hold? Any xlsx, xls or csv, told by content, not by name.

Web pages that bear the name of an xls are read, too.
"""

import codecs
import io
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import cast

import charset_normalizer
import python_calamine

from base.settings import settings
from base.words import _, mark
from etl.reading import biff
from etl.reading.old_workbook import (
    Damaged,
    Locked,
    RawSheet,
    Vast,
    raw_sheets,
    read_apart,
    read_old,
)
from etl.reading.own_sheet import is_own
from etl.reading.parts import NOTHING, PassedOver, passed_over, too_many_sheets
from etl.reading.separated import read_separated, too_long
from etl.reading.unpacking import NotReadable
from etl.reading.web_table import charset_of, is_page, read_page

Value = int | float | str | bool | time | date | datetime | timedelta
Range = tuple[int, int, int, int]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Blanks, line ends, commas, marks of byte order.
_BLANK = b"\x00\r\n\t ,\xef\xbb\xbf\xff\xfe"
_MOST_MERGED = 500_000
# How pictures and others begin that are renamed to look like tables.
_OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": mark("图片"),
    b"\xff\xd8\xff": mark("图片"),
    b"GIF8": mark("图片"),
    b"Rar!": mark("压缩包"),
    b"7z\xbc\xaf": mark("压缩包"),
    b"\x1f\x8b": mark("压缩包"),
}
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "utf-8": "utf-8-sig"}
# Of a table in letters of two bytes at least one byte in so many is a zero.
_TWO_BYTES = 20
_SPREADSHEET_XML, _HEAD = "urn:schemas-microsoft-com:office:spreadsheet", 4_096


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows from A1 on, empty cells as empty texts.

    `merged` are (first row, first column, last row, last column), counted from 0.
    `is_text_only` holds for csv, where Excel has already turned numbers into text.
    `hidden_rows` are counted from 0, too.
    """

    name: str
    rows: list[list[Value]]
    merged: tuple[Range, ...] = ()
    is_hidden: bool = False
    is_text_only: bool = False
    hidden_rows: frozenset[int] = frozenset()

    def cell(self, row: int, column: int) -> str:
        """Return the spreadsheet's own name of a cell, counted from 0: B12."""
        return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """Return the letters of a column, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read(content: bytes) -> list[Sheet]:
    """Read a file.

    Args:
        content: the file as it arrived.

    Returns:
        Its sheets in order, the hidden ones marked; without the sheet that this program
        adds to a file that it hands back.

    Raises:
        NotReadable: with the reason and the way out, for the person who sent it.
    """
    if not content.strip(_BLANK):
        raise NotReadable(_("文件是空的。请重新导出后再交。"))
    for beginning, kind in _OTHERS.items():
        if content.startswith(beginning):
            raise NotReadable(
                _("这不是表格文件，是{kind}。请交 xlsx、xls 或 csv。", kind=_(kind))
            )
    # the sheet that a marked copy begins with is ours
    sheets = [one for one in _read_by_kind(content) if not is_own(one.rows)]
    most = settings().most_sheets
    if len(sheets) > most:
        raise too_many_sheets(len(sheets), most)
    for sheet in sheets:
        _refuse_merged(sheet)
    return sheets


def _read_by_kind(content: bytes) -> list[Sheet]:
    try:
        if content.startswith(_ZIP):
            return _read_workbook(content)
        if content.startswith(_OLE):
            return _read_old_workbook(content)
        return [_read_text(content)]
    except (MemoryError, RecursionError) as error:
        raise NotReadable(_("文件过大，读不了。请只保留要报的表再交。")) from error


def _refuse_merged(sheet: Sheet) -> None:
    """Refuse ranges that overlap or cover far more than a heading and names do."""
    height, width = len(sheet.rows), len(sheet.rows[0]) if sheet.rows else 0
    area = sum(
        max(min(last_row + 1, height) - row, 0)
        * max(min(last_column + 1, width) - column, 0)
        for row, column, last_row, last_column in sheet.merged
    )
    if area > _MOST_MERGED or len(sheet.merged) > _MOST_MERGED:
        raise NotReadable(
            _(
                "工作表「{name}」的合并单元格过多。请取消合并后再交。",
                name=sheet.name,
            )
        )


def _read_workbook(content: bytes) -> list[Sheet]:
    looked = passed_over(content)
    most_rows = settings().most_rows
    try:
        sheets = _sheets_of(content, looked.is_plain, most_rows)
    except (python_calamine.CalamineError, Damaged, Locked) as error:
        raise _damaged() from error
    except Vast as vast:
        if vast.rows > most_rows:
            raise too_long(most_rows) from vast
        raise NotReadable(
            _("工作表「{name}」过大。请删去多余的空行空列后再交。", name=vast)
        ) from vast
    except BaseException as error:
        # The reader's own breakdowns are no ordinary exceptions.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged() from error
    return [_sheet(raw, dict(enumerate(looked.sheets))) for raw in sheets]


def _sheets_of(content: bytes, is_plain: bool, most_rows: int) -> list[RawSheet]:
    """Read a workbook here, or where it may end more than itself, elsewhere."""
    if not is_plain:
        return read_apart(content, ".xlsx", most_rows)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return raw_sheets(book, most_rows)


def _read_old_workbook(content: bytes) -> list[Sheet]:
    try:
        sheets = read_old(content)
    except Locked as error:
        raise NotReadable(_("文件有密码，打不开。请去掉密码后再交。")) from error
    except Damaged as error:
        raise _damaged() from error
    passed = biff.passed_over(content)
    return [_sheet(raw, passed) for raw in sheets]


def _damaged() -> NotReadable:
    return NotReadable(_("文件打不开。请在 WPS 或 Excel 中打开后另存为 xlsx 再交。"))


def _sheet(raw: RawSheet, passed: dict[int, PassedOver]) -> Sheet:
    own = passed.get(raw.position, NOTHING)
    for (row, column), text in own.cells.items():
        if row < len(raw.rows) and column < len(raw.rows[row]):
            raw.rows[row][column] = text
    return Sheet(
        name=raw.name,
        rows=raw.rows,
        merged=tuple((*first, *last) for first, last in raw.merged),
        is_hidden=raw.is_hidden,
        hidden_rows=own.hidden_rows,
    )


def _read_text(content: bytes) -> Sheet:
    text = _decoded(content)
    if _SPREADSHEET_XML in text[:_HEAD] or text.startswith("MIME-Version:"):
        raise NotReadable(
            _("这是网页或 XML 格式的表。请在 WPS 或 Excel 中打开，另存为 xlsx 再交。")
        )
    if is_page(text):
        return _read_page(text)
    if "\x00" in text or text.lstrip()[:1] in "<{%":
        raise _no_table()
    rows = cast(list[list[Value]], read_separated(text))
    return Sheet(name="", rows=rows, is_text_only=True)


def _read_page(text: str) -> Sheet:
    try:
        raw, hidden_rows = read_page(text)
    except Vast as vast:
        raise NotReadable(
            _("网页里的表过大。请只保留要报的表，另存为 xlsx。")
        ) from vast
    sheet = _sheet(raw, {0: PassedOver({}, hidden_rows)})
    return replace(sheet, is_text_only=True)


def _no_table() -> NotReadable:
    return NotReadable(
        _("这不是表格文件。请在 WPS 或 Excel 中打开后另存为 xlsx 再交。")
    )


def _encodings(content: bytes) -> list[str]:
    """Return in which encodings a text may be written, the likeliest first."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    # Commas, digits and line ends of two bytes are half zeros.
    for encoding, zeros in (("utf-16-le", content[1::2]), ("utf-16-be", content[::2])):
        if zeros.count(0) * _TWO_BYTES > len(content) and content.count(
            0
        ) == zeros.count(0):
            return [encoding]
    named = charset_of(content)
    return [*([named] if named else []), "utf-8-sig", "gb18030"]


def _decoded(content: bytes) -> str:
    # Programs write this mark before letters of other encodings, too.
    content = content.removeprefix(codecs.BOM_UTF8)
    encodings = _encodings(content)
    for encoding in encodings:
        # A page may name gb2312 and hold 圪垱, or name what nobody knows.
        with suppress(UnicodeDecodeError, LookupError):
            return content.decode(_WIDER.get(encoding.lower(), encoding))
    if b"\x00" in content and not encodings[0].startswith("utf-16"):
        raise _no_table()
    guess = charset_normalizer.from_bytes(
        content, cp_isolation=["utf_8", "gb18030", "utf_16", "big5"]
    ).best()
    if guess is None:
        raise NotReadable(_("文字编码认不出。请另存为 xlsx 再交。"))
    return str(guess)
