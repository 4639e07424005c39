"""Which income rows come out of a table's cells, and which are rejected?"""

from dataclasses import replace
from decimal import Decimal

import numpy as np

from base.catalogue import Catalogue
from base.formats import wan
from base.words import _
from etl.findings import error, warning
from etl.reading.amounts import Amounts, read_amounts
from etl.reading.text import said
from etl.reading.workbook import Value
from etl.tables.income_rows import income_rows, money_of
from etl.tables.lines import Columns, Counted, Kind, Lines, Output, Read
from etl.tables.recognise import Table

LEDGER_KIND = Kind()
WITHDRAWN = "withdrawn"


def add_rows(
    table: Table,
    lines: Lines,
    columns: Columns,
    sources: list[str | None],
    entries: Catalogue,
    output: Output,
    kind: Kind = LEDGER_KIND,
    counted: Counted | None = None,
) -> Read:
    """Read one kind of income from all lines and add its rows to the output.

    Args:
        table: where the cells are.
        lines: which rows carry figures, and of whom and when.
        columns: where due and received stand.
        sources: the source or cost of each line; None where it is not known.
        entries: categories and limits.
        output: takes rows, counts and findings.
        kind: of which paper the rows are, and which part of the source.
        counted: what is counted beside the money of the same line.

    Returns:
        What each line states, with a fen of 0 where nothing is stated.
    """
    due, received, is_bad = _read_both(table, lines, columns, output)
    is_large = np.zeros(len(lines.rows), bool)
    limit = int(entries.statements[kind.statement].largest_amount_yuan) * 100
    for column, amounts in ((columns.due, due), (columns.received, received)):
        if column is not None:
            is_large |= _look_at_sizes(table, lines, column, amounts, limit, output)
    is_known = np.array([source is not None for source in sources], dtype=bool)
    is_row = due.is_stated | received.is_stated | is_bad
    add_computed(
        table,
        lines,
        columns.shown,
        sources,
        entries,
        output,
        kind,
        counted,
        due,
        received,
        is_row & (is_bad | is_large | ~is_known),
        is_row,
    )
    is_withdrawn = _is_withdrawn(due, received) & ~is_row & is_known
    if is_withdrawn.any():
        # Such rows take the units that they name out of the figures.
        add_computed(
            table,
            lines,
            columns.shown,
            sources,
            entries,
            output,
            replace(kind, line_kind=WITHDRAWN),
            is_row=is_withdrawn,
        )
    return Read(due, received)


def _is_withdrawn(due: Amounts, received: Amounts) -> np.ndarray:
    """Tell which lines say 撤销 of an income, and nothing else."""
    is_withdrawn = np.zeros(len(due.fen), bool)
    is_withdrawn[[*due.withdrawn, *received.withdrawn]] = True
    return is_withdrawn


def add_computed(
    table: Table,
    lines: Lines,
    column: int,
    sources: list[str | None],
    entries: Catalogue,
    output: Output,
    kind: Kind,
    counted: Counted | None = None,
    due: Amounts | None = None,
    received: Amounts | None = None,
    is_bad: np.ndarray | None = None,
    is_row: np.ndarray | None = None,
) -> None:
    """Add rows of money that is known to the fen, or that tell of no money at all.

    Args:
        table: where the cells are.
        lines: which rows they come from, and of whom and when.
        column: that a row is traced to.
        sources: the source of each line.
        entries: categories.
        output: takes rows and counts.
        kind: of which paper the rows are.
        counted: what is counted; a line that counts nothing gives no row.
        due: money that should come, in fen.
        received: money that came, in fen.
        is_bad: lines that are rejected for what they say.
        is_row: lines that give a row; default those that count something, or all.
    """
    given = lines.arrays
    count = len(lines.rows)
    if is_row is None:
        is_row = np.ones(count, bool) if counted is None else counted.amounts.is_stated
    bad = np.zeros(count, bool) if is_bad is None else is_bad
    is_row = is_row | bad
    is_kept = is_row & ~bad & given.is_placed
    output.rejected += int(np.count_nonzero(is_row & ~is_kept))
    if not is_kept.any():
        return
    nothing = _nothing(count)
    output.accepted.append(
        income_rows(
            given,
            is_kept,
            np.array(sources, dtype=object)[is_kept],
            money_of(due or nothing, is_kept),
            money_of(received or nothing, is_kept),
            counted,
            table.sheet.name,
            column,
            entries,
            kind,
        )
    )


def _nothing(count: int) -> Amounts:
    return Amounts(np.zeros(count, np.int64), np.zeros(count, bool), [])


def _read_both(
    table: Table, lines: Lines, columns: Columns, output: Output
) -> tuple[Amounts, Amounts, np.ndarray]:
    amounts = {}
    is_bad = np.zeros(len(lines.rows), bool)
    for measure, column, unit in (
        ("due", columns.due, columns.unit_due),
        ("received", columns.received, columns.unit_received),
    ):
        if column is None:
            amounts[measure] = _nothing(len(lines.rows))
            continue
        cells = table.sheet.rows
        values: list[Value] = [cells[row][column] for row in lines.rows]
        read = amounts[measure] = read_amounts(values, unit)
        for position in read.unreadable:
            is_bad[position] = True
            output.findings.append(
                error(
                    "amount_unreadable",
                    _cure(values[position]),
                    table.sheet.name,
                    table.sheet.cell(lines.rows[position], column),
                    said(values[position]),
                )
            )
    return amounts["due"], amounts["received"], is_bad


def _cure(value: Value) -> str:
    if isinstance(value, str) and value.startswith("="):
        return _("公式还没有算出结果。请在 WPS 或 Excel 中打开，保存后再交。")
    if isinstance(value, str) and value.startswith("#"):
        return _("公式出错，没有结果。请改正公式，或直接填数字。")
    return _("金额读不出。请只填数字；没有收入填 0 或 无，未统计留空。")


def _look_at_sizes(
    table: Table,
    lines: Lines,
    column: int,
    amounts: Amounts,
    limit: int,
    output: Output,
) -> np.ndarray:
    """Tell of amounts below zero or above the limit (fen); return which are above."""
    is_large: np.ndarray = np.abs(amounts.fen) > limit
    for position in np.flatnonzero(is_large | (amounts.fen < 0)).tolist():
        place = (
            table.sheet.name,
            table.sheet.cell(lines.rows[position], column),
            said(table.sheet.rows[lines.rows[position]][column]),
        )
        amount = wan(Decimal(int(amounts.fen[position])) / 100)
        if is_large[position]:
            output.findings.append(
                error(
                    "amount_too_large",
                    _(
                        "按标注的单位是{amount}，一个村一期不应有这么多。请核对"
                        "单位是元还是万元。",
                        amount=amount,
                    ),
                    *place,
                )
            )
        else:
            output.findings.append(
                warning(
                    "amount_negative",
                    _(
                        "是负数（{amount}），按冲减计。如不是冲减请改正。",
                        amount=amount,
                    ),
                    *place,
                )
            )
    return is_large
