"""Do the totals that a table states agree with the sums of its parts?

Totals are compared and never added. Where a part could not be read, its total is not
compared: that part is told of already.
"""

import numpy as np

from base.catalogue import Catalogue
from base.words import _
from etl.findings import Finding, warning
from etl.reading.amounts import Amounts, read_amounts
from etl.reading.text import fold
from etl.tables.lines import Columns, Output, Read
from etl.tables.recognise import Table


def compare_total_rows(
    table: Table,
    rows: list[int],
    total_rows: list[int],
    columns: Columns,
    read: Read,
    entries: Catalogue,
    output: Output,
) -> None:
    """Compare total rows with the lines that they may sum up.

    Args:
        table: as recognised.
        rows: the sheet rows of the lines.
        total_rows: the sheet rows of the totals.
        columns: which columns were read.
        read: what the lines state in them.
        entries: for the names of totals that are of other times (累计).
        output: takes the findings.
    """
    places = np.array(rows, dtype=np.int64)
    for column, unit, amounts in (
        (columns.due, columns.unit_due, read.due),
        (columns.received, columns.unit_received, read.received),
    ):
        if column is None or amounts.unreadable or not total_rows:
            continue
        for row in total_rows:
            stated = read_amounts([table.sheet.rows[row][column]], unit)
            if not stated.fen[0] or _is_of_other_times(table, row, entries):
                continue
            sums = _sums(row, total_rows, places, amounts.fen)
            if stated.fen[0] not in sums:
                output.findings.append(
                    _mismatch(table, row, column, sums[0], _("各行之和"), unit)
                )


def _sums(
    row: int, total_rows: list[int], places: np.ndarray, fen: np.ndarray
) -> list[int]:
    """Return what a total may sum up: all above, its own block, or all lines."""
    before = max((r for r in total_rows if r < row), default=-1)
    after = min((r for r in total_rows if r > row), default=np.iinfo(np.int64).max)
    is_above = places < row
    parts = [
        is_above,
        is_above & (places > before),
        (places > row) & (places < after),
        np.ones(len(places), bool),
    ]
    return [int(fen[part].sum()) for part in parts if part.any()] or [0]


def _is_of_other_times(table: Table, row: int, entries: Catalogue) -> bool:
    words = entries.total_rows["of_other_times"]
    texts = [fold(cell) for cell in table.sheet.rows[row] if type(cell) is str]
    return any(word in text for word in words for text in texts)


def compare_total_column(
    table: Table,
    rows: list[int],
    unit: int,
    sums: Amounts,
    entries: Catalogue,
    output: Output,
) -> None:
    """Compare each line's own total with the sum of its parts.

    Args:
        table: as recognised.
        rows: the sheet rows of the lines.
        unit: how many yuan one unit of the total's column is worth.
        sums: what the parts of each line sum up to.
        entries: for the names of totals that are of other times (累计).
        output: takes the findings.
    """
    column = total_column(table, entries)
    if column is None:
        return
    stated = read_amounts([table.sheet.rows[row][column] for row in rows], unit)
    is_off = (stated.fen != 0) & (stated.fen != sums.fen)
    is_off[sums.unreadable] = False
    for position in np.flatnonzero(is_off).tolist():
        output.findings.append(
            _mismatch(
                table,
                rows[position],
                column,
                int(sums.fen[position]),
                _("各项之和"),
                unit,
            )
        )


def repeats(
    table: Table, column: int, rows: list[int], unit: int, sums: Amounts
) -> bool:
    """Tell whether a column states the sums of the others and nothing else."""
    stated = read_amounts([table.sheet.rows[row][column] for row in rows], unit)
    is_off = stated.is_stated & (stated.fen != sums.fen)
    is_off[sums.unreadable] = False
    return not is_off.any()


def total_column(table: Table, entries: Catalogue) -> int | None:
    """Return the column that sums up all others, if there is just one and no doubt."""
    words = entries.total_rows["of_other_times"]
    totals = [
        column
        for column in table.all("total")
        if not any(word in table.columns[column].text for word in words)
    ]
    has_unknown = any(heading.role == "unknown" for heading in table.columns)
    return totals[0] if len(totals) == 1 and not has_unknown else None


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
