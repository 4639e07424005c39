"""What was half done when the system fell? Finished or undone before anything new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from base.errors import ShownError
from base.words import _
from store.about import about, note_about
from store.publish import settle, undo
from store.submissions import drop_unsent_lines, note, note_withdrawn

if TYPE_CHECKING:
    from store.connect import Store
    from store.journal import Entry


def recover(store: Store) -> None:
    """Bring the database in line with the journal, which decides.

    Raises:
        ShownError: when the journal tells of numbers that the database never had,
            as after copying back an old database: only a rebuild helps.
    """
    reserved = _numbers(store, "state = 'reserved'")
    known = _numbers(store, "true")
    facts: dict[str, Entry] = {}
    states = _states(store)
    for entry in store.journal.entries():
        if entry["kind"] == "about":
            facts[entry["key"]] = entry
        elif entry["kind"] in ("submitted", "withdrawn"):
            _noted(store, entry, states)
        elif entry["number"] in reserved:
            settle(store, entry)
            reserved.discard(entry["number"])
        elif entry["number"] not in known:
            raise ShownError(
                _(
                    "数据库比日志旧（缺第 {number} 号）。请运行：python -m etl rebuild",
                    number=entry["number"],
                )
            )
    for key, entry in facts.items():
        if about(store, key) != entry["value"]:
            note_about(store, entry)
    for number in sorted(reserved):
        undo(store, number)
    drop_unsent_lines(store)


def _noted(store: Store, entry: Entry, states: dict[int, str]) -> None:
    state = states.get(entry["submission_no"])
    if entry["kind"] == "submitted" and state is None:
        note(store, entry)
    if entry["kind"] == "withdrawn" and state in (None, "submitted"):
        note_withdrawn(store, entry)


def _states(store: Store) -> dict[int, str]:
    frame = store.frame("select submission_no, state from ops.submission", {})
    return dict(zip(frame["submission_no"].tolist(), frame["state"], strict=True))


def _numbers(store: Store, condition: str) -> set[int]:
    frame = store.frame(
        f"select acceptance_no from ops.acceptance where {condition}", {}
    )
    return {int(number) for number in frame["acceptance_no"]}
