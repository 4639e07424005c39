"""What is true of the installation itself, such as that its data are invented?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from store.connect import Store
    from store.journal import Entry


def set_about(store: Store, key: str, value: str, at: datetime) -> None:
    """Write a fact down, in the journal first."""
    with store.writing():
        entry = {"kind": "about", "key": key, "value": value, "at": at}
        store.journal.append(entry)
        note_about(store, entry)


def note_about(store: Store, entry: Entry) -> None:
    """Write a journal entry `about` into `ops.about`; safe to repeat."""
    with store.transaction() as cursor:
        cursor.execute(
            "delete from ops.about where about_key = $key", {"key": entry["key"]}
        )
        cursor.execute(
            "insert into ops.about values ($key, $value)",
            {"key": entry["key"], "value": entry["value"]},
        )


def about(store: Store, key: str) -> str | None:
    """Return what is written down under a key, or None."""
    found = store.value(
        "select about_value from ops.about where about_key = $key", {"key": key}
    )
    return None if found is None else str(found)
