"""What has been asked of some villages in the demonstration, and how far is it?"""

from datetime import datetime, timedelta

import queries
from base.action import CLOSED, DOING, DONE
from base.catalogue import catalogue
from base.clock import FixedClock
from base.viewer import Viewer, operator
from base.words import _
from office.actions import Task, begin, step
from queries import moment_now
from store import Store

_DAY = timedelta(days=1)
# How many days before now it was asked for, for how many days, and how far it is.
_PLAN: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (40, 20, ()),
    (38, 21, (DOING,)),
    (35, 30, (DOING, DONE)),
    (33, 20, (DOING, DONE, CLOSED)),
    (30, 14, (DONE, CLOSED)),
    (28, 20, (DOING,)),
    (21, 28, (DOING,)),
    (20, 35, ()),
    (16, 30, (DONE,)),
    (14, 40, (DOING,)),
    (9, 30, ()),
    (5, 21, ()),
)


def ask_for_some(store: Store, now: datetime) -> int:
    """Ask something of a dozen villages that remain; what is there already stays.

    Args:
        store: of a demonstration.
        now: its own day.

    Returns:
        How many actions are new.
    """
    if store.value("select count(*) from ops.action_step"):
        return 0
    by = operator(_("演示·市专班"))
    villages = _remaining(store, by, now)
    for (ago, days, states), row in zip(_PLAN, villages, strict=False):
        begun = now - ago * _DAY
        task = Task(
            row["village_code"],
            _("核对到账凭证，补报漏记的经营性收入"),
            row["holder_name"] if row["holder_name"] != row["organisation"] else "",
            row["organisation"],
            (begun + days * _DAY).date(),
            catalogue().headline().id,
            "demo",
        )
        number = begin(store, by, task, begun, _("演示数据"))
        for place, state in enumerate(states, 1):
            at = begun + place * (ago // (len(states) + 1)) * _DAY
            step(store, by, number, state, at, _("演示数据"))
    return min(len(_PLAN), len(villages))


def _remaining(store: Store, by: Viewer, now: datetime) -> list[dict[str, str]]:
    """Return remaining villages, a few of each township, with who looks after them."""
    moment = moment_now(store, by, FixedClock(now))
    found = queries.ask(
        "progress/villages",
        catalogue().headline(),
        by,
        store,
        moment,
        [(moment.as_of, moment.version_no)],
        before_date=None,
    )
    bearers = queries.run(
        "duties/bearers",
        by,
        store,
        version_no=moment.version_no,
        as_of_date=moment.as_of,
    )
    helping = bearers[bearers["duty_id"] == "department"]
    joined = found[found["standing"] == "remaining"].merge(helping, on="village_code")
    spread = joined.groupby("township_code", sort=True).head(1)
    return [
        {
            "village_code": str(row.village_code),
            "holder_name": str(row.holder_name),
            "organisation": str(row.organisation_name or row.holder_name),
        }
        for row in spread.itertuples()
    ]
