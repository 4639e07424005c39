"""How is a township's ledger read: a line a village, a column a source?"""

import numpy as np

from base.words import _
from etl.findings import error
from etl.reading.amounts import Amounts
from etl.statements.titled import village_of_title
from etl.tables.add_rows import add_rows
from etl.tables.body import read_body, reject_doubled
from etl.tables.context import Context
from etl.tables.cumulative import compare_cumulative_column, cumulative_columns
from etl.tables.job import Job, stated_in, tell_of_strays, unit_of
from etl.tables.lines import Columns, Output
from etl.tables.recognise import Table
from etl.tables.total_lines import set_subtotals_apart
from etl.tables.totals import (
    compare_total_column,
    compare_total_rows,
    repeats,
    total_column,
)


def read_ledger(table: Table, context: Context, job: Job, output: Output) -> None:
    """Read a ledger into rows and findings.

    Args:
        table: as recognised.
        context: what holds for all its lines.
        job: registry, catalogue, day and answers.
        output: takes rows, counts and findings.
    """
    name_of = village_of_title(table, context, job)
    body = read_body(table, context, job, output, name_of=name_of)
    set_subtotals_apart(table, body.lines, body.total_rows, job.registry, output)
    reject_doubled(table, body.lines, output)
    rows = body.lines.rows
    sums = Amounts(np.zeros(len(rows), np.int64), np.ones(len(rows), bool), [])
    found, is_whole = _columns(table, context, job, output)
    for source_id, columns in found.items():
        sources: list[str | None] = [source_id] * len(rows)
        read = add_rows(table, body.lines, columns, sources, job.entries, output)
        if source_id in job.entries.sources:
            shown = read.due if columns.received is None else read.received
            sums.fen[:] += shown.fen
            sums.unreadable.extend(shown.unreadable)
        compare_total_rows(
            table, rows, body.total_rows, columns, read, job.entries, output
        )
    repeating = [
        column
        for column in table.all("received")
        if repeats(table, column, rows, unit_of(table, column, context), sums)
    ]
    tell_of_strays(table, job, output, tuple(repeating))
    unit = unit_of(table, total_column(table, job.entries), context)
    if is_whole:
        compare_total_column(table, rows, unit, sums, job.entries, output)
        unit = unit_of(table, next(iter(cumulative_columns(table)), None), context)
        compare_cumulative_column(table, rows, unit, sums, output)


def _columns(
    table: Table, context: Context, job: Job, output: Output
) -> tuple[dict[str, Columns], bool]:
    """Return the columns of each source, and whether none had to be left out."""
    is_whole = True
    found: dict[str, dict[str, int]] = {}
    for column in table.all("amount"):
        heading = table.columns[column]
        own = found.setdefault(heading.source_id, {})
        if heading.measure not in own:
            own[heading.measure] = column
            continue
        is_whole = False
        output.rejected += stated_in(table, [column], job)
        output.findings.append(
            error(
                "column_twice",
                _("同一项收入有两列，分不清哪列对，这一列未读取。请只留一列。"),
                table.sheet.name,
                table.sheet.cell(table.heading_row, column),
                heading.text,
            )
        )
    return {
        source_id: Columns(
            own.get("due"),
            own.get("received"),
            unit_of(table, own.get("due"), context),
            unit_of(table, own.get("received"), context),
        )
        for source_id, own in found.items()
    }, is_whole
