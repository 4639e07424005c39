"""How is it written down that a village sent a paper that tells of no money?"""

from etl.tables.lines import NO_SOURCE, Kind
from etl.tables.records import Records


def add_reports(records: Records, statement: str, role: str) -> None:
    """Add a row for each line that was read as a whole.

    Args:
        records: the lines of the paper.
        statement: its kind.
        role: of the column that the rows are traced to.
    """
    sources: list[str | None] = [NO_SOURCE] * len(records.lines.rows)
    records.add_lines(role, sources, Kind(statement, "", "report"))
