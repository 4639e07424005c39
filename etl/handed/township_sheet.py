"""What does a township fill in: a line a village, a column a source of income?"""

from xlsxwriter.utility import xl_col_to_name, xl_range, xl_rowcol_to_cell

from etl.handed.book import SIGNED, Book
from etl.handed.layout import (
    ALL_VILLAGES,
    LAST_MONTH,
    NOTE,
    THIS_MONTH,
    TOTAL,
    VILLAGE_CODE,
    VILLAGE_NAME,
)

_HEADING, _FIRST = 2, 4
_NAME = 1
# Title and guidance stand over as many columns as a screen shows.
_ON_SCREEN = 11


def write_township(book: Book) -> None:
    """Write the sheet of a township and close the workbook.

    A source that no village reported last month has no column for it: the sheet has
    to be read on paper.

    Args:
        book: made for all villages of a township.
    """
    villages = book.asked.villages
    for column, heading, width in ((0, VILLAGE_CODE, 14), (_NAME, VILLAGE_NAME, 12)):
        _alone(book, column, heading, width)
        for row, village in enumerate(villages, _FIRST):
            said = village.short_name if column else village.village_code
            book.text(row, column, said, "name")
    entries = book.asked.entries
    column = _NAME + 1
    sums: list[int] = []
    for line_id, source in entries.sources.items():
        column = _line(book, column, line_id, source.name)
        sums.append(column - 1)
    _alone(book, column, TOTAL, 14)
    for row in range(_FIRST, _FIRST + len(villages)):
        cells = ",".join(xl_rowcol_to_cell(row, one) for one in sums)
        book.sum(row, column, cells)
    column += 1
    for line_id, cost in entries.costs.items():
        column = _line(book, column, line_id, cost.name)
    _alone(book, column, NOTE, 20)
    _finish(book, column)


def _alone(book: Book, column: int, heading: str, width: int) -> None:
    """Head a column that no source owns, over both lines of the heading."""
    sheet, head = book.sheet, book.format("head")
    sheet.merge_range(_HEADING, column, _HEADING + 1, column, heading, head)
    sheet.set_column(column, column, width)


def _line(book: Book, column: int, line_id: str, name: str) -> int:
    """Write the columns of a source or cost; return the column after them."""
    villages = book.asked.villages
    has_last = any((v.village_code, line_id) in book.asked.before for v in villages)
    own = column + 1 if has_last else column
    if has_last:
        book.sheet.merge_range(
            _HEADING, column, _HEADING, own, name, book.format("head")
        )
        book.text(_HEADING + 1, column, LAST_MONTH, "head")
        for row, village in enumerate(villages, _FIRST):
            book.last(row, column, village, line_id)
    else:
        book.text(_HEADING, own, name, "head")
    book.text(_HEADING + 1, own, THIS_MONTH, "head")
    book.blanks(_FIRST, _FIRST + len(villages) - 1, own)
    book.sheet.set_column(column, own, 12)
    return own + 1


def _finish(book: Book, note: int) -> None:
    """Write notes, the line of totals and the signatures; close the workbook."""
    total = _FIRST + len(book.asked.villages)
    for row in range(_FIRST, total):
        book.sheet.write_blank(row, note, None, book.format("word"))
    book.text(total, 0, "", "name")
    book.text(total, _NAME, ALL_VILLAGES, "name")
    for column in range(_NAME + 1, note):
        book.sum(total, column, xl_range(_FIRST, column, total - 1, column))
    book.sheet.write_blank(total, note, None, book.format("name"))
    book.text(total + 2, 0, SIGNED, "signed")
    book.head(min(note, _ON_SCREEN), lines=2)
    book.sheet.print_area(f"A1:{xl_col_to_name(note)}{total + 3}")
    book.finish((_HEADING, _HEADING + 1), _NAME + 1, is_wide=True)
