"""Are workbooks written as they were laid out, and always with the same bytes?"""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

from python_calamine import CalamineWorkbook

from etl.demo.sheets import (
    Sheet,
    comma_separated,
    old_workbook,
    table,
    workbook,
    yuan,
)

ROWS, HEADINGS = table(
    "标题",
    "单位：元",
    ["村名", "光伏", "日期"],
    [["柳泉", yuan(123), date(2018, 6, 1)]],
)
SHEET = Sheet("台账", ROWS, HEADINGS, [(0, 0, 0, 2)])
CELLS: list[list[Any]] = [
    ["标题", "", ""],
    ["", "", "单位：元"],
    ["村名", "光伏", "日期"],
    ["柳泉", 1.23, date(2018, 6, 1)],
]


def read(content: bytes) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    cells: list[list[Any]] = book.get_sheet_by_index(0).to_python()
    return cells


def test_a_workbook_says_what_it_was_given() -> None:
    assert read(workbook([SHEET], date(2018, 7, 1))) == CELLS


def test_an_old_workbook_says_the_same() -> None:
    plain = Sheet("台账", [row[:2] for row in ROWS], HEADINGS)
    assert read(old_workbook(plain))[2:] == [row[:2] for row in CELLS[2:]]


def test_a_workbook_bears_no_moment_of_its_making() -> None:
    content = workbook([SHEET], date(2018, 7, 1))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        about = archive.read("docProps/core.xml").decode()
        moments = {entry.date_time for entry in archive.infolist()}
    assert re.findall(r"20\d\d-\d\d-\d\d", about) == ["2018-07-01"] * 2
    assert moments == {(1980, 1, 1, 0, 0, 0)}
    assert workbook([SHEET], date(2018, 7, 1)) == content


def test_yuan_are_exact() -> None:
    assert yuan(123_456) == Decimal("1234.56")
    assert yuan(123_456, in_wan=True) == Decimal("0.123456")


def test_a_csv_keeps_rare_characters() -> None:
    assert comma_separated([["圪垱", 1]], "gb18030").decode("gb18030") == "圪垱,1\r\n"
