"""Does what is no xlsx come back as one, its cells at the same addresses?"""

import io
from datetime import date

import pytest
import xlwt

from etl.findings import error
from etl.handed.marked import marked_copy
from tests.etl.handed.opening import (
    BAD,
    FIRST,
    PAGE,
    RED,
    faulty,
    fills,
    handed,
    opened,
    swapped,
)
from tests.making import checked, text, xlsx


def test_a_page_keeps_its_cells_and_merged_ranges() -> None:
    marked = handed(PAGE, "导出.xls")["Sheet1"]
    assert [str(span) for span in marked.merged_cells.ranges] == ["A1:D1"]
    assert (marked["B3"].value, marked["C3"].value) == ("约3", 5)
    assert fills(marked) == {"B3": RED}
    assert marked.column_dimensions["A"].width >= 8


def test_an_old_workbook_keeps_days_and_hidden_rows() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("6月")
    for row, cells in enumerate([*BAD, ["填表", date(2018, 7, 5)]]):
        for column, cell in enumerate(cells):
            style = xlwt.easyxf(num_format_str="yyyy-mm-dd")
            sheet.write(
                row,
                column,
                cell,
                style if isinstance(cell, date) else xlwt.Style.default_style,
            )
    sheet.row(4).hidden = True
    book.add_sheet("旧").visibility = 1
    out = io.BytesIO()
    book.save(out)
    marked = handed(out.getvalue(), "台账.xls")
    assert marked["6月"].row_dimensions[5].hidden
    assert str(marked["6月"]["B6"].value).startswith("2018-07-05")
    assert marked["旧"].sheet_state == "hidden"


def test_no_text_of_a_csv_becomes_a_formula() -> None:
    signs = ["=1+1", "+1", "-1", "@A1", "\t=1"]
    content = text(
        [["村名", *signs], ["0001", "12.50", "7", "12345678901234", "1.5", "0"]]
    )
    marked = opened(marked_copy(content, faulty(name="a.csv"))[1])["Sheet1"]
    cells = marked[1][1:]
    assert [cell.value for cell in cells] == signs
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}
    assert [cell.value for cell in marked[2]] == [
        "0001",
        "12.50",
        7,
        "12345678901234",
        1.5,
        0,
    ]


def test_a_workbook_that_cannot_be_written_is_made_anew() -> None:
    content = swapped(xlsx(BAD), "docProps/core.xml", b"<no")
    # of either reader of XML that openpyxl may find
    with pytest.raises(SyntaxError):
        opened(content)
    marked = handed(content)["Sheet1"]
    assert set(fills(marked)) == {"B4", "B5", "C5", "D5"}
    assert marked["A4"].value == "柳泉"


def test_what_is_no_table_gets_the_list_alone() -> None:
    content = b"\x89PNG\r\n\x1a\n\0\0\0"
    book = handed(content, "照片.png")
    assert book.sheetnames == [FIRST]
    assert book[FIRST]["E4"].value == checked(content).findings[0].message
    assert "对照原文件" in book[FIRST]["A2"].value


def test_a_file_of_more_columns_than_a_workbook_has_gets_the_list_alone() -> None:
    content = "村名,光伏\n".encode() + b",1" * 16_384
    result = faulty(error("e", "改。", "", "B2"), name="a.csv")
    assert opened(marked_copy(content, result)[1]).sheetnames == [FIRST]
