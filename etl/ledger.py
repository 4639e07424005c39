"""How is a township's ledger read: a line a village, a column a source?"""

import numpy as np

from base.words import _
from etl.amounts import read_amounts
from etl.body import Body, read_body, reject_doubled, set_subtotals_apart
from etl.context import Context
from etl.findings import Finding, error, warning
from etl.job import Job, stated_in, tell_of_strays, unit_of
from etl.lines import Columns, Lines, Output, add_rows
from etl.recognise import Table


def read_ledger(table: Table, context: Context, job: Job, output: Output) -> None:
    """Read a ledger into rows and findings.

    Args:
        table: as recognised.
        context: what holds for all its lines.
        job: registry, catalogue, day and answers.
        output: takes rows, counts and findings.
    """
    body = read_body(table, context, job.registry, job.entries, job.today, output)
    set_subtotals_apart(table, body, job.registry, output)
    reject_doubled(table, body.lines, job.registry, output)
    tell_of_strays(table, job, output)
    sums = np.zeros(len(body.lines.rows), np.int64)
    for source_id, columns in _columns(table, context, output).items():
        sources: list[str | None] = [source_id] * len(body.lines.rows)
        fen = add_rows(table, body.lines, columns, sources, job.entries, output)
        if source_id in job.entries.sources:
            sums += fen
        _compare_total_rows(table, body, columns, fen, output)
    _compare_total_column(table, context, body.lines, sums, output)


def _columns(table: Table, context: Context, output: Output) -> dict[str, Columns]:
    found: dict[str, dict[str, int]] = {}
    for column in table.all("amount"):
        heading = table.columns[column]
        own = found.setdefault(heading.source_id, {})
        if heading.measure not in own:
            own[heading.measure] = column
            continue
        output.rejected += stated_in(table, column)
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
    }


def _compare_total_rows(
    table: Table, body: Body, columns: Columns, fen: np.ndarray, output: Output
) -> None:
    """Compare the last total row with the sum of the lines above it."""
    if not body.total_rows:
        return
    row = body.total_rows[-1]
    unit = columns.unit_received if columns.received is not None else columns.unit_due
    stated = read_amounts([table.sheet.rows[row][columns.shown]], unit)
    is_above = np.array(body.lines.rows) < row
    parts = int(fen[is_above].sum())
    if not stated.is_stated[0] or not stated.fen[0] or stated.fen[0] == parts:
        return
    output.findings.append(
        _mismatch(table, row, columns.shown, parts, _("各村之和"), unit)
    )


def _compare_total_column(
    table: Table, context: Context, lines: Lines, sums: np.ndarray, output: Output
) -> None:
    """Compare each line's own total with the sum of its sources."""
    totals = [c for c in table.all("total") if "累计" not in table.columns[c].text]
    if len(totals) != 1 or any(h.role == "unknown" for h in table.columns):
        return
    column = totals[0]
    unit = unit_of(table, column, context)
    cells = [table.sheet.rows[row][column] for row in lines.rows]
    stated = read_amounts(cells, unit)
    is_off = stated.is_stated & (stated.fen != 0) & (stated.fen != sums)
    for position in np.flatnonzero(is_off).tolist():
        row = lines.rows[position]
        output.findings.append(
            _mismatch(table, row, column, int(sums[position]), _("各项之和"), unit)
        )


def _mismatch(
    table: Table, row: int, column: int, parts: int, of_what: str, unit: int
) -> Finding:
    shown = f"{parts / 100 / unit:,.6f}".rstrip("0").rstrip(".")
    return warning(
        "total_mismatch",
        _(
            "合计与{of_what}不等（{of_what}是 {parts}）。按各项读取；请核对合计。",
            of_what=of_what,
            parts=shown,
        ),
        table.sheet.name,
        table.sheet.cell(row, column),
        table.text(row, column),
    )
