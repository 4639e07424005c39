"""Does a file state only sums since January where a month's own figures are owed?

Cumulative figures are never added. A span (2018年1-6月) is a period like others; what
is called cumulative and of June alone is not June's.
"""

import re

import numpy as np

from base.words import _
from etl.findings import Finding, error, warning
from etl.reading.amounts import Amounts, read_amounts
from etl.reading.periods import Period
from etl.reading.text import fold, said
from etl.reading.workbook import Sheet
from etl.tables.headings import heading_of
from etl.tables.lines import Output
from etl.tables.recognise import Table

_CUMULATIVE = "累计"
# A note above a table may speak of cumulative figures, too; it is no title.
_TITLE = re.compile(
    r"(?!注|说明|备注|填|要求)[^。;]*(?:累计|截[至止]).*(?:收入|台账|统计|情况|表)"
)
_HEADING_WITHIN = 30
_PLACES = ("village_name", "village_code")


def title_is_cumulative(table: Table, period: Period | None) -> list[Finding]:
    """Tell of a table whose title calls the figures of one month cumulative.

    Args:
        table: as recognised.
        period: of the whole table, or None.

    Returns:
        An error, or nothing: also where single columns say what is cumulative.
    """
    titles = [text for text in table.said_above if _TITLE.match(fold(text))]
    columns = [heading.text for heading in table.columns]
    is_explained = any(_CUMULATIVE in fold(text) for text in columns)
    is_month = period is not None and period.is_month and period.start.month > 1
    is_asked = table.layout != "village_year" and table.first("period") is None
    if not (titles and is_asked and is_month) or is_explained:
        return []
    return [
        error(
            "cumulative_only",
            _(
                "标题写的是累计数，不是当月数。请改报当月数，或写清起止月份"
                "（如 2018年1-6月）。"
            ),
            table.sheet.name,
            found=titles[0],
        )
    ]


def only_cumulative(sheet: Sheet) -> list[Finding]:
    """Tell of a sheet without a table whose only amounts are cumulative columns.

    Args:
        sheet: its cells; no table was recognised in it.

    Returns:
        An error at the first such column, or nothing.
    """
    for row, cells in enumerate(sheet.rows[:_HEADING_WITHIN]):
        texts = [said(cell) for cell in cells]
        below = sheet.rows[row + 1] if row + 1 < len(sheet.rows) else []
        if not any(heading_of((text,)).role in _PLACES for text in texts):
            continue
        for column, text in enumerate([*texts, *map(said, below)]):
            if _CUMULATIVE in fold(text):
                at = divmod(column, len(texts))
                return [_instead(sheet, row + at[0], at[1], text)]
    return []


def _instead(sheet: Sheet, row: int, column: int, text: str) -> Finding:
    return error(
        "cumulative_only",
        _("只有累计数，没有当月数，未读取。请按收入来源加上当月数，一列一项。"),
        sheet.name,
        sheet.cell(row, column),
        text,
    )


def compare_cumulative_column(
    table: Table, rows: list[int], unit: int, sums: Amounts, output: Output
) -> None:
    """Compare what each line states since January with its own month.

    Args:
        table: as recognised.
        rows: the sheet rows of the lines.
        unit: how many yuan one unit of the cumulative column is worth.
        sums: what each line states of the month.
        output: takes the findings.
    """
    columns = cumulative_columns(table)
    if len(columns) != 1:
        return
    [column] = columns
    stated = read_amounts([table.sheet.rows[row][column] for row in rows], unit)
    is_less = stated.is_stated & (stated.fen < sums.fen)
    is_less[sums.unreadable] = False
    for position in np.flatnonzero(is_less).tolist():
        output.findings.append(
            warning(
                "cumulative_less",
                _("累计数比本月各项之和还小。按各项读取；请核对累计数。"),
                table.sheet.name,
                table.sheet.cell(rows[position], column),
                table.text(rows[position], column),
            )
        )


def cumulative_columns(table: Table) -> list[int]:
    """Return the columns that sum all sources up since January."""
    return [
        column
        for column in table.all("total")
        if _CUMULATIVE in fold(table.columns[column].text)
        and not table.columns[column].source_id
    ]
