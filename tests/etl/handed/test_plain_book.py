"""Does a plain workbook hold what it was given, and never a formula?"""

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from etl.handed.plain_book import Table, plain_book
from tests.making import NOW


def cells(*rows: list[object]) -> list[tuple[object, str]]:
    headings = [str(number) for number in range(len(rows[0]))]
    table = Table("表", headings, rows)  # type: ignore[arg-type]
    book = openpyxl.load_workbook(io.BytesIO(plain_book([table], NOW)))
    return [
        (cell.value, cell.data_type)
        for row in book["表"].iter_rows(min_row=2)
        for cell in row
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "http://a.cn", "1"])
def test_a_text_stays_a_text(text: str) -> None:
    assert cells([text]) == [(text, "s")]


def test_other_cells_keep_their_kind() -> None:
    day = datetime(2018, 6, 30)
    assert cells([7, Decimal("0.10"), 0.5, date(2018, 6, 30), NOW, None, ""]) == [
        (7, "n"),
        (0.1, "n"),
        (0.5, "n"),
        (day, "d"),
        (NOW, "d"),
        (None, "n"),
        (None, "n"),
    ]


def test_the_same_tables_make_the_same_bytes() -> None:
    tables = [Table("一", ["甲"], []), Table("二", ["甲", "乙"], [["a", 1]])]
    assert plain_book(tables, NOW) == plain_book(tables, NOW)


def test_a_formula_as_heading_stays_a_text() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(plain_book([Table("一", ["=1"], [])], NOW))
    )
    assert book["一"]["A1"].data_type == "s"
