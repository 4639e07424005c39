"""Does the person get back the same file, with what is wrong marked where it is?"""

import io
import zipfile

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from etl.findings import Finding, error, warning
from etl.handed.first_sheet import MOST_LISTED
from etl.handed.marked import marked_copy
from etl.handed.marks import MOST_COMMENTS
from tests.etl.handed.opening import (
    AMBER,
    BAD,
    FIRST,
    PAGE,
    RED,
    faulty,
    fills,
    handed,
    made,
    opened,
    saved,
)
from tests.making import checked, ledger, text, xls, xlsx


@pytest.mark.parametrize(
    ("content", "file_name"),
    [(xlsx(BAD), "台账.xlsx"), (xls(BAD), "台账.xls"), (text(BAD), "台账.csv")],
    ids=["xlsx", "xls", "csv"],
)
def test_wrong_cells_are_red_odd_ones_amber_in_any_kind(
    content: bytes, file_name: str
) -> None:
    result = checked(content, file_name)
    name, copy = marked_copy(content, result)
    assert name == "台账_标错.xlsx"
    book = opened(copy)
    assert book.sheetnames == [FIRST, "Sheet1"]
    sheet = book["Sheet1"]
    assert fills(sheet) == {"B4": RED, "B5": RED, "C5": RED, "D5": AMBER}
    assert sheet["B4"].font.color.rgb == "FF9C0107"
    assert sheet["B4"].comment.author == "村集体经济清零看板"
    assert sheet["B4"].comment.text.endswith("错误：" + result.findings[0].message)
    assert "错误：与 B4 同样：金额读不出" in sheet["B5"].comment.text
    assert "提醒：是负数" in sheet["D5"].comment.text
    assert (sheet["A4"].value, sheet["C4"].value) == ("柳泉", 5)
    again = checked(copy, name)
    assert [(f.code, f.cell) for f in again.findings] == [
        (f.code, f.cell) for f in result.findings
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("台账.XLS", "台账_标错.xlsx"),
        ("2018.6月台账", "2018.6月台账_标错.xlsx"),
        ("台账_标错.xlsx", "台账_标错.xlsx"),
    ],
)
def test_the_name_is_the_person_s_own(name: str, expected: str) -> None:
    assert marked_copy(b"", faulty(name=name))[0] == expected


def test_the_first_sheet_lists_all_findings_with_links() -> None:
    content = saved(made(ledger([["柳泉", 1, 2, 3]])))
    odd = warning("odd", "核对。", "6月", "B4", "=1+1")
    bad, of_sheet = error("bad", "改。", "6月", "C4"), error("s", "删去。", "6月")
    result = faulty(odd, error("f", "重交。"), of_sheet, bad)
    book = opened(marked_copy(content, result)[1])
    first = book[FIRST]
    lines = [[cell.value for cell in row[:5]] for row in first["A4:E7"]]
    assert lines == [
        ["错误", None, None, None, "重交。"],
        ["错误", "6月", None, None, "删去。"],
        ["错误", "6月", "C4", None, "改。"],
        ["提醒", "6月", "B4", "=1+1", "核对。"],
    ]
    assert first["C6"].hyperlink.location == "'6月'!C4"
    assert first["B5"].hyperlink.location == "'6月'!A1"
    assert first["B4"].hyperlink is None
    assert (first["D7"].data_type, first["D7"].quotePrefix) == ("s", True)
    assert first["A1"].value == "共 3 处错误、1 处提醒。"
    assert book.active.title == FIRST
    assert [sheet.sheet_view.tabSelected for sheet in book] == [True, False]


def test_a_file_without_findings_gets_no_first_sheet() -> None:
    content = xlsx(ledger([["柳泉", 1, 2, 3]]))
    assert handed(content).sheetnames == ["Sheet1"]
    assert handed(text(ledger([["柳泉", 1, 2, 3]])), "a.csv").sheetnames == ["Sheet1"]


