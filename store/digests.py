"""Does one database hold, row by row, what another held? A number for each table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.connect import Cursor

_TABLES = """
select schema_name || '.' || table_name as table_name
from duckdb_tables()
where database_name = current_database() and schema_name in ('core', 'ops')
order by estimated_size, table_name
"""


def tables_of(cursor: Cursor) -> list[str]:
    """Return the tables of a database as `schema.table`, the smallest first."""
    return [str(table) for (table,) in cursor.execute(_TABLES).fetchall()]


def digests(cursor: Cursor) -> dict[str, list[str]]:
    """Return how many rows each table has, and a sum over the hashes of its rows.

    The order of the rows does not matter; every row does, each time it is there.

    Returns:
        By `schema.table`, both as text: they go into JSON, which keeps no long numbers.
    """
    told = {}
    for table in tables_of(cursor):
        row = cursor.execute(
            f"select count(*), coalesce(sum(hash(t)::hugeint), 0) from {table} as t"
        ).fetchone()
        told[table] = [str(value) for value in row or ()]
    return told
