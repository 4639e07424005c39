"""Are tables found where people put them, in the layout that they have?"""

from typing import Any

import pytest

from etl.reading.workbook import Sheet, read
from etl.tables.recognise import Table, tables
from tests.making import Grid, ledger, text, xls, xlsx

LEDGER = ledger([["河顺", 1, 2, 3], ["柳泉", 4, "无", "—"]])
YEAR: Grid = [
    ["河顺镇柳泉村2018年"],
    ["单位：元"],
    ["收入来源", "1月", "2月", "3月", "合计"],
    ["光伏", 1, 2, 3, 6],
    ["合作社", "", 5, 5, 10],
]
LIST: Grid = [
    ["乡镇", "村名", "月份", "收入来源", "应收（元）", "实收（元）"],
    ["河顺镇", "柳泉", "2018年6月", "光伏", 3, 2],
    ["河顺镇", "柳泉", "2018年6月", "合作社", 3, "无"],
]
GROUPS: Grid = [
    ["村名", "光伏（万元）", "", "合作社", ""],
    ["", "应收", "实收", "应收", "实收"],
    ["柳泉", 1, 2, 3, 4],
]


def only(content: bytes) -> Table:
    """Return the one table of a file."""
    [sheet] = read(content)
    [table] = tables(sheet)
    return table


@pytest.mark.parametrize("make", [xlsx, xls, text])
@pytest.mark.parametrize(
    ("grid", "layout", "body"),
    [
        (LEDGER, "township_ledger", (3, 5)),
        (YEAR, "village_year", (3, 5)),
        (LIST, "flat_list", (1, 3)),
    ],
)
def test_the_layouts_are_told_apart(
    make: Any, grid: Grid, layout: str, body: tuple[int, int]
) -> None:
    table = only(make(grid))
    assert (table.layout, table.body) == (layout, body)


@pytest.mark.parametrize(
    "content",
    [
        xlsx(GROUPS, merged=["A1:A2", "B1:C1", "D1:E1"]),
        xlsx(GROUPS),
        xls(GROUPS),
        text(GROUPS),
    ],
    ids=["merged", "centred", "xls", "csv"],
)
def test_a_group_holds_for_all_columns_below_it(content: bytes) -> None:
    table = only(content)
    told = [(c.source_id, c.measure, c.unit) for c in table.columns[1:]]
    assert told == [
        ("solar", "due", 10_000),
        ("solar", "received", 10_000),
        ("cooperative", "due", None),
        ("cooperative", "received", None),
    ]
    assert table.body == (2, 3)


def test_a_heading_may_have_three_rows() -> None:
    grid: Grid = [
        ["序号", "村名", "收入（万元）", "", "", "备注"],
        ["", "", "光伏", "", "合作社", ""],
        ["", "", "应收", "实收", "", ""],
        [1, "柳泉", 1, 2, 3, ""],
    ]
    merged = ["A1:A3", "B1:B3", "C1:E1", "C2:D2", "E2:E3", "F1:F3"]
    table = only(xlsx(grid, merged=merged))
    assert [c.role for c in table.columns] == [
        "sequence",
        "village_name",
        "amount",
        "amount",
        "amount",
        "note",
    ]
    assert {c.unit for c in table.columns if c.role == "amount"} == {10_000}
    assert table.body == (3, 4)


@pytest.mark.parametrize(
    ("below", "first"),
    [
        (["", "（元）", "（万元）", "元"], 2),
        (["甲", "1", "2", "3"], 2),
        (["", "甲", "1", "2"], 2),
        (["1", "2", "3", ""], 2),
        (["", "1", "2", "3"], 1),
        (["甲", 1, 2, 3], 2),
        (["合计", "5", "6", "7"], 1),
        (["合计", "无", "—", ""], 1),
        (["柳泉", "无", "—", "光伏"], 1),
    ],
)
def test_what_stands_below_a_heading_is_part_of_it_or_data(
    below: list[Any], first: int
) -> None:
    grid: Grid = [["村名", "光伏", "合作社", "备注"], below, ["河顺", "1", "2", ""]]
    assert only(text(grid)).body == (first, 3)


def test_a_second_table_is_heard_under_its_own_title() -> None:
    second = ledger([["东里", 1, 2, 3]], title="河顺镇2018年7月台账", unit="单位：万元")
    [sheet] = read(xlsx([*LEDGER, ["填表人：张三"], [], *second]))
    first, later = tables(sheet)
    assert (first.body, later.body) == ((3, 5), (10, 11))
    assert (first.unit, later.unit) == (1, 10_000)
    assert later.said_above == ("填表人：张三", "河顺镇2018年7月台账", "单位：万元")
    assert later.said_on_top == (
        "林州市河顺镇2018年6月村级集体经济收入台账",
        "单位：元",
        *LEDGER[2],
    )


def test_a_second_table_without_a_unit_takes_that_of_the_sheet() -> None:
    [sheet] = read(xlsx([*LEDGER, [], ["村名", "光伏", "合作社"], ["东里", 1, 2]]))
    assert [table.unit for table in tables(sheet)] == [1, 1]


@pytest.mark.parametrize(
    ("above", "unit"),
    [(["单位：元"], 1), (["单位：元", "单位：万元"], None), ([], None)],
)
def test_a_title_says_the_unit_once(above: list[str], unit: int | None) -> None:
    grid: Grid = [["题", *above], ["村名", "光伏"], ["柳泉", 1]]
    assert only(xlsx(grid)).unit == unit


def test_cells_merged_downwards_speak_for_their_rows() -> None:
    grid: Grid = [
        ["乡镇", "村名", "收入来源", "金额"],
        ["河顺镇", "柳泉", "光伏", 1],
        ["", "", "合作社", 2],
    ]
    table = only(xlsx(grid, merged=["A2:A3", "B2:B3"]))
    assert [table.text(2, column) for column in (0, 1, 2)] == [
        "河顺镇",
        "柳泉",
        "合作社",
    ]
    assert table.text(2, None) == ""


@pytest.mark.parametrize(
    "grid",
    [
        [["填表说明"], ["一、按月填报", "二、单位为元"]],
        [["村名", "户数"], ["柳泉", 300]],
        [["收入来源", "1月", "2月"], ["光伏", 1, 2]],
        [[1, 2], [3, 4]],
    ],
)
def test_what_is_no_ledger_is_no_table(grid: Grid) -> None:
    assert tables(Sheet("", grid)) == []
