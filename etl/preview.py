"""What would change if the lines of a file were accepted now?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

import pandas as pd
import pyarrow as pa

from base.viewer import Viewer
from etl.sql import sql_of
from store import Store

NEW, CHANGED, UNCHANGED, WITHDRAWN = "new", "changed", "unchanged", "withdrawn"
STATES = (NEW, CHANGED, UNCHANGED, WITHDRAWN)
# Costs are shown line by line, and never added to income.
_INCOME = ("income", "project")


@dataclass(frozen=True)
class Sums:
    """Yuan that are stated before and after; None where no amount is stated at all."""

    before_yuan: Decimal | None
    after_yuan: Decimal | None

    @property
    def change_yuan(self) -> Decimal | None:
        """Return by how much what is stated grows; None where nothing is stated."""
        stated = (self.before_yuan, self.after_yuan)
        if stated == (None, None):
            return None
        # What is not stated adds nothing to a sum of what is.
        before, after = (amount or Decimal(0) for amount in stated)
        return after - before


@dataclass(frozen=True)
class Change:
    """How many parts of units are in a state, and what their income sums to."""

    count: int
    due: Sums
    received: Sums


@dataclass(frozen=True)
class Preview:
    """What a file would change; nothing outside the viewer's scope is in it.

    `parts` has a row per unit (village, source, statement, project, period), category
    and item: village_code, village_name, township_name, source_id, statement,
    project_id, period_start, period_end, line_kind, category, item_id,
    due_before_yuan, due_after_yuan, received_before_yuan, received_after_yuan, state
    and submission_no (of the value before). `rejected` counts rows held back.
    """

    parts: pd.DataFrame
    rejected: int

    @cached_property
    def changes(self) -> dict[str, Change]:
        """Return what happens to how many parts, by each of STATES."""
        return {
            state: _change(self.parts[self.parts["state"] == state]) for state in STATES
        }

    @cached_property
    def total(self) -> Change:
        """Return the same for all of them together."""
        return _change(self.parts)


def preview(
    store: Store, rows: pa.Table, viewer: Viewer, version_no: int, rejected: int = 0
) -> Preview:
    """Compare the lines of a file with what is accepted for the same units.

    Args:
        store: where.
        rows: the lines as read.
        viewer: who asks; lines outside the viewer's scope are left out.
        version_no: the number in force.
        rejected: how many rows of the file were not read.
    """
    given = {"scope": list(viewer.scope), "version_no": version_no}
    return Preview(store.frame(sql_of("preview"), given, {"rows_read": rows}), rejected)


def sent_later(store: Store, shown: Preview, sent_at: datetime) -> list[int]:
    """Return which submissions would be replaced, though they were sent later.

    Args:
        store: where.
        shown: what the file would change.
        sent_at: when the file was sent, local time in China.

    Returns:
        Submission numbers in the order of acceptance; empty where the file is newest.
    """
    numbers = [int(number) for number in shown.parts["submission_no"].dropna().unique()]
    if not numbers:
        return []
    found = store.frame(sql_of("sent_later"), {"numbers": numbers, "sent_at": sent_at})
    return [int(number) for number in found["submission_no"]]


def _change(parts: pd.DataFrame) -> Change:
    income = parts[parts["line_kind"].isin(_INCOME)]
    due, received = (
        Sums(*(_sum(income[f"{measure}_{side}_yuan"]) for side in ("before", "after")))
        for measure in ("due", "received")
    )
    return Change(len(parts), due, received)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    stated = [amount for amount in amounts if isinstance(amount, Decimal)]
    return sum(stated, Decimal(0)) if stated else None
