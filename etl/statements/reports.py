"""How is it written down that a village sent a paper that tells of no money?"""

from etl.tables.add_rows import add_computed
from etl.tables.lines import NO_SOURCE, Kind
from etl.tables.records import Records


def add_reports(records: Records, statement: str, role: str) -> None:
    """Add a row for each line that was read as a whole.

    Args:
        records: the lines of the paper.
        statement: its kind.
        role: of the column that the rows are traced to.
    """
    column = records.table.first(role)
    add_computed(
        records.table,
        records.lines,
        column if column is not None else 0,
        [NO_SOURCE] * len(records.lines.rows),
        records.job.entries,
        records.output,
        Kind(statement, "", "report"),
        is_bad=records.is_bad,
    )
