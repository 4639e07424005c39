"""What was half done when the system fell? Finished or undone before anything new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from base.errors import ShownError
from base.words import _
from store.audit import audit_journal, last_audited_line
from store.decisions import is_noted, note_of
from store.publish import settle, undo
from store.submissions import drop_unsent_lines, note_again

if TYPE_CHECKING:
    from store.connect import Store


def recover(store: Store) -> None:
    """Bring the database in line with the journal, which decides.

    What the audit holds was done; what the journal has besides is done again.

    Raises:
        ShownError: when the journal tells of numbers that the database never had,
            as after copying back an old database: only a rebuild helps.
    """
    store.journal.take_fresh()
    undone = list(store.journal.lines(last_audited_line(store)))
    reserved = _numbers(store, "state = 'reserved'")
    known = _numbers(store, "true")
    # a number beyond the fence wrote nothing, or what it wrote was lost since
    fenced = int(store.value("select last_no from core.fence"))
    for line in undone:
        entry = line.entry
        if entry["kind"] == "submitted":
            note_again(store, entry)
        elif is_noted(entry):
            note_of(store, entry)
        elif entry["number"] in known and int(entry["number"]) <= fenced:
            # again, if need be: the notes before it have set the state back
            settle(store, entry)
            reserved.discard(entry["number"])
        else:
            raise ShownError(
                _(
                    "数据库比日志旧（缺第 {number} 号）。请运行：python -m etl rebuild",
                    number=entry["number"],
                )
            )
    for number in sorted(reserved):
        undo(store, number)
    drop_unsent_lines(store)
    audit_journal(store, undone)


def _numbers(store: Store, condition: str) -> set[int]:
    frame = store.frame(
        f"select acceptance_no from ops.acceptance where {condition}", {}
    )
    return {int(number) for number in frame["acceptance_no"]}
