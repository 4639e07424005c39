"""Is the workbook a sheet a table, with heads, filters, formats and no formula?"""

import io

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.reports.meeting.conftest import FORMULA, Made

pytestmark = pytest.mark.xdist_group("papers")


@pytest.fixture(scope="module")
def book(second: Made) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(second.content("book")))


def column_of(book: Workbook, sheet: str, heading: str) -> list[object]:
    rows = list(book[sheet].iter_rows())
    place = [cell.value for cell in rows[0]].index(heading)
    return [row[place] for row in rows[1:]]


def test_every_frozen_table_has_a_sheet_with_head_and_filter(book: Workbook) -> None:
    assert book.sheetnames == [
        "说明",
        "各镇（街）进度（冻结）",
        "各村情况（冻结）",
        "与上次会议相比的变化",
        "上次会议数据的更正",
        "督办事项（冻结）",
        "各镇（街）各来源（冻结）",
        "目标和口径（冻结）",
    ]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
    assert book["各村情况（冻结）"].max_row == 1 + 589


def test_the_first_sheet_says_of_which_day_and_how_complete(
    second: Made, book: Workbook
) -> None:
    assert book["说明"]["A2"].value == second.deck.foot


@pytest.mark.parametrize(
    ("sheet", "heading", "wanted"),
    [
        ("各村情况（冻结）", "到账（元）", "#,##0.00"),
        ("各镇（街）进度（冻结）", "清零比例", "0.0%"),
        ("督办事项（冻结）", "办结期限", "yyyy-mm-dd"),
    ],
)
def test_numbers_have_their_formats(
    book: Workbook, sheet: str, heading: str, wanted: str
) -> None:
    cells = column_of(book, sheet, heading)
    told = {
        cell.number_format  # type: ignore[attr-defined]
        for cell in cells
        if cell.value is not None  # type: ignore[attr-defined]
    }
    assert told == {wanted}


def test_no_text_is_a_formula_and_what_lacks_is_empty(book: Workbook) -> None:
    kinds = {cell.data_type for sheet in book for row in sheet.rows for cell in row}
    assert "f" not in kinds
    texts = [str(cell.value) for sheet in book for row in sheet.rows for cell in row]
    assert any(text.startswith(FORMULA) for text in texts)
    assert "nan" not in texts
    # the village of an action of a township
    villages = column_of(book, "督办事项（冻结）", "村")
    assert [cell.value for cell in villages] == ["河顺", None, "柳泉"]  # type: ignore[attr-defined]


def test_the_same_freeze_makes_the_same_workbook(second: Made) -> None:
    assert second.again["book"].content == second.content("book")
