"""Is a file told by its content, and refused with a way out where it is no table?"""

import io
import zipfile
from datetime import datetime
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.reading.parts import NotReadable
from etl.reading.workbook import Sheet, column_name, read
from tests.making import Grid, text, xls, xlsx

GRID: Grid = [["村名", "光伏"], ["圪垱", 3500.5], ["柳泉", "无"]]
AS_TEXT = [[str(cell) for cell in row] for row in GRID]
SPREADSHEET_XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet>
<Table><Row><Cell><Data>村名</Data></Cell></Row></Table></Worksheet></Workbook>"""
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10\x08\x06"


def zipped(**parts: str) -> bytes:
    """Return an archive of parts; __ in a name stands for a slash, _ for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def protected_xlsx() -> bytes:
    """Return what Excel makes of an xlsx with a password: an old container."""
    plain = io.BytesIO()
    xlwt.CompoundDoc.XlsDoc().save(plain, b"\x00" * 4096)
    old, new = "Workbook", "EncryptedPackage"
    entry = old.encode("utf-16-le").ljust(64, b"\0") + bytes([len(old) * 2 + 2, 0])
    locked = new.encode("utf-16-le").ljust(64, b"\0") + bytes([len(new) * 2 + 2, 0])
    assert plain.getvalue().count(entry) == 1
    return plain.getvalue().replace(entry, locked)


def protected_xls() -> bytes:
    """Return an xls whose stream says that it is encrypted."""
    book = xlwt.Workbook()
    book.add_sheet("台账").write(0, 0, "村名")
    stream = book.get_biff_data()
    first = 4 + int.from_bytes(stream[2:4], "little")
    encrypted = b"\x2f\x00\x36\x00\x01\x00" + b"\x01\x00\x01\x00" + b"\x5a" * 48
    out = io.BytesIO()
    xlwt.CompoundDoc.XlsDoc().save(out, stream[:first] + encrypted + stream[first:])
    return out.getvalue()


