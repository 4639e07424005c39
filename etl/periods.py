"""Which days does a text or a number mean: 2018年6月, 201806, 2018.6, 上半年, 全年?"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime

from etl.text import fold
from etl.workbook import Value

_FIRST_YEAR, _LAST_YEAR = 1990, 2099
_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d\d)"
_PARTS = {
    "上半年": (1, 6),
    "下半年": (7, 12),
    "一季度": (1, 3),
    "二季度": (4, 6),
    "三季度": (7, 9),
    "四季度": (10, 12),
    "1季度": (1, 3),
    "2季度": (4, 6),
    "3季度": (7, 9),
    "4季度": (10, 12),
}
_TO, _LAST_YEAR_SAID = "[-–~至到—]+", r"(?P<last_year>(?:19|20)\d\d)"
_SPAN = re.compile(
    _YEAR + rf"(?:年度?|\.)(?P<first>\d{{1,2}})(?:月份?)?{_TO}"
    rf"(?:{_LAST_YEAR_SAID}[年.])?(?P<last>\d{{1,2}})(?:月份?|(?!\d))"
)
_COMPACT_SPAN = re.compile(
    _YEAR + rf"(?P<first>0[1-9]|1[0-2]){_TO}{_LAST_YEAR_SAID}?"
    r"(?P<last>0[1-9]|1[0-2])(?!\d)"
)
_MONTH = re.compile(_YEAR + r"(?:年度?|[-/.])(?P<month>0?[1-9]|1[0-2])(?:月份?)?(?!\d)")
_PART = re.compile(_YEAR + r"年?度?第?(?P<part>" + "|".join(_PARTS) + ")")
_COMPACT = re.compile(_YEAR + r"(?P<month>0[1-9]|1[0-2])(?!\d)")
_WHOLE = re.compile(_YEAR + r"(?:年度?|全年|年全年)?$")
_DAY = re.compile(
    _YEAR + r"[-/.年](?P<month>0?[1-9]|1[0-2])[-/.月](?:0?[1-9]|[12]\d|3[01])日?"
    r"(?:\d\d:\d\d(?::\d\d)?)?$"
)
# A day in a title is when the paper was written, not what it is about.
_FULL_DATE = re.compile(
    r"(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日?|(?P<sign>[-/.])\d{1,2}(?P=sign)\d{1,2})"
)
# A bare 2018年 in a title may be a year so far: only these words say a whole year.
_YEARLY = re.compile(_YEAR + r"年(?:度|全年|1-12月)")
_SOME_YEAR = re.compile(r"((?:19|20)\d\d)年")
_BARE_MONTH = re.compile(r"(?P<month>0?[1-9]|1[0-2])月份?$")


@dataclass(frozen=True, order=True)
class Period:
    """A span of days from the first of a month to the last of one."""

    start: date
    end: date

    @property
    def is_month(self) -> bool:
        """Tell whether it is a single month."""
        return (self.start.year, self.start.month) == (self.end.year, self.end.month)


class AmbiguousPeriod(ValueError):
    """Several periods fit: 2018.1 may be January, or October as Excel stored it."""


def months(year: int, first: int, last: int) -> Period:
    """Return the period from one month of a year to another.

    Raises:
        ValueError: when the months are not in order or the year is out of bounds.
    """
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= first <= last <= 12):
        raise ValueError(year, first, last)
    return Period(
        date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    )


def read_period(value: Value, is_text_only: bool = False) -> Period:
    """Read a period from a cell of its own.

    Args:
        value: the cell.
        is_text_only: whether numbers have become texts on the way (csv).

    Raises:
        AmbiguousPeriod: when it may mean January or October.
        ValueError: when it means no period.
    """
    if isinstance(value, (datetime, date)):
        return months(value.year, value.month, value.month)
    if isinstance(value, float) and not value.is_integer():
        return _from_number(f"{value:.10g}")
    text = fold(str(int(value) if isinstance(value, float) else value))
    if is_text_only and re.fullmatch(r"20\d\d\.1", text):
        raise AmbiguousPeriod(text)
    found = find_period(text, is_whole=True)
    if found is None:
        raise ValueError(text)
    return found


def _from_number(text: str) -> Period:
    match = re.fullmatch(_YEAR + r"\.(?P<month>\d{1,2})", text)
    if match is None:
        raise ValueError(text)
    if match["month"] == "1":
        raise AmbiguousPeriod(text)
    return months(int(match["year"]), int(match["month"]), int(match["month"]))


def find_period(text: str, is_whole: bool = False) -> Period | None:
    """Find the period that a text names, or None.

    Args:
        text: a cell, a title, the name of a sheet or a file.
        is_whole: whether the text must be nothing but the period.
    """
    folded = fold(text)
    patterns: tuple[re.Pattern[str], ...] = (
        _SPAN,
        _COMPACT_SPAN,
        _PART,
        _DAY,
        _MONTH,
        _COMPACT,
        _WHOLE,
    )
    if not is_whole:
        folded = _FULL_DATE.sub("", folded)
        patterns = (_SPAN, _COMPACT_SPAN, _PART, _MONTH, _COMPACT, _YEARLY)
    for pattern in patterns:
        match = pattern.fullmatch(folded) if is_whole else pattern.search(folded)
        if match is not None:
            try:
                return _from_match(match.groupdict())
            except ValueError:
                return None
    return None


def _from_match(found: dict[str, str]) -> Period:
    year = int(found["year"])
    if "part" in found:
        return months(year, *_PARTS[found["part"]])
    if "first" in found:
        last = int(found["last"])
        if found["last_year"] is None or int(found["last_year"]) == year:
            return months(year, int(found["first"]), last)
        first = months(year, int(found["first"]), 12)
        end = months(int(found["last_year"]), 1, last)
        if end.start < first.start:
            raise ValueError(found)
        return Period(first.start, end.end)
    if "month" in found:
        return months(year, int(found["month"]), int(found["month"]))
    return months(year, 1, 12)


def find_year(text: str) -> int | None:
    """Find the one year that a text names (2018年), or None."""
    years = {int(year) for year in _SOME_YEAR.findall(fold(text))}
    return years.pop() if len(years) == 1 else None


def bare_month(value: Value) -> int | None:
    """Return the number of a month named without a year (6月), or None."""
    match = _BARE_MONTH.fullmatch(fold(str(value)))
    return int(match["month"]) if match else None
