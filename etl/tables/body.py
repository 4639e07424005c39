"""Which lines of a table are villages, which are totals, and which only sign it?"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import cast

import numpy as np

from base.words import _
from etl.findings import error
from etl.reading.amounts import states_amount
from etl.reading.epoch import from_epoch
from etl.reading.periods import (
    AmbiguousPeriod,
    OddYear,
    Period,
    bare_month,
    months,
    read_period,
)
from etl.reading.text import fold, said
from etl.reading.workbook import Value
from etl.resolve import Named, Unresolved, resolve
from etl.tables.context import Context, odd_year
from etl.tables.job import Job
from etl.tables.known_lines import KnownLines
from etl.tables.lines import Lines, Output
from etl.tables.recognise import Table
from etl.tables.total_lines import Totals

_FOOTER = re.compile(
    r"^(填报|填表|制表|审核|复核|负责人|单位负责人|经办|联系|注[:1-9、]|说明[:]|备注[:]|日期"
    r"|[*※])|签字|签章|签名|盖章|公章"
)
_FIGURE = re.compile(r"\d|无")
_DAY = re.compile(r"(?:19|20)\d\d([-./年])\d{1,2}[-./月]\d{1,2}日?")
# For so many wrong names it is said which villages they may mean; nobody reads more.
_GUESSED = 200
_MOBILE = re.compile(r"1[3-9]\d{9}")
_MOBILES = (13_000_000_000, 19_999_999_999)


@dataclass
class Body:
    """The lines of a table that carry figures, and the rows that only sum them."""

    lines: Lines = field(default_factory=Lines)
    total_rows: list[int] = field(default_factory=list)


class _Reader:
    """Reads the lines of one table; what was read once is remembered."""

    def __init__(self, table: Table, context: Context, job: Job) -> None:
        self.table = table
        self.context = context
        self.registry = job.registry
        self.today = job.today
        self.columns = [
            table.first(role)
            for role in ("village_code", "township_name", "village_name")
        ]
        if self.columns[0] is None and self.columns[2] is None:
            self.columns[0] = table.first("plant_code")
        self.period_column = table.first("period")
        # A paper about a state of things is of the month from which it holds.
        self.is_open_ended = self.period_column is None and context.period is None
        if self.is_open_ended:
            self.period_column = table.first("valid_from")
        self.known: dict[object, str | Unresolved] = {}
        self.unknown = 0
        self.periods: dict[object, Period | Unresolved] = {}

    def village(self, row: int, texts: tuple[str, ...], on: date) -> str | Unresolved:
        """Return the code of the village of a line, or why it cannot be told."""
        key = (*texts, on if self.registry.is_dated(texts[2]) else None)
        if key not in self.known:
            code, township, name = texts
            named = Named(code, township, name, self.context.township_code)
            is_guessing = self.unknown < _GUESSED
            try:
                found = resolve(named, self.registry, on, is_guessing)
                self.known[key] = found.village_code
            except Unresolved as problem:
                self.unknown += 1
                self.known[key] = problem
        return self.known[key]

    def period(self, row: int) -> Period | Unresolved | None:
        """Return the period of a line; None where the whole table does not say it."""
        if self.period_column is None:
            return self.context.period
        value = self.table.sheet.rows[
            self.table.merged_down.get((row, self.period_column), row)
        ][self.period_column]
        key = (type(value), value)
        if key not in self.periods:
            self.periods[key] = self._read_period(value)
        return self.periods[key]

    def _read_period(self, value: Value) -> Period | Unresolved:
        if value == "" and self.context.period:
            return self.context.period
        value = from_epoch(value)
        month = bare_month(value)
        try:
            if month and self.context.year:
                return self._begun(months(self.context.year, month, month))
            period = read_period(value, self.table.sheet.is_text_only)
        except AmbiguousPeriod:
            return Unresolved(
                "period_ambiguous",
                _(
                    "分不清是 1 月还是 10 月（Excel 会把 2018.10 存成 2018.1）。"
                    "请写成 2018年10月。"
                ),
            )
        except OddYear:
            return Unresolved("year_odd", odd_year())
        except ValueError:
            return Unresolved("period_unreadable", _("月份读不出。请写成 2018年6月。"))
        return self._begun(period)

    def _begun(self, period: Period) -> Period | Unresolved:
        if period.start > self.today and not self.is_open_ended:
            return Unresolved("period_future", _("月份还没有到。请核对年份和月份。"))
        return period


def read_body(
    table: Table,
    context: Context,
    job: Job,
    output: Output,
    figures: list[int] | None = None,
    name_of: Callable[[str], str] = str,
) -> Body:
    """Sort the lines of a ledger, a list or another paper.

    Args:
        table: as recognised.
        context: what holds for all its lines.
        job: for the villages, what total rows are called, and the day: no figure can
            be of a month that has not begun.
        output: takes the findings of lines that cannot be placed.
        figures: the columns that make a line worth reading; default its amounts.
        name_of: finds the village's name in what stands in its column.

    Returns:
        The lines with figures, those that cannot be placed without code or period.
    """
    reader = _Reader(table, context, job)
    totals = Totals(job.registry, job.entries)
    money = [*table.all("amount"), *table.all("due"), *table.all("received")]
    money = money if figures is None else figures
    body = Body()
    known = KnownLines(table, [*reader.columns, reader.period_column])
    row, end = table.body[0] - 1, table.body[1]
    while (row := known.take(row + 1, end, money, body.lines)) < end:
        cells = table.sheet.rows[row]
        texts = tuple(table.text(row, column) for column in reader.columns)
        if totals.has_name_of(cells, texts[2]):
            body.total_rows.append(row)
            continue
        if _says_nothing(cells, texts, money):
            continue
        texts = (texts[0], texts[1], name_of(texts[2]))
        _add_line(reader, row, texts, body.lines, output)
        known.learn(cells, body.lines)
    return body


def _says_nothing(cells: list[Value], texts: tuple[str, ...], money: list[int]) -> bool:
    """Tell whether a line holds no figures: blank ones, notes and signatures."""
    for column in money:
        cell = cells[column]
        if isinstance(cell, (int, float)) and not _MOBILES[0] <= cell <= _MOBILES[1]:
            return False
    figures = [cells[column] for column in money if cells[column] != ""]
    if not figures:
        return True
    first = fold(said(next(cell for cell in cells if cell != "")))
    place = fold(texts[2] or texts[1] or texts[0])
    if _FOOTER.search(first):
        others = [c for c in figures if not _MOBILE.fullmatch(fold(said(c)))]
        return not any(map(states_amount, others))
    if ":" in place:
        return not any(map(states_amount, figures))
    if not place:
        return not any(_FIGURE.search(_DAY.sub("", fold(said(c)))) for c in figures)
    return False


def _add_line(
    reader: _Reader, row: int, texts: tuple[str, ...], lines: Lines, output: Output
) -> None:
    period = reader.period(row)
    if isinstance(period, Unresolved):
        assert reader.period_column is not None
        # Of a line without both, the village is asked for first.
        if any(texts) or reader.table.text(row, reader.period_column):
            _report(reader, row, reader.period_column, period, output)
        period = None
    on = period.end if period else reader.today
    village: str | Unresolved | None
    if any((texts[0], texts[2])):
        village = reader.village(row, texts, on)
    else:
        village = Unresolved(
            "village_missing", _("这一行有金额，没有村名。请补上村名。")
        )
    if isinstance(village, Unresolved):
        column = next(
            (c for c in (reader.columns[2], reader.columns[0]) if c is not None), 0
        )
        if column == reader.table.first("plant_code"):
            village = Unresolved(
                "plant_unknown",
                _("电站编号没有登记是哪个村的。请加一列「电站名称」，名称里写明村名。"),
            )
        if village.code.startswith("code") and reader.columns[0] is not None:
            column = reader.columns[0]
        if village.code.startswith("township") and reader.columns[1] is not None:
            column = reader.columns[1]
        _report(reader, row, column, village, output)
        village = None
    lines.rows.append(row)
    lines.codes.append(village)
    start, end = days_of(period)
    lines.starts.append(start)
    lines.ends.append(end)


@lru_cache(maxsize=4_096)
def days_of(period: Period | None) -> tuple[np.datetime64, np.datetime64]:
    """Return the first and last day of a period; not a time where there is none."""
    if period is None:
        return np.datetime64("NaT", "D"), np.datetime64("NaT", "D")
    return np.datetime64(period.start, "D"), np.datetime64(period.end, "D")


def _report(
    reader: _Reader, row: int, column: int, problem: Unresolved, output: Output
) -> None:
    output.findings.append(
        error(
            problem.code,
            problem.cure,
            reader.table.sheet.name,
            reader.table.sheet.cell(row, column),
            reader.table.text(row, column),
        )
    )


def reject_doubled(table: Table, lines: Lines, output: Output) -> None:
    """Reject both lines where a ledger names a village twice for one period."""
    keys = list(zip(lines.codes, _days(lines.starts), _days(lines.ends), strict=True))
    if len(set(keys)) == len(keys):
        return
    seen: dict[tuple[str | None, int, int], int] = {}
    column = table.first("village_name")
    column = table.first("village_code") if column is None else column
    for position, code in enumerate(lines.codes):
        if code is None or np.isnat(lines.starts[position]):
            continue
        first = seen.setdefault(keys[position], position)
        if first == position:
            continue
        output.findings.append(
            error(
                "village_twice",
                _(
                    "同一个村同一期出现两次（另一处在第 {row} 行），分不清哪个对。"
                    "请只留一行。",
                    row=lines.rows[first] + 1,
                ),
                table.sheet.name,
                table.sheet.cell(lines.rows[position], column or 0),
                table.text(lines.rows[position], column),
            )
        )
        lines.codes[position] = lines.codes[first] = None


def _days(dates: list[np.datetime64]) -> list[int]:
    return cast(
        list[int], np.array(dates, dtype="datetime64[D]").astype(np.int64).tolist()
    )
