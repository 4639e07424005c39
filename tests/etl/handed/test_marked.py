"""Does the person get back the same file, with what is wrong marked where it is?"""

import io
import zipfile
from datetime import date
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from etl.check import Checked
from etl.findings import Finding, error, warning
from etl.handed.first_sheet import MOST_LISTED
from etl.handed.marked import marked_copy
from etl.handed.marks import MOST_COMMENTS
from tests.making import Grid, checked, codes_of, ledger, text, xls, xlsx

RED, AMBER, PLAIN = "FFFFC8CF", "FFFFE4A9", "00000000"
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


def test_formulas_keep_their_results() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("6月")
    for row, cells in enumerate(ledger([["柳泉", "约3", 5, ""], ["东里", 1, 2, ""]])):
        sheet.write_row(row, 0, cells)
    sheet.write_formula("D4", "=C4*2", None, 10)
    sheet.write_formula("D5", '="无"&""', None, "无")
    sheet.write_formula("E4", "=A4>1", None, True)
    book.close()
    # Excel takes out what asks for the formulas to be worked out.
    content = without(out.getvalue(), b' fullCalcOnLoad="1"')
    result = checked(content)
    assert codes_of(result.findings) == ["amount_unreadable"]
    name, copy = marked_copy(content, result)
    values = openpyxl.load_workbook(io.BytesIO(copy), data_only=True)["6月"]
    assert [values[c].value for c in ("D4", "D5", "E4")] == [10, "无", True]
    assert opened(copy)["6月"]["D4"].value == "=C4*2"
    assert codes_of(checked(copy, name).findings) == ["amount_unreadable"]


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


def test_formulas_that_nobody_worked_out_stay_so() -> None:
    content = saved(made(ledger([["柳泉", "约3", "=1+1", ""]])))
    result = checked(content)
    copy = marked_copy(content, result)[1]
    assert codes_of(checked(copy).findings) == codes_of(result.findings)
    assert opened(copy)["6月"]["C4"].value == "=1+1"


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


def test_a_mended_copy_is_read_as_the_file_would_have_been() -> None:
    book = handed(xlsx(BAD))
    sheet = book["Sheet1"]
    sheet["B4"], sheet["B5"], sheet["C5"], sheet["D5"] = 3, 3, 4, 3
    content = saved(book)
    result = checked(content, "台账_标错.xlsx")
    assert result.findings == []
    assert result.rows.num_rows == 5
    name, clean = marked_copy(content, result)
    assert name == "台账_标错.xlsx"
    assert opened(clean).sheetnames == ["Sheet1"]
    kept = opened(clean)["Sheet1"]
    assert (fills(kept), comments(kept)) == ({}, {})
    assert kept["B4"].font.color is None


def test_a_sheet_of_the_same_name_is_read() -> None:
    book = made(BAD)
    book.active.title = FIRST
    assert {f.sheet for f in checked(saved(book)).findings} == {FIRST}
    assert handed(saved(book)).sheetnames[1] == FIRST


def test_marks_do_not_pile_up_and_colours_come_back() -> None:
    book = made(BAD)
    own = PatternFill("solid", fgColor="FF00FF00")
    for place in ("B4", "C5", "A5"):
        book.active[place].fill = own
        book.active[place].font = Font(color="FF0000FF", bold=True)
    book.active["C5"].comment = Comment("问会计", "张三")
    once = handed(saved(book))
    once["6月"]["C5"] = 4
    twice = handed(saved(handed(saved(once))))
    assert twice.sheetnames == [FIRST, "6月"]
    sheet = twice["6月"]
    assert fills(sheet) == {
        "B4": RED,
        "B5": RED,
        "D5": AMBER,
        "C5": "FF00FF00",
        "A5": "FF00FF00",
    }
    assert (sheet["C5"].font.color.rgb, sheet["C5"].font.bold) == ("FF0000FF", True)
    assert comments(sheet)["C5"] == "问会计"
    assert comments(sheet)["B4"].count("金额读不出") == 1
    sheet["B4"] = 3
    assert fills(handed(saved(twice))["6月"])["B4"] == "FF00FF00"


def test_marks_come_off_where_the_first_sheet_was_deleted() -> None:
    book = handed(xlsx(BAD))
    del book[FIRST]
    book["Sheet1"]["B4"] = 3
    again = handed(saved(book))
    assert "B4" not in fills(again["Sheet1"])
    assert again["Sheet1"]["B5"].comment.text.count("金额读不出") == 1


def test_links_to_other_workbooks_become_their_results() -> None:
    book = made(ledger([["柳泉", "约3", 5, "=[1]表!A1"], ["东里", 1, 2, 3]]))
    book.defined_names["外"] = DefinedName("外", attr_text="[1]表!$A$1")
    book.defined_names["内"] = DefinedName("内", attr_text="'6月'!$A$1")
    content = io.BytesIO(saved(book))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
        sheet = "xl/worksheets/sheet1.xml"
        data = archive.read(sheet)
    worked_out = data.replace(b"</f><v />", b"</f><v>8</v>")
    assert worked_out != data
    marked = handed(swapped(content.getvalue(), sheet, worked_out))
    assert marked["6月"]["D4"].value == 8
    assert list(marked.defined_names) == ["内"]


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


def test_macros_are_left_out() -> None:
    content = io.BytesIO(xlsx(BAD))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    result = checked(content.getvalue(), "台账.xlsm")
    name, copy = marked_copy(content.getvalue(), result)
    assert name == "台账_标错.xlsx"
    names = zipfile.ZipFile(io.BytesIO(copy)).namelist()
    assert not any("vba" in part for part in names)


def test_a_workbook_that_cannot_be_written_is_made_anew() -> None:
    content = swapped(xlsx(BAD), "docProps/core.xml", b"<no")
    with pytest.raises(ParseError):
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
    content = "村名,光伏\n".encode() + b"," * 16_384
    result = faulty(error("e", "改。", "", "B2"), name="a.csv")
    assert opened(marked_copy(content, result)[1]).sheetnames == [FIRST]


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


def test_the_first_sheet_is_told_by_its_sign_in_a_text_too() -> None:
    book = handed(xlsx(BAD))
    rows = [["" if v is None else v for v in row] for row in book[FIRST].values]
    assert codes_of(checked(text(rows), "a.csv").findings) == ["no_table"]
