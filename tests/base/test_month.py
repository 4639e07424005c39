"""Which days does a month have, and which months lie between two days?"""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.month import add_months, first_day, last_day, month_ends

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2018, 2, 1), date(2018, 2, 28)),
        (date(2016, 2, 29), date(2016, 2, 29)),
        (date(2018, 12, 5), date(2018, 12, 31)),
        (date(2018, 4, 30), date(2018, 4, 30)),
    ],
)
def test_months_end_where_they_end(day: date, last: date) -> None:
    assert last_day(day) == last
    assert first_day(last) == day.replace(day=1)


@pytest.mark.parametrize(
    ("day", "months", "there"),
    [
        (date(2018, 1, 31), -1, date(2017, 12, 1)),
        (date(2018, 1, 31), 1, date(2018, 2, 1)),
        (date(2018, 12, 31), 1, date(2019, 1, 1)),
        (date(2018, 6, 15), 0, date(2018, 6, 1)),
        (date(2018, 6, 15), -18, date(2016, 12, 1)),
    ],
)
def test_months_away(day: date, months: int, there: date) -> None:
    assert add_months(day, months) == there


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2018, 1, 1), date(2018, 12, 31), 12),
        (date(2018, 1, 1), date(2018, 1, 30), 0),
        (date(2018, 1, 1), date(2018, 1, 31), 1),
        (date(2018, 1, 31), date(2018, 3, 30), 2),
        (date(2018, 3, 1), date(2018, 2, 1), 0),
    ],
)
def test_only_months_that_ended_are_listed(first: date, last: date, count: int) -> None:
    assert len(month_ends(first, last)) == count


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(0, 400))
def test_month_ends_are_the_days_before_a_first(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    days = [first_day(first) + timedelta(days=n) for n in range(length + 31)]
    ends = [day for day in days if (day + timedelta(days=1)).day == 1 and day <= last]
    assert month_ends(first, last) == ends


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(-300, 300))
def test_there_and_back(day: date, months: int) -> None:
    assert add_months(add_months(day, months), -months) == first_day(day)
    assert last_day(day) + timedelta(days=1) == add_months(day, 1)
