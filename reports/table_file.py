"""How does a table become a file: a workbook, or text for other programs?"""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from base.formats import full_date
from base.formats import month as month_text
from base.words import _
from etl.handed.plain_book import Cell, Share, plain_book
from etl.handed.plain_book import Table as Sheet
from queries.table import Asked, Table

ENDINGS = ("xlsx", "csv")
# A program that opens text takes what begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table_file(table: Table, asked: Asked, ending: str) -> tuple[str, bytes]:
    """Ask for a table and write it.

    Args:
        table: which.
        asked: by whom, of where, as of when.
        ending: `xlsx` or `csv` (UTF-8 with a byte order mark, as WPS wants it).

    Returns:
        The name of the file and its bytes.

    Raises:
        ShownError: when the table cannot be asked for so.
    """
    answer = table.ask(asked)
    as_of = asked.moment.as_of
    name = f"{_(table.title)}-{asked.place_code or 'CN'}-{as_of:%Y%m}.{ending}"
    cells = cells_of(table, answer)
    headings = [_(column.heading) for column in table.columns]
    if ending == "csv":
        return name, _text(headings, cells)
    about = _about(table, asked, len(cells))
    sheets = [
        Sheet(_(table.title)[:31], headings, cells),
        Sheet(_("说明"), [_("项"), _("内容")], about),
    ]
    return name, plain_book(sheets, asked.moment.known_at)


def _about(table: Table, asked: Asked, count: int) -> list[list[Cell]]:
    target = asked.target.on(asked.moment.as_of)
    name = target.name
    if not target.confirmed:
        name = _("{name}（口径待确认）", name=name)
    rows = {
        _("表"): _(table.title),
        _("范围"): asked.place_code or _("全国"),
        _("数据截至"): full_date(asked.moment.as_of),
        _("取数时间"): f"{asked.moment.known_at:%Y-%m-%d %H:%M}",
        _("目标"): name,
        _("口径"): target.definition,
        _("行数"): str(count),
    }
    rows |= {key: value for key, value in table.told(asked.said).items() if value}
    return [[key, value] for key, value in rows.items()]


def cells_of(table: Table, answer: pd.DataFrame) -> list[list[Cell]]:
    """Return an answer row by row, as a workbook or a text has it."""
    worded = table.worded(answer)
    kinds = [column.kind for column in table.columns]
    return [
        [_cell(value, kind) for value, kind in zip(row, kinds, strict=True)]
        for row in worded.itertuples(index=False)
    ]


def _cell(value: Any, kind: str) -> Cell:
    if value is None or value is pd.NaT:
        return None
    # a text that lacks may come as a number that is none
    if (kind != "text" or isinstance(value, float)) and pd.isna(value):
        return None
    if kind == "yuan":
        return value if isinstance(value, Decimal) else Decimal(str(value))
    if kind == "count":
        return int(value)
    if kind == "share":
        return Share(value)
    if kind in ("number", "score"):
        return float(value)
    if kind == "month":
        return month_text(value)
    return pd.Timestamp(value).date() if isinstance(value, date) else str(value)


def _text(headings: list[str], cells: list[list[Cell]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([_plain(cell) for cell in row] for row in cells)
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return str(cell)
