"""Which villages count, and what does each owe? From the registry to rows."""

from datetime import date

import pyarrow as pa

from base.catalogue import Catalogue
from etl.registry import Registry

_FOR_GOOD = date(9999, 12, 31)


def roster_rows(registry: Registry, entries: Catalogue) -> pa.Table:
    """Return one row per village and statement that it owes."""
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
                "cadence": statement.cadence,
                "due_days": statement.due_days,
                "owed_from_date": statement.owed_from,
                "owed_to_date": _FOR_GOOD,
            }
            for v in registry.villages.values()
            for statement_id, statement in entries.statements.items()
        ]
    )
