"""What do the columns of a paper say, line by line, once their kind is known?"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from base.words import _
from etl.findings import error
from etl.reading.amounts import Amounts, read_amounts
from etl.reading.days import read_day
from etl.reading.text import fold
from etl.reading.workbook import Value
from etl.registry_rows import FOR_GOOD
from etl.tables.add_rows import add_computed, add_rows
from etl.tables.body import read_body
from etl.tables.context import Context
from etl.tables.job import Job, unit_of
from etl.tables.lines import NO_PROJECT, Columns, Counted, Kind, Lines, Output
from etl.tables.papers import is_english
from etl.tables.recognise import Table
from etl.tables.totals import compare_total_rows

# What stands for the same as in the line above.
_DITTO = frozenset(["同上", "同前", "〃", "″", '"', "”", "′′"])
_FOLDED = re.compile(r"[(\[【](?P<unit>[^()\[\]【】]*)[)\]】]$")


@dataclass
class Records:
    """The lines of a paper and what each states; positions are those of `lines`.

    `is_bad` marks lines of which something could not be read; `total_rows` are the
    sheet rows that only sum up.
    """

    table: Table
    context: Context
    job: Job
    output: Output
    lines: Lines
    total_rows: list[int]
    is_bad: np.ndarray

    def has(self, role: str) -> bool:
        """Tell whether there is a column of a role."""
        return self.table.first(role) is not None

    def texts(self, role: str) -> list[str]:
        """Return what the column of a role says; empty texts where there is none."""
        texts = self.table.texts(self.lines.rows, self.table.first(role))
        for position, text in enumerate(texts):
            if position and text in _DITTO:
                texts[position] = texts[position - 1]
        return texts

    def cell(self, position: int, role: str) -> str:
        """Return the name of the cell of a role, else of the line's first column."""
        return self.table.sheet.cell(
            self.lines.rows[position], self.table.first(role) or 0
        )

    def pair(self, due: str, received: str) -> Columns:
        """Return the columns of due and received money, with their units."""
        first, second = self.table.first(due), self.table.first(received)
        return Columns(
            first,
            second,
            unit_of(self.table, first, self.context),
            unit_of(self.table, second, self.context),
        )

    def money(self, role: str) -> list[Decimal | None]:
        """Return yuan, None where not stated; what cannot be read is told of."""
        column = self.table.first(role)
        if column is None:
            return [None] * len(self.lines.rows)
        scale = Decimal(unit_of(self.table, column, self.context))
        return _decimals(self._numbers(role, column, scale))

    def number(self, role: str, unit: str) -> list[Decimal | None]:
        """Return a quantity in a unit, None where not stated."""
        counted = self.quantity(role, unit)
        if counted is None:
            return [None] * len(self.lines.rows)
        return _decimals(counted.amounts)

    def quantity(self, role: str, unit: str) -> Counted | None:
        """Return a quantity in a unit, or None where no column states it.

        A heading says the unit that its numbers are in (万kWh); a platform's own key
        is in the catalogue's unit. What has several units and states none is refused.
        """
        column = self.table.first(role)
        if column is None:
            return None
        scale = self._scale(column, unit)
        if scale is None:
            self.is_bad[:] = True
            return None
        return Counted(self._numbers(role, column, scale, unit), unit)

    def _numbers(
        self, role: str, column: int, scale: Decimal, word: str = ""
    ) -> Amounts:
        """Read a column of which one is so many; a cell may end with the word."""
        cells = [
            _without_unit(self.table.sheet.rows[row][column], word)
            for row in self.lines.rows
        ]
        if scale == int(scale):
            read = read_amounts(cells, int(scale))
        else:
            bare = read_amounts(cells, 1)
            scaled = np.rint(bare.fen * float(scale)).astype(np.int64)
            read = Amounts(scaled, bare.is_stated, bare.unreadable)
        for position in read.unreadable:
            self.refuse(
                position,
                role,
                "number_unreadable",
                _("数字读不出。请只填数字；没有填 0，未统计留空。"),
            )
        return read

    def _scale(self, column: int, unit: str) -> Decimal | None:
        known = self.job.entries.quantity_units[unit]
        text = self.table.columns[column].text.split(" / ")[-1]
        folded = fold(text).lower()
        bracketed = _FOLDED.search(folded)
        if bracketed:
            scale = known.get(bracketed["unit"])
        else:
            endings = [one for one in known if folded.endswith(one)]
            scale = known[max(endings, key=len)] if endings else None
        if scale is not None:
            return scale
        if bracketed is None and (is_english(text) or set(known.values()) == {1}):
            return Decimal(1)
        self.output.findings.append(
            error(
                "quantity_unit_missing",
                _(
                    "没有写清单位，或单位不认识。请在表头写明，如「（{unit}）」。",
                    unit=unit,
                ),
                self.table.sheet.name,
                self.table.sheet.cell(self.table.heading_row, column),
                self.table.columns[column].text,
            )
        )
        return None

    def days(self, role: str, is_last: bool = False) -> list[date | None]:
        """Return days, None where blank; a month is its first or its last day."""
        column = self.table.first(role)
        found: list[date | None] = []
        for position, row in enumerate(self.lines.rows):
            if column is None:
                found.append(None)
                continue
            source = self.table.merged_down.get((row, column), row)
            value = self.table.sheet.rows[source][column]
            try:
                found.append(read_day(value, is_last))
            except ValueError:
                found.append(None)
                self.refuse(
                    position,
                    role,
                    "day_unreadable",
                    _("日期读不出。请写成 2018-06-30。"),
                )
        return found

    def refuse(self, position: int, role: str, code: str, message: str) -> None:
        """Tell what is wrong with a cell, and hold its line back."""
        self.is_bad[position] = True
        self.output.findings.append(
            error(
                code,
                message,
                self.table.sheet.name,
                self.cell(position, role),
                self.table.text(self.lines.rows[position], self.table.first(role)),
            )
        )

    @property
    def kept(self) -> list[int]:
        """Return the positions of lines that are placed and read as a whole."""
        placed = self.lines.arrays.is_placed & ~self.is_bad
        kept: list[int] = np.flatnonzero(placed).tolist()
        return kept

    def period(self, position: int) -> tuple[date, date]:
        """Return the first and last day that a placed line speaks of."""
        given = self.lines.arrays
        start, end = given.starts[position], given.ends[position]
        return start.astype(object), end.astype(object)

    def add_money(
        self,
        columns: Columns,
        sources: list[str | None],
        kind: Kind,
        counted: Counted | None = None,
        lines: Lines | None = None,
    ) -> None:
        """Read due and received money into rows, and compare them with the totals.

        Args:
            columns: where they stand; neither: nothing is read.
            sources: the source of each line.
            kind: of which paper the rows are, and which part of the source.
            counted: what is counted beside the money.
            lines: whose period differs from the paper's; default the paper's own.
        """
        if columns.due is None and columns.received is None:
            return
        own = self.lines if lines is None else lines
        entries, output = self.job.entries, self.output
        read = add_rows(
            self.table, own, columns, sources, entries, output, kind, counted
        )
        compare_total_rows(
            self.table, own.rows, self.total_rows, columns, read, entries, output
        )

    def add_lines(
        self,
        role: str,
        sources: list[str | None],
        kind: Kind,
        counted: Counted | None = None,
        due: Amounts | None = None,
        is_bad: np.ndarray | None = None,
    ) -> None:
        """Add rows whose money was worked out, or that tell of no money at all.

        Args:
            role: of the column that a row is traced to.
            sources: the source of each line.
            kind: of which paper the rows are, and which part of the source.
            counted: what is counted; a line that counts nothing gives no row.
            due: money that should come, in fen.
            is_bad: lines that give no row; default those held back as a whole.
        """
        add_computed(
            self.table,
            self.lines,
            self.table.first(role) or 0,
            sources,
            self.job.entries,
            self.output,
            kind,
            counted,
            due,
            is_bad=self.is_bad if is_bad is None else is_bad,
        )

    def expect(
        self,
        village_code: str | None,
        statement_id: str,
        first: date,
        last: date = FOR_GOOD,
        project_id: str = NO_PROJECT,
    ) -> None:
        """Say that a village owes a paper from one day to another."""
        statement = self.job.entries.statements[statement_id]
        self.output.facts.setdefault("expected", []).append(
            {
                "village_code": village_code,
                "statement": statement_id,
                "project_id": project_id,
                "cadence": statement.cadence,
                "due_days": statement.due_days,
                "owed_from_date": first,
                "owed_to_date": last,
            }
        )

    def add_fact(self, kind: str, position: int, role: str, **columns: object) -> None:
        """Add a fact of a line, traced to the cell of a role."""
        traced = {"sheet": self.table.sheet.name, "cell": self.cell(position, role)}
        self.output.facts.setdefault(kind, []).append({**columns, **traced})


def records_of(
    table: Table,
    context: Context,
    job: Job,
    output: Output,
    roles: tuple[str, ...],
    name_of: Callable[[str], str] = str,
) -> Records:
    """Sort the lines of a paper.

    Args:
        table: as recognised.
        context: what holds for all its lines.
        job: registry, catalogue, day and answers.
        output: takes the findings of lines that cannot be placed.
        roles: of the columns that make a line worth reading.
        name_of: finds the village's name in what stands in its column.
    """
    figures = [column for role in roles for column in table.all(role)]
    body = read_body(table, context, job, output, figures, name_of)
    is_bad = np.zeros(len(body.lines.rows), bool)
    return Records(table, context, job, output, body.lines, body.total_rows, is_bad)


def _without_unit(cell: Value, word: str) -> Value:
    """Take the unit off a number that bears it: 60户 in a column of 户."""
    return cell.strip().removesuffix(word) if type(cell) is str else cell


def _decimals(amounts: Amounts) -> list[Decimal | None]:
    return [
        Decimal(hundredths) / 100 if is_stated else None
        for hundredths, is_stated in zip(
            amounts.fen.tolist(), amounts.is_stated.tolist(), strict=True
        )
    ]
