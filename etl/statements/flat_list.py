"""How is a flat list read: a line an amount, with village, month and source?"""

from dataclasses import replace

from base.masking import masked_within
from base.words import _
from etl.findings import Finding, error
from etl.statements.titled import village_of_title
from etl.tables.add_rows import LEDGER_KIND, add_rows
from etl.tables.body import read_body
from etl.tables.context import Context
from etl.tables.headings import source_named
from etl.tables.job import Job, only_column, source_names, tell_of_strays, unit_of
from etl.tables.lines import Columns, Output
from etl.tables.recognise import Table
from etl.tables.totals import compare_total_rows


def read_flat_list(table: Table, context: Context, job: Job, output: Output) -> None:
    """Read a list into rows and findings; lines of one unit add up.

    Args:
        table: as recognised.
        context: what holds for all its lines.
        job: registry, catalogue, day and answers.
        output: takes rows, counts and findings.
    """
    name_of = village_of_title(table, context, job)
    body = read_body(table, context, job, output, name_of=name_of)
    lines = body.lines
    tell_of_strays(table, job, output)
    column = table.first("source")
    if column is None and job.answers.source_id is None:
        output.findings.append(
            error(
                "source_missing",
                _("没有说明是哪项收入。请加一列「收入来源」，或用 --source 指定。"),
                table.sheet.name,
            )
        )
    names = table.texts(lines.rows, column)
    known = {name: source_named(name) for name in set(names) if name}
    sources = [known[name] if name else job.answers.source_id for name in names]
    if column is not None and None in sources:
        output.findings += [
            unknown_source(table, row, column, job)
            for row, source_id in zip(lines.rows, sources, strict=True)
            if source_id is None
        ]
    due = only_column(table, "due", job, output)
    received = only_column(table, "received", job, output)
    columns = Columns(
        due, received, unit_of(table, due, context), unit_of(table, received, context)
    )
    remark = table.first("remark")
    kind = replace(
        LEDGER_KIND,
        remarks=None
        if remark is None
        else [masked_within(text) for text in table.texts(lines.rows, remark)],
    )
    read = add_rows(table, lines, columns, sources, job.entries, output, kind)
    compare_total_rows(
        table, lines.rows, body.total_rows, columns, read, job.entries, output
    )


def unknown_source(table: Table, row: int, column: int, job: Job) -> Finding:
    """Make the finding for a source that the catalogue does not know."""
    return error(
        "source_unknown",
        _("收入来源不认识。请填：{names}。", names=source_names(job)),
        table.sheet.name,
        table.sheet.cell(row, column),
        table.text(row, column),
    )
