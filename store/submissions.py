"""How is a file that arrived written down, durably, and invisible to every figure?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from store.journal import Entry
from store.kept import kept_rows, kept_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.connect import Store

_INSERT = """
insert into ops.submission (
    submission_no, statement, sha256, answers, file_name, actor, catalogue,
    rows_accepted, rows_rejected, submitted_at, state, place_code, sender_scope,
    sender_role, way, error_count, answer_sha256, reason, supersedes_no, kept_sha256
)
select
    $submission_no, $statement, $sha256, $answers, $file_name, $actor, $catalogue,
    $rows_accepted, $rows_rejected, $at, 'submitted', $place_code, $sender_scope,
    $role, $way, $error_count, $answer_sha256, '', $supersedes_no, $kept
where not exists (
    select s.submission_no
    from ops.submission as s
    where s.submission_no = $submission_no
)
"""
_LINE = (
    "village_code",
    "source_id",
    "statement",
    "project_id",
    "line_kind",
    "file_line",
    "period_start",
    "period_end",
    "category",
    "item_id",
    "amount_due_yuan",
    "amount_received_yuan",
    "quantity",
    "quantity_unit",
    "is_one_off",
    "sheet",
    "cell",
    "remark",
)
_FIELDS = (
    "submission_no",
    "statement",
    "sha256",
    "answers",
    "file_name",
    "actor",
    "catalogue",
    "rows_accepted",
    "rows_rejected",
    "at",
)
# What entries of the first years do not say.
_UNSAID: Entry = {
    "place_code": "",
    "sender_scope": "",
    "role": "",
    "way": "command",
    "answer_sha256": "",
    "supersedes_no": None,
}


def next_submission_no(store: Store) -> int:
    """Give out a submission number; it is never given out again."""
    with store.writing(), store.transaction() as cursor:
        cursor.execute("update ops.submission_counter set last_no = last_no + 1")
        row = cursor.execute("select last_no from ops.submission_counter").fetchone()
    return int(row[0]) if row else 1


def write_down(
    store: Store,
    entry: Entry,
    content: bytes,
    rows: pa.Table,
    at: datetime,
    facts: Mapping[str, pa.Table] | None = None,
) -> int:
    """Keep a file, its rows and the fact that it was sent.

    Args:
        store: where.
        entry: statement, answers, file_name, actor, catalogue, rows_accepted,
            rows_rejected and whatever `_UNSAID` names, for the journal.
        content: the file as it arrived.
        rows: what was read from it; income lines go to `core.income` as well.
        at: when it was sent, local time in China.
        facts: what it tells besides income, by kind; only the vault keeps it until it
            is accepted.

    Returns:
        The submission number.
    """
    with store.writing():
        number = next_submission_no(store)
        sha256 = store.vault.keep(content)
        rows_sha256 = store.vault.keep_rows(number, rows)
        facts_sha256 = {
            kind: store.vault.keep_rows(number, told, kind)
            for kind, told in (facts or {}).items()
        }
        write_lines(store, number, rows)
        full = {
            "kind": "submitted",
            **entry,
            "submission_no": number,
            "sha256": sha256,
            "rows_sha256": rows_sha256,
            "facts_sha256": facts_sha256,
            "at": at,
        }
        store.journal.append(full)
        note_submitted(store, full)
        return number


def write_lines(store: Store, submission_no: int, rows: pa.Table) -> None:
    """Write the income lines of a submission to `core`, where nothing counts them.

    Rows that are no income lines, such as those of a registry, are not for there.
    """
    if "amount_received_yuan" not in rows.column_names:
        return
    # lines of years ago may lack a column that was added since
    columns = ", ".join(name for name in _LINE if name in rows.column_names)
    with store.transaction() as cursor:
        cursor.register("lines_read", rows.combine_chunks())
        cursor.execute(
            f"insert into core.income ({columns}, submission_no) "
            f"select {columns}, $submission_no as submission_no from lines_read",
            {"submission_no": submission_no},
        )
        cursor.unregister("lines_read")


def note_submitted(store: Store, entry: Entry) -> None:
    """Write a journal entry `submitted` into `ops.submission`; safe to repeat."""
    unsaid = {**_UNSAID, "error_count": entry["rows_rejected"]}
    with store.transaction() as cursor:
        cursor.execute(
            _INSERT,
            {
                **{field: entry[field] for field in _FIELDS},
                **{field: entry.get(field, value) for field, value in unsaid.items()},
                "kept": kept_text(entry),
            },
        )
        cursor.execute("update ops.activity set activity_no = activity_no + 1")


def note_again(store: Store, entry: Entry) -> None:
    """Note an entry `submitted` that the database lost, with number and lines.

    Who sent it was told that it was written down, so the vault has its rows.

    Raises:
        ShownError: when they are missing there or not what was kept.
    """
    number = int(entry["submission_no"])
    note_submitted(store, entry)
    with store.transaction() as cursor:
        cursor.execute(
            "update ops.submission_counter set last_no = greatest(last_no, $number)",
            {"number": number},
        )
    rows = kept_rows(store, number)
    count = "select count(*) from core.income where submission_no = $number"
    if store.value(count, {"number": number}) == 0:
        write_lines(store, number, rows)


def drop_unsent_lines(store: Store) -> None:
    """Delete lines whose submission was never finished: its number is never used."""
    unsent = store.frame(
        """
        select given.submission_no
        from (
            select unnest(generate_series(1, c.last_no)) as submission_no
            from ops.submission_counter as c
        ) as given
        anti join ops.submission as s on given.submission_no = s.submission_no
        """,
        {},
    )["submission_no"]
    if len(unsent):
        with store.transaction() as cursor:
            cursor.execute(
                "delete from core.income where list_contains($unsent, submission_no)",
                {"unsent": unsent.tolist()},
            )
