"""What is a line of a table, and what does a table give: rows, counts, findings?"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa

from etl.findings import Finding
from etl.reading.amounts import Amounts

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
        ("item_id", pa.string()),
        ("amount_due_yuan", pa.decimal128(18, 2)),
        ("amount_received_yuan", pa.decimal128(18, 2)),
        ("quantity", pa.decimal128(18, 3)),
        ("quantity_unit", pa.string()),
        ("is_one_off", pa.bool_()),
        ("sheet", pa.string()),
        ("cell", pa.string()),
        ("remark", pa.string()),
    ]
)
NO_PROJECT, NO_SOURCE = "–", "–"
LEDGER = "ledger"


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
class Kind:
    """What rows are besides their amounts: of which paper, and which part of a source.

    `projects` and `remarks` have one entry a line. Without `line_kind` a source's rows
    are income and a cost's rows are costs. `is_one_off` goes before what the source is
    by itself.
    """

    statement: str = LEDGER
    item_id: str = ""
    line_kind: str = ""
    is_one_off: bool | None = None
    projects: list[str] | None = None
    remarks: list[str] | None = None


@dataclass(frozen=True)
class Counted:
    """What lines state besides money, in one unit; in hundredths as amounts are."""

    amounts: Amounts
    unit: str


@dataclass(frozen=True)
class Read:
    """What the lines of a table state of one kind of income; none where no column."""

    due: Amounts
    received: Amounts


@dataclass
class Output:
    """What a table gives: accepted lines, counts of income rows, and findings.

    `facts` are what it tells besides income, by kind, as rows of `etl.facts`.
    """

    accepted: list[pa.Table] = field(default_factory=list)
    rejected: int = 0
    findings: list[Finding] = field(default_factory=list)
    facts: dict[str, list[dict[str, object]]] = field(default_factory=dict)

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
