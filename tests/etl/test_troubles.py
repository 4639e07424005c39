"""What happens with each trouble of field files, from the file to what it gives?"""

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlwt

from etl.check import Checked
from etl.door import load_file
from store import Store
from tests.making import (
    BY,
    NOW,
    Grid,
    checked,
    codes_of,
    ledger,
    received,
    text,
    xls,
    xlsx,
)

LIUQUAN, DONGLI = "410581105201", "410581105202"
JUNE = date(2018, 6, 1)
LIST = ["乡镇", "村名", "月份", "收入来源", "实收（元）"]
GOOD = ["东里", 1, 2, 3]
PLAIN = ledger([["柳泉", 3500, "无", "—"]])
PAGE = """<html><head><meta http-equiv=Content-Type content="text/html; charset={0}">
</head><body><h3>林州市河顺镇2018年6月村级集体经济收入台账</h3>
<table><tr><td colspan=4>单位：元</td></tr>
<tr><th rowspan=2>村名</th><th colspan=3>收入</th></tr>
<tr><th>光伏</th><th>合作社</th><th>门面</th></tr>
<tr><td>柳泉</td><td>3,500</td><td>无</td><td>—</td></tr></table></body></html>"""


def said(result: Checked) -> list[tuple[str, str, Decimal]]:
    """Return what was read: village, source, yuan."""
    columns = ("village_code", "source_id", "amount_received_yuan")
    rows = result.rows.select(columns).to_pylist()
    return [tuple(row[c] for c in columns) for row in rows]


PLAINLY = [(LIUQUAN, "solar", Decimal(3500)), (LIUQUAN, "cooperative", Decimal(0))]


def solar_of(value: Any, **how: Any) -> Checked:
    """Check a ledger with one amount in B4."""
    return checked(xlsx(ledger([["柳泉", value, "", ""]], **how)))


def period_of(value: Any) -> Checked:
    """Check a list with one month in C2."""
    return checked(xlsx([LIST, ["河顺镇", "柳泉", value, "光伏", 5]]))


# ---- files


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (xlsx(PLAIN), "台账.xlsx"),
        (xls(PLAIN), "台账.xls"),
        (xls(PLAIN), "台账.et"),
        (xlsx(PLAIN), "台账.et"),
        (xlsx(PLAIN), "台账.xls"),
        (text(PLAIN, "gb18030"), "台账.csv"),
        (text(PLAIN, "utf-8-sig"), "台账.csv"),
        (text(PLAIN, "utf-16", "\t"), "台账.csv"),
        (text(PLAIN, "utf-16", "\t"), "台账.xls"),
        (PAGE.format("gb2312").encode("gb18030"), "台账.xls"),
        (PAGE.format("utf-8").encode(), "台账.xls"),
        (PAGE.format("UTF-8").encode("utf-8-sig"), "台账.xls"),
        # resaved in another encoding than it names
        (PAGE.format("utf-8").encode("gb18030"), "台账.xls"),
        (PAGE.format("gb2312").encode("utf-16"), "台账.xls"),
    ],
)
def test_a_file_of_any_kind_and_name_gives_the_same(
    store: Store, content: bytes, name: str
) -> None:
    loaded = load_file(store, content, name, BY, NOW)
    assert loaded.checked.findings == []
    assert received(store) == {
        (LIUQUAN, "solar", date(2018, 6, 30)): Decimal(3500),
        (LIUQUAN, "cooperative", date(2018, 6, 30)): Decimal(0),
    }


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
        b"<Worksheet><Table></Table></Worksheet></Workbook>",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<table>",
    ],
)
def test_what_only_a_spreadsheet_program_opens_is_told_how_to_save(
    content: bytes,
) -> None:
    result = checked(content, "台账.xls")
    assert codes_of(result.findings) == ["not_readable"]
    assert "另存为 xlsx" in result.findings[0].message


def test_圪垱_comes_through_gb18030_and_as_a_web_page_of_gb2312() -> None:
    grid = ledger([["圪垱", 1, "", ""]], title="原康镇2018年6月台账")
    page = PAGE.format("gb2312").replace("河顺镇", "原康镇").replace("柳泉", "圪垱")
    for content in (text(grid, "gb18030"), page.encode("gb18030")):
        result = checked(content)
        assert (result.findings, said(result)[0][0]) == ([], "410581109235")


