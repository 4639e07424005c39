"""Is a village's own book read, where only its title says whose it is?"""

from datetime import date
from decimal import Decimal

from tests.etl.statements.grids import LIUQUAN, read, rows_of
from tests.making import Grid, codes_of

MONTHS: Grid = [
    ["河顺镇柳泉村2018年集体收入明细账"],
    ["单位：元"],
    ["月份", "光伏发电收入", "土地承包费", "合作社分红", "合计"],
    ["1月", 2800, 0, 0, 2800],
    ["2月", 2100, 1500, "无", 3600],
    ["合计", 4900, 1500, 0, 6400],
]
CASH: Grid = [
    ["河顺镇柳泉村2018年收入流水"],
    ["时间", "收入项目", "摘要", "金额（元）"],
    ["2018年3月", "光伏", "电费", 2800],
    ["2018年4月", "合作社分红", "", 1200.5],
]


def test_months_as_lines_and_sources_as_columns() -> None:
    found = read(MONTHS)
    assert found.findings == []
    assert set(rows_of(found, "village_code")) == {(LIUQUAN,)}
    told = ("source_id", "period_end", "amount_received_yuan")
    assert rows_of(found, *told)[:2] == [
        ("solar", date(2018, 1, 31), Decimal(2800)),
        ("solar", date(2018, 2, 28), Decimal(2100)),
    ]
    assert found.rows.num_rows == 6


def test_a_cash_book() -> None:
    found = read(CASH)
    assert found.findings == []
    assert rows_of(found, "village_code", "source_id") == [
        (LIUQUAN, "solar"),
        (LIUQUAN, "cooperative"),
    ]


def test_a_book_that_names_no_village_is_asked_whose_it_is() -> None:
    nameless = [["2018年集体收入明细账"], *MONTHS[1:]]
    assert set(codes_of(read(nameless).findings)) == {"village_missing"}


def test_a_book_without_a_line_above_its_heading_is_asked_whose_it_is() -> None:
    assert codes_of(read(CASH[1:]).findings) == ["village_missing"] * 2


def test_codes_in_the_first_column_go_before_a_title() -> None:
    """A title names the township and one village; the lines say which they are of."""
    lines: Grid = [["村代码", "收入项目", "金额（元）"], ["410581105202", "光伏", 7]]
    for above in ([["河顺镇柳泉村2018年3月收入"]], [["2018年3月"]]):
        found = read([*above, *lines])
        assert found.findings == []
        assert rows_of(found, "village_code") == [("410581105202",)]
    dated: Grid = [["村代码", "月份", "收入项目", "金额（元）"]]
    found = read([*dated, ["410581105202", "2018年3月", "光伏", 7]])
    assert rows_of(found, "village_code") == [("410581105202",)]
