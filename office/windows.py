"""When is a month due, who has longer, and which month takes no more reports?

A decision is never overwritten: the latest one on a month and a place holds, and of the
places that hold a village the smallest.
"""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

import queries
from base.errors import ShownError
from base.formats import full_date, month
from base.month import last_day
from base.place import level_of, prefix_of
from base.roles import WINDOWS
from base.settings import settings
from base.viewer import Viewer
from base.words import _
from queries import version_at
from store import Store
from store.decisions import decide

_SMALLER = ("township", "village")


@dataclass(frozen=True)
class Window:
    """What was decided on a month in a place; no day where the usual one holds."""

    due_date: date | None = None
    is_locked: bool = False


def set_due(
    store: Store,
    by: Viewer,
    period_end: date,
    due_date: date,
    at: datetime,
    place_code: str = "",
    reason: str = "",
) -> None:
    """Set the day by which a month is due, in the city or in a part of it.

    An earlier decision on a smaller place that the new day overtakes is taken back:
    nobody is late before the others are.

    Args:
        store: where.
        by: who decides.
        period_end: the last day of the month.
        due_date: the last day on which a report is on time.
        at: when it is decided, local time in China.
        place_code: the place; the city where none is named.
        reason: why; a township or a village needs one.

    Raises:
        ShownError: when the viewer may not, the month is locked, a day is wrong, or
            a reason lacks.
    """
    place = place_code or settings().city
    if level_of(place) in _SMALLER:
        _needs(reason)
    with store.writing():
        _checked(store, by, period_end, place, at)
        _after(due_date, period_end)
        for overtaken in _overtaken(store, by, period_end, place, due_date, at):
            _decide(store, by, period_end, overtaken, Window(), reason, at)
        _decide(store, by, period_end, place, Window(due_date), reason, at)


def extend(
    store: Store,
    by: Viewer,
    period_end: date,
    due_date: date,
    place_code: str,
    reason: str,
    at: datetime,
) -> None:
    """Give a township or a village longer for a month.

    Args:
        store: where.
        by: who decides.
        period_end: the last day of the month.
        due_date: the new last day; later than the one that holds there now.
        place_code: of the township or village.
        reason: why.
        at: when it is decided, local time in China.

    Raises:
        ShownError: when the viewer may not, the month is locked, the day is no later
            than the one that holds, the place is neither, or no reason is given.
    """
    with store.writing():
        if level_of(place_code) not in _SMALLER:
            raise ShownError(_("延期要写明给哪个镇（街）或哪个村。"))
        _needs(reason)
        _checked(store, by, period_end, place_code, at)
        _after(due_date, period_end)
        held = due_day(store, by, period_end, place_code, at)
        if held is not None and due_date <= held:
            raise ShownError(
                _("延期应晚于现在的截止日（{day}）。", day=full_date(held))
            )
        _decide(store, by, period_end, place_code, Window(due_date), reason, at)


def take_back(
    store: Store,
    by: Viewer,
    period_end: date,
    place_code: str,
    reason: str,
    at: datetime,
) -> None:
    """Take the own due day of a place back; the day of the place around it holds.

    Raises:
        ShownError: when the viewer may not, the month is locked, no reason is given,
            or the place has no day of its own.
    """
    with store.writing():
        _needs(reason)
        _checked(store, by, period_end, place_code, at)
        if holding(store, by, period_end, place_code, at).due_date is None:
            raise ShownError(_("这里没有另定的截止日。"))
        _decide(store, by, period_end, place_code, Window(), reason, at)


def lock(
    store: Store,
    by: Viewer,
    period_end: date,
    at: datetime,
    reason: str = "",
    place_code: str = "",
) -> None:
    """Close a month for the whole: nobody but the office sends for it any more.

    Args:
        store: where.
        by: who decides.
        period_end: the last day of the month.
        at: when it is decided, local time in China.
        reason: why.
        place_code: the whole; the city where none is named.

    Raises:
        ShownError: when the viewer may not, the month has not ended or is locked.
    """
    place = place_code or settings().city
    with store.writing():
        _checked(store, by, period_end, place, at)
        if period_end >= at.date():
            raise ShownError(
                _("{month}还没有结束，不能锁定。", month=month(period_end))
            )
        held = holding(store, by, period_end, place, at)
        _decide(store, by, period_end, place, Window(held.due_date, True), reason, at)


