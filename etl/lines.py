"""Which income rows come out of a table's cells, and which are rejected?"""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from base.catalogue import Catalogue
from base.formats import wan
from base.words import _
from etl.amounts import Amounts, read_amounts
from etl.findings import Finding, error, warning
from etl.recognise import Table
from etl.text import said
from etl.workbook import Value, column_name

SCHEMA = pa.schema(
    [
        ("village_code", pa.string()),
        ("source_id", pa.string()),
        ("statement", pa.string()),
        ("project_id", pa.string()),
        ("line_kind", pa.string()),
        ("file_line", pa.int32()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("category", pa.string()),
        ("amount_due_yuan", pa.decimal128(18, 2)),
        ("amount_received_yuan", pa.decimal128(18, 2)),
        ("quantity", pa.decimal128(18, 3)),
        ("quantity_unit", pa.string()),
        ("is_one_off", pa.bool_()),
        ("sheet", pa.string()),
        ("cell", pa.string()),
    ]
)
NO_PROJECT = "–"


@dataclass(frozen=True)
class Arrays:
    """Lines as arrays; `is_placed` where both village and period are known."""

    rows: np.ndarray
    codes: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    is_placed: np.ndarray


@dataclass
class Lines:
    """The lines of a table that carry figures, with what each says of place and time.

    `rows` are sheet rows counted from 0. A line without a village code, or without a
    period (not a time), is rejected with every amount that it states.
    """

    rows: list[int] = field(default_factory=list)
    codes: list[str | None] = field(default_factory=list)
    starts: list[np.datetime64] = field(default_factory=list)
    ends: list[np.datetime64] = field(default_factory=list)

    @cached_property
    def arrays(self) -> Arrays:
        """Return the lines as arrays, once they are all there."""
        starts = np.array(self.starts, dtype="datetime64[D]")
        has_code = np.array([code is not None for code in self.codes], dtype=bool)
        return Arrays(
            np.array(self.rows, dtype=np.int32),
            np.array(self.codes, dtype=object),
            starts,
            np.array(self.ends, dtype="datetime64[D]"),
            has_code & ~np.isnat(starts),
        )


@dataclass(frozen=True)
class Read:
    """What the lines of a table state of one kind of income; none where no column."""

    due: Amounts
    received: Amounts


@dataclass
class Output:
    """What a table gives: accepted lines, counts of income rows, and findings."""

    accepted: list[pa.Table] = field(default_factory=list)
    rejected: int = 0
    findings: list[Finding] = field(default_factory=list)

    def rows(self) -> pa.Table:
        """Return the accepted lines as one table."""
        return (
            pa.concat_tables(self.accepted) if self.accepted else SCHEMA.empty_table()
        )


@dataclass(frozen=True)
class Columns:
    """The one or two columns that hold one kind of income; None where absent."""

    due: int | None
    received: int | None
    unit_due: int = 1
    unit_received: int = 1

    @property
    def shown(self) -> int:
        """Return the column that a row is traced to."""
        column = self.received if self.received is not None else self.due
        assert column is not None
        return column


def add_rows(
    table: Table,
    lines: Lines,
    columns: Columns,
    sources: list[str | None],
    entries: Catalogue,
    output: Output,
) -> Read:
    """Read one kind of income from all lines and add its rows to the output.

    Args:
        table: where the cells are.
        lines: which rows carry figures, and of whom and when.
        columns: where due and received stand.
        sources: the source or cost of each line; None where it is not known.
        entries: categories and limits.
        output: takes rows, counts and findings.

    Returns:
        What each line states, with a fen of 0 where nothing is stated.
    """
    due, received, is_bad = _read_both(table, lines, columns, output)
    is_stated = due.is_stated | received.is_stated
    is_large = np.zeros(len(lines.rows), bool)
    limit = int(entries.statements["ledger"].largest_amount_yuan) * 100
    for column, amounts in ((columns.due, due), (columns.received, received)):
        if column is not None:
            is_large |= _look_at_sizes(table, lines, column, amounts, limit, output)
    given = lines.arrays
    of_source = np.array(sources, dtype=object)
    is_known = np.array([source is not None for source in sources], dtype=bool)
    is_row = is_stated | is_bad
    is_kept = is_stated & ~is_bad & ~is_large & given.is_placed & is_known
    output.rejected += int(np.count_nonzero(is_row & ~is_kept))
    if is_kept.any():
        output.accepted.append(
            _arrow(
                given,
                is_kept,
                of_source[is_kept],
                _money(due, is_kept),
                _money(received, is_kept),
                table.sheet.name,
                columns.shown,
                entries,
            )
        )
    return Read(due, received)


def _read_both(
    table: Table, lines: Lines, columns: Columns, output: Output
) -> tuple[Amounts, Amounts, np.ndarray]:
    count = len(lines.rows)
    nothing = Amounts(np.zeros(count, np.int64), np.zeros(count, bool), [])
    amounts = {}
    is_bad = np.zeros(count, bool)
    for measure, column, unit in (
        ("due", columns.due, columns.unit_due),
        ("received", columns.received, columns.unit_received),
    ):
        if column is None:
            amounts[measure] = nothing
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


def _money(amounts: Amounts, is_kept: np.ndarray) -> pa.Array:
    fen = pa.array(amounts.fen[is_kept], mask=~amounts.is_stated[is_kept])
    hundredth = pa.scalar(Decimal("0.01"), pa.decimal128(3, 2))
    return pc.multiply(fen.cast(pa.decimal128(19, 0)), hundredth).cast(
        pa.decimal128(18, 2)
    )


def _arrow(
    given: Arrays,
    is_kept: np.ndarray,
    sources: np.ndarray,
    due: pa.Array,
    received: pa.Array,
    sheet: str,
    column: int,
    entries: Catalogue,
) -> pa.Table:
    count = len(sources)
    of = entries.lines()
    names = pa.array(sources, pa.string()).dictionary_encode()
    ids = names.dictionary.to_pylist()

    def by_source(values: list[object], kind: pa.DataType) -> pa.Array:
        return pa.array(values, kind).take(names.indices)

    numbers = pa.array(given.rows[is_kept] + 1, pa.int32())
    return pa.Table.from_arrays(
        [
            pa.array(given.codes[is_kept], pa.string()),
            names.cast(pa.string()),
            pa.repeat("ledger", count),
            pa.repeat(NO_PROJECT, count),
            by_source(
                ["income" if i in entries.sources else "cost" for i in ids], pa.string()
            ),
            numbers,
            pa.array(given.starts[is_kept], pa.date32()),
            pa.array(given.ends[is_kept], pa.date32()),
            by_source([of[i].category for i in ids], pa.string()),
            due,
            received,
            pa.nulls(count, pa.decimal128(18, 3)),
            pa.nulls(count, pa.string()),
            by_source([getattr(of[i], "is_one_off", False) for i in ids], pa.bool_()),
            pa.repeat(sheet, count),
            pc.binary_join_element_wise(
                column_name(column), numbers.cast(pa.string()), ""
            ),
        ],
        schema=SCHEMA,
    )
