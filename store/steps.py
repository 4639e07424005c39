"""How is a decision noted that is one row of a table, written once?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.connect import Store
    from store.journal import Entry

_NAMED = re.compile(r"\$(\w+)")


@dataclass(frozen=True)
class _Row:
    """A row of a table: what each column holds, by `$name` of the entry."""

    table: str
    columns: Mapping[str, str]

    def note(self, store: Store, entry: Entry) -> None:
        """Write the row of an entry, unless it is there already."""
        names = set(_NAMED.findall(" ".join(self.columns.values())))
        with store.transaction() as cursor:
            cursor.execute(
                f"""
                insert into {self.table} ({", ".join(self.columns)})
                select {", ".join(self.columns.values())}
                where not exists (
                    select t.journal_line
                    from {self.table} as t
                    where t.journal_line = $line
                )
                """,
                {name: entry[name] for name in names},
            )
            cursor.execute("update ops.activity set activity_no = activity_no + 1")


def step(
    table: str, *same: str, number: str = "", **others: str
) -> Callable[[Store, Entry], None]:
    """Return what notes a step as a row of a table.

    Args:
        table: in `ops`; its key is the line of the journal.
        same: columns that are called as in the entry; the actor always is.
        number: of a column that holds the line of the first step, where there is one.
        others: columns that are called otherwise there.
    """
    columns = {"journal_line": "$line"}
    if number:
        # the first step gives what it is about its number
        columns[number] = f"coalesce(${number}, $line)"
    columns |= {name: f"${name}" for name in (*same, "actor")}
    columns |= {name: f"${said}" for name, said in others.items()}
    return _Row(table, columns).note
