"""What does a first secretary fill in for one village: a line a source of income?"""

from xlsxwriter.utility import xl_range, xl_range_abs

from etl.handed.book import SIGNED, Book
from etl.handed.layout import (
    LAST_MONTH,
    NOTE,
    SOURCE,
    THIS_MONTH,
    TOTAL,
    VILLAGE_CODE,
    VILLAGE_NAME,
)

_WIDTHS = {
    VILLAGE_CODE: 14,
    VILLAGE_NAME: 12,
    SOURCE: 18,
    LAST_MONTH: 16,
    THIS_MONTH: 16,
    NOTE: 24,
}
_HEADING, _FIRST = 2, 3
_SOURCE, _LAST, _THIS, _NOTE = 2, 3, 4, 5
# Money of one source may come twice in a month; lines of one source add up.
_SPARE = 5
_SOURCE_RULE = {
    "validate": "list",
    "input_title": "同一来源再有一笔",
    "input_message": "从下拉表中选收入来源；同一来源的各行相加。",
    "error_title": "收入来源不认识",
    "error_message": "请从下拉表中选一项。",
}


def write_village(book: Book) -> None:
    """Write the sheet of one village and close the workbook.

    Args:
        book: made for one village.
    """
    sheet = book.sheet
    book.head(_NOTE, lines=3)
    for column, (heading, width) in enumerate(_WIDTHS.items()):
        book.text(_HEADING, column, heading, "head")
        sheet.set_column(column, column, width)
    entries = book.asked.entries
    row = _lines(book, _FIRST, {i: one.name for i, one in entries.sources.items()})
    spare = row
    for row in range(spare, spare + _SPARE):
        _place(book, row)
        sheet.write_blank(row, _SOURCE, None, book.format("word"))
        book.text(row, _LAST, "", "last")
        sheet.write_blank(row, _NOTE, None, book.format("word"))
    names = xl_range_abs(_FIRST, _SOURCE, spare - 1, _SOURCE)
    rule = {**_SOURCE_RULE, "source": f"={names}"}
    sheet.data_validation(spare, _SOURCE, spare + _SPARE - 1, _SOURCE, rule)
    total = spare + _SPARE
    book.blanks(_FIRST, total - 1, _THIS)
    for column in range(_NOTE + 1):
        book.text(total, column, TOTAL if column == _SOURCE else "", "sum")
    for column in (_LAST, _THIS):
        book.sum(total, column, xl_range(_FIRST, column, total - 1, column))
    end = _lines(book, total + 1, {i: one.name for i, one in entries.costs.items()})
    book.blanks(total + 1, end - 1, _THIS)
    book.text(end + 1, 0, SIGNED, "signed")
    book.finish((_HEADING, _HEADING), _SOURCE + 1, is_wide=False)


def _place(book: Book, row: int) -> None:
    [village] = book.asked.villages
    book.text(row, 0, village.village_code, "name")
    book.text(row, 1, village.short_name, "name")


def _lines(book: Book, row: int, names: dict[str, str]) -> int:
    """Write a line for each source or cost; return the row below."""
    [village] = book.asked.villages
    for line_id, name in names.items():
        _place(book, row)
        book.text(row, _SOURCE, name, "name")
        book.last(row, _LAST, village, line_id)
        book.sheet.write_blank(row, _NOTE, None, book.format("word"))
        row += 1
    return row
