"""How is the income of a joint project parted among its holders, to the fen?"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from etl.sql import sql_of
from store import Cursor
from store.publish import OPEN

STATEMENT = "joint_income"
PROJECT_LINE = "project"
Row = dict[str, Any]
# Per cent by holder, by the day from which the table holds.
Tables = dict[date, dict[str, Decimal]]
_HUNDRED = Decimal(100)
PART_SCHEMA = pa.schema(
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
    incomes = _rows(cursor, sql_of("project_incomes"), given)
    holdings = _holdings(_rows(cursor, sql_of("project_shares"), given))
    cursor.execute(sql_of("close_parts"), {**given, "number": number})
    parts = [
        part
        for income in incomes
        for part in _parts(income, holdings.get(income["project_id"], {}))
    ]
    if parts:
        cursor.register("parts_given", pa.Table.from_pylist(parts, schema=PART_SCHEMA))
        cursor.execute(sql_of("insert_parts"), {"number": number, "open": OPEN})
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
    kept = {name: income[name] for name in PART_SCHEMA.names if name in income}
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
