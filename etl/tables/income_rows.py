"""How do the lines of a table become rows of income, each with its cell?"""

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from base.catalogue import Catalogue
from etl.reading.amounts import Amounts
from etl.reading.workbook import column_name
from etl.tables.lines import NO_PROJECT, SCHEMA, Arrays, Counted, Kind

_TEXT = pa.string()


def money_of(amounts: Amounts, is_kept: np.ndarray) -> pa.Array:
    """Return the amounts of some lines as decimal yuan, null where not stated."""
    fen = pa.array(amounts.fen[is_kept], mask=~amounts.is_stated[is_kept])
    hundredth = pa.scalar(Decimal("0.01"), pa.decimal128(3, 2))
    return pc.multiply(fen.cast(pa.decimal128(19, 0)), hundredth).cast(
        pa.decimal128(18, 2)
    )


def _quantity(counted: Counted | None, is_kept: np.ndarray) -> list[pa.Array]:
    count = int(np.count_nonzero(is_kept))
    if counted is None:
        return [pa.nulls(count, pa.decimal128(18, 3)), pa.nulls(count, _TEXT)]
    number = money_of(counted.amounts, is_kept).cast(pa.decimal128(18, 3))
    unit = pc.if_else(
        number.is_valid(), pa.scalar(counted.unit), pa.scalar(None, _TEXT)
    )
    return [number, unit]


def _line_kind(source_id: str, entries: Catalogue) -> str:
    return "income" if source_id in entries.sources else "cost"


def _is_one_off(source_id: str, entries: Catalogue, kind: Kind) -> bool:
    if kind.is_one_off is not None:
        return kind.is_one_off
    source = entries.sources.get(source_id)
    return source.is_one_off if source else False


def income_rows(
    given: Arrays,
    is_kept: np.ndarray,
    sources: np.ndarray,
    due: pa.Array,
    received: pa.Array,
    counted: Counted | None,
    sheet: str,
    column: int,
    entries: Catalogue,
    kind: Kind,
) -> pa.Table:
    """Make rows of `etl.tables.lines.SCHEMA`.

    Args:
        given: all lines of a table.
        is_kept: which of them give a row.
        sources: the source or cost of each row.
        due: what should come, yuan.
        received: what came, yuan.
        counted: what all lines count besides.
        sheet: where the rows stand.
        column: in which the traced cells stand, counted from 0.
        entries: categories, and what is one-off.
        kind: of which paper the rows are.
    """
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
            pa.repeat(kind.statement, count),
            pa.repeat(NO_PROJECT, count)
            if kind.projects is None
            else pa.array(np.array(kind.projects, dtype=object)[is_kept], pa.string()),
            by_source([kind.line_kind or _line_kind(i, entries) for i in ids], _TEXT),
            numbers,
            pa.array(given.starts[is_kept], pa.date32()),
            pa.array(given.ends[is_kept], pa.date32()),
            by_source([of[i].category if i in of else "" for i in ids], _TEXT),
            pa.repeat(kind.item_id, count),
            due,
            received,
            *_quantity(counted, is_kept),
            by_source([_is_one_off(i, entries, kind) for i in ids], pa.bool_()),
            pa.repeat(sheet, count),
            pc.binary_join_element_wise(
                column_name(column), numbers.cast(pa.string()), ""
            ),
            pa.nulls(count, _TEXT)
            if kind.remarks is None
            else pa.array(np.array(kind.remarks, dtype=object)[is_kept], _TEXT),
        ],
        schema=SCHEMA,
    )
