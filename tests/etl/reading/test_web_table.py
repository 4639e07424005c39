"""Is a web page laid out as Excel lays it out, whatever its tags look like?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.reading.old_workbook import LARGEST_SHEET_CELLS, Vast
from etl.reading.web_table import charset_of, is_page, read_page


def rows_of(page: str) -> list[list[str]]:
    """Return the cells of a page."""
    return read_page(page)[0].rows


def test_lines_of_tables_and_what_stands_between_are_rows() -> None:
    page = """<html><head><title>x</title><style>td {}</style></head><body>
    <h3>河顺镇台账</h3><p>单位：元</p>
    <table><caption>表一</caption><tr><th>村名</th><th>光伏</th></tr>
    <tr><td>柳泉</td><td>3&nbsp;</td></tr></table>
    <div>填表人：张三</div><table><tr><td>完</td></tr></table></body></html>"""
    assert rows_of(page) == [
        ["河顺镇台账", ""],
        ["单位：元", ""],
        ["表一", ""],
        ["村名", "光伏"],
        ["柳泉", "3"],
        ["填表人：张三", ""],
        ["完", ""],
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>",
        "<TABLE><TR><TD>甲</TD><TD>1</TD></TR><TR><TD>乙</TD><TD>2</TD></TR></TABLE>",
        "<table><td>甲<td><p>1</p></td><tr><td><b>乙</b><td>2",
        "<table><tr><td><table><tr><td>甲<td>1</table></td></tr><tr><td>乙<td>2</table>",
    ],
)
def test_unclosed_and_nested_tags_make_the_same_cells(page: str) -> None:
    assert [row for row in rows_of(page) if any(row)] == [["甲", "1"], ["乙", "2"]]


def test_cells_over_rows_and_columns_push_others_aside() -> None:
    page = """<table><tr><td rowspan=2>村名<td colspan="2">光伏<td rowspan=99>户数
    <tr><td>应收<td>实收</table>
    <table><tr><td>柳泉<td>1<td>2<td>3</table>"""
    sheet, _hidden = read_page(page)
    assert sheet.rows == [
        ["村名", "光伏", "", "户数"],
        ["", "应收", "实收", ""],
        ["柳泉", "1", "2", "3"],
    ]
    assert sheet.merged == [
        ((0, 0), (1, 0)),
        ((0, 1), (0, 2)),
        ((0, 3), (1, 3)),
    ]


def test_hidden_rows_are_told() -> None:
    page = "<table><tr><td>1<td>2<tr style='color:red; Display : none'><td>3<td>4"
    assert read_page(page)[1] == {1}


def test_spans_that_are_no_numbers_are_one() -> None:
    assert rows_of("<table><tr><td colspan=0>甲<td colspan=x>乙") == [["甲", "乙"]]


def test_a_page_that_would_take_all_memory_is_refused() -> None:
    count = LARGEST_SHEET_CELLS // 1_000
    with pytest.raises(Vast):
        read_page("<table><tr><td colspan=9999>1" + "<tr><td>2" * (count + 1))
    with pytest.raises(Vast):
        read_page("<table>" + "<tr>" * (count + 1) + "<td colspan=9999>1")


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        (
            b'<meta http-equiv=Content-Type content="text/html; charset=gb2312">',
            "gb2312",
        ),
        (b"<META CHARSET='UTF-8'>", "UTF-8"),
        (b"<p>charset=gbk</p>", None),
    ],
)
def test_a_page_names_its_encoding(content: bytes, charset: str | None) -> None:
    assert charset_of(content) == charset


@pytest.mark.parametrize(
    ("text", "is_one"),
    [(" <html><TABLE\n>", True), ("<html><p>", False), ("村名,<table>", False)],
)
def test_a_page_is_known_by_its_table(text: str, is_one: bool) -> None:
    assert is_page(text) is is_one


TAGS = ["<table>", "</table>", "<tr>", "<td>", "<td rowspan=3>", "<td colspan=2>", "甲"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*TAGS, "</td>", "<p>", "<br>"]), max_size=30))
def test_no_soup_of_tags_loses_a_word_or_overlaps(soup: list[str]) -> None:
    sheet, _hidden = read_page("".join(soup))
    text = "".join("".join(row) for row in sheet.rows)
    assert text.count("甲") == soup.count("甲")
    assert len({len(row) for row in sheet.rows}) <= 1
    assert all(b[0] < len(sheet.rows) for _a, b in sheet.merged)
