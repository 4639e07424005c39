"""Which months does the invented world live through, and how are spans called?"""

import calendar
from dataclasses import dataclass
from datetime import date

FIRST_YEAR, CLOSING_YEAR = 2014, 2018
YEARS = tuple(range(FIRST_YEAR, CLOSING_YEAR + 1))
COUNT = 12 * len(YEARS)


def at(year: int, month: int) -> int:
    """Return the place of a month in the world's arrays."""
    return 12 * (year - FIRST_YEAR) + month - 1


def day_of(place: int) -> date:
    """Return the first day of the month at a place."""
    return date(FIRST_YEAR + place // 12, place % 12 + 1, 1)


@dataclass(frozen=True, order=True)
class Span:
    """A run of months of one year: a month, a half year or a year."""

    year: int
    first: int
    last: int

    @property
    def places(self) -> slice:
        """Return where its months stand in the world's arrays."""
        return slice(at(self.year, self.first), at(self.year, self.last) + 1)

    @property
    def end(self) -> date:
        """Return its last day."""
        return date(self.year, self.last, calendar.monthrange(self.year, self.last)[1])

    @property
    def last_month(self) -> date:
        """Return the first day of its last month."""
        return date(self.year, self.last, 1)

    @property
    def text(self) -> str:
        """Return what papers call it: 2018年6月, 2018年上半年, 2018年度."""
        if self.first == self.last:
            return f"{self.year}年{self.last}月"
        if self.last - self.first == 11:
            return f"{self.year}年度"
        return f"{self.year}年{'上' if self.first == 1 else '下'}半年"


def monthly(year: int) -> list[Span]:
    """Return the twelve months of a year."""
    return [Span(year, month, month) for month in range(1, 13)]


def half_yearly(year: int) -> list[Span]:
    """Return the two halves of a year."""
    return [Span(year, 1, 6), Span(year, 7, 12)]


def yearly(year: int) -> list[Span]:
    """Return a year as one span."""
    return [Span(year, 1, 12)]
