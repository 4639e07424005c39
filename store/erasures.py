"""Whose personal values were taken out, and how is that done again after a restore?

The journal tells of an erasure without any personal value: the number of the account,
the pseudonym, and at which letters of which texts a name or number stood. So a rebuild,
and a database of before that is copied back, apply it anew.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from base.words import mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.connect import Cursor, Store
    from store.journal import Entry

# What stands in place of a name; the number of the account follows.
PSEUDONYM = mark("已注销人员")
Span = tuple[int, int]
_AUDIT = "ops.audit"
_ACCOUNT = """
update ops.account
set
    login_name = $pseudonym,
    person_name = $pseudonym,
    organisation_name = '',
    phone = '',
    state = 'erased',
    password_hash = '',
    password_set_at = null,
    code_hash = '',
    code_expires_at = null,
    oidc_subject = ''
where account_no = $no
"""
_ENDED = (
    "delete from ops.session where account_no = $no",
    "update ops.account_scope set to_at = $at where account_no = $no and to_at is null",
    "update ops.api_token set ended_at = $at "
    "where created_by = $actor and ended_at is null",
    # the first admin of old wrote her login name there
    "update ops.account set created_by = $actor "
    "where created_by = (select login_name from ops.account where account_no = $no)",
)


@dataclass(frozen=True)
class Place:
    """A text that holds a name or number: its row, and at which letters it stands."""

    table: str
    column: str
    key: dict[str, Any]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Texts:
    """Texts that people write: their table, its key, the columns, and of which place.

    `place` is the column with the code of the place that a row is about; empty where
    a row is about none.
    """

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    place: str = ""


_LINE = ("journal_line",)
_CELL = ("submission_no", "sheet", "cell")
TEXTS = (
    Texts("ops.submission", ("submission_no",), ("file_name", "reason"), "place_code"),
    Texts("ops.evidence", _LINE, ("file_name",)),
    Texts("ops.reporting_window", _LINE, ("reason",), "place_code"),
    Texts("ops.matter_step", _LINE, ("owner", "note"), "village_code"),
    Texts(
        "ops.action_step",
        _LINE,
        ("what", "owner_name", "owner_organisation", "note", "evidence_name"),
        "place_code",
    ),
    Texts("ops.meeting_step", _LINE, ("title", "agenda", "reason"), "place_code"),
    Texts("ops.meeting_note", _LINE, ("note",), "place_code"),
    Texts("ops.meeting_paper", _LINE, ("file_name",), "place_code"),
    Texts("ops.workstream_step", _LINE, ("name", "note", "owner_name")),
    Texts("ops.api_token", ("token_no",), ("token_name",)),
    Texts("core.income", _CELL, ("remark",), "village_code"),
    Texts(
        "core.assignment",
        (*_CELL, "duty_id"),
        ("holder_name", "organisation_name"),
        "village_code",
    ),
    Texts(
        "core.frozen_action",
        ("meeting_no", "action_no"),
        ("what", "owner_name", "owner_organisation", "note"),
        "place_code",
    ),
    # the chain of the audit is never touched; what is shown of it is
    Texts(_AUDIT, ("entry_hash", "journal_line"), ("subject", "detail"), "place_code"),
)


def note_erasure(store: Store, entry: Entry) -> None:
    """Take the personal values of an account out; safe to repeat.

    Args:
        store: where.
        entry: of the journal: `account_no`, `pseudonym`, `places` at least.
    """
    number, at = int(entry["account_no"]), entry["at"]
    said = {"no": number, "at": at, "actor": f"u{number}"}
    with store.transaction() as cursor:
        drafts = cursor.execute(
            "select draft_id from ops.draft where actor = $actor",
            {"actor": said["actor"]},
        ).fetchall()
        cursor.execute(
            "delete from ops.draft where actor = $actor", {"actor": said["actor"]}
        )
        for statement in _ENDED:
            named = {key: said[key] for key in said if f"${key}" in statement}
            cursor.execute(statement, named)
        cursor.execute(_ACCOUNT, {"no": number, "pseudonym": entry["pseudonym"]})
        _keep(cursor, entry)
    for (draft_id,) in drafts:
        (store.folder / "drafts" / str(draft_id)).unlink(missing_ok=True)
    places = [_place(one) for one in entry["places"]]
    for schema in ("ops.", "core."):
        with store.transaction() as cursor:
            for place in places:
                if place.table.startswith(schema) and place.table != _AUDIT:
                    _replace(cursor, place, str(entry["pseudonym"]))
    with store.transaction() as cursor:
        cursor.execute("update ops.activity set activity_no = activity_no + 1")


def _keep(cursor: Cursor, entry: Entry) -> None:
    """Note that and where something was erased, once."""
    line = {"line": entry["line"]}
    known = cursor.execute(
        "select count(*) from ops.erasure where journal_line = $line", line
    ).fetchone()
    if known and known[0]:
        return
    cursor.execute(
        "insert into ops.erasure (journal_line, account_no, pseudonym, actor, "
        "decided_at) values ($line, $account_no, $pseudonym, $actor, $at)",
        {key: entry[key] for key in ("line", "account_no", "pseudonym", "actor", "at")},
    )
    for one in entry["places"]:
        place = _place(one)
        cursor.execute(
            "insert into ops.erased_text (journal_line, table_name, column_name, "
            "row_key, spans, pseudonym) "
            "values ($line, $table, $column, $key, $spans, $pseudonym)",
            {
                **line,
                "table": place.table,
                "column": place.column,
                "key": json.dumps(place.key, ensure_ascii=False, default=str),
                "spans": json.dumps(place.spans),
                "pseudonym": entry["pseudonym"],
            },
        )


def erase_again(cursor: Cursor, number: int) -> None:
    """Erase what a number has just written from rows of before the erasure.

    Args:
        cursor: of the transaction of `core` that writes the number.
        number: of which only the rows are touched.
    """
    found = cursor.execute(
        "select table_name, column_name, row_key, spans, pseudonym "
        "from ops.erased_text where table_name = 'core.assignment' "
        "order by journal_line"
    ).fetchall()
    for table, column, key, spans, pseudonym in found:
        place = Place(table, column, json.loads(key), _spans(json.loads(spans)))
        _replace(cursor, place, pseudonym, {"from_no": number})


def _replace(
    cursor: Cursor, place: Place, pseudonym: str, more: dict[str, Any] | None = None
) -> None:
    key = {**place.key, **(more or {})}
    where = " and ".join(f"{name} = ${name}" for name in key)
    rows = cursor.execute(
        f"select distinct {place.column} from {place.table} where {where}", key
    ).fetchall()
    for (text,) in rows:
        cursor.execute(
            f"update {place.table} set {place.column} = $new "
            f"where {where} and {place.column} = $old",
            {**key, "old": text, "new": without(text or "", place.spans, pseudonym)},
        )


def without(text: str, spans: Iterable[Span], pseudonym: str) -> str:
    """Return a text with a pseudonym at these letters; once it is there, as it is."""
    if re.search(rf"{re.escape(pseudonym)}(?!\d)", text):
        return text
    for start, end in sorted(spans, reverse=True):
        if end <= len(text):
            text = text[:start] + pseudonym + text[end:]
    return text


def erased_texts(store: Store, table: str) -> list[tuple[Place, str]]:
    """Return which texts of a table hold something erased, and its pseudonym."""
    rows = store.rows(
        "select column_name, row_key, spans, pseudonym from ops.erased_text "
        "where table_name = $table order by journal_line",
        {"table": table},
    )
    return [
        (Place(table, column, json.loads(key), _spans(json.loads(spans))), pseudonym)
        for column, key, spans, pseudonym in rows
    ]


def _place(said: dict[str, Any]) -> Place:
    return Place(said["table"], said["column"], said["key"], _spans(said["spans"]))


def _spans(said: list[list[int]]) -> tuple[Span, ...]:
    return tuple((int(start), int(end)) for start, end in said)
