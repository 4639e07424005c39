"""What was decided that moves no figure, and how is it written down?

Each decision is a line of the journal first; its note in `ops` may be written again,
in the order of the lines, with the same result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.about import note_about
from store.erasures import note_erasure
from store.meetings import note_meeting
from store.steps import step
from store.submissions import note_submitted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from store.connect import Store
    from store.journal import Entry

# What becomes of a submission by a decision on it.
_STATES = {
    "withdrawn": "withdrawn",
    "reviewed": "reviewed",
    "returned": "returned",
    "reopened": "reopened",
}


def decide(store: Store, entry: Entry, at: datetime) -> None:
    """Write a decision down, in the journal first.

    Args:
        store: where.
        entry: `kind`, who decides, and what that kind needs.
        at: when, local time in China.
    """
    with store.writing():
        store.journal.append({**entry, "at": at})
        note_of(store, {**entry, "at": at, "line": store.journal.length})


def is_noted(entry: Entry) -> bool:
    """Tell whether an entry of the journal is a note in `ops`, and no number."""
    return entry["kind"] in _NOTES


def note_of(store: Store, entry: Entry) -> None:
    """Write the note of an entry; safe to repeat in the order of the journal."""
    _NOTES[entry["kind"]](store, entry)


def _note_state(store: Store, entry: Entry) -> None:
    with store.transaction() as cursor:
        cursor.execute(
            "update ops.submission set state = $state, decided_at = $at, "
            "decided_by = $actor, reason = $reason "
            "where submission_no = $submission_no",
            {
                "state": _STATES[entry["kind"]],
                "at": entry["at"],
                "actor": entry["actor"],
                "reason": entry.get("reason", ""),
                "submission_no": entry["submission_no"],
            },
        )
        cursor.execute("update ops.activity set activity_no = activity_no + 1")


_NOTES: dict[str, Callable[[Store, Entry], None]] = {
    "submitted": note_submitted,
    "about": note_about,
    "erasure": note_erasure,
    **dict.fromkeys(_STATES, _note_state),
    "evidence": step(
        "ops.evidence",
        *("submission_no", "sha256", "file_name", "media_type"),
        attached_at="at",
    ),
    "window": step(
        "ops.reporting_window",
        *("period_end", "place_code", "due_date", "is_locked", "reason"),
        decided_at="at",
    ),
    "matter": step(
        "ops.matter_step",
        *("rule_id", "subject_key", "fingerprint", "owner", "due_date", "role"),
        village_code="place_code",
        state="matter_state",
        note="reason",
        decided_at="at",
    ),
    "action": step(
        "ops.action_step",
        *("place_code", "what", "owner_name", "owner_organisation", "due_date"),
        *("state", "target_id", "origin", "note", "was_cleared", "judged_date"),
        "role",
        evidence_sha256="sha256",
        evidence_name="file_name",
        evidence_type="media_type",
        decided_at="at",
        number="action_no",
    ),
    "meeting": note_meeting,
    "meeting_note": step(
        "ops.meeting_note",
        *("meeting_no", "place_code", "note", "role"),
        decided_at="at",
    ),
    "meeting_paper": step(
        "ops.meeting_paper",
        *("meeting_no", "place_code", "sha256", "file_name", "media_type"),
        *("byte_count", "role"),
        kind="paper_kind",
        decided_at="at",
    ),
    "workstream": step(
        "ops.workstream_step",
        *("item_id", "name", "note", "owner_name", "target_ids", "role"),
        decided_at="at",
    ),
}
