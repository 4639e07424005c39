"""How is a list of one source read, with what it counts: members, mu, children?"""

import numpy as np

from base.catalogue import Item, Source
from etl.reading.periods import months
from etl.tables.context import Context
from etl.tables.job import Job, only_column, tell_of_strays, unit_of
from etl.tables.lines import Columns, Kind, Lines, Output
from etl.tables.papers import DETAIL, ITEM, QUANTITY
from etl.tables.recognise import Table
from etl.tables.records import Records, records_of


def read_detail(table: Table, context: Context, job: Job, output: Output) -> None:
    """Read a list into rows of money and of what the source counts.

    Args:
        table: as recognised.
        context: what holds for all its lines.
        job: registry, catalogue, day and answers.
        output: takes rows, counts and findings.
    """
    kinds = [h.role for h in table.columns if h.role.startswith((QUANTITY, ITEM))]
    roles = ("due", "received", *dict.fromkeys(kinds))
    records = records_of(table, context, job, output, roles)
    tell_of_strays(table, job, output)
    source_id = next(
        h.source_id for h in table.columns if h.role in kinds or h.source_id
    )
    source = job.entries.sources[source_id]
    columns = Columns(
        only_column(table, "due", job, output),
        only_column(table, "received", job, output),
        unit_of(table, table.first("due"), context),
        unit_of(table, table.first("received"), context),
    )
    sources: list[str | None] = [source_id] * len(records.lines.rows)
    records.add_money(columns, sources, Kind(DETAIL))
    for role in dict.fromkeys(kinds):
        name = role.partition(":")[2]
        if role.startswith(QUANTITY):
            _add_quantity(records, source_id, source, role, name)
        else:
            _add_item(records, source_id, source.items[name], role, name)


def _add_item(
    records: Records, source_id: str, item: Item, role: str, name: str
) -> None:
    column = records.table.first(role)
    unit = unit_of(records.table, column, records.context)
    lines = _in_months(records.lines, item)
    kind = Kind(DETAIL, name, is_one_off=item.is_one_off)
    sources: list[str | None] = [source_id] * len(lines.rows)
    records.add_money(Columns(None, column, 1, unit), sources, kind, lines=lines)


def _in_months(lines: Lines, item: Item) -> Lines:
    """Give lines about a whole year the months in which the item is paid."""
    if item.months is None:
        return lines
    first, last = item.months
    starts, ends = list(lines.starts), list(lines.ends)
    for position, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if np.isnat(start):
            continue
        begins, finishes = start.astype(object), end.astype(object)
        if (begins.month, finishes.month) != (1, 12) or begins.year != finishes.year:
            continue
        own = months(begins.year, first, last)
        starts[position] = np.datetime64(own.start, "D")
        ends[position] = np.datetime64(own.end, "D")
    return Lines(lines.rows, lines.codes, starts, ends)


def _add_quantity(
    records: Records, source_id: str, source: Source, role: str, name: str
) -> None:
    counted = records.quantity(role, source.quantities[name].unit)
    if counted is None:
        return
    bad = np.zeros(len(records.lines.rows), bool)
    bad[counted.amounts.unreadable] = True
    sources: list[str | None] = [source_id] * len(records.lines.rows)
    kind = Kind(DETAIL, name, "quantity")
    records.add_lines(role, sources, kind, counted, is_bad=bad)
