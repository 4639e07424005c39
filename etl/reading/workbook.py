"""What cells does a file hold? Any xlsx, xls or csv, told by content, not by name.

Web pages that bear the name of an xls are read, too.
"""

import csv
import io
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import cast

import charset_normalizer
import python_calamine

from base.words import _
from etl.reading import biff
from etl.reading.old_workbook import (
    Damaged,
    Locked,
    RawSheet,
    Vast,
    raw_sheets,
    read_old,
)
from etl.reading.own_sheet import is_own
from etl.reading.parts import NOTHING, NotReadable, PassedOver, passed_over
from etl.reading.web_table import charset_of, is_page, read_page

Value = int | float | str | bool | time | date | datetime | timedelta
Range = tuple[int, int, int, int]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Blanks, line ends, commas, marks of byte order.
_BLANK = b"\x00\r\n\t ,\xef\xbb\xbf\xff\xfe"
_DELIMITERS = "\t,;"
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "utf-8": "utf-8-sig"}
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
    if content.startswith(_ZIP):
        sheets = _read_workbook(content)
    elif content.startswith(_OLE):
        sheets = _read_old_workbook(content)
    else:
        sheets = [_read_text(content)]
    return [sheet for sheet in sheets if not is_own(sheet.rows)]


def _read_workbook(content: bytes) -> list[Sheet]:
    passed = passed_over(content)
    try:
        sheets = raw_sheets(
            python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        )
    except python_calamine.CalamineError as error:
        raise _damaged() from error
    except Vast as vast:
        raise NotReadable(
            _("工作表「{name}」过大。请删去多余的空行空列后再交。", name=vast)
        ) from vast
    except BaseException as error:
        # The reader's own breakdowns are no ordinary exceptions.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged() from error
    return [_sheet(raw, dict(enumerate(passed))) for raw in sheets]


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
        raise NotReadable(
            _("这不是表格文件。请在 WPS 或 Excel 中打开后另存为 xlsx 再交。")
        )
    csv.field_size_limit(1_000_000)
    try:
        read = csv.reader(io.StringIO(text, newline=""), delimiter=_parter(text))
        rows = cast(list[list[Value]], list(read))
    except csv.Error as error:
        raise NotReadable(
            _("csv 文件的引号或换行有误。请另存为 xlsx 再交。")
        ) from error
    width = max(map(len, rows), default=0)
    if width < 2:
        raise NotReadable(_("文件里没有分列的表格。请交 xlsx、xls 或 csv。"))
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
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


def _parter(text: str) -> str:
    """Return what parts the cells: it is in most lines, other signs only in some."""
    lines = text[:20_000].splitlines()
    return max(
        _DELIMITERS,
        key=lambda sign: (sum(sign in line for line in lines), text.count(sign)),
    )


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        named = charset_of(content)
        encodings = [*([named] if named else []), "utf-8-sig", "gb18030"]
    for encoding in encodings:
        # A page may name gb2312 and hold 圪垱, or name what nobody knows.
        with suppress(UnicodeDecodeError, LookupError):
            return content.decode(_WIDER.get(encoding.lower(), encoding))
    guess = charset_normalizer.from_bytes(
        content, cp_isolation=["utf_8", "gb18030", "utf_16", "big5"]
    ).best()
    if guess is None:
        raise NotReadable(_("文字编码认不出。请另存为 xlsx 再交。"))
    return str(guess)
