"""Does a list of one source keep what that source counts beside its money?"""

from datetime import date
from decimal import Decimal

import pytest

from tests.etl.statements.grids import (
    COOPERATIVE,
    FARMLAND,
    HOMETOWN,
    KINDERGARTEN,
    PILOT,
    read,
    rows_of,
    with_cell,
)
from tests.making import Grid, codes_of, ledger

SEEN = ("line_kind", "item_id", "quantity", "quantity_unit")
MONEY = ("amount_due_yuan", "amount_received_yuan")


@pytest.mark.parametrize(
    ("grid", "source", "counted"),
    [
        (KINDERGARTEN, "kindergarten", [("children", Decimal(45), "人")]),
        (COOPERATIVE, "cooperative", [("members", Decimal(120), "户")]),
        (
            FARMLAND,
            "farmland",
            [("area", Decimal("12.5"), "亩"), ("price", Decimal(20000), "元/亩")],
        ),
        (HOMETOWN, "hometown", []),
        (PILOT, "pilot", [("invested", Decimal(800000), "元")]),
    ],
)
def test_each_source_counts_its_own(
    grid: Grid, source: str, counted: list[tuple[str, Decimal, str]]
) -> None:
    found = read(grid)
    assert found.findings == []
    assert found.layouts == ("detail",)
    assert set(rows_of(found, "source_id", "statement")) == {(source, "detail")}
    quantities = [row[1:] for row in rows_of(found, *SEEN) if row[0] == "quantity"]
    assert quantities == counted


def test_pledged_is_due_and_arrived_is_received() -> None:
    assert rows_of(read(HOMETOWN), *MONEY) == [(Decimal(125000), Decimal(20000))]
    assert rows_of(read(COOPERATIVE), *MONEY)[0] == (Decimal(30000), Decimal(28000))


def test_fees_of_a_term_count_in_their_half_of_the_year() -> None:
    found = read(KINDERGARTEN)
    told = ("item_id", "period_start", "period_end", "amount_received_yuan")
    assert rows_of(found, *told)[1:] == [
        ("spring_term", date(2017, 1, 1), date(2017, 6, 30), Decimal(30000)),
        ("autumn_term", date(2017, 7, 1), date(2017, 12, 31), Decimal(32000)),
    ]


def test_a_ledger_of_many_sources_with_a_count_stays_a_ledger() -> None:
    grid = ledger([["柳泉", 300, 1, 2]], ["村名", "装机容量", "光伏", "合作社"])
    found = read(grid)
    assert found.layouts == ("township_ledger",)
    assert found.findings == []


@pytest.mark.parametrize(
    ("headings", "source"),
    [
        (["村名", "试点级别", "项目投资（万元）", "本月收入（万元）"], "pilot"),
        (["村名", "装机容量（kW）", "发电量（度）", "光伏收入（元）"], "solar"),
    ],
)
def test_amounts_belong_to_no_paper_without_money(
    headings: list[str], source: str
) -> None:
    level = "省级" if source == "pilot" else 300
    grid: Grid = [["河顺镇2018年6月明细表"], headings, ["柳泉", level, 30000, 15]]
    found = read(grid)
    assert (found.layouts, found.findings) == (("detail",), [])
    assert (source, "income") in rows_of(found, "source_id", "line_kind")


def test_a_count_that_is_unreadable_rejects_itself_alone() -> None:
    found = read(with_cell(COOPERATIVE, 2, 1, "一百多"))
    assert codes_of(found.findings) == ["number_unreadable"]
    assert (found.rows.num_rows, found.rejected) == (1, 1)


def test_a_number_may_bear_the_unit_of_its_column() -> None:
    found = read(with_cell(COOPERATIVE, 2, 1, "60户"))
    assert found.findings == []
    assert ("quantity", "members", Decimal(60), "户") in rows_of(found, *SEEN)
