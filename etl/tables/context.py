"""Which month, township and unit does a table speak of? Asked, never guessed."""

from dataclasses import dataclass
from datetime import date

from base.formats import listed
from base.formats import period as period_text
from base.words import _
from etl.findings import Finding, error, warning
from etl.reading.amounts import unit_name
from etl.reading.periods import (
    Period,
    bare_month,
    find_odd_year,
    find_period,
    find_year,
    months,
)
from etl.reading.text import fold
from etl.registry import Registry
from etl.tables.recognise import Table


@dataclass(frozen=True)
class Answers:
    """What a person said of a file when asked.

    It goes before what titles and names say, not before what a column's own heading
    or a line says of itself.
    """

    source_id: str | None = None
    month: date | None = None
    unit: int | None = None


@dataclass(frozen=True)
class Context:
    """What holds for all lines of a table; None where it is not said."""

    period: Period | None
    year: int | None
    township_code: str | None
    unit: int | None
    file_name: str = ""


def context_of(
    table: Table, file_name: str, answers: Answers, registry: Registry
) -> tuple[Context, list[Finding]]:
    """Gather what title, sheet name and file name say of a table.

    Args:
        table: as recognised.
        file_name: as sent.
        answers: what was said when asked.
        registry: for the names of townships.

    Returns:
        The context, and findings where the places that speak disagree.
    """
    names = [table.sheet.name, file_name.rsplit(".", 1)[0]]
    above = list(table.said_above)
    places = [*above, *table.said_on_top, *names]
    year = _year([*above, *names]) or _year(places)
    is_dated = any(map(find_period, above)) or not table.said_on_top
    period, findings = _period(
        table, [*above, *names] if is_dated else places, year, answers
    )
    if year is None and period is None and _needs_title(table):
        findings += _odd_years(table, places)
    unit = answers.unit or table.unit
    if table.unit and unit != table.unit:
        findings.append(_unit_differs(table, file_unit=table.unit))
    return (
        Context(
            period=period,
            year=year,
            township_code=_township(places, registry),
            unit=unit,
            file_name=file_name,
        ),
        findings,
    )


def _year(places: list[str]) -> int | None:
    years = {y for y in map(find_year, places) if y}
    return years.pop() if len(years) == 1 else None


def _period(
    table: Table, places: list[str], year: int | None, answers: Answers
) -> tuple[Period | None, list[Finding]]:
    found = {p for p in map(find_period, places) if p}
    bare = bare_month(table.sheet.name)
    if bare and year and not any(p.is_month and p.start.month == bare for p in found):
        found.add(months(year, bare, bare))
    sheet = table.sheet.name
    if answers.month:
        said = months(answers.month.year, answers.month.month, answers.month.month)
        if found and said not in found:
            return said, [
                warning(
                    "period_differs",
                    _(
                        "文件里写的是{found}，按您指定的月份读取。",
                        found=_listed(found),
                    ),
                    sheet,
                )
            ]
        return said, []
    is_needed = table.layout != "village_year" and _needs_title(table)
    if len(found) > 1 and is_needed:
        return None, [
            error(
                "period_conflict",
                _(
                    "标题、工作表名和文件名写的期间不一致（{found}）。请改成一致，"
                    "或用 --month 指定。",
                    found=_listed(found),
                ),
                sheet,
            )
        ]
    return (found.pop() if len(found) == 1 else None), []


def _needs_title(table: Table) -> bool:
    """Tell whether the lines of a table do not say themselves when they were."""
    return table.first("period") is None


def odd_year() -> str:
    """Return what to do about a year of which no ledger can be."""
    return _("年份不对，不会有这一年的台账。请核对年份（如 2018 错写成 2108）。")


def _odd_years(table: Table, places: list[str]) -> list[Finding]:
    found = next((text for text in places if find_odd_year(text)), None)
    if found is None:
        return []
    return [error("year_odd", odd_year(), table.sheet.name, found=found)]


def _unit_differs(table: Table, file_unit: int) -> Finding:
    return warning(
        "unit_differs",
        _("标题写的单位是{found}，按您指定的单位读取。", found=unit_name(file_unit)),
        table.sheet.name,
    )


def _listed(periods: set[Period]) -> str:
    return listed(period_text(p.start, p.end) for p in sorted(periods))


def _township(places: list[str], registry: Registry) -> str | None:
    for text in places:
        codes = registry.townships_in(text)
        if len(codes) == 1:
            return codes[0]
        if len(codes) > 1:
            return None
    for text in places:
        code = registry.township_code(fold(text))
        if code:
            return code
    return None
