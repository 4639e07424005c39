"""Which villages count, and what does each owe by itself? From the registry to rows."""

from datetime import date

import pyarrow as pa

from base.catalogue import Catalogue
from etl.registry import Registry
from etl.tables.lines import NO_PROJECT

FOR_GOOD = date(9999, 12, 31)
EVERY_VILLAGE = "all"


def registry_rows(registry: Registry, entries: Catalogue) -> pa.Table:
    """Return one row per village and statement that every village owes."""
    return pa.Table.from_pylist(
        [
            {
                "village_code": v.village_code,
                "village_name": v.short_name,
                "official_name": v.official_name,
                "township_code": v.township_code,
                "township_name": v.township_name,
                "unit_kind": v.kind,
                "statement": statement_id,
                "project_id": NO_PROJECT,
                "cadence": statement.cadence,
                "due_days": statement.due_days,
                "owed_from_date": statement.owed_from,
                "owed_to_date": FOR_GOOD,
            }
            for v in registry.villages.values()
            for statement_id, statement in entries.statements.items()
            if statement.owed_by == EVERY_VILLAGE
        ]
    )


def rank_rows(entries: Catalogue) -> pa.Table:
    """Return one row per statement: which counts before which."""
    return pa.Table.from_pylist(
        [
            {
                "statement": statement_id,
                "rank_due": statement.rank_due,
                "rank_received": statement.rank_received,
            }
            for statement_id, statement in entries.statements.items()
        ],
        schema=pa.schema(
            [
                ("statement", pa.string()),
                ("rank_due", pa.int32()),
                ("rank_received", pa.int32()),
            ]
        ),
    )
