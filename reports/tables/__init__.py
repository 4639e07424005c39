"""Which tables may be taken away? By topic; what a page shows is asked for here."""

from collections.abc import Mapping
from types import MappingProxyType

from queries.table import Table
from reports.tables import (
    actions,
    duties,
    figures,
    joint,
    matters,
    meetings,
    reporting,
    solar,
    sources,
    villages,
    year_end,
)

_TOPICS = (
    actions,
    duties,
    figures,
    joint,
    matters,
    meetings,
    reporting,
    solar,
    sources,
    villages,
    year_end,
)
TABLES: Mapping[str, Table] = MappingProxyType(
    {table.table_id: table for topic in _TOPICS for table in topic.TABLES}
)

__all__ = ["TABLES"]
