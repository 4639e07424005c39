"""Who did what, when, from where, on what? A chain that shows what was altered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from base.words import _
from store.errors import JournalDamaged
from store.journal import START, Line

if TYPE_CHECKING:
    from base.viewer import Viewer
    from store.connect import Cursor, Store
    from store.journal import Entry, Journal

# What is told of an entry besides; hashes of rows say nobody anything.
_TOLD = (
    "reason",
    "sha256",
    "number",
    "statement",
    "rows_accepted",
    "rows_rejected",
    "good_rows",
    "over_newer",
    "period_end",
    "due_date",
    "is_locked",
    "rule_id",
    "matter_state",
    "owner",
    "key",
    "value",
    "what",
    "state",
    "note",
)


@dataclass(frozen=True)
class Act:
    """One act: by whom and how, what it was, and on what."""

    acted_at: datetime
    actor: str
    role: str
    way: str
    address: str
    action: str
    submission_no: int | None = None
    place_code: str = ""
    subject: str = ""
    detail: str = ""
    journal_line: int | None = None
    journal_hash: str = ""


_COLUMNS = ", ".join(field.name for field in fields(Act))
_INSERT = f"""
insert into ops.audit (
    audit_no, {_COLUMNS}, previous_hash, entry_hash, journal_text
)
values (?, {", ".join("?" for _ in fields(Act))}, ?, ?, ?)
"""
_READ = f"""
select audit_no, {_COLUMNS}, previous_hash, entry_hash
from ops.audit
order by audit_no
"""

_TOLD_LINES = """
select journal_line, journal_hash
from ops.audit
where journal_line is not null
order by journal_line
"""


def record(
    store: Store,
    viewer: Viewer,
    action: str,
    at: datetime,
    place_code: str = "",
    subject: str = "",
    detail: str = "",
) -> None:
    """Write down an act that the journal does not hold, such as a sign-in.

    Args:
        store: where.
        viewer: who acts, how and from where.
        action: what is done, one of `docs/glossary.md`'s acts.
        at: when, local time in China.
        place_code: of the place that it is about.
        subject: the account, file or setting that it is about.
        detail: what else there is to say; never a secret.
    """
    record_all(store, [act_of(viewer, action, at, place_code, subject, detail)])


def act_of(
    viewer: Viewer,
    action: str,
    at: datetime,
    place_code: str = "",
    subject: str = "",
    detail: str = "",
) -> Act:
    """Return an act as `record` writes it, for several to be written at once."""
    return Act(
        at,
        viewer.signature,
        viewer.role,
        viewer.way,
        viewer.address,
        action,
        place_code=place_code,
        subject=subject,
        detail=detail,
    )


def record_all(store: Store, acts: list[Act]) -> None:
    """Write several acts down, all of them or none."""
    if acts:
        _append(store, acts)


def audit_journal(store: Store, lines: list[Line]) -> None:
    """Write down what the journal holds and the audit does not, word for word.

    Args:
        store: where.
        lines: of the journal, in order.
    """
    if lines:
        acts = [_act_of(line.entry, line.line_hash) for line in lines]
        _append(store, acts, [line.text for line in lines])


def last_audited_line(store: Store) -> int:
    """Return the last line of the journal that the audit holds; 0 for none."""
    # no line is before the first
    found = store.value("select coalesce(max(journal_line), 0) from ops.audit")
    return int(found)


def _act_of(entry: Entry, line_hash: str) -> Act:
    at = entry["at"]
    told = {key: entry[key] for key in _TOLD if entry.get(key) not in (None, "")}
    number = entry.get("submission_no")
    return Act(
        # what was read from the disk is text
        datetime.fromisoformat(at) if isinstance(at, str) else at,
        str(entry.get("actor", "system")),
        str(entry.get("role", "")),
        str(entry.get("way", "")),
        str(entry.get("address", "")),
        str(entry["kind"]),
        int(number) if number else None,
        str(entry.get("place_code", "")),
        str(entry.get("file_name", entry.get("subject", ""))),
        json.dumps(told, ensure_ascii=False, default=str) if told else "",
        int(entry["line"]),
        line_hash,
    )


def _append(store: Store, acts: list[Act], texts: list[str] | None = None) -> None:
    with store.auditing, store.transaction() as cursor:
        number, previous = _last(cursor)
        for act, text in zip_longest(acts, texts or []):
            number += 1
            entry_hash = _hash_of(number, astuple(act), previous)
            row = [number, *astuple(act), previous, entry_hash, text]
            cursor.execute(_INSERT, row)
            previous = entry_hash


def _last(cursor: Cursor) -> tuple[int, str]:
    row = cursor.execute(
        "select audit_no, entry_hash from ops.audit order by audit_no desc limit 1"
    ).fetchone()
    return (int(row[0]), str(row[1])) if row else (0, START)


def _hash_of(number: int, said: tuple[Any, ...], previous: str) -> str:
    text = json.dumps([number, *said, previous], ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def broken_act(store: Store) -> int | None:
    """Return the first entry of which the chain does not hold, or None.

    An entry that was altered, taken out or put in between breaks it; so does one whose
    line of the journal is not the line that it was written for, and a line of the
    journal that no entry tells, even where the chain was made anew to hide it.
    """
    with store.writing():
        lines = [line.line_hash for line in store.journal.lines()]
        acts = store.rows(_READ)
    expected, previous, told = 1, START, 0
    for number, *said, before, entry_hash in acts:
        act = Act(*said)
        told += act.journal_line is not None
        holds = (
            number == expected
            and before == previous
            and entry_hash == _hash_of(number, tuple(said), before)
            and act.journal_line in (None, told)
            and (
                act.journal_line is None or lines[told - 1 : told] == [act.journal_hash]
            )
        )
        if not holds:
            return int(number)
        expected, previous = expected + 1, entry_hash
    return expected if told < len(lines) else None


def check_journal(store: Store, journal: Journal) -> None:
    """Hold a journal against what the audit tells of it.

    A line that the audit tells was complete, so one that is missing was lost; a line
    without an end that it does not tell was never written to its end.

    Args:
        store: whose audit is asked.
        journal: of the same installation.

    Raises:
        JournalDamaged: when a line is not the one that was written there.
    """
    for number, told in store.rows(_TOLD_LINES):
        if journal.hashes[number - 1 : number] != [told]:
            raise JournalDamaged(
                _(
                    "日志第 {line} 行缺失或被改动：{path}。"
                    "数据库记得这一行原来是完整的。没有改动任何文件。"
                    "请从备份恢复：python -m etl restore",
                    line=number,
                    path=journal.path,
                )
            )
    broken = journal.broken_line()
    if broken is not None:
        raise JournalDamaged(
            _(
                "日志第 {line} 行与前面接不上，可能被改动。请从备份恢复日志后再重建。",
                line=broken,
            )
        )


def keep_texts(store: Store) -> None:
    """Keep lines of the journal that were told before their words were kept."""
    missing = "journal_line is not null and journal_text is null"
    first = store.value(f"select min(journal_line) from ops.audit where {missing}")
    if first is None:
        return
    with store.transaction() as cursor:
        for line in store.journal.lines(int(first) - 1):
            cursor.execute(
                "update ops.audit set journal_text = $text "
                f"where journal_hash = $hash and {missing}",
                {"text": line.text, "hash": line.line_hash},
            )
