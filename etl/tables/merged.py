"""Which amounts stand in cells merged over several lines or incomes?

Such an amount belongs to none of them alone. It is read where it is written, and the
sender is told.
"""

from base.formats import listed
from base.words import _
from etl.findings import Finding, warning
from etl.reading.amounts import states_amount
from etl.reading.workbook import Range
from etl.tables.job import Job, money_columns
from etl.tables.recognise import Table
from etl.tables.total_lines import Totals


def tell_of_merged_amounts(table: Table, job: Job) -> list[Finding]:
    """Tell of amounts in merged cells.

    Args:
        table: as recognised.
        job: registry and catalogue, for what total rows are called.

    Returns:
        A warning that names the cells, or nothing.
    """
    totals = Totals(job.registry, job.entries)
    spans = [span for span in table.sheet.merged if _is_shared(table, span, totals)]
    if not spans:
        return []
    cells = listed(table.sheet.cell(row, column) for row, column, *_last in spans)
    return [
        warning(
            "amount_merged",
            _(
                "金额写在合并单元格里（{cells}），只计入左上角那一格。请拆开，各填各的数。",
                cells=cells,
            ),
            table.sheet.name,
        )
    ]


def _is_shared(table: Table, span: Range, totals: Totals) -> bool:
    first_row, first_column, last_row, last_column = span
    if not table.body[0] <= first_row < table.body[1]:
        return False
    columns = [c for c in money_columns(table) if first_column <= c <= last_column]
    if not columns or not states_amount(table.sheet.rows[first_row][first_column]):
        return False
    place = table.first("village_name")
    place = table.first("source") if place is None else place
    names = {
        table.text(row, place)
        for row in range(first_row, min(last_row + 1, table.body[1]))
    }
    is_total = totals.has_name_of(
        table.sheet.rows[first_row], table.text(first_row, place)
    )
    return not is_total and (len(columns) > 1 or len(names - {""}) > 1)
