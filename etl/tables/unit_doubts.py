"""Is a table's unit likely, or was yuan typed under 万元, or 万元 under yuan?"""

from decimal import Decimal

import numpy as np

from base.formats import wan
from base.words import _
from etl.findings import Finding, error
from etl.reading.amounts import read_amounts, unit_name
from etl.tables.context import Context
from etl.tables.job import Job, money_columns, unit_of
from etl.tables.recognise import Table
from etl.tables.total_lines import Totals

_LAYOUTS = ("township_ledger", "flat_list", "village_year", "detail")
_IN_THOUSANDS = 1_000
# Amounts in yuan: so many at least, all below this, and most with a fraction.
_SMALL_FEN, _ENOUGH = 2_000, 4
Place = tuple[int, int, int]


def doubtful_unit(table: Table, context: Context, job: Job) -> list[Finding]:
    """Ask for the unit of a table whose amounts speak against the one it states.

    Args:
        table: as recognised.
        context: what holds for all its lines.
        job: for limits, and for the unit that was given when asked.

    Returns:
        One finding at the most; none where the unit was given.
    """
    if job.answers.unit is not None or table.layout not in _LAYOUTS:
        return []
    limits = job.entries.statements["ledger"]
    usual = int(limits.usual_amount_yuan) * 100
    largest_fen = int(limits.largest_amount_yuan) * 100
    # Totals are left out only where something is in doubt: files may be long.
    rows = list(range(*table.body))
    if not _is_suspect(table, context, rows, usual):
        return []
    rows = _lines(table, job)
    in_yuan: list[Place] = []
    for column in money_columns(table):
        unit = unit_of(table, column, context)
        fen = read_amounts([table.sheet.rows[row][column] for row in rows], unit).fen
        if not fen.any():
            continue
        at = int(np.abs(fen).argmax())
        # What is larger still is told cell by cell.
        if unit >= _IN_THOUSANDS and usual < abs(int(fen[at])) <= largest_fen:
            return [_finding(table, (rows[at], column, int(fen[at])), unit)]
        if unit == 1:
            in_yuan.append((rows[at], column, int(fen[at])))
            if abs(int(fen[at])) >= _SMALL_FEN:
                return []
            stated = fen[fen != 0]
            if 2 * np.count_nonzero(stated % 100) <= len(stated):
                return []
    if len(in_yuan) and _count(table, rows, in_yuan) >= _ENOUGH:
        return [_finding(table, max(in_yuan, key=lambda one: abs(one[2])), 1)]
    return []


def _is_suspect(
    table: Table, context: Context, rows: list[int], usual_fen: int
) -> bool:
    """Tell whether a column is larger than usual in 万元, or all small in yuan."""
    for column in money_columns(table):
        unit = unit_of(table, column, context)
        if unit not in (1, _IN_THOUSANDS, 10 * _IN_THOUSANDS):
            continue
        values = [table.sheet.rows[row][column] for row in rows]
        largest = int(np.abs(read_amounts(values, unit).fen).max(initial=0))
        if unit == 1 and largest >= _SMALL_FEN:
            return False
        if unit >= _IN_THOUSANDS and largest > usual_fen:
            return True
        if unit == 1 and largest:
            return True
    return False


def _count(table: Table, rows: list[int], columns: list[Place]) -> int:
    cells = [table.sheet.rows[row][c] for _row, c, _fen in columns for row in rows]
    return int(np.count_nonzero(read_amounts(cells, 1).fen))


def _lines(table: Table, job: Job) -> list[int]:
    totals = Totals(job.registry, job.entries)
    place = table.first("village_name")
    place = table.first("source") if place is None else place
    return [
        row
        for row in range(*table.body)
        if not totals.has_name_of(table.sheet.rows[row], table.text(row, place))
    ]


def _finding(table: Table, place: Place, unit: int) -> Finding:
    row, column, fen = place
    return error(
        "unit_doubtful",
        _(
            "单位像是写错了：按{unit}算，最大的一笔是 {amount}。请核对；"
            "确实是{unit}的，用 --unit {unit} 再交。",
            unit=unit_name(unit),
            amount=wan(Decimal(fen) / 100),
        ),
        table.sheet.name,
        table.sheet.cell(row, column),
        table.text(row, column),
    )
