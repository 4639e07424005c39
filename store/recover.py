"""What was half done when the system fell? Finished or undone before anything new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from base.errors import ShownError
from base.words import _
from store.about import about, note_about
from store.publish import settle, undo
from store.submissions import note

if TYPE_CHECKING:
    from store.connect import Store


def recover(store: Store) -> None:
    """Bring the database in line with the journal, which decides.

    Raises:
        ShownError: when the journal tells of numbers that the database never had,
            as after copying back an old database: only a rebuild helps.
    """
    reserved = _numbers(store, "state = 'reserved'")
    known = _numbers(store, "true")
    noted = {
        row[0]
        for row in store.frame(
            "select submission_no from ops.submission", {}
        ).itertuples(index=False)
    }
    for entry in store.journal.entries():
        if entry["kind"] == "submitted":
            if entry["submission_no"] not in noted:
                note(store, entry)
        elif entry["kind"] == "about":
            if about(store, entry["key"]) is None:
                note_about(store, entry)
        elif entry["number"] in reserved:
            settle(store, entry)
            reserved.discard(entry["number"])
        elif entry["number"] not in known:
            message = _(
                "数据库比日志旧（缺第 {number} 号）。请运行：python -m etl rebuild"
            )
            raise ShownError(message.format(number=entry["number"]))
    for number in sorted(reserved):
        undo(store, number)


def _numbers(store: Store, condition: str) -> set[int]:
    frame = store.frame(
        f"select acceptance_no from ops.acceptance where {condition}", {}
    )
    return {int(number) for number in frame["acceptance_no"]}
