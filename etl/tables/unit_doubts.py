"""Is a table's unit likely, or was yuan typed under 万元, or 万元 under yuan?"""

from collections.abc import Iterator
from decimal import Decimal

import numpy as np

from base.formats import wan
from base.words import _
from etl.findings import Finding, error
from etl.reading.amounts import read_amounts, unit_name
from etl.tables.context import Context
from etl.tables.job import Job, money_columns, rows_without_totals, unit_of
from etl.tables.recognise import Table

_LAYOUTS = ("township_ledger", "flat_list", "village_year", "detail")
_IN_THOUSANDS = 1_000
# Amounts in yuan: so many at least, all below this, and most with a fraction.
_SMALL_FEN, _ENOUGH = 2_000, 4
# Row, column and fen.
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
    usual_fen = int(limits.usual_amount_yuan) * 100
    largest_fen = int(limits.largest_amount_yuan) * 100
    # Totals are left out only where something is in doubt: files may be long.
    if not _is_suspect(table, context, usual_fen):
        return []
    rows = rows_without_totals(table, job)
    in_yuan: list[Place] = []
    count = 0
    for column, unit, fen in _amounts(table, context, rows):
        stated = fen[fen != 0]
        if not len(stated):
            continue
        at = int(np.abs(fen).argmax())
        place = (rows[at], column, int(fen[at]))
        # What is larger still is told cell by cell.
        if unit >= _IN_THOUSANDS and usual_fen < abs(place[2]) <= largest_fen:
            return [_finding(table, place, unit)]
        if unit == 1:
            is_fractional = 2 * np.count_nonzero(stated % 100) > len(stated)
            if abs(place[2]) >= _SMALL_FEN or not is_fractional:
                return []
            in_yuan.append(place)
            count += len(stated)
    if count >= _ENOUGH:
        return [_finding(table, max(in_yuan, key=lambda one: abs(one[2])), 1)]
    return []


def _is_suspect(table: Table, context: Context, usual_fen: int) -> bool:
    """Tell whether a column is larger than usual in 万元, or all small in yuan."""
    for _column, unit, fen in _amounts(table, context, list(range(*table.body))):
        largest = int(np.abs(fen).max(initial=0))
        if unit == 1 and largest:
            return largest < _SMALL_FEN
        if unit >= _IN_THOUSANDS and largest > usual_fen:
            return True
    return False


def _amounts(
    table: Table, context: Context, rows: list[int]
) -> Iterator[tuple[int, int, np.ndarray]]:
    """Give each column of money, its unit in yuan, and what some rows state in fen."""
    for column in money_columns(table):
        unit = unit_of(table, column, context)
        cells = [table.sheet.rows[row][column] for row in rows]
        yield column, unit, read_amounts(cells, unit).fen


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
