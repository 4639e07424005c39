"""How do people here write money, shares, months and days?"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from base.money import WAN
from base.settings import settings
from base.words import _, mark

_MONTHS = (
    mark("1月"),
    mark("2月"),
    mark("3月"),
    mark("4月"),
    mark("5月"),
    mark("6月"),
    mark("7月"),
    mark("8月"),
    mark("9月"),
    mark("10月"),
    mark("11月"),
    mark("12月"),
)


def yuan(amount: Decimal | None) -> str:
    """Write yuan with separators, to the fen where there is one: 12,345.60 元."""
    if amount is None:
        return _("未知")
    text = f"{amount:,.2f}" if amount % 1 else f"{amount:,.0f}"
    return _("{amount} 元", amount=text)


def wan(amount: Decimal | None) -> str:
    """Write yuan in ten thousands: 1.23 万元; below one of them in yuan.

    Two places are shown, and more only where rounding would make 49,995 yuan 5 万元;
    six places are fen, so that 49,999.99 yuan is not 5 万元 either. English does not
    count in ten thousands and says yuan.
    """
    if amount is None:
        return _("未知")
    if 0 < abs(amount) < WAN or settings().language == "en":
        return yuan(amount)
    places = 2
    while places < 6 and amount % WAN != 0 and round(amount / WAN, places) % 1 == 0:
        places += 1
    text = f"{amount / WAN:,.{places}f}".rstrip("0").rstrip(".")
    return _("{amount} 万元", amount=text)


def share(part: int, whole: int) -> str:
    """Write a share in whole per cent; never 100 % or 0 % unless it is just that."""
    if whole == 0:
        return "–"
    per_cent = min(max(round(100 * part / whole), 1), 99)
    if part == whole:
        per_cent = 100
    elif part == 0:
        per_cent = 0
    return f"{per_cent}%"


def month(day: date) -> str:
    """Write a month: 2018年6月."""
    return _("{year}年{month}月", year=day.year, month=day.month)


def month_name(number: int) -> str:
    """Write a month without its year: 6月."""
    return _(_MONTHS[number - 1])


def full_date(day: date) -> str:
    """Write a day: 2018年6月30日."""
    return _("{year}年{month}月{day}日", year=day.year, month=day.month, day=day.day)


def period(start: date, end: date) -> str:
    """Write a period: a month, a whole year (全年) or from month to month."""
    if (start.year, start.month) == (end.year, end.month):
        return month(start)
    if (start.month, end.month) == (1, 12) and start.year == end.year:
        return _("{year}年全年", year=start.year)
    return _("{start}至{end}", start=month(start), end=month(end))


def listed(names: Iterable[str]) -> str:
    """Write names one after another: 合涧镇、临淇镇."""
    return _("、").join(names)


def owner_of(name: str, organisation: str) -> str:
    """Return how an owner is written: 张某某（市水利局）, or either alone."""
    if name and organisation and name != organisation:
        return _("{name}（{of}）", name=name, of=organisation)
    return name or organisation
