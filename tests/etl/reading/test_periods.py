"""Are months read as they are written, and asked for where two readings fit?"""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.formats import period as period_text
from base.month import last_day
from etl.reading.periods import (
    AmbiguousPeriod,
    OddYear,
    Period,
    bare_month,
    find_odd_year,
    find_period,
    find_year,
    months,
    read_period,
)
from etl.reading.workbook import Value

JUNE = months(2018, 6, 6)
HALF = months(2018, 1, 6)
YEAR = months(2018, 1, 12)


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("2018年6月", JUNE),
        ("2018年06月份", JUNE),
        ("２０１８年６月", JUNE),
        ("2018.6", JUNE),
        ("2018.06", JUNE),
        ("201806", JUNE),
        (201806, JUNE),
        (201806.0, JUNE),
        ("2018-06", JUNE),
        ("2018/6", JUNE),
        (2018.6, JUNE),
        (2018.06, JUNE),
        (2018.12, months(2018, 12, 12)),
        (datetime(2018, 6, 1), JUNE),
        (date(2018, 6, 30), JUNE),
        ("2018-06-15", JUNE),
        ("2018-06-01 00:00:00", JUNE),
        ("2018年6月30日", JUNE),
        ("2018.1", months(2018, 1, 1)),
        ("2018.10", months(2018, 10, 10)),
        ("2018年1-6月", HALF),
        ("2018年1月至2018年6月", HALF),
        ("2018年上半年", HALF),
        ("2018年第二季度", months(2018, 4, 6)),
        ("2018年度", YEAR),
        ("2018", YEAR),
        ("二〇一八年六月", JUNE),
        ("2018年六月份", JUNE),
        ("二零一八年十二月", months(2018, 12, 12)),
        ("2018年十月", months(2018, 10, 10)),
        ("二○一八年一月至六月", HALF),
    ],
)
def test_a_period_is_read_from_its_cell(cell: Value, period: Period) -> None:
    assert read_period(cell) == period


@pytest.mark.parametrize(("cell", "is_text_only"), [(2018.1, False), ("2018.1", True)])
def test_2018_1_is_january_or_october(cell: Value, is_text_only: bool) -> None:
    with pytest.raises(AmbiguousPeriod):
        read_period(cell, is_text_only)


@pytest.mark.parametrize(
    "cell", ["6月", "六月", "", "2018年13月", 2018.5555, 43252, "18.6"]
)
def test_what_is_no_period_is_refused(cell: Value) -> None:
    with pytest.raises(ValueError) as refusal:
        read_period(cell)
    assert refusal.type is ValueError


@pytest.mark.parametrize(
    "cell",
    [
        *("2108年6月", "2108.6", 2108.6, 210806, "1918年6月", "1918-06", 1918),
        *("1889年6月", "3018年度", datetime(1918, 6, 1), datetime(2108, 6, 1)),
    ],
)
def test_a_year_of_no_ledger_is_told_apart(cell: Value) -> None:
    with pytest.raises(OddYear):
        read_period(cell)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("林州市河顺镇2018年6月村级集体经济收入台账", JUNE),
        ("台账201806", JUNE),
        ("河顺镇2018.6台账(1)", JUNE),
        ("2018年1—6月台账", HALF),
        ("2018年度1-6月台账", HALF),
        ("2018年6月至8月", months(2018, 6, 8)),
        ("201801-201806", HALF),
        ("2018.1-6月", HALF),
        ("2017年12月至2018年2月", Period(date(2017, 12, 1), date(2018, 2, 28))),
        ("2018年2月至2017年12月", None),
        ("2018年度台账", YEAR),
        ("2018年台账", None),
        ("填报日期：2018年7月5日", None),
        ("2018-07-05", None),
        ("20180705", None),
        ("联系电话：0372-6201806", None),
    ],
)
def test_a_title_names_a_period_or_none(text: str, period: Period | None) -> None:
    assert find_period(text) == period


@settings(max_examples=60, deadline=None)
@given(
    year=st.integers(1990, 2099), first=st.integers(1, 12), length=st.integers(0, 11)
)
def test_what_this_house_writes_it_reads(year: int, first: int, length: int) -> None:
    period = months(year, first, min(first + length, 12))
    assert find_period(period_text(period.start, period.end)) == period


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2018年台账", 2018),
        ("二〇一八年台账", 2018),
        ("2018年比2017年", None),
        ("2018", None),
        ("1918年台账", None),
        ("", None),
    ],
)
def test_a_year_is_found_where_one_is_named(text: str, year: int | None) -> None:
    assert find_year(text) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("河顺镇2108年6月台账", 2108),
        ("1918年台账", 1918),
        ("2018年台账", None),
        ("410581年", None),
        ("电话62018", None),
    ],
)
def test_a_year_of_no_ledger_is_found_in_a_title(text: str, year: int | None) -> None:
    assert find_odd_year(text) == year


@pytest.mark.parametrize(
    ("text", "month"),
    [
        *[("6月", 6), ("06月份", 6), ("１２月", 12), ("13月", None)],
        *[("六月", 6), ("十一月份", 11), ("十三月", None), ("二十月", None)],
    ],
)
def test_a_month_without_a_year(text: str, month: int | None) -> None:
    assert bare_month(text) == month


@pytest.mark.parametrize(("first", "last"), [(0, 1), (7, 6), (1, 13)])
def test_months_out_of_order_are_no_period(first: int, last: int) -> None:
    with pytest.raises(ValueError, match="2018"):
        months(2018, first, last)


UNSEEN = st.sampled_from([" ", "\u3000", "\u200b", "\u2068", "\ufeff", "\n"])
SIGNS = st.text(
    st.sampled_from("0123456789年月日度上下半季第一二〇十-./至~ 18x"), max_size=14
)


@settings(deadline=None)
@given(st.integers(1990, 2099), st.integers(1, 12), UNSEEN, st.integers(0, 6))
def test_a_month_is_the_same_however_it_is_written(
    year: int, month: int, unseen: str, place: int
) -> None:
    said = months(year, month, month)
    full = f"{year}年{month}月"
    wide = full.translate({48 + n: 0xFF10 + n for n in range(10)})
    blank = full[:place] + unseen + full[place:]
    written = (full, wide, blank, f"{year}-{month:02}", f"{year}{month:02}")
    for one in (*written, f"{year}/{month}", said.start, said.end):
        assert read_period(one) == said


@settings(deadline=None)
@given(SIGNS | st.text(max_size=20) | st.floats() | st.integers())
def test_whatever_a_cell_says_is_a_span_of_months_or_told(cell: Value) -> None:
    try:
        period = read_period(cell)
    except ValueError:
        return
    assert period.start.day == 1
    assert period.start < period.end == last_day(period.end)
    assert 1990 <= period.start.year <= period.end.year <= 2099


@pytest.mark.parametrize("cell", ["2018-02-30", "2018年6月31日", "2019/2/29"])
def test_a_day_that_no_month_has_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="20|day"):
        read_period(cell)
