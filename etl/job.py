"""What is needed to read any table of a file, and what tables in general lack?"""

from dataclasses import dataclass
from datetime import date

from base.catalogue import Catalogue
from base.words import _
from etl.context import Answers, Context
from etl.findings import Finding, error, warning
from etl.lines import Output
from etl.recognise import Table
from etl.registry import Registry


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
    return [*table.all("due"), *table.all("received")]


def unit_of(table: Table, column: int | None, context: Context) -> int:
    """Return how many yuan one unit of a column is worth."""
    own = table.columns[column].unit if column is not None else None
    return own or context.unit or 1


def refuse(table: Table, finding: Finding, output: Output) -> None:
    """Reject every amount of a table for one reason that concerns all."""
    output.findings.append(finding)
    output.rejected += sum(stated_in(table, column) for column in money_columns(table))


def stated_in(table: Table, column: int) -> int:
    """Count the numbers in a column of a table."""
    rows = table.sheet.rows[slice(*table.body)]
    return sum(1 for row in rows if isinstance(row[column], (int, float)))


def lacking(table: Table, context: Context, job: Job) -> Finding | None:
    """Return what keeps a whole table from being read, or None."""
    sheet = table.sheet.name
    if not context.unit and not all(
        table.columns[column].unit for column in money_columns(table)
    ):
        return error(
            "unit_missing",
            _(
                "没有写单位是元还是万元。请在标题下写「单位：元」或「单位：万元」，"
                "或用 --unit 指定。"
            ),
            sheet,
        )
    if table.layout == "village_year":
        is_dated = context.year is not None
    else:
        is_dated = context.period is not None or table.first("period") is not None
    if not is_dated:
        return error(
            "period_missing",
            _(
                "没有写是哪个月的。请在标题里写「2018年6月」，"
                "或用 --month 2018-06 指定。"
            ),
            sheet,
        )
    if context.period and context.period.start > job.today:
        return error("period_future", _("月份还没有到。请核对年份和月份。"), sheet)
    return None


def source_names(job: Job) -> str:
    """Return the names under which income may be reported."""
    return "、".join(source.name for source in job.entries.sources.values())


def tell_of_strays(table: Table, job: Job, output: Output) -> None:
    """Tell of columns with numbers that nothing is read from."""
    for column, heading in enumerate(table.columns):
        is_stray = heading.role in ("due", "received", "month")
        is_stray &= column not in money_columns(table)
        if not (heading.role == "unknown" or is_stray):
            continue
        if stated_in(table, column):
            output.findings.append(
                warning(
                    "column_not_loaded",
                    _(
                        "不认识这一列，未读取。若是收入，请用名称：{names}。",
                        names=source_names(job),
                    ),
                    table.sheet.name,
                    table.sheet.cell(table.heading_row, column),
                    heading.text,
                )
            )
