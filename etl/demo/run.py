"""How does the invented demonstration come in? Through the same door as every file."""

from collections.abc import Callable
from datetime import date, datetime

import pandas as pd

from base.errors import ShownError
from base.month import add_months
from base.viewer import operator
from base.words import _
from etl.demo.actions import ask_for_some
from etl.demo.economy import invent
from etl.demo.meeting import hold_one, meeting_time
from etl.demo.months import CLOSING_YEAR, FIRST_YEAR
from etl.demo.papers.stream import Event, events, papers
from etl.demo.troubles import tell as tell_ledgers
from etl.demo.truth import write_truth
from etl.door import DEMO_NOW, DEMO_SCALE, is_demo, load_file, opened
from etl.published import TABLES
from etl.registry import registry
from store import Store
from store.about import about, set_about
from store.vault import sha256_of

TO_MONTH = date(2018, 10, 1)
# The registry is there a month before the first ledger.
_OPENED = datetime(FIRST_YEAR - 1, 12, 1, 8)
# The demonstration stands at a day on which the last month has been due for a week.
_CLOSING_DAY = 16


def load_demo(
    to_month: date, tell: Callable[[str], None], store: Store | None = None
) -> int:
    """Load the demonstration up to a month; what is there already stays.

    Args:
        to_month: first day of the last month with ledgers.
        tell: takes a line of progress now and then.
        store: where; default the installation's own.

    Returns:
        How many files were new.

    Raises:
        ShownError: when the store holds files that are no demonstration, or the
            invented world does not reach so far.
    """
    if not FIRST_YEAR <= to_month.year <= CLOSING_YEAR:
        raise ShownError(
            _(
                "演示数据只有 {first} 年到 {last} 年的月份。请改 --to-month。",
                first=FIRST_YEAR,
                last=CLOSING_YEAR,
            )
        )
    place = store or opened(at=_OPENED)
    now = demo_now(to_month)
    refuse_real_data(place)
    if about(place, DEMO_SCALE):
        raise ShownError(
            _("这里是省级演示，不能再载入县级演示。请换一个 VILLAGE_VAR 文件夹。")
        )
    if about(place, DEMO_NOW) != now.isoformat():
        set_about(place, DEMO_NOW, now.isoformat(), now)
    economy = invent(pd.DataFrame([vars(v) for v in registry().villages.values()]))
    write_truth(economy, to_month, place.folder)
    sent = papers(economy, tell_ledgers(economy))
    states = _states(place)
    new = 0
    held_at = meeting_time(now)
    is_held = False
    for number, event in enumerate(events(sent, now), 1):
        if event.at > held_at and not is_held:
            is_held = True
            hold_one(place, held_at)
        new += _take_in(place, event, states)
        if number % 100 == 0:
            tell(_("已载入 {number} 个文件", number=number))
    ask_for_some(place, now)
    return new


def demo_now(to_month: date) -> datetime:
    """Return when a demonstration up to a month takes place."""
    day = add_months(to_month, 1).replace(day=_CLOSING_DAY)
    return datetime.combine(day, datetime.min.time()).replace(hour=9)


def _states(store: Store) -> dict[str, str]:
    """Return the state of each file that is there, by the hash of its bytes."""
    frame = store.frame(
        "select sha256, state from ops.submission "
        "where state in ('submitted', 'accepted')",
        {},
    )
    return dict(zip(frame["sha256"], frame["state"], strict=True))


def _take_in(store: Store, event: Event, states: dict[str, str]) -> bool:
    """Take a paper in, or up again; tell whether it was new."""
    paper = event.paper
    content = paper.make()
    earlier = states.get(sha256_of(content))
    if earlier is None or (event.is_accepted and earlier == "submitted"):
        loaded = load_file(
            store,
            content,
            paper.file_name,
            operator(_("演示·{sender}", sender=paper.sender)),
            event.at,
            is_accepted=event.is_accepted,
        )
        if loaded.submission is not None:
            states[loaded.checked.sha256] = loaded.submission.state
    return earlier is None


def refuse_real_data(store: Store) -> None:
    """Refuse a folder with data that are not invented.

    Raises:
        ShownError: when there are any.
    """
    count = store.value(
        "select count(*) from ops.submission "
        "where not list_contains($nobody_sends, statement)",
        {"nobody_sends": list(TABLES)},
    )
    people = store.value(
        "select count(*) from ops.account where not starts_with(login_name, 'demo.')"
    )
    if (count or people) and not is_demo(store):
        raise ShownError(
            _("这里已有真实数据，不能载入演示数据。请换一个 VILLAGE_VAR 文件夹。")
        )
