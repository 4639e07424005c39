"""Which rows with figures does a sheet hide? They are read, and the sender is told."""

from itertools import groupby

from base.formats import listed
from base.words import _
from etl.findings import Finding, warning
from etl.reading.amounts import states_amount
from etl.reading.workbook import Sheet
from etl.tables.job import Job, money_columns
from etl.tables.recognise import Table
from etl.tables.total_lines import Totals


def tell_of_hidden_rows(sheet: Sheet, tables: list[Table], job: Job) -> list[Finding]:
    """Tell of hidden rows whose figures are read.

    A filter hides rows by accident and totals include them, so that leaving them out
    would be the greater error.

    Args:
        sheet: its cells and which rows are hidden.
        tables: its tables, as recognised.
        job: registry and catalogue, for what total rows are called.

    Returns:
        A warning that names the rows, or nothing.
    """
    rows = sorted(row for table in tables for row in _with_figures(sheet, table, job))
    if not rows:
        return []
    return [
        warning(
            "rows_hidden",
            _(
                "第 {rows} 行是隐藏的，已照常读取。如不该上报，请删去这些行。",
                rows=listed(_spans(rows)),
            ),
            sheet.name,
        )
    ]


def _with_figures(sheet: Sheet, table: Table, job: Job) -> list[int]:
    totals = Totals(job.registry, job.entries)
    place = table.first("village_name")
    return [
        row
        for row in sheet.hidden_rows
        if table.body[0] <= row < table.body[1]
        and any(states_amount(sheet.rows[row][c]) for c in money_columns(table))
        and not totals.has_name_of(sheet.rows[row], table.text(row, place))
    ]


def _spans(rows: list[int]) -> list[str]:
    """Return rows as the spreadsheet counts them, neighbours together: 5, 7–9."""
    spans = []
    for _apart, group in groupby(enumerate(rows), lambda item: item[1] - item[0]):
        members = [row + 1 for _order, row in group]
        first, last = members[0], members[-1]
        spans.append(str(first) if first == last else f"{first}–{last}")
    return spans
