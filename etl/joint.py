"""How is the income of a joint project parted among its holders, to the fen?"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from store import Cursor
from store.publish import OPEN

STATEMENT = "joint_income"
PROJECT_LINE = "project"
Row = dict[str, Any]
# Per cent by holder, by the day from which the table holds.
Tables = dict[date, dict[str, Decimal]]
_HUNDRED = Decimal(100)
_INCOMES = """
select
    project_id, source_id, category, is_one_off, period_start, period_end,
    amount_due_yuan, amount_received_yuan, submission_no
from core.income_period
where
    to_no = $open
    and statement = 'joint_income'
    and line_kind = 'project'
    and list_contains($projects, project_id)
order by project_id, period_start, period_end
"""
_SHARES = """
select project_id, valid_from_date, village_code, share_pct
from core.project_share
where to_no = $open and list_contains($projects, project_id)
order by project_id, valid_from_date, village_code
"""
_CLOSE = """
update core.income_period
set to_no = $number
where
    to_no = $open
    and statement = 'joint_income'
    and line_kind = 'income'
    and list_contains($projects, project_id)
"""
_INSERT = """
insert into core.income_period (
    village_code, source_id, statement, project_id, line_kind, period_start, period_end,
    category, item_id, is_one_off, amount_due_yuan, amount_received_yuan,
    due_until_date, received_until_date, submission_no, from_no, to_no
)
select
    village_code, source_id, 'joint_income' as statement, project_id,
    'income' as line_kind, period_start, period_end, category, '' as item_id,
    is_one_off, amount_due_yuan, amount_received_yuan,
    date '9999-12-31' as due_until_date, date '9999-12-31' as received_until_date,
    submission_no, $number as from_no, $open as to_no
from parts_given
order by village_code, period_start
"""
_PART = pa.schema(
    [
        ("village_code", pa.string()),
        ("source_id", pa.string()),
        ("project_id", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("category", pa.string()),
        ("is_one_off", pa.bool_()),
        ("amount_due_yuan", pa.decimal128(18, 2)),
        ("amount_received_yuan", pa.decimal128(18, 2)),
        ("submission_no", pa.int64()),
    ]
)


def split(fen: int, shares: Mapping[str, Decimal]) -> dict[str, int]:
    """Part an amount by shares so that the parts sum to the whole.

    Every holder gets the whole fen of its share; the fen left over go to those who
    lost the largest fraction, and among equals to the lowest code.

    Args:
        fen: the amount; may be negative.
        shares: per cent by place code; they sum to 100.

    Returns:
        Fen by place code.

    Source:
        The method of largest remainders (Hamilton).
    """
    sign = -1 if fen < 0 else 1
    exact = {code: abs(fen) * share / _HUNDRED for code, share in shares.items()}
    parts = {code: int(amount) for code, amount in exact.items()}
    left = abs(fen) - sum(parts.values())
    by_loss = sorted(exact, key=lambda code: (parts[code] - exact[code], code))
    for code in by_loss[:left]:
        parts[code] += 1
    return {code: sign * part for code, part in parts.items()}


def resplit(cursor: Cursor, number: int, project_ids: list[str]) -> None:
    """Write the parts of some projects anew, inside a transaction of `core`.

    Each period is parted by the shares in force at its end; whoever held shares under
    the tables before and does no longer loses the part.

    Args:
        cursor: of the transaction.
        number: under which the parts are written.
        project_ids: whose income or shares this number changed.
    """
    given = {"projects": project_ids, "open": OPEN}
    incomes = _rows(cursor, _INCOMES, given)
    holdings = _holdings(_rows(cursor, _SHARES, given))
    cursor.execute(_CLOSE, {**given, "number": number})
    parts = [
        part
        for income in incomes
        for part in _parts(income, holdings.get(income["project_id"], {}))
    ]
    if parts:
        cursor.register("parts_given", pa.Table.from_pylist(parts, schema=_PART))
        cursor.execute(_INSERT, {"number": number, "open": OPEN})
        cursor.unregister("parts_given")


def _rows(cursor: Cursor, sql: str, params: Row) -> list[Row]:
    # Not as a frame of pandas, which would make floats of decimals.
    rows: list[Row] = cursor.execute(sql, params).to_arrow_table().to_pylist()
    return rows


def _holdings(rows: list[Row]) -> dict[str, Tables]:
    found: dict[str, Tables] = {}
    for row in rows:
        tables = found.setdefault(row["project_id"], {})
        shares = tables.setdefault(row["valid_from_date"], {})
        shares[row["village_code"]] = row["share_pct"]
    return found


def _parts(income: Row, tables: Tables) -> list[Row]:
    in_force = [day for day in tables if day <= income["period_end"]]
    if not in_force:
        return []
    shares = tables[max(in_force)]
    by_measure = {
        column: _split_yuan(income[column], shares)
        for column in ("amount_due_yuan", "amount_received_yuan")
    }
    kept = {name: income[name] for name in _PART.names if name in income}
    return [
        {
            **kept,
            "village_code": code,
            **{column: parts[code] for column, parts in by_measure.items()},
        }
        for code in shares
    ]


def _split_yuan(
    amount: Decimal | None, shares: dict[str, Decimal]
) -> dict[str, Decimal | None]:
    if amount is None:
        return dict.fromkeys(shares)
    parts = split(int(amount * 100), shares)
    return {code: Decimal(fen) / 100 for code, fen in parts.items()}
