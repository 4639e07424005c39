"""What was decided that moves no figure, and how is it written down?

Each decision is a line of the journal first; its note in `ops` may be written again,
in the order of the lines, with the same result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.about import note_about
from store.meetings import note_meeting
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


def _note_evidence(store: Store, entry: Entry) -> None:
    _insert(
        store,
        entry,
        """
        insert into ops.evidence (
            journal_line, submission_no, sha256, file_name, media_type, actor,
            attached_at
        )
        select
            $line, $submission_no, $sha256, $file_name, $media_type, $actor, $at
        where not exists (
            select e.journal_line
            from ops.evidence as e
            where e.journal_line = $line
        )
        """,
        ("line", "submission_no", "sha256", "file_name", "media_type", "actor", "at"),
    )


def _note_window(store: Store, entry: Entry) -> None:
    _insert(
        store,
        entry,
        """
        insert into ops.reporting_window (
            journal_line, period_end, place_code, due_date, is_locked, reason, actor,
            decided_at
        )
        select
            $line, $period_end, $place_code, $due_date, $is_locked, $reason, $actor,
            $at
        where not exists (
            select w.journal_line
            from ops.reporting_window as w
            where w.journal_line = $line
        )
        """,
        (
            "line",
            "period_end",
            "place_code",
            "due_date",
            "is_locked",
            "reason",
            "actor",
            "at",
        ),
    )


def _note_matter(store: Store, entry: Entry) -> None:
    _insert(
        store,
        entry,
        """
        insert into ops.matter_step (
            journal_line, rule_id, village_code, subject_key, fingerprint, state,
            owner, due_date, note, actor, role, decided_at
        )
        select
            $line, $rule_id, $place_code, $subject_key, $fingerprint, $matter_state,
            $owner, $due_date, $reason, $actor, $role, $at
        where not exists (
            select m.journal_line
            from ops.matter_step as m
            where m.journal_line = $line
        )
        """,
        (
            *("line", "rule_id", "place_code", "subject_key", "fingerprint"),
            *("matter_state", "owner", "due_date", "reason", "actor", "role", "at"),
        ),
    )


def _note_action(store: Store, entry: Entry) -> None:
    _insert(
        store,
        entry,
        """
        insert into ops.action_step (
            journal_line, action_no, place_code, what, owner_name,
            owner_organisation, due_date, state, target_id, origin, note,
            evidence_sha256, evidence_name, evidence_type, was_cleared, judged_date,
            actor, role, decided_at
        )
        select
            -- the first step gives the action its number
            $line, coalesce($action_no, $line), $place_code, $what, $owner_name,
            $owner_organisation, $due_date, $state, $target_id, $origin, $note,
            $sha256, $file_name, $media_type, $was_cleared, $judged_date, $actor, $role,
            $at
        where not exists (
            select a.journal_line
            from ops.action_step as a
            where a.journal_line = $line
        )
        """,
        (
            *("line", "action_no", "place_code", "what", "owner_name"),
            *("owner_organisation", "due_date", "state", "target_id", "origin"),
            *("note", "sha256", "file_name", "media_type", "was_cleared"),
            *("judged_date", "actor", "role", "at"),
        ),
    )


def _note_meeting_note(store: Store, entry: Entry) -> None:
    _insert(
        store,
        entry,
        """
        insert into ops.meeting_note (
            journal_line, meeting_no, place_code, note, actor, role, decided_at
        )
        select $line, $meeting_no, $place_code, $note, $actor, $role, $at
        where not exists (
            select n.journal_line
            from ops.meeting_note as n
            where n.journal_line = $line
        )
        """,
        ("line", "meeting_no", "place_code", "note", "actor", "role", "at"),
    )


def _note_meeting_paper(store: Store, entry: Entry) -> None:
    _insert(
        store,
        entry,
        """
        insert into ops.meeting_paper (
            journal_line, meeting_no, place_code, kind, sha256, file_name, media_type,
            byte_count, actor, role, decided_at
        )
        select
            $line, $meeting_no, $place_code, $paper_kind, $sha256, $file_name,
            $media_type, $byte_count, $actor, $role, $at
        where not exists (
            select p.journal_line
            from ops.meeting_paper as p
            where p.journal_line = $line
        )
        """,
        (
            *("line", "meeting_no", "place_code", "paper_kind", "sha256"),
            *("file_name", "media_type", "byte_count", "actor", "role", "at"),
        ),
    )


def _note_workstream(store: Store, entry: Entry) -> None:
    _insert(
        store,
        entry,
        """
        insert into ops.workstream_step (
            journal_line, item_id, name, note, owner_name, target_ids, actor, role,
            decided_at
        )
        select
            $line, $item_id, $name, $note, $owner_name, $target_ids, $actor, $role,
            $at
        where not exists (
            select w.journal_line
            from ops.workstream_step as w
            where w.journal_line = $line
        )
        """,
        (
            *("line", "item_id", "name", "note", "owner_name", "target_ids", "actor"),
            *("role", "at"),
        ),
    )


def _insert(store: Store, entry: Entry, sql: str, names: tuple[str, ...]) -> None:
    with store.transaction() as cursor:
        cursor.execute(sql, {name: entry[name] for name in names})
        cursor.execute("update ops.activity set activity_no = activity_no + 1")


_NOTES: dict[str, Callable[[Store, Entry], None]] = {
    "submitted": note_submitted,
    "about": note_about,
    **dict.fromkeys(_STATES, _note_state),
    "evidence": _note_evidence,
    "window": _note_window,
    "matter": _note_matter,
    "action": _note_action,
    "meeting": note_meeting,
    "meeting_note": _note_meeting_note,
    "meeting_paper": _note_meeting_paper,
    "workstream": _note_workstream,
}
