"""What cells does a file hold? Any xlsx, xls or csv, told by content, not by name."""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import charset_normalizer
import python_calamine

from base.errors import ShownError
from base.words import _

Value = int | float | str | bool | time | date | datetime | timedelta
Range = tuple[int, int, int, int]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN_DOCUMENT_LIMIT = 1_500_000_000
_CELL_LIMIT = 20_000_000


class NotReadable(ShownError):
    """The file is not a table that this program can read."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows from A1 on, empty cells as empty texts.

    `merged` are (first row, first column, last row, last column), counted from 0.
    `is_text_only` holds for csv, where Excel has already turned numbers into text.
    """

    name: str
    rows: list[list[Value]]
    merged: tuple[Range, ...] = ()
    is_hidden: bool = False
    is_text_only: bool = False

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
        Its sheets in order, the hidden ones marked.

    Raises:
        NotReadable: with the reason and the way out, for the person who sent it.
    """
    if not content.strip(b"\x00\r\n\t ,"):
        raise NotReadable(_("文件是空的。请重新导出后再交。"))
    if content.startswith(_ZIP):
        _refuse_bombs(content)
        return _read_workbook(content)
    if content.startswith(_OLE):
        return _read_workbook(content)
    return [_read_text(content)]


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            names = archive.namelist()
    except zipfile.BadZipFile as error:
        raise NotReadable(
            _("文件已损坏，打不开。请在 WPS 或 Excel 中打开后另存为 xlsx 再交。")
        ) from error
    if unpacked > _OPEN_DOCUMENT_LIMIT:
        raise NotReadable(_("文件解压后过大，不是正常的表格。请只保留要报的表。"))
    if not any(name.startswith("xl/") or name == "content.xml" for name in names):
        raise NotReadable(
            _("这不是 Excel 表格（可能是压缩包或 Word 文件）。请交 xlsx、xls 或 csv。")
        )


def _read_workbook(content: bytes) -> list[Sheet]:
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            _read_sheet(workbook, index, metadata)
            for index, metadata in enumerate(workbook.sheets_metadata)
            if metadata.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.PasswordError as error:
        raise NotReadable(_("文件有密码，打不开。请去掉密码后再交。")) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise NotReadable(
            _("文件打不开。请在 WPS 或 Excel 中打开后另存为 xlsx 再交。")
        ) from error


def _read_sheet(
    workbook: python_calamine.CalamineWorkbook,
    index: int,
    metadata: python_calamine.SheetMetadata,
) -> Sheet:
    sheet = workbook.get_sheet_by_index(index)
    if sheet.total_height * sheet.total_width > _CELL_LIMIT:
        raise NotReadable(
            _("工作表「{name}」过大。请删去多余的空行空列后再交。", name=metadata.name)
        )
    return Sheet(
        name=metadata.name,
        rows=sheet.to_python(skip_empty_area=False),
        merged=tuple(
            (first[0], first[1], last[0], last[1])
            for first, last in sheet.merged_cell_ranges or ()
        ),
        is_hidden=metadata.visible != python_calamine.SheetVisibleEnum.Visible,
    )


def _read_text(content: bytes) -> Sheet:
    text = _decoded(content)
    if "\x00" in text or text.lstrip()[:1] in "<{%":
        raise NotReadable(
            _("这不是表格文件。请在 WPS 或 Excel 中打开后另存为 xlsx 再交。")
        )
    csv.field_size_limit(1_000_000)
    first_lines = text[:20_000]
    delimiter = max(",\t;", key=first_lines.count)
    try:
        rows: list[list[Value]] = [
            list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise NotReadable(
            _("csv 文件的引号或换行有误。请另存为 xlsx 再交。")
        ) from error
    width = max(map(len, rows), default=0)
    if width < 2:
        raise NotReadable(_("文件里没有分列的表格。请交 xlsx、xls 或 csv。"))
    for row in rows:
        row.extend([""] * (width - len(row)))
    return Sheet(name="", rows=rows, is_text_only=True)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    guess = charset_normalizer.from_bytes(
        content, cp_isolation=["utf_8", "gb18030", "utf_16", "big5"]
    ).best()
    if guess is None:
        raise NotReadable(_("文字编码认不出。请另存为 xlsx 再交。"))
    return str(guess)