def far_cell(row: int, column: int) -> bytes:
    """Return a small workbook with a cell far away."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "村名")
    sheet.write(row, column, 1)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (xlsx(GRID), GRID),
        (xls(GRID), GRID),
        (text(GRID, "utf-8-sig"), AS_TEXT),
        (text(GRID, "utf-8"), AS_TEXT),
        (text(GRID, "gb18030"), AS_TEXT),
        (text(GRID, "utf-16", "\t"), AS_TEXT),
        (text(GRID, "utf-8", "\t"), AS_TEXT),
        (text(GRID, "utf-8", ";"), AS_TEXT),
        (text(GRID, "gb18030").replace(b"\r\n", b"\r"), AS_TEXT),
    ],
    ids=["xlsx", "xls", "bom", "utf8", "gb", "utf16", "tab", "semicolon", "mac"],
)
def test_the_same_cells_come_out_of_every_kind(content: bytes, rows: Grid) -> None:
    [sheet] = read(content)
    assert sheet.rows == rows
    assert sheet.is_text_only is (rows is AS_TEXT)


def test_thousands_do_not_part_what_tabs_part() -> None:
    lines = ["村名\t光伏\t门面", *["柳泉\t3,500\t1,234,567"] * 5]
    [sheet] = read("\n".join(lines).encode())
    assert sheet.rows[1] == ["柳泉", "3,500", "1,234,567"]


def test_a_tab_behind_a_code_does_not_part_what_commas_part() -> None:
    [sheet] = read("村代码,村名\n410581105203\t,柳泉\n".encode())
    assert sheet.rows[1] == ["410581105203\t", "柳泉"]


def test_lines_of_unequal_length_are_filled_up() -> None:
    [sheet] = read("标题\n村名,光伏\n柳泉,1\n".encode())
    assert sheet.rows == [["标题", ""], ["村名", "光伏"], ["柳泉", "1"]]


@pytest.mark.parametrize("make", [xlsx, xls])
def test_rows_are_counted_from_a1(make: Any) -> None:
    [sheet] = read(make([[], [], ["", "村名"]]))
    assert (sheet.rows[2][1], sheet.cell(2, 1)) == ("村名", "B3")


def test_merged_cells_dates_and_hidden_sheets_are_told() -> None:
    book = openpyxl.Workbook()
    first = book.active
    first.title = "6月"
    first["A1"], first["A2"] = "题", datetime(2018, 6, 1)
    first.merge_cells("A1:C1")
    hidden = book.create_sheet("旧")
    hidden["A1"] = 1
    hidden.sheet_state = "veryHidden"
    out = io.BytesIO()
    book.save(out)
    shown, old = read(out.getvalue())
    assert (shown.name, shown.merged, shown.is_hidden) == (
        "6月",
        ((0, 0, 0, 2),),
        False,
    )
    assert str(shown.rows[1][0]) in ("2018-06-01", "2018-06-01 00:00:00")
    assert (old.name, old.is_hidden) == ("旧", True)


def test_merged_cells_of_an_xls_are_told() -> None:
    book = xlwt.Workbook()
    book.add_sheet("台账").write_merge(0, 1, 0, 2, "题")
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue())[0].merged == ((0, 0, 1, 2),)


def test_errors_and_formulas_without_a_result_are_no_empty_cells() -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet("图", 0)
    sheet = book.worksheets[0]
    sheet.append(["村名", "光伏", "门面"])
    sheet.append(["柳泉", '=1+2&"<"', "#DIV/0!"])
    sheet["C2"].data_type = "e"
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue())[0].rows[1] == ["柳泉", '=1+2&"<"', "#DIV/0!"]


def test_formulas_with_a_result_are_read_as_their_result() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_formula(0, 0, "=1+2", None, 3)
    sheet.write_formula(0, 1, '=IF(A1=3,"二","")', None, "二")
    sheet.write(0, 2, "完")
    book.close()
    assert read(out.getvalue())[0].rows == [[3, "二", "完"]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的"),
        (b"\xef\xbb\xbf\r\n", "文件是空的"),
        (b" ,,\r\n,,\r\n", "文件是空的"),
        ("村名 光伏\n柳泉 3\n".encode(), "没有分列的表格"),
        (b"<html><body><p>1,2</p></body></html>", "这不是表格文件"),
        (SPREADSHEET_XML.encode(), "网页或 XML"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; a=b\n", "网页或 XML"),
        (b"<table><tr><td colspan=1000>1" + b"<tr><td>2" * 20_001, "网页里的表过大"),
        (b"%PDF-1.4 a,b", "这不是表格文件"),
        (PNG, "文字编码认不出|不是表格"),
        (zipped(word__document_xml="<a/>"), "不是 Excel 表格"),
        (zipped(content_xml="<a/>"), "另存为 xlsx"),
        (zipped(xl__workbook_bin="a"), "另存为 xlsx"),
        (zipped(xl__a_xml="a"), "打不开"),
        (xlsx(GRID)[:2000], "文件已损坏"),
        (xls(GRID)[:2000], "打不开"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "打不开"),
        (protected_xlsx(), "有密码"),
        (protected_xls(), "有密码"),
        (far_cell(1_048_575, 16_383), "过大"),
        (far_cell(90_000, 16_383), "过大"),
        ('村名,"光伏\n'.encode() + b"a" * 1_100_000, "引号或换行有误"),
    ],
)
def test_what_is_no_table_is_refused_with_a_way_out(
    content: bytes, message: str
) -> None:
    with pytest.raises(NotReadable, match=message) as refusal:
        read(content)
    assert str(refusal.value).endswith("。")


@settings(max_examples=15, deadline=None)
@given(st.binary(max_size=40), st.sampled_from([xlsx(GRID), text(GRID, "gb18030")]))
def test_damage_never_ends_in_anything_but_a_message(
    damage: bytes, whole: bytes
) -> None:
    middle = len(whole) // 2
    content = whole[:middle] + damage + whole[middle + len(damage) :]
    try:
        sheets = read(content)
    except NotReadable as refusal:
        assert "。" in str(refusal)
    else:
        assert all(isinstance(sheet, Sheet) for sheet in sheets)


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_the_names_of_the_spreadsheet(column: int, name: str) -> None:
    assert column_name(column) == name


def rebuilt(content: bytes, changes: dict[str, tuple[str, str]]) -> bytes:
    """Return a workbook with a text replaced in some of its parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name).decode()
            if name in changes:
                assert changes[name][0] in data
                data = data.replace(*changes[name])
            new.writestr(name, data)
    return out.getvalue()


def of_sheets(count: int) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for _sheet in range(count):
        book.add_worksheet().write(0, 0, "村名")
    book.close()
    return out.getvalue()


