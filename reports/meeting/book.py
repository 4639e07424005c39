"""The workbook of a meeting: every frozen table on a sheet of its own."""

from datetime import datetime

from base.words import _
from etl.handed.plain_book import Table as Sheet
from etl.handed.plain_book import plain_book
from queries.table import Asked, Table
from reports.table_file import cells_of
from reports.tables import TABLES

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHEETS = (
    "meeting-townships",
    "meeting-villages",
    "meeting-changes",
    "meeting-restated",
    "meeting-actions",
    "meeting-sources",
    "meeting-targets",
)
# What a program for sheets allows a name.
_LONGEST_NAME = 31


def book(asked: Asked, about: str, made_at: datetime) -> bytes:
    """Return all frozen tables of a meeting as a workbook.

    Args:
        asked: who asks, of which place; what is said names the meeting.
        about: day, completeness and definition, for the first sheet.
        made_at: when, local time in China.
    """
    sheets = [_sheet(TABLES[name], asked) for name in _SHEETS]
    cover = Sheet(
        _("说明"), [_("说明")], [[about], [_("数为冻结数；之后的更正另列。")]]
    )
    return plain_book([cover, *sheets], made_at)


def _sheet(table: Table, asked: Asked) -> Sheet:
    headings = [_(column.heading) for column in table.columns]
    return Sheet(
        _(table.title)[:_LONGEST_NAME], headings, cells_of(table, table.ask(asked))
    )
