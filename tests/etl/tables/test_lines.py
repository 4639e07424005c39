"""Which amounts become rows, and which are held back or asked about?"""

from decimal import Decimal
from typing import Any

import pytest

from etl.check import Checked
from etl.tables.lines import SCHEMA, Output
from tests.making import checked, ledger, xlsx


def one(cell: Any, unit: str = "单位：元") -> Checked:
    """Check a ledger of one village and one amount."""
    return checked(xlsx(ledger([["柳泉", cell]], ["村名", "光伏"], unit=unit)))


@pytest.mark.parametrize(
    ("cell", "unit", "yuan"),
    [
        (1.23456, "单位：万元", "12345.60"),
        (0.1 + 0.2, "单位：元", "0.30"),
        (1234.565, "单位：元", "1234.57"),
        ("无", "单位：万元", "0.00"),
        (50_000_000, "单位：元", "50000000.00"),
        ("12345678.91", "单位：元", "12345678.91"),
    ],
)
def test_money_is_exact(cell: Any, unit: str, yuan: str) -> None:
    result = one(cell, unit)
    assert result.rows["amount_received_yuan"].to_pylist() == [Decimal(yuan)]
    assert result.findings == []


@pytest.mark.parametrize(
    ("cell", "unit", "code", "words"),
    [
        (50_000_000.01, "单位：元", "amount_too_large", "5,000"),
        (6_000, "单位：万元", "amount_too_large", "6,000 万元"),
        (-6_000, "单位：万元", "amount_too_large", "元还是万元"),
        ("约3", "单位：元", "amount_unreadable", "请只填数字"),
        (True, "单位：元", "amount_unreadable", "请只填数字"),
        ("#REF!", "单位：元", "amount_unreadable", "公式出错"),
    ],
)
def test_an_amount_that_cannot_be_right_is_held_back(
    cell: Any, unit: str, code: str, words: str
) -> None:
    result = one(cell, unit)
    [finding] = result.findings
    assert (finding.code, finding.cell, finding.is_error) == (code, "B4", True)
    assert words in finding.message
    assert (result.rows.num_rows, result.rejected) == (0, 1)


def test_a_negative_amount_is_taken_off_and_asked_about() -> None:
    result = one(-30)
    [finding] = result.findings
    assert (finding.code, finding.is_error) == ("amount_negative", False)
    assert result.rows["amount_received_yuan"].to_pylist() == [Decimal("-30.00")]


def test_no_rows_still_have_the_columns() -> None:
    assert Output().rows().schema == SCHEMA
    assert one("—").rows.schema == SCHEMA
