"""Which tables may be taken away? By topic; what a page shows is asked for here."""

from collections.abc import Mapping
from types import MappingProxyType

from queries.table import Table
from reports.tables import joint, sources, villages

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.table_id: table
        for table in (*villages.TABLES, *sources.TABLES, *joint.TABLES)
    }
)

__all__ = ["TABLES"]