def test_layout_formats_and_formulas_of_a_workbook_stay() -> None:
    book = made(ledger([["柳泉", "约3", 1234.5, "=C4*2"], ["东里", 1, 2, 3]]))
    sheet = book.active
    sheet["C4"].number_format = "#,##0.00"
    sheet["B4"].number_format = "0.0"
    sheet["B4"].font = Font(bold=True, size=16)
    sheet.column_dimensions["A"].width = 33
    sheet.row_dimensions[1].height = 40
    sheet.merge_cells("A1:D1")
    sheet.freeze_panes = "B4"
    book.create_sheet("说明")["A1"] = "见附表"
    marked = handed(saved(book))
    kept = marked["6月"]
    assert marked.sheetnames == [FIRST, "6月", "说明"]
    assert (kept["C4"].number_format, kept["B4"].number_format) == ("#,##0.00", "0.0")
    assert (kept["B4"].font.bold, kept["B4"].font.size) == (True, 16)
    assert kept["B4"].fill.fgColor.rgb == RED
    assert kept.column_dimensions["A"].width == 33
    assert kept.row_dimensions[1].height == 40
    assert [str(span) for span in kept.merged_cells.ranges] == ["A1:D1"]
    assert (kept["D4"].value, kept.freeze_panes) == ("=C4*2", "B4")


def test_what_a_person_noted_stays_above() -> None:
    book = made(BAD)
    book.active["B4"].comment = Comment("问会计", "张三")
    kept = handed(saved(book))["6月"]["B4"].comment
    assert (kept.author, kept.text.split("\n")[0]) == ("张三", "问会计")
    assert "金额读不出" in kept.text


def test_several_findings_of_a_cell_are_told_together_errors_first() -> None:
    content = xlsx(BAD)
    result = faulty(
        warning("w", "核对。", "Sheet1", "B4"), error("e", "改。", "Sheet1", "B4")
    )
    cell = opened(marked_copy(content, result)[1])["Sheet1"]["B4"]
    assert cell.fill.fgColor.rgb == RED
    assert cell.comment.text.endswith("\n错误：改。\n提醒：核对。")


@pytest.mark.parametrize(
    ("content", "sheet"),
    [
        (xlsx(ledger([["柳泉", "约3"], ["东里"]]), merged=["B4:C5"]), "Sheet1"),
        (PAGE.replace(b"<td>5", b"<td colspan=1>5"), ""),
    ],
    ids=["xlsx", "page"],
)
def test_of_merged_cells_the_first_is_marked(content: bytes, sheet: str) -> None:
    place, corner = ("C5", "B4") if sheet else ("C1", "A1")
    result = faulty(
        error("e", "改。", sheet, place), warning("w", "看。", sheet, corner)
    )
    marked = opened(marked_copy(content, result)[1])["Sheet1"]
    assert marked[corner].fill.fgColor.rgb == RED
    assert marked[corner].comment.text.endswith("错误：改。\n提醒：看。")
    assert len(marked.merged_cells.ranges) == 1


def test_cells_of_several_sheets_are_marked_in_their_own() -> None:
    book = made(BAD)
    second = book.copy_worksheet(book.active)
    second.title = "7月'旧"
    second["A1"], second["B4"] = "林州市河顺镇2018年7月台账", 3
    marked = handed(saved(book))
    assert set(fills(marked["6月"])) == {"B4", "B5", "C5", "D5"}
    assert set(fills(marked["7月'旧"])) == {"B5", "C5", "D5"}
    targets = [cell.hyperlink.location for cell in marked[FIRST]["C"] if cell.hyperlink]
    assert "'7月''旧'!B5" in targets


def test_macros_are_left_out() -> None:
    content = io.BytesIO(xlsx(BAD))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    result = checked(content.getvalue(), "台账.xlsm")
    name, copy = marked_copy(content.getvalue(), result)
    assert name == "台账_标错.xlsx"
    names = zipfile.ZipFile(io.BytesIO(copy)).namelist()
    assert not any("vba" in part for part in names)


def test_more_findings_than_anybody_reads_are_counted() -> None:
    findings = [error("e", "改。", "Sheet1", "B1")] * (MOST_LISTED + 2)
    first = opened(marked_copy(xlsx([["村名", 1]]), faulty(*findings))[1])[FIRST]
    assert first.max_row == MOST_LISTED + 3
    assert first["A1"].value == (
        f"共 {MOST_LISTED + 2} 处错误、0 处提醒。下面列出前 {MOST_LISTED} 处。"
    )


def test_a_cell_that_need_not_be_told_of_is_coloured_all_the_same() -> None:
    cells = tuple(f"B{row}" for row in range(2, MOST_COMMENTS + 2))
    finding = Finding("error", "e", "", "B1", "", "改。", cells)
    content = text([["村名", 1]] * (MOST_COMMENTS + 1))
    marked = opened(marked_copy(content, faulty(finding))[1])["Sheet1"]
    last = marked.cell(MOST_COMMENTS + 1, 2)
    assert (last.fill.fgColor.rgb, last.comment) == (RED, None)
    assert marked.cell(MOST_COMMENTS, 2).comment is not None
