"""How is one village's year read: a line a source, a column a month?"""

import re
from datetime import date

import numpy as np

from base.words import _
from etl.context import Context
from etl.findings import error
from etl.flat_list import unknown_source
from etl.headings import source_named
from etl.job import Job, tell_of_strays, unit_of
from etl.lines import Columns, Lines, Output, add_rows
from etl.periods import months
from etl.recognise import Table
from etl.registry import Registry, township_key
from etl.resolve import Named, Unresolved, resolve
from etl.text import fold

_LABEL = re.compile(r"^(?:村名|村|行政村|单位|填报单位|单位名称)[:](?P<name>.+)$")
_TITLE = re.compile(
    r"^(?:.*?市)?(?P<township>[^年]*?(?:镇|街道|乡))?(?P<name>[^年\d]+?)(?=(?:19|20)\d\d年)"
)


def read_village_year(table: Table, context: Context, job: Job, output: Output) -> None:
    """Read a village's year into rows and findings.

    Args:
        table: as recognised.
        context: what holds for all its lines; its year at least.
        job: registry, catalogue, day and answers.
        output: takes rows, counts and findings.
    """
    assert context.year is not None
    code = _village(table, context, job.registry, output)
    tell_of_strays(table, job, output)
    rows, sources = _source_rows(table, job, output)
    for column in table.all("month"):
        month = table.columns[column].month
        period = months(context.year, month, month)
        is_begun = period.start <= job.today
        start = np.datetime64(period.start if is_begun else "NaT", "D")
        lines = Lines(
            rows,
            [code] * len(rows),
            [start] * len(rows),
            [np.datetime64(period.end, "D")] * len(rows),
        )
        before = output.rejected
        columns = Columns(None, column, 1, unit_of(table, column, context))
        add_rows(table, lines, columns, sources, job.entries, output)
        if not is_begun and output.rejected > before:
            output.findings.append(
                error(
                    "period_future",
                    _("月份还没有到。请核对年份和月份。"),
                    table.sheet.name,
                    table.sheet.cell(table.heading_row, column),
                    table.columns[column].text,
                )
            )


def _source_rows(
    table: Table, job: Job, output: Output
) -> tuple[list[int], list[str | None]]:
    column = table.first("source") or 0
    totals = {fold(name) for name in job.entries.total_rows["names"]}
    rows: list[int] = []
    sources: list[str | None] = []
    for row in range(*table.body):
        cells = [table.sheet.rows[row][c] for c in table.all("month")]
        name = table.text(row, column)
        if fold(name) in totals or all(cell == "" for cell in cells):
            continue
        source_id = source_named(name)
        if source_id is None:
            output.findings.append(unknown_source(table, row, column, job))
        rows.append(row)
        sources.append(source_id)
    return rows, sources


def _village(
    table: Table, context: Context, registry: Registry, output: Output
) -> str | None:
    """Find the village that title, label, sheet or file name speak of."""
    named = _names(table, context, registry)
    problem: Unresolved | None = None
    for candidate in named:
        try:
            return resolve(
                candidate, registry, date(context.year or 1, 12, 31)
            ).village_code
        except Unresolved as unresolved:
            problem = problem or unresolved
    output.findings.append(
        error(
            problem.code if problem else "village_missing",
            problem.cure
            if problem
            else _("没有写是哪个村。请在标题里写「某某镇某某村2018年…」。"),
            table.sheet.name,
            found=named[0].name if named else "",
        )
    )
    return None


def _names(table: Table, context: Context, registry: Registry) -> list[Named]:
    found = []
    for text in table.said_above:
        folded = fold(text)
        label = _LABEL.match(folded)
        title = _TITLE.match(folded)
        match = label or title
        if match is None:
            continue
        name = match["name"]
        township = (title["township"] or "") if title and not label else ""
        for code, official in registry.townships.items():
            if name.startswith(official):
                name, township = name.removeprefix(official), registry.townships[code]
        if township and registry.township_code(township) is None:
            name, township = township + name, ""
        if name and township_key(name) != name or registry.by_key:
            found.append(Named("", township, name, context.township_code))
    if not found and fold(table.sheet.name):
        found.append(Named("", "", table.sheet.name, context.township_code))
    return found
