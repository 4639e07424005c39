"""How is one village's year read: a line a source, a column a month?"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from base.words import _
from etl.findings import Finding, error
from etl.reading.amounts import Amounts, states_amount
from etl.reading.periods import months
from etl.registry import Registry
from etl.resolve import Unresolved, resolve
from etl.statements.flat_list import unknown_source
from etl.statements.titled import hints_of, names_in_title
from etl.tables.add_rows import add_rows
from etl.tables.context import Context
from etl.tables.headings import source_named
from etl.tables.job import Job, stated_in, tell_of_strays, unit_of
from etl.tables.lines import Columns, Lines, Output, Read
from etl.tables.recognise import Table
from etl.tables.total_lines import Totals
from etl.tables.totals import compare_total_column, compare_total_rows, total_column


def read_village_year(table: Table, context: Context, job: Job, output: Output) -> None:
    """Read a village's year into rows and findings.

    Args:
        table: as recognised.
        context: what holds for all its lines; its year at least.
        job: registry, catalogue, day and answers.
        output: takes rows, counts and findings.
    """
    assert context.year is not None
    code = _village(table, context, job.registry, output)
    tell_of_strays(table, job, output)
    body = _source_rows(table, job, output)
    rows, sources = body.rows, body.sources
    is_income = np.array([source not in job.entries.costs for source in sources], bool)
    sums = Amounts(np.zeros(len(rows), np.int64), np.ones(len(rows), bool), [])
    for column in _month_columns(table, job, output):
        month = table.columns[column].month
        period = months(context.year, month, month)
        is_begun = period.start <= job.today
        start = np.datetime64(period.start if is_begun else "NaT", "D")
        lines = Lines(
            rows,
            [code] * len(rows),
            [start] * len(rows),
            [np.datetime64(period.end, "D")] * len(rows),
        )
        before = output.rejected
        columns = Columns(None, column, 1, unit_of(table, column, context))
        read = add_rows(table, lines, columns, sources, job.entries, output)
        sums.fen[:] += read.received.fen
        sums.unreadable.extend(read.received.unreadable)
        if not is_begun and output.rejected > before:
            output.findings.append(
                error(
                    "period_future",
                    _("月份还没有到。请核对年份和月份。"),
                    table.sheet.name,
                    table.sheet.cell(table.heading_row, column),
                    table.columns[column].text,
                )
            )
        fen = np.where(is_income, read.received.fen, 0)
        income = Read(read.due, Amounts(fen, is_income, read.received.unreadable))
        compare_total_rows(
            table, rows, body.total_rows, columns, income, job.entries, output
        )
    unit = unit_of(table, total_column(table, job.entries), context)
    compare_total_column(table, rows, unit, sums, job.entries, output)


@dataclass
class _Body:
    """The lines of a village's year: their rows and sources, and the total rows."""

    rows: list[int] = field(default_factory=list)
    sources: list[str | None] = field(default_factory=list)
    total_rows: list[int] = field(default_factory=list)


def _source_rows(table: Table, job: Job, output: Output) -> _Body:
    column = table.first("source") or 0
    totals = Totals(job.registry, job.entries)
    body = _Body()
    for row in range(*table.body):
        cells = [table.sheet.rows[row][c] for c in table.all("month")]
        name = table.text(row, column)
        if totals.has_name_of(table.sheet.rows[row], name):
            body.total_rows.append(row)
            continue
        source_id = source_named(name)
        is_stated = any(map(states_amount, cells))
        if not is_stated and (source_id is None or all(cell == "" for cell in cells)):
            continue
        if source_id is None:
            output.findings.append(unknown_source(table, row, column, job))
        elif source_id in body.sources:
            output.findings.append(_source_twice(table, row, column))
            source_id = None
        body.rows.append(row)
        body.sources.append(source_id)
    return body


def _source_twice(table: Table, row: int, column: int) -> Finding:
    return error(
        "source_twice",
        _("同一项收入有两行，分不清哪行对，这一行未读取。请合成一行。"),
        table.sheet.name,
        table.sheet.cell(row, column),
        table.text(row, column),
    )


def _month_columns(table: Table, job: Job, output: Output) -> list[int]:
    """Return a column for each month, and tell of further ones of the same month."""
    found: dict[int, int] = {}
    for column in table.all("month"):
        first = found.setdefault(table.columns[column].month, column)
        if first == column:
            continue
        output.rejected += stated_in(table, [column], job)
        output.findings.append(
            error(
                "column_twice",
                _("同一个月有两列，分不清哪列对，这一列未读取。请只留一列。"),
                table.sheet.name,
                table.sheet.cell(table.heading_row, column),
                table.columns[column].text,
            )
        )
    return list(found.values())


def _village(
    table: Table, context: Context, registry: Registry, output: Output
) -> str | None:
    """Find the village that title, label, sheet or file name speak of."""
    assert context.year is not None
    named = names_in_title(table, context, registry)
    problem: Unresolved | None = None
    for candidate in [*named, *hints_of(table, context)]:
        try:
            on = date(context.year, 12, 31)
            return resolve(candidate, registry, on).village_code
        except Unresolved as unresolved:
            # Names of sheets and files need not be villages.
            problem = problem or (unresolved if candidate in named else None)
    output.findings.append(
        error(
            problem.code if problem else "village_missing",
            problem.cure
            if problem
            else _("没有写是哪个村。请在标题里写「某某镇某某村2018年…」。"),
            table.sheet.name,
            found=named[0].name if named else "",
        )
    )
    return None
