"""Which days does a text or a number mean: 2018年6月, 201806, 2018.6, 上半年, 全年?"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime

from etl.reading.text import fold
from etl.reading.workbook import Value

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
    _YEAR + r"[-/.年](?P<month>0?[1-9]|1[0-2])[-/.月](?P<day>0?[1-9]|[12]\d|3[01])日?"
    r"(?:\d\d:\d\d(?::\d\d)?)?$"
)
# A day in a title is when the paper was written, not what it is about.
_FULL_DATE = re.compile(
    r"(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日?|(?P<sign>[-/.])\d{1,2}(?P=sign)\d{1,2})"
)
# A bare 2018年 in a title may be a year so far: only these words say a whole year.
_YEARLY = re.compile(_YEAR + r"年(?:度|全年|1-12月)")
_SOME_YEAR = re.compile(r"(?<!\d)([1-9]\d{3})年")
# What stands in a cell for a month is a year even without the sign for it.
_YEAR_OF_CELL = re.compile(r"([1-3]\d{3})(?:(?:年度?|[-/.]).*|(?:0[1-9]|1[0-2])?)")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_TEN, _SIGNS = "十", "年月"
_YEAR_IN_CHARACTERS = re.compile(r"[一二][〇零○一二三四五六七八九]{3}(?=年)")
_MONTH_IN_CHARACTERS = re.compile(
    r"(?<![一二三四五六七八九十])(十[一二]?|[一二三四五六七八九])(?=月)"
)
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


class OddYear(ValueError):
    """A year of which no ledger can be: 2108 or 1918, for 2018."""


def months(year: int, first: int, last: int) -> Period:
    """Return the period from one month of a year to another.

    Raises:
        OddYear: when the year is out of bounds.
        ValueError: when the months are not in order.
    """
    if not _is_within(year):
        raise OddYear(year)
    if not 1 <= first <= last <= 12:
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
        OddYear: when its year is out of bounds.
        ValueError: when it means no period.
    """
    if isinstance(value, (datetime, date)):
        return months(value.year, value.month, value.month)
    is_fraction = isinstance(value, float) and not value.is_integer()
    text = _read(f"{value:.10g}" if isinstance(value, float) else str(value))
    if (is_fraction or is_text_only) and re.fullmatch(r"20\d\d\.1", text):
        raise AmbiguousPeriod(text)
    found = find_period(text, is_whole=True)
    if found is None:
        match = _YEAR_OF_CELL.fullmatch(text)
        raise (
            OddYear(text)
            if match and not _is_within(int(match[1]))
            else ValueError(text)
        )
    return found


def _is_within(year: int) -> bool:
    return _FIRST_YEAR <= year <= _LAST_YEAR


def _read(text: str) -> str:
    """Return a folded text with its years and months in digits: 二〇一八年六月."""
    folded = fold(text)
    if not any(sign in folded for sign in _SIGNS):
        return folded
    folded = _YEAR_IN_CHARACTERS.sub(lambda year: year[0].translate(_DIGITS), folded)
    return _MONTH_IN_CHARACTERS.sub(_month_in_digits, folded)


def _month_in_digits(month: re.Match[str]) -> str:
    if month[0].startswith(_TEN):
        return str(10 + int(month[0][1:].translate(_DIGITS) or 0))
    return month[0].translate(_DIGITS)


def find_period(text: str, is_whole: bool = False) -> Period | None:
    """Find the period that a text names, or None.

    Args:
        text: a cell, a title, the name of a sheet or a file.
        is_whole: whether the text must be nothing but the period.
    """
    folded = _read(text)
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
    if "day" in found:
        # 30 February is a slip of the pen; of which month, only the writer knows
        date(year, int(found["month"]), int(found["day"]))
    if "month" in found:
        return months(year, int(found["month"]), int(found["month"]))
    return months(year, 1, 12)


def find_year(text: str) -> int | None:
    """Find the one year that a text names (2018年), or None."""
    years = {year for year in _years(text) if _is_within(year)}
    return years.pop() if len(years) == 1 else None


def find_odd_year(text: str) -> int | None:
    """Find a year that a text names and of which no ledger can be (2108年), or None."""
    return next((year for year in _years(text) if not _is_within(year)), None)


def _years(text: str) -> list[int]:
    return [int(year) for year in _SOME_YEAR.findall(_read(text))]


def bare_month(value: Value) -> int | None:
    """Return the number of a month named without a year (6月), or None."""
    match = _BARE_MONTH.fullmatch(_read(str(value)))
    return int(match["month"]) if match else None
