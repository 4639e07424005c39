"""How do tests open what is handed back, and what do they look for?"""

import io
import zipfile
from typing import Any

import openpyxl

from etl.check import Checked
from etl.findings import Finding
from etl.handed.marked import marked_copy
from tests.making import Grid, checked, ledger

RED, AMBER = "FFFFC8CF", "FFFFE4A9"
BAD = ledger([["柳泉", "约3", 5, ""], ["东里", "约3", "约4", -3]])
FIRST = "请先看"
PAGE = (
    "<html><table><tr><td colspan=4>河顺镇2018年6月台账（元）</td></tr>"
    "<tr><td>村名</td><td>光伏</td><td>合作社</td><td>门面</td></tr>"
    "<tr><td>柳泉</td><td>约3</td><td>5</td><td></td></tr></table></html>"
).encode()


def handed(content: bytes, file_name: str = "台账.xlsx") -> Any:
    """Return the marked copy of a file, open."""
    return opened(marked_copy(content, checked(content, file_name))[1])


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def made(grid: Grid) -> Any:
    """Return a workbook of one sheet to be furnished further."""
    book = openpyxl.Workbook()
    book.active.title = "6月"
    for row in grid:
        book.active.append(row)
    return book


def faulty(*findings: Finding, name: str = "台账.xlsx") -> Checked:
    """Return a check's outcome with findings of one's own."""
    return Checked(name, "", (), checked(b"").rows, 0, list(findings))


def fills(sheet: Any) -> dict[str, str]:
    """Return the cells of a sheet that have a fill."""
    return {
        cell.coordinate: cell.fill.fgColor.rgb
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type
    }


def comments(sheet: Any) -> dict[str, str]:
    return {
        cell.coordinate: cell.comment.text
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def swapped(content: bytes, name: str, data: bytes) -> bytes:
    """Put other bytes into a part of a workbook."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as archive,
        zipfile.ZipFile(out, "w") as target,
    ):
        for entry in archive.infolist():
            is_other = entry.filename == name
            target.writestr(entry, data if is_other else archive.read(entry))
    return out.getvalue()


def without(content: bytes, words: bytes) -> bytes:
    """Take words out of the head of a workbook."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as archive,
        zipfile.ZipFile(out, "w") as target,
    ):
        for entry in archive.infolist():
            target.writestr(entry, archive.read(entry).replace(words, b""))
    return out.getvalue()