# ---- cells


@pytest.mark.parametrize(
    ("value", "yuan"),
    [
        ("３５００", "3500"),
        ("3500", "3500"),
        ("1.2万", "12000"),
        ("3,500元", "3500"),
        ("￥３，５００．５", "3500.50"),
        ("无", "0"),
        (0, "0"),
    ],
)
def test_an_amount_may_be_written_in_many_ways(value: Any, yuan: str) -> None:
    result = solar_of(value)
    assert (result.findings, said(result)) == ([], [(LIUQUAN, "solar", Decimal(yuan))])


@pytest.mark.parametrize("value", ["—", "/", "", " ", "／", "--"])
def test_a_stroke_or_blank_states_nothing(value: str) -> None:
    result = checked(xlsx(ledger([["柳泉", value, 2, 3]])))
    assert result.findings == []
    assert [source for _v, source, _y in said(result)] == [
        "cooperative",
        "joint_shopfront",
    ]


@pytest.mark.parametrize(
    "value", ["(1,200.50)", "（１，２００．５０）", -1200.5, "-1200.50"]
)
def test_an_amount_in_parentheses_is_below_zero_and_told(value: Any) -> None:
    result = solar_of(value)
    assert codes_of(result.findings) == ["amount_negative"]
    assert said(result) == [(LIUQUAN, "solar", Decimal("-1200.50"))]
    assert result.rejected == 0


def test_costs_in_parentheses_are_told_once_for_their_column() -> None:
    lines = [["柳泉", 9, "(1)"], ["东里", 9, "(2)"], ["河顺", 9, "(3)"]]
    [finding] = checked(xlsx(ledger(lines, ["村名", "光伏", "管理费用"]))).findings
    assert (finding.code, finding.cell) == ("amount_negative", "C4")
    assert "C5、C6" in finding.message


def test_yuan_typed_into_a_ledger_of_wan_is_told_once() -> None:
    lines = [["柳泉", 35000, 20000, 3], ["东里", 50000, 60000, 7]]
    result = checked(xlsx(ledger(lines, unit="单位：万元")))
    [finding] = result.findings
    assert (finding.code, finding.cell) == ("amount_too_large", "B4")
    assert "元还是万元" in finding.message
    assert "C4、B5、C5" in finding.message or "B5、C4、C5" in finding.message
    assert (result.rows.num_rows, result.rejected) == (2, 4)


@pytest.mark.parametrize(
    ("unit", "headings", "yuan"),
    [
        ("单位：万元", ["村名", "光伏"], "12000"),
        ("单位：元", ["村名", "光伏"], "1.2"),
        ("", ["村名", "光伏（万元）"], "12000"),
        ("单位：元", ["村名", "光伏（万元）"], "12000"),
    ],
)
def test_a_unit_stands_in_title_or_heading(
    unit: str, headings: list[str], yuan: str
) -> None:
    result = checked(xlsx(ledger([["柳泉", 1.2]], headings, unit=unit)))
    assert (result.findings, said(result)) == ([], [(LIUQUAN, "solar", Decimal(yuan))])


def test_a_unit_that_stands_nowhere_is_asked_for() -> None:
    assert codes_of(solar_of(5, unit="").findings) == ["unit_missing"]


ERRORS = ["#REF!", "#DIV/0!", "#N/A"]


def open_cells(kind: str, values: list[str]) -> bytes:
    """Make a ledger of 柳泉 with formulas and errors, in an xlsx or xls."""
    grid = ledger([["柳泉", *values], GOOD])
    out = io.BytesIO()
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for row in grid:
            book.active.append(row)
        for cell in book.active[4][1:]:
            cell.data_type = "e" if str(cell.value).startswith("#") else "f"
        book.save(out)
        return out.getvalue()
    old = xlwt.Workbook()
    sheet = old.add_sheet("Sheet")
    for number, row in enumerate(grid):
        for column, value in enumerate(row):
            if str(value).startswith("#"):
                sheet.row(number).set_cell_error(column, value.replace("/A", "/A!"))
            elif str(value).startswith("="):
                sheet.write(number, column, xlwt.Formula(value[1:]))
            else:
                sheet.write(number, column, value)
    old.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_errors_of_formulas_are_told_and_not_left_out(kind: str) -> None:
    result = checked(open_cells(kind, ERRORS))
    assert [(f.code, f.cell, f.found) for f in result.findings] == [
        ("amount_unreadable", cell, found)
        for cell, found in zip(["B4", "C4", "D4"], ERRORS, strict=True)
    ]
    assert "公式出错" in result.findings[0].message
    assert (result.rows.num_rows, result.rejected) == (3, 3)


