"""Which days does a period have? Months are written as their first day."""

import calendar
from datetime import date


def first_day(day: date) -> date:
    """Return the first day of the month of a day."""
    return day.replace(day=1)


def last_day(day: date) -> date:
    """Return the last day of the month of a day."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """Return the first day of the month that lies so many months away."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def month_ends(first: date, last: date) -> list[date]:
    """Return the last days of all months that end from `first` to `last`, in order."""
    ends = []
    month = first_day(first)
    while last_day(month) <= last:
        ends.append(last_day(month))
        month = add_months(month, 1)
    return ends
