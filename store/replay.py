"""How does the journal, line by line, become a database again?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from base.errors import ShownError
from base.words import _
from store.decisions import is_noted, note_of
from store.erasures import erase_again
from store.publish import pass_fence, settle
from store.submissions import write_lines

if TYPE_CHECKING:
    from store.connect import Cursor, Store
    from store.journal import Entry

Write = Callable[["Store", "Cursor", "Entry"], None]


def replay(store: Store, write: Write) -> None:
    """Fill an empty database from vault and journal.

    Args:
        store: a store with an empty database.
        write: writes the rows of `core` for a number, given the store, a cursor and
            the entry of the journal.

    Raises:
        ShownError: when the rows of a submission are missing or were changed.
    """
    for entry in store.journal.entries():
        if entry["kind"] == "submitted":
            _submitted(store, entry)
        elif is_noted(entry):
            note_of(store, entry)
        else:
            _numbered(store, entry, write)


def _submitted(store: Store, entry: Entry) -> None:
    number = entry["submission_no"]
    try:
        rows = store.vault.rows(number, entry["rows_sha256"])
        for kind, sha256 in entry.get("facts_sha256", {}).items():
            store.vault.rows(number, sha256, kind)
    except (OSError, ValueError) as error:
        raise ShownError(
            _(
                "底册中第 {number} 号报送（{file}）的行缺失或被改动。"
                "请从备份恢复底册后再重建。",
                number=number,
                file=entry["file_name"],
            )
        ) from error
    write_lines(store, number, rows)
    note_of(store, entry)
    with store.transaction() as cursor:
        cursor.execute(
            "update ops.submission_counter set last_no = greatest(last_no, $number)",
            {"number": number},
        )


def _numbered(store: Store, entry: Entry, write: Write) -> None:
    with store.transaction() as cursor:
        cursor.execute(
            "insert into ops.acceptance values "
            "($number, $kind, $submission_no, $actor, $at, null, 'reserved')",
            {
                key: entry[key]
                for key in ("number", "kind", "submission_no", "actor", "at")
            },
        )
    with store.transaction() as cursor:
        pass_fence(cursor, entry["number"])
        write(store, cursor, entry)
        erase_again(cursor, entry["number"])
    settle(store, entry)
