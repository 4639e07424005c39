"""Which progress meeting was held in the demonstration, a month before its day?"""

from datetime import datetime, time

from base.formats import month
from base.month import add_months
from base.settings import settings
from base.viewer import operator
from base.words import _
from office.meetings import Plan, call, freeze
from store import Store

_OPENS = time(9)


def meeting_time(now: datetime) -> datetime:
    """Return when the meeting was held: on the same day of the month before."""
    day = add_months(now.date(), -1).replace(day=now.day)
    return datetime.combine(day, _OPENS)


def hold_one(store: Store, at: datetime) -> bool:
    """Hold a meeting on what has come in so far; one that is there already stays.

    Args:
        store: of a demonstration that stands at that time.
        at: when it is held.

    Returns:
        Whether it is new.
    """
    if store.value("select count(*) from ops.meeting_step"):
        return False
    by = operator(_("演示·市专班"))
    title = _("{month}“369”推进会", month=month(at.date()))
    agenda = _("通报清零进度\n未清零村逐一说明\n议定督办事项")
    number = call(store, by, Plan(settings().city, title, at.date(), agenda), at)
    freeze(store, by, number, at)
    return True
