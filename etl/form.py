"""How is a month reported without a file? A few lines, which become a file as well."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import queries
from base.catalogue import catalogue
from base.errors import ShownError
from base.formats import month as month_text
from base.month import first_day
from base.viewer import Viewer
from base.words import _
from etl.registry import registry
from store import Store

HEADINGS = ["村代码", "村名", "月份", "收入来源", "实收（元）", "填报方式"]
# Written into files as they are, whatever language the pages speak.
SAME = "与上月相同，人工确认"
_FILLED_IN = "页面填报"
_ZERO = "无"


@dataclass(frozen=True)
class FormLine:
    """A line of the form: a source or a cost, and what it was last month (yuan).

    `last_month_yuan` is None where nothing was accepted for that month.
    """

    line_id: str
    name: str
    is_cost: bool
    last_month_yuan: Decimal | None


@dataclass(frozen=True)
class Filled:
    """What somebody filled in: yuan, or None where the line stays open."""

    line_id: str
    amount_yuan: Decimal | None
    is_taken_over: bool = False


def form_lines(
    store: Store, by: Viewer, village_code: str, month: date, version_no: int
) -> list[FormLine]:
    """Return the lines that a village's ledger has had in the year before a month.

    Args:
        store: where.
        by: who fills in; sees no village outside the scope.
        village_code: of the village.
        month: any day of the month to report.
        version_no: the number in force.
    """
    found = queries.run(
        "form/last_month",
        by,
        store,
        village_code=village_code,
        month_start=first_day(month),
        version_no=version_no,
    )
    lines = []
    for row in found.itertuples():
        is_cost = row.line_kind == "cost"
        line_id = cost_of(str(row.category)) if is_cost else str(row.source_id)
        if line_id in catalogue().lines():
            lines.append(line_of(line_id, row.last_month_yuan))
    return lines


def line_of(line_id: str, last_month_yuan: Decimal | None = None) -> FormLine:
    """Return the line of a source or a cost."""
    entries = catalogue()
    is_cost = line_id not in entries.sources
    return FormLine(line_id, entries.lines()[line_id].name, is_cost, last_month_yuan)


def cost_of(category: str) -> str:
    """Return the cost of an accounting category."""
    costs = catalogue().costs
    return next((name for name, one in costs.items() if one.category == category), "")


def form_file(
    village_code: str, month: date, filled: list[Filled]
) -> tuple[str, bytes]:
    """Write what was filled in as the file that it is kept as.

    Args:
        village_code: of the village.
        month: any day of the month.
        filled: what was filled in; open lines are left out.

    Returns:
        The name and the bytes of a csv.

    Raises:
        ShownError: when nothing is filled in, or no village has this code.
    """
    village = registry().villages.get(village_code)
    stated = [line for line in filled if line.amount_yuan is not None]
    if village is None or not stated:
        raise ShownError(_("还没有填任何一行。请至少填一项收入。"))
    day = first_day(month)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for line in stated:
        writer.writerow(
            [
                village_code,
                village.short_name,
                f"{day:%Y-%m}",
                line_of(line.line_id).name,
                line.amount_yuan or _ZERO,
                SAME if line.is_taken_over else _FILLED_IN,
            ]
        )
    name = _(
        "{township}{village}{month}台账（页面填报）.csv",
        township=village.township_name,
        village=village.short_name,
        month=month_text(day),
    )
    return name, out.getvalue().encode("utf-8-sig")
