"""What is to be done, by whom and by when, and who is late?"""

import pandas as pd

from base.action import WORDS
from base.words import _, mark
from charts.palette import action_word
from queries.actions_asked import ask_actions
from queries.table import Asked, Column, Table
from reports.tables.villages import TOWNSHIP, VILLAGE

# What the address may say of states: those to be done, those late, one, or all.
UNDONE, OVERDUE, ALL = "undone", "overdue", "all"
OWNER = Column("owner_name", mark("责任人"))
ORGANISATION = Column("owner_organisation", mark("责任单位"))


def fitting_actions(actions: pd.DataFrame, owner: str, state: str) -> pd.DataFrame:
    """Return the actions of an owner in a state; empty words narrow nothing.

    Args:
        actions: as `queries/actions/list.sql` returns them.
        owner: a name or an organisation.
        state: `undone`, `overdue` or a state of `base.action`.
    """
    fits = pd.Series(True, index=actions.index)
    if owner:
        fits &= (actions["owner_name"] == owner) | (
            actions["owner_organisation"] == owner
        )
    if state == UNDONE:
        fits &= actions["is_undone"].astype(bool)
    elif state == OVERDUE:
        fits &= actions["is_overdue"].astype(bool)
    elif state in WORDS:
        fits &= actions["state"] == state
    return actions[fits]


def _late(days: float) -> str:
    return _("{days} 天", days=int(days)) if days > 0 else ""


def _actions(asked: Asked) -> pd.DataFrame:
    found = ask_actions("actions/list", asked.store, asked.viewer, asked.moment)
    today = pd.Timestamp(asked.moment.today)
    late = (today - pd.to_datetime(found["due_date"])).dt.days
    found = found.assign(days_late=late.where(found["is_overdue"].astype(bool)))
    return fitting_actions(
        found, asked.said.get("owner", ""), asked.said.get("state", "")
    )


def _owners(asked: Asked) -> pd.DataFrame:
    return ask_actions("actions/owners", asked.store, asked.viewer, asked.moment)


TABLES = (
    Table(
        "actions",
        mark("督办事项"),
        (
            Column("state", mark("状态"), words=action_word),
            TOWNSHIP,
            VILLAGE,
            Column("what", mark("办什么")),
            OWNER,
            ORGANISATION,
            Column("due_date", mark("办结期限"), "day"),
            Column("days_late", mark("逾期"), words=_late),
            Column("note", mark("最近办理情况")),
            Column("changed_at", mark("最近办理"), "day"),
        ),
        _actions,
    ),
    Table(
        "action-owners",
        mark("各责任人督办事项"),
        (
            ORGANISATION,
            OWNER,
            Column("undone_count", mark("未办结"), "count"),
            Column("overdue_count", mark("逾期"), "count"),
            Column("done_count", mark("已办待销号"), "count"),
            Column("closed_count", mark("已销号"), "count"),
            Column("first_due_date", mark("最早期限"), "day"),
        ),
        _owners,
    ),
)
