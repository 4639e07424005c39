"""Are the rows that the vault keeps of a submission those that it was given?

The journal tells the SHA-256 of each; the database keeps them at hand, so that no row
is read, for a page or for an acceptance, that is not the one that was sent.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from base.errors import ShownError
from base.words import _

if TYPE_CHECKING:
    import pyarrow as pa

    from store.connect import Store
    from store.journal import Entry


def kept_text(entry: Entry) -> str:
    """Return what `ops.submission` keeps of the hashes in an entry `submitted`.

    Args:
        entry: of the journal; the income lines are the kind without a name.
    """
    kinds = {"": entry["rows_sha256"], **entry.get("facts_sha256", {})}
    return json.dumps(kinds, sort_keys=True)


def fact_kinds(store: Store, submission_no: int) -> list[str]:
    """Return which kinds of facts a submission told besides its income lines."""
    return sorted(kind for kind in _hashes(store, submission_no) if kind)


def kept_rows(store: Store, submission_no: int, kind: str = "") -> pa.Table:
    """Return the rows of a submission as they were read.

    Args:
        store: where.
        submission_no: of which.
        kind: of the facts; default the income lines.

    Raises:
        ShownError: when they are missing or not what was kept.
    """
    try:
        return store.vault.rows(
            submission_no, _hashes(store, submission_no)[kind], kind
        )
    except (OSError, ValueError, KeyError) as error:
        raise ShownError(
            _(
                "底册中第 {number} 号报送的行缺失或被改动，没有用它：{path}。"
                "请从备份恢复底册。",
                number=submission_no,
                path=store.vault.rows_path(submission_no, kind),
            )
        ) from error


def _hashes(store: Store, submission_no: int) -> dict[str, str]:
    told = store.value(
        "select kept_sha256 from ops.submission where submission_no = $no",
        {"no": submission_no},
    )
    found: dict[str, str] = json.loads(told) if told else {}
    return found


def keep_hashes(store: Store) -> None:
    """Note the hashes of what was sent before the database kept them."""
    unsaid = {
        number
        for (number,) in store.rows(
            "select submission_no from ops.submission where kept_sha256 is null"
        )
    }
    if not unsaid:
        return
    with store.transaction() as cursor:
        for entry in store.journal.entries():
            if entry["kind"] == "submitted" and entry["submission_no"] in unsaid:
                cursor.execute(
                    "update ops.submission set kept_sha256 = $kept "
                    "where submission_no = $no",
                    {"kept": kept_text(entry), "no": entry["submission_no"]},
                )


def kept_original(store: Store, sha256: str, name: str) -> bytes:
    """Return a file as it arrived.

    Args:
        store: where.
        sha256: of its bytes.
        name: by which people know it.

    Raises:
        ShownError: when it is missing or not what was kept.
    """
    try:
        return store.vault.original(sha256)
    except (OSError, ValueError) as error:
        raise ShownError(
            _(
                "底册中的「{name}」缺失或被改动，没有用它（{sha256}）。"
                "请告诉管理员，从备份恢复底册；重交同一个文件也能补上。",
                name=name,
                sha256=sha256[:12],
            )
        ) from error
