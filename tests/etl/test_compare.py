"""Is a sender told where another paper says something else of the same income?"""

from decimal import Decimal

import pytest

from etl.door import Loaded, load_file
from store import Store
from tests.etl.statements.grids import JOINT, SHARES
from tests.making import BY, NOW, Grid, codes_of, ledger, load, text, xlsx

SETTLED = ["户名", "结算月份", "应付电费（元）", "实付电费（元）"]
SETTLED += ["应付补贴（元）", "实付补贴（元）"]


def settlement(electricity: str, subsidy: str) -> bytes:
    line = ["河顺镇柳泉村", "201806", electricity, electricity, subsidy, subsidy]
    return text([SETTLED, line], "gb18030")


def taken(store: Store, content: bytes) -> Loaded:
    return load_file(store, content, "表", BY, NOW)


def solar(yuan: object, heading: str = "光伏") -> Grid:
    return ledger([["柳泉", yuan]], ["村名", heading])


@pytest.mark.parametrize(
    ("ledger_yuan", "codes"),
    [(1000, []), (1060.50, []), (1062, ["statements_differ"]), ("", [])],
)
def test_a_settlement_is_compared_with_the_ledger(
    store: Store, ledger_yuan: object, codes: list[str]
) -> None:
    load(store, solar(ledger_yuan))
    found = taken(store, settlement("600", "400"))
    assert codes_of(found.checked.findings) == codes
    assert found.submission and found.submission.state == "accepted"


def test_the_ledger_is_compared_as_well_and_told_which_counts(store: Store) -> None:
    taken(store, settlement("600", "400"))
    [finding] = taken(store, xlsx(solar(500))).checked.findings
    assert (finding.code, finding.sheet, finding.cell) == (
        "statements_differ",
        "Sheet1",
        "B4",
    )
    assert "这里 500 元，那里 1,000 元" in finding.message
    assert "以电网结算单为准" in finding.message


def test_what_one_of_them_does_not_state_is_not_compared(store: Store) -> None:
    energy: Grid = [
        ["电站名称", "统计月份", "上网电量(度)"],
        ["河顺镇柳泉村光伏电站", "2018年6月", 10000],
    ]
    load(store, energy)
    assert taken(store, xlsx(solar(1000))).checked.findings == []
    # 8,500 yuan by the energy, 1,000 by the settlement
    [finding] = taken(store, settlement("600", "400")).checked.findings
    assert "8,500 元" in finding.message


def test_the_same_paper_again_is_a_correction_and_no_difference(store: Store) -> None:
    load(store, solar(500))
    assert taken(store, xlsx(solar(900))).checked.findings == []


def test_income_of_a_project_without_shares_waits_for_them(store: Store) -> None:
    [finding] = taken(store, xlsx(JOINT)).checked.findings
    assert (finding.code, finding.found) == ("shares_missing", "L01")
    load(store, SHARES)
    again = [*JOINT[:3], [*JOINT[3][:6], Decimal("99")]]
    assert taken(store, xlsx(again)).checked.findings == []