@pytest.mark.parametrize(("kind", "found"), [("xlsx", "=SUM(F4:G4)"), ("xls", "=…")])
def test_formulas_that_nobody_worked_out_are_told(kind: str, found: str) -> None:
    formulas = ["=SUM(F4:G4)", '=IF(F4="","",F4)', "=F4*2"]
    result = checked(open_cells(kind, formulas))
    [finding] = result.findings
    assert (finding.code, finding.cell) == ("amount_unreadable", "B4")
    assert (finding.found, "C4、D4" in finding.message) == (found, True)
    assert "保存后再交" in finding.message
    assert (result.rows.num_rows, result.rejected) == (3, 3)


def test_a_column_of_such_formulas_is_told_once() -> None:
    book = openpyxl.Workbook()
    lines: Grid = [["柳泉", "=F4"], ["东里", "=F5"], ["河顺", "=F6"]]
    for row in ledger(lines, ["村名", "光伏"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    [finding] = checked(out.getvalue()).findings
    assert (finding.cell, "B5、B6" in finding.message) == ("B4", True)


# ---- months


@pytest.mark.parametrize(
    "value",
    [
        *("2018年6月", "2018.6", "201806", 201806, "2018-06", 2018.6, "２０１８年６月"),
        *("2018年六月", "二〇一八年六月", date(2018, 6, 1), datetime(2018, 6, 30)),
    ],
)
def test_a_month_may_be_written_in_many_ways(value: Any) -> None:
    result = period_of(value)
    assert result.findings == []
    assert result.rows["period_start"].to_pylist() == [JUNE]


@pytest.mark.parametrize(
    ("top", "codes"),
    [
        ([date(2018, 6, 1)], []),
        (["月份：", datetime(2018, 6, 1)], []),
        (["2018年6月", "填报日期：", date(2018, 7, 1)], []),
        (["2018年6月", "", date(2018, 7, 5)], []),
        (["2018年6月", "", "单位：元"], []),
        (["2018年6月", "金额单位：元"], []),
        ([date(2018, 7, 5)], ["period_missing"]),
    ],
)
def test_a_month_above_the_heading_may_be_stored_as_a_day(
    top: list[Any], codes: list[str]
) -> None:
    result = checked(xlsx([top, ["单位：元"], ["村名", "光伏"], ["柳泉", 5]]))
    assert codes_of(result.findings) == codes
    assert result.rows["period_start"].to_pylist() == ([] if codes else [JUNE])


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (2018.1, "period_ambiguous"),
        ("2081年6月", "period_future"),
        (datetime(2081, 6, 1), "period_future"),
        ("2108年6月", "year_odd"),
        (datetime(2108, 6, 1), "year_odd"),
        ("1918年6月", "year_odd"),
        (datetime(1918, 6, 1), "year_odd"),
        ("2018年13月", "period_unreadable"),
    ],
)
def test_a_month_that_cannot_be_is_told(value: Any, code: str) -> None:
    result = period_of(value)
    assert [(f.code, f.cell) for f in result.findings] == [(code, "C2")]
    assert (result.rows.num_rows, result.rejected) == (0, 1)


@pytest.mark.parametrize(
    ("year", "code"), [(2081, "period_future"), (2108, "year_odd"), (1918, "year_odd")]
)
def test_a_year_mistyped_in_a_title_is_told_once(year: int, code: str) -> None:
    month = checked(xlsx(ledger([GOOD], title=f"河顺镇{year}年6月台账")))
    grid = [[f"河顺镇柳泉村{year}年（元）"], ["收入来源", "1月", "2月", "3月"]]
    of_village = checked(xlsx([*grid, ["光伏", 1, 2, 3]]))
    for result in (month, of_village):
        assert [(f.code, f.is_error) for f in result.findings] == [(code, True)]
        assert "核对年份" in result.findings[0].message
        assert (result.rows.num_rows, result.rejected) == (0, 3)
