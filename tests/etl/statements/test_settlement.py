"""Are electricity and subsidy told apart, due and received, to the fen?"""

from decimal import Decimal

from tests.etl.statements.grids import (
    JUNE,
    LIUQUAN,
    PAID,
    SETTLED,
    SETTLEMENT,
    rows_of,
    with_cell,
)
from tests.making import checked, codes_of, text, xlsx

SEEN = ("item_id", "project_id", "amount_due_yuan", "amount_received_yuan")


def test_a_csv_in_gb18030() -> None:
    found = checked(text(SETTLEMENT, "gb18030"), "结算.csv")
    assert found.findings == []
    assert rows_of(found, *SEEN) == [
        ("electricity", "0001", Decimal("12092.80"), Decimal("12092.80")),
        ("subsidy", "0001", Decimal("15107.20"), Decimal("0.00")),
    ]
    assert rows_of(found, "village_code")[0] == (LIUQUAN,)
    assert set(rows_of(found, "period_start", "period_end")) == {JUNE}
    assert rows_of(found, "quantity")[0] == (Decimal("32000.000"),)


def test_headings_in_two_rows() -> None:
    above = ["户号", "户名", "结算月份", "结算电量（千瓦时）", "电费（元）", ""]
    below = ["", "", "", "", "应付", "实付", "应付", "实付"]
    grid = [[*above, "补贴（元）", ""], below, SETTLEMENT[1]]
    for made in (xlsx(grid), text(grid, "gb18030")):
        found = checked(made)
        assert found.findings == []
        assert rows_of(found, *SEEN)[1][2:] == (Decimal("15107.20"), Decimal(0))


def test_a_plant_may_be_the_account() -> None:
    grid = with_cell(SETTLEMENT[:2], 1, 1, "河顺镇柳泉村300kW光伏电站")
    found = checked(text(grid, "gb18030"))
    assert found.findings == []
    assert set(rows_of(found, "village_code")) == {(LIUQUAN,)}


def test_a_subsidy_that_is_not_stated_stays_unknown() -> None:
    blank = with_cell(SETTLEMENT[:2], 1, 7, "")
    found = checked(text(blank, "gb18030"))
    assert rows_of(found, *SEEN)[1][2:] == (Decimal("15107.20"), None)


def test_a_total_that_is_not_the_sum_is_told() -> None:
    wrong = with_cell(SETTLEMENT, 2, 4, "12092.81")
    assert codes_of(checked(text(wrong, "gb18030")).findings) == ["total_mismatch"]


def test_an_amount_that_is_unreadable_rejects_its_own_row_alone() -> None:
    wrong = with_cell(SETTLEMENT[:2], 1, 6, "待定")
    found = checked(text(wrong, "gb18030"))
    assert codes_of(found.findings) == ["amount_unreadable"]
    assert (found.rows.num_rows, found.rejected) == (1, 1)
    assert rows_of(found, "item_id") == [("electricity",)]


def test_two_accounts_of_one_village_are_two_units() -> None:
    village = "河顺镇柳泉村"
    lines = [["0001", village, "201806", *PAID], ["0002", village, "201806", *PAID]]
    found = checked(text([SETTLED, *lines], "gb18030"))
    assert found.findings == []
    assert len(set(rows_of(found, "project_id"))) == 2
