"""What is needed to read any table of a file, and what tables in general lack?"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from base.catalogue import Catalogue
from base.formats import listed
from base.words import _
from etl.findings import Finding, error, warning
from etl.reading.amounts import read_amounts
from etl.reading.periods import months
from etl.registry import Registry
from etl.tables.context import Answers, Context
from etl.tables.headings import source_named
from etl.tables.lines import Output
from etl.tables.papers import DETAIL, ITEM, MONEY_ROLES
from etl.tables.recognise import Table
from etl.tables.total_lines import Totals

PLACES = ("village_name", "village_code", "township_name")
# Owed once a year, or told of a state of things that lasts.
_YEARLY = ("year", "none")
MONEY = MONEY_ROLES | {"due", "received"}


@dataclass(frozen=True)
class Job:
    """The registry, the catalogue, the day, and what the sender answered."""

    registry: Registry
    entries: Catalogue
    today: date
    answers: Answers


def money_columns(table: Table) -> list[int]:
    """Return the columns of a table that hold amounts, in its layout."""
    if table.layout == "village_year":
        return table.all("month")
    if table.layout == "township_ledger":
        return table.all("amount")
    return [
        column
        for column, heading in enumerate(table.columns)
        if heading.role in MONEY or heading.role.startswith(ITEM)
    ]


def unit_of(table: Table, column: int | None, context: Context) -> int:
    """Return how many yuan one unit of a column is worth."""
    own = table.columns[column].unit if column is not None else None
    return own or context.unit or 1


def refuse(table: Table, findings: list[Finding], job: Job, output: Output) -> None:
    """Reject every amount of a table for reasons that concern all."""
    output.findings += findings
    output.rejected += sum(
        stated_in(table, columns, job) for columns in income_columns(table)
    )


def income_columns(table: Table) -> list[list[int]]:
    """Return the columns that hold amounts, due and received of one income together."""
    if table.layout != "township_ledger":
        columns = money_columns(table)
        if table.layout == "village_year":
            return [[column] for column in columns]
        return _pairs(table, columns) or [_own_columns(table)]
    by_source: dict[str, list[int]] = {}
    for column in table.all("amount"):
        by_source.setdefault(table.columns[column].source_id, []).append(column)
    return list(by_source.values())


def _pairs(table: Table, columns: list[int]) -> list[list[int]]:
    """Return due and received of each part of the money together."""
    by_part: dict[str, list[int]] = {}
    for column in columns:
        role = table.columns[column].role
        part = role.removesuffix("due").removesuffix("received")
        by_part.setdefault(part, []).append(column)
    return list(by_part.values())


def _own_columns(table: Table) -> list[int]:
    """Return the first column that only this kind of paper has."""
    shared = (*PLACES, "period", "sequence", "note", "total", "unknown")
    own = (c for c, heading in enumerate(table.columns) if heading.role not in shared)
    return list(own)[:1]


def with_implied_year(table: Table, context: Context, job: Job) -> Context:
    """Take a bare year for the whole year where a paper is one of a year.

    A ledger entitled 2018年 may be of the year so far; a paper that is owed once a
    year, or that tells terms of a year apart, is not.
    """
    if context.period is not None or context.year is None:
        return context
    statement = job.entries.statements.get(table.layout)
    is_yearly = statement is not None and statement.cadence in _YEARLY
    is_yearly &= table.layout != DETAIL
    is_yearly |= any(heading.role.startswith(ITEM) for heading in table.columns)
    if not is_yearly:
        return context
    return replace(context, period=months(context.year, 1, 12))


def rows_without_totals(table: Table, job: Job) -> list[int]:
    """Return the rows of a table's body that do not bear the name of a total."""
    totals = Totals(job.registry, job.entries)
    place = table.first("village_name")
    place = table.first("source") if place is None else place
    return [
        row
        for row in range(*table.body)
        if not totals.has_name_of(table.sheet.rows[row], table.text(row, place))
    ]


def stated_in(table: Table, columns: list[int], job: Job) -> int:
    """Count the lines that state an amount in one of some columns, without totals."""
    rows = rows_without_totals(table, job)
    is_stated = [
        read_amounts([table.sheet.rows[row][column] for row in rows], 1).is_stated
        for column in columns
    ]
    return int(np.logical_or.reduce(is_stated).sum())


