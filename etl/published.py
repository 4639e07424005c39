"""How do tables that nobody sends (registry, ranks, map) become rows?"""

from collections.abc import Callable
from datetime import datetime

import pyarrow as pa

from base.catalogue import Catalogue
from base.viewer import Viewer
from etl.accept import settle_overlaps
from store import Cursor, Store
from store.publish import OPEN, publish
from store.submissions import write_down
from store.vault import sha256_of

_VILLAGE = "village_code, village_name, official_name, township_code, "
_VILLAGE += "township_name, unit_kind"
_EXPECTED = "village_code, statement, project_id, cadence, due_days, "
_EXPECTED += "owed_from_date, owed_to_date"
_RANK = "statement, rank_due, rank_received"
_SHAPE = "township_code, shape_kind, approval_number, polygons_json, hatch_json, "
_SHAPE += "label_lon_deg, label_lat_deg"
_POSITION = "village_code, lon_deg, lat_deg, position_kind"
# Which tables of core each replaces as a whole, with the columns it fills. What only
# some villages owe stands in `core.expected` too, and stays.
TABLES = {
    "registry": (("core.village", _VILLAGE), ("core.expected", _EXPECTED)),
    "ranks": (("core.statement_rank", _RANK),),
    "boundaries": (("core.township_shape", _SHAPE),),
    "positions": (("core.village_position", _POSITION),),
}
_REPLACED = {
    "core.expected": "statement in (select r.statement from rows_given as r)",
}


def publish_table(
    store: Store,
    statement: str,
    content: bytes,
    file_name: str,
    rows: pa.Table,
    entries: Catalogue,
    by: Viewer,
    at: datetime,
) -> int | None:
    """Publish a table that replaces the one in force, when it differs.

    Args:
        store: where.
        statement: one of `TABLES`.
        content: what it was made from; the same content again changes nothing.
        file_name: of the content.
        rows: the columns that `TABLES` names.
        entries: the catalogue under which it was made.
        by: who publishes.
        at: when, local time in China.

    Returns:
        The published number, or None when nothing changed.
    """
    with store.writing():
        if latest_sha256(store, statement) == sha256_of(content):
            return None
        entry = {
            "statement": statement,
            "answers": "{}",
            "file_name": file_name,
            **by.signed(),
            "catalogue": entries.fingerprint,
            "rows_accepted": rows.num_rows,
            "rows_rejected": 0,
        }
        number = write_down(store, entry, content, rows, at)
        return publish(
            store,
            {"kind": statement, **by.signed(), "submission_no": number},
            writer(statement, rows),
            at,
        )


def latest_sha256(store: Store, statement: str) -> str | None:
    """Return the hash of what the table in force was made from, or None."""
    found = store.value(
        """
        select sha256
        from ops.submission
        where statement = $statement and state = 'accepted'
        order by submission_no desc
        limit 1
        """,
        {"statement": statement},
    )
    return None if found is None else str(found)


def writer(statement: str, rows: pa.Table) -> Callable[[Cursor, int], None]:
    """Return what writes a table's rows under a number, in a transaction of `core`."""

    def write(cursor: Cursor, number: int) -> None:
        cursor.register("rows_given", rows)
        for table, columns in TABLES[statement]:
            cursor.execute(
                f"update {table} set to_no = $number "
                f"where to_no = $open and {_REPLACED.get(table, 'true')}",
                {"number": number, "open": OPEN},
            )
            cursor.execute(
                f"""
                insert into {table} ({columns}, from_no, to_no)
                select distinct {columns}, $number as from_no, $open as to_no
                from rows_given
                order by 1
                """,
                {"number": number, "open": OPEN},
            )
        cursor.unregister("rows_given")
        if statement == "ranks":
            settle_overlaps(cursor, number, is_everywhere=True)

    return write