def of_old_sheets(count: int) -> bytes:
    book = xlwt.Workbook()
    for number in range(count):
        book.add_sheet(str(number)).write(0, 0, "村名")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def locked_members() -> bytes:
    content = bytearray(xlsx(GRID))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


STRINGS, BOOK = "xl/sharedStrings.xml", "xl/workbook.xml"
SHEET, LINKS = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"
LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]>'
BIG_MERGE = "".join(f'<mergeCell ref="A{n}:B400000"/>' for n in range(1, 9))
MANY_MERGED = f"</sheetData><mergeCells>{BIG_MERGE}</mergeCells>"
FAR_ROW = '<row r="100000"><c r="A100000"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (rebuilt(xlsx(GRID), {SHEET: ("<worksheet", LAUGHS + "<worksheet")}), "已损坏"),
        (rebuilt(xlsx(GRID), {STRINGS: ("<sst", LAUGHS + "<sst")}), "已损坏"),
        (rebuilt(xlsx(GRID), {BOOK: ("<workbook", LAUGHS + "<workbook")}), "已损坏"),
        (rebuilt(xlsx(GRID), {BOOK: ("<sheets>", "<sheets" + ">")})[:900], "已损坏"),
        (rebuilt(xlsx(GRID), {SHEET: ("</sheetData>", "")}), "打不开"),
        (rebuilt(xlsx(GRID), {LINKS: ("</", "<a>" * 1_700_000 + "</")}), "已损坏"),
        (rebuilt(xlsx(GRID), {STRINGS: ("<sst", " " * 21_000_000)}), "解压后过大"),
        (
            rebuilt(xlsx(GRID), {SHEET: ("</sheetData>", FAR_ROW + MANY_MERGED)}),
            "合并单元格过多",
        ),
        (far_cell(250_000, 0), "超过 250000 行"),
        (locked_members(), "有密码"),
        (of_sheets(601), "最多读 600 张"),
        (of_old_sheets(601), "最多读 600 张"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "是图片"),
        (PNG, "是图片"),
        (b"%PDF-1.4\n", "是PDF"),
        (b"Rar!\x1a\x07", "是压缩包"),
        (zipped(ppt__presentation_xml="<a/>"), "不是 Excel 表格"),
        (b"a,b\n1,\x002\n", "不是表格文件"),
        (b"<table><tr><td " + b"a " * 600_000 + b">", "网页里的表过大"),
        (b"<table>" + b"<tr><td>1" * 300_001, "网页里的表过大"),
        (b"<table>" + b"<" * 10_000_000, "网页里的表过大"),
    ],
)
def test_what_is_made_to_do_harm_is_refused_with_a_way_out(
    content: bytes, message: str
) -> None:
    with pytest.raises(NotReadable, match=message) as refusal:
        read(content)
    assert str(refusal.value).endswith("。")
    assert "请" in str(refusal.value)


def test_tags_that_nothing_ends_are_passed_over() -> None:
    page = "<table><tr><td>村名<td>光伏</table>" + "<!-- " * 90_000 + "<a " * 90_000
    assert read(page.encode())[0].rows[0] == ["村名", "光伏"]


def test_a_workbook_that_says_it_is_endless_is_read_as_it_is() -> None:
    all_rows = {SHEET: ('ref="A1:B3"', 'ref="A1:XFD1048576"')}
    assert read(rebuilt(xlsx(GRID), all_rows))[0].rows == GRID


def test_macros_and_links_are_dropped_and_the_table_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        with zipfile.ZipFile(io.BytesIO(xlsx(GRID))) as old:
            for name in old.namelist():
                data = old.read(name).decode()
                if name == SHEET:
                    formula = "<f>[1]Sheet1!$A$1</f><v>3500.5</v>"
                    data = data.replace("<v>3500.5</v>", formula)
                    assert formula in data
                new.writestr(name, data)
        new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
        new.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    assert read(out.getvalue())[0].rows == GRID


def test_a_workbook_without_sheets_has_none() -> None:
    whole = zipfile.ZipFile(io.BytesIO(xlsx(GRID))).read(BOOK).decode()
    sheets = whole[whole.index("<sheets>") : whole.index("</sheets>")]
    assert read(rebuilt(xlsx(GRID), {BOOK: (sheets, "<sheets>")})) == []