def unlock(
    store: Store,
    by: Viewer,
    period_end: date,
    at: datetime,
    reason: str,
    place_code: str = "",
) -> None:
    """Open a locked month again, with a reason; its due day stays.

    Args:
        store: where.
        by: who decides.
        period_end: the last day of the month.
        at: when it is decided, local time in China.
        reason: why.
        place_code: the whole; the city where none is named.

    Raises:
        ShownError: when the viewer may not, no reason is given, or it is not locked.
    """
    place = place_code or settings().city
    with store.writing():
        _needs(reason)
        _allowed(by, period_end, place)
        held = holding(store, by, period_end, place, at)
        if not held.is_locked:
            raise ShownError(_("{month}没有锁定。", month=month(period_end)))
        _decide(store, by, period_end, place, Window(held.due_date), reason, at)


def holding(
    store: Store, by: Viewer, period_end: date, place_code: str, at: datetime
) -> Window:
    """Return the decision on a month in just this place that holds."""
    return _around(store, by, period_end, place_code, at).get(
        len(prefix_of(place_code)), Window()
    )


def due_day(
    store: Store, by: Viewer, period_end: date, place_code: str, at: datetime
) -> date | None:
    """Return the day by which a place's ledger of a month is due.

    None where nobody said so and no ledger is owed.
    """
    around = _around(store, by, period_end, place_code, at)
    for digits in sorted(around, reverse=True):
        if around[digits].due_date is not None:
            return around[digits].due_date
    months = queries.run(
        "reporting/windows",
        by,
        store,
        as_of_date=period_end,
        version_no=version_at(store, by, at),
        known_at=at,
    )
    usual = months[months["period_end"] == period_end]["usual_due_date"].dropna()
    return None if usual.empty else usual.iloc[0]


def _around(
    store: Store, by: Viewer, period_end: date, place_code: str, at: datetime
) -> dict[int, Window]:
    """Return what holds in a place and around it, by the digits of the codes."""
    found = queries.run(
        "reporting/holding",
        by,
        store,
        place_code=prefix_of(place_code),
        period_end=period_end,
        known_at=at,
    )
    return {
        int(row.digits): Window(
            None if pd.isna(row.due_date) else row.due_date, bool(row.is_locked)
        )
        for row in found.itertuples()
    }


def _overtaken(
    store: Store,
    by: Viewer,
    period_end: date,
    place_code: str,
    due_date: date,
    at: datetime,
) -> list[str]:
    """Return the places inside whose own day is earlier than a new one."""
    found = queries.run(
        "reporting/decisions",
        by.within(place_code),
        store,
        as_of_date=period_end,
        known_at=at,
    )
    return [
        str(row.place_code)
        for row in found.itertuples()
        if row.is_holding
        and row.period_end == period_end
        and row.place_code != prefix_of(place_code)
        and not pd.isna(row.due_date)
        and row.due_date < due_date
    ]


def _checked(
    store: Store, by: Viewer, period_end: date, place_code: str, at: datetime
) -> None:
    """Refuse what may not be decided, and any decision on a month that is locked."""
    _allowed(by, period_end, place_code)
    around = _around(store, by, period_end, place_code, at)
    if any(window.is_locked for window in around.values()):
        raise ShownError(
            _("{month}已锁定，请先解锁并写明原因。", month=month(period_end))
        )
    names = queries.run(
        "places/names",
        by.within(place_code),
        store,
        version_no=version_at(store, by, at),
    )
    if names.empty:
        raise ShownError(_("名录中没有「{code}」这个地方。", code=place_code))


def _allowed(by: Viewer, period_end: date, place_code: str) -> None:
    if not by.may(WINDOWS) or not by.scope.holds(place_code):
        raise ShownError(_("您的账号不能这样做。"))
    if period_end != last_day(period_end):
        raise ShownError(_("{day}不是一个月的最后一天。", day=full_date(period_end)))


def _after(due_date: date, period_end: date) -> None:
    if due_date <= period_end:
        raise ShownError(_("截止日应晚于{month}的最后一天。", month=month(period_end)))


def _needs(reason: str) -> None:
    if not reason.strip():
        raise ShownError(_("请写明原因。"))


def _decide(
    store: Store,
    by: Viewer,
    period_end: date,
    place_code: str,
    window: Window,
    reason: str,
    at: datetime,
) -> None:
    decide(
        store,
        {
            "kind": "window",
            **by.signed(),
            "period_end": period_end,
            "place_code": prefix_of(place_code),
            "due_date": window.due_date,
            "is_locked": window.is_locked,
            "reason": reason.strip(),
        },
        at,
    )
