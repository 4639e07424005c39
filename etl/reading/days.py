"""Which day does a cell mean: 2018-06-30, 2018年6月, 20180630, a date?"""

import re
from datetime import date, datetime

from base.month import last_day
from etl.reading.epoch import from_epoch
from etl.reading.periods import read_period
from etl.reading.text import fold
from etl.reading.workbook import Value

_DAY = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
    r"|(?P<m>\d\d)(?P<d>\d\d))(?:\d\d:\d\d(?::\d\d)?)?"
)
_NOTHING = ("", "-", "—", "/", "无", "至今", "长期")
_UNTIL = re.compile("[至到~～—–]+|(?<=[日月])-")
_BEFORE = "前"
_DAY_SIGN = re.compile("[日号]$")
_SEVERAL = re.compile(r"[、,;，；和/及]")
_YEARLY = re.compile(r"(?:每年)?(?P<month>1[0-2]|0?[1-9])(?:月|-)(?P<rest>.*)")
_MONTH_END = ("", "底", "底前", "末", "末前", "份", "份前", "前")
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def read_day(value: Value, is_last: bool = False) -> date | None:
    """Read a day.

    Args:
        value: the cell.
        is_last: whether a month or a year means its last day rather than its first.

    Returns:
        The day, or None where the cell states none.

    Raises:
        ValueError: when it means no day.
    """
    value = from_epoch(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = fold(str(value))
    if text in _NOTHING:
        return None
    match = _DAY.fullmatch(text)
    if match is not None:
        month, day = match["month"] or match["m"], match["day"] or match["d"]
        return date(int(match["year"]), int(month), int(day))
    period = read_period(value)
    return last_day(period.end) if is_last else period.start


def read_term(text: str) -> tuple[date | None, date | None]:
    """Read a term: 2016年1月至2025年12月, 2016.1.1-2025.12.31.

    Raises:
        ValueError: when its two days cannot be told.
    """
    folded = fold(text)
    parts = _UNTIL.split(folded)
    if len(parts) == 1 and folded.count("-") % 2 == 1:
        signs = folded.split("-")
        half = len(signs) // 2
        parts = ["-".join(signs[:half]), "-".join(signs[half:])]
    if len(parts) != 2:
        raise ValueError(text)
    return read_day(parts[0]), read_day(parts[1], is_last=True)


def read_due_days(text: str) -> str:
    """Read the days of each year on which something is due: 6月30日、12月底前.

    Returns:
        Month and day, in order: `06-30 12-31`; empty where none is stated.

    Raises:
        ValueError: when a part of it means no day.
    """
    folded = fold(text)
    if folded in _NOTHING:
        return ""
    found = sorted(map(_yearly_day, filter(None, _SEVERAL.split(folded))))
    return " ".join(f"{month:02}-{day:02}" for month, day in found)


def _yearly_day(text: str) -> tuple[int, int]:
    match = _YEARLY.fullmatch(text.removesuffix(_BEFORE))
    if match is None:
        raise ValueError(text)
    month = int(match["month"])
    rest = _DAY_SIGN.sub("", match["rest"])
    last = 28 if month == 2 else _MONTH_DAYS[month - 1]
    if rest in _MONTH_END:
        return month, last
    day = int(rest)
    if not 1 <= day <= _MONTH_DAYS[month - 1]:
        raise ValueError(text)
    return month, day