def only_column(table: Table, role: str, job: Job, output: Output) -> int | None:
    """Return the first column of a role, and tell of further ones with figures.

    Args:
        table: as recognised.
        role: of a column of amounts.
        job: for what total rows are called.
        output: takes counts and findings of the columns that are not read.
    """
    for column in table.all(role)[1:]:
        stated = stated_in(table, [column], job)
        if not stated:
            continue
        output.rejected += stated
        output.findings.append(
            error(
                "column_twice",
                _("金额有两列，分不清哪列对，这一列未读取。请只留一列。"),
                table.sheet.name,
                table.sheet.cell(table.heading_row, column),
                table.columns[column].text,
            )
        )
    return table.first(role)


def lacking(table: Table, context: Context, job: Job) -> list[Finding]:
    """Return what keeps a whole table from being read, all of it at once."""
    sheet = table.sheet.name
    problems = []
    money = money_columns(table)
    bare = [column for column in money if not table.columns[column].unit]
    if not context.unit and bare:
        is_one = len(bare) < len(money)
        problems.append(
            error(
                "unit_missing",
                _(
                    "没有写清单位是元还是万元。请在标题下写一处「单位：元」或"
                    "「单位：万元」，或用 --unit 指定。"
                ),
                sheet,
                table.sheet.cell(table.heading_row, bare[0]) if is_one else "",
                table.columns[bare[0]].text if is_one else "",
            )
        )
    if table.layout == "village_year" and context.year is None:
        message = _("没有写清是哪一年的。请在标题里写「某某镇某某村2018年…」。")
        problems.append(error("period_missing", message, sheet))
    elif not _is_dated(table, context):
        message = _(
            "没有写是哪个月的。请在标题里写「2018年6月」，或用 --month 2018-06 指定。"
        )
        problems.append(error("period_missing", message, sheet))
    elif _is_to_come(table, context, job):
        message = _("月份还没有到。请核对年份和月份。")
        problems.append(error("period_future", message, sheet))
    return problems


def _is_to_come(table: Table, context: Context, job: Job) -> bool:
    """Tell whether no line of a table can be of a month that has begun."""
    if table.layout == "village_year":
        return context.year is not None and context.year > job.today.year
    is_ahead = context.period is not None and context.period.start > job.today
    return is_ahead and table.first("period") is None


def _is_dated(table: Table, context: Context) -> bool:
    return (
        table.layout == "village_year"
        or context.period is not None
        or table.first("period") is not None
        or table.first("valid_from") is not None
    )


def source_names(job: Job) -> str:
    """Return the names under which income may be reported."""
    return listed(source.name for source in job.entries.sources.values())


def _stray(text: str, table: Table, job: Job, place: tuple[str, str, str]) -> Finding:
    """Make the finding for a column of numbers that is not read."""
    over = text.split(" / ")[0]
    if " / " in text and source_named(over) is not None:
        message = _(
            "「{over}」下面的这一列不认识，分不清是不是金额。请改用收入名称，或合成一列。",
            over=over,
        )
        return error("column_unclear", message, *place)
    if table.layout in job.entries.statements and table.layout != DETAIL:
        return warning("column_not_loaded", _("这一列不在这种表里，未读取。"), *place)
    message = _(
        "不认识这一列，未读取。若是收入，请用名称：{names}。", names=source_names(job)
    )
    return warning("column_not_loaded", message, *place)


def tell_of_strays(
    table: Table, job: Job, output: Output, repeating: tuple[int, ...] = ()
) -> None:
    """Tell of columns with numbers that nothing is read from.

    Args:
        table: as recognised.
        job: for the names of sources.
        output: takes the findings.
        repeating: columns that only repeat what others sum up to.
    """
    money = frozenset(money_columns(table))
    for column, heading in enumerate(table.columns):
        if column in repeating:
            continue
        is_stray = heading.role in ("due", "received", "month")
        is_stray &= column not in money
        if not (heading.role == "unknown" or is_stray):
            continue
        cells = [row[column] for row in table.sheet.rows[slice(*table.body)]]
        if read_amounts(cells, 1).fen.any():
            place = (
                table.sheet.name,
                table.sheet.cell(table.heading_row, column),
                heading.text,
            )
            output.findings.append(_stray(heading.text, table, job, place))
