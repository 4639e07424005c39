"""How are money, shares, months and days written?"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.formats import full_date, month, period, share, wan, yuan

LINE = 50_000


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (None, "未知"),
        ("0", "0 元"),
        ("12345.6", "12,345.60 元"),
        ("12345.00", "12,345 元"),
        ("-1234.5", "-1,234.50 元"),
        ("1000000", "1,000,000 元"),
    ],
)
def test_yuan_are_written_to_the_fen_where_there_is_one(
    amount: str | None, text: str
) -> None:
    assert yuan(None if amount is None else Decimal(amount)) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (None, "未知"),
        ("0", "0 万元"),
        ("9999.99", "9,999.99 元"),
        ("-9999", "-9,999 元"),
        ("10000", "1 万元"),
        ("12345", "1.23 万元"),
        ("100000", "10 万元"),
        ("123456789", "12,345.68 万元"),
    ],
)
def test_wan_below_one_are_yuan(amount: str | None, text: str) -> None:
    assert wan(None if amount is None else Decimal(amount)) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("49994", "4.999 万元"),
        ("49995", "4.9995 万元"),
        ("49999.99", "4.999999 万元"),
        ("50000.00", "5 万元"),
        ("50000.01", "5.000001 万元"),
        ("-49999.99", "-4.999999 万元"),
    ],
)
def test_no_rounding_onto_the_line(amount: str, text: str) -> None:
    assert wan(Decimal(amount)) == text


@settings(max_examples=200, deadline=None)
@given(st.integers(10_000_00, 200_000_00))
def test_a_text_says_which_side_of_the_line(fen: int) -> None:
    amount = Decimal(fen) / 100
    said = Decimal(wan(amount).removesuffix(" 万元")) * 10_000
    assert (said >= LINE) == (amount >= LINE)
    assert (said == LINE) == (amount == LINE)
    assert abs(said - amount) <= 50


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 0, "–"),
        (0, 589, "0%"),
        (1, 589, "1%"),
        (588, 589, "99%"),
        (589, 589, "100%"),
        (297, 589, "50%"),
    ],
)
def test_a_share_is_all_or_nothing_only_when_it_is(
    part: int, whole: int, text: str
) -> None:
    assert share(part, whole) == text


def test_months_and_days() -> None:
    assert month(date(2018, 6, 30)) == "2018年6月"
    assert full_date(date(2018, 6, 3)) == "2018年6月3日"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2018, 6, 1), date(2018, 6, 30), "2018年6月"),
        (date(2018, 1, 1), date(2018, 12, 31), "2018年全年"),
        (date(2018, 1, 1), date(2018, 3, 31), "2018年1月至2018年3月"),
        (date(2017, 1, 1), date(2018, 12, 31), "2017年1月至2018年12月"),
        (date(2017, 6, 1), date(2018, 6, 30), "2017年6月至2018年6月"),
    ],
)
def test_a_period_is_a_month_a_year_or_a_span(
    start: date, end: date, text: str
) -> None:
    assert period(start, end) == text
