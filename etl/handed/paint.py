"""How is a cell marked in a workbook, and how does a mark come off again?"""

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from math import ceil

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Color, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from base.words import _
from etl.handed.marks import Mark, at_corners

# Colours of no palette, so that nobody's own colours are taken for a mark: light red
# under dark red, light amber under dark brown.
_FILLS = {True: "FFFFC8CF", False: "FFFFE4A9"}
_FONTS = {True: "FF9C0107", False: "FF6B4301"}
# What is ours in a comment begins here, whatever language it is in.
_OURS = "【⚑】"
_COMMENT_WIDTH, _LINE_HEIGHT, _LETTERS_IN_LINE = 320, 18, 22
_HIGHEST_COMMENT = 400
_UNSAFE_BEGINNING = re.compile(r"[=+\-@\t\r]")


@dataclass(frozen=True)
class Origin:
    """How a marked cell looked before, where that was not plain."""

    sheet: str
    cell: str
    style: StyleArray


# By title of the sheet and cell.
Origins = Mapping[tuple[str, str], StyleArray]


def put_text(cell: Cell, text: str) -> None:
    """Write a text that stays a text, whatever sign it begins with."""
    cell.value = text
    cell.data_type = "s"
    if _UNSAFE_BEGINNING.match(text):
        # Else it becomes a formula as soon as somebody edits the cell.
        cell.quotePrefix = True


def paint(cell: Cell, mark: Mark) -> None:
    """Colour a cell and say beneath what a person noted there what is wrong."""
    _colour(cell, mark.is_error)
    if mark.said:
        _say(cell, mark.said)


def paint_sheet(sheet: Worksheet, marks: Mapping[str, Mark]) -> list[Origin]:
    """Mark the cells of a sheet; of merged cells the first.

    Args:
        sheet: of an open workbook.
        marks: by cell.

    Returns:
        How the cells looked that had a colour of their own.
    """
    origins = []
    # Making a style costs more than all else, and few differ.
    styles: dict[tuple[bool, tuple[int, ...]], StyleArray] = {}
    for place, mark in at_corners(marks, _corners(sheet, marks)).items():
        cell = sheet[place]
        if _has_colour(cell):
            origins.append(Origin(sheet.title, place, copy(cell._style)))
        style = (mark.is_error, tuple(cell._style or ()))
        if style in styles:
            cell._style = copy(styles[style])
        else:
            _colour(cell, mark.is_error)
            styles[style] = cell._style
        if mark.said:
            _say(cell, mark.said)
    return origins


def unpaint(book: Workbook, origins: Origins) -> None:
    """Take all marks off that an earlier copy bears.

    Args:
        book: open; changed.
        origins: how cells looked before they were marked.
    """
    ours = {i for i, fill in enumerate(book._fills) if _is_mark(fill)}
    styles: dict[tuple[tuple[int, ...], ...], StyleArray] = {}
    for sheet in book.worksheets:
        # Asking for rows would make cells where there are none.
        for cell in sheet._cells.values():
            if isinstance(cell, MergedCell):
                continue
            if cell.comment is not None and _OURS in cell.comment.text:
                _unsay(cell)
            if cell.has_style and cell._style.fillId in ours:
                origin = origins.get((sheet.title, cell.coordinate))
                style = (tuple(cell._style), tuple(origin or ()))
                if style not in styles:
                    _restore(cell, origin)
                    styles[style] = cell._style
                cell._style = copy(styles[style])


def _has_colour(cell: Cell) -> bool:
    """Tell whether a cell has a fill, or a font with a colour of its own."""
    if not cell.has_style:
        return False
    style = cell._style
    return bool(style.fillId or (style.fontId and cell.font.color is not None))


def _colour(cell: Cell, is_error: bool) -> None:
    cell.fill = PatternFill("solid", fgColor=_FILLS[is_error])
    font = copy(cell.font)
    font.color = Color(_FONTS[is_error])
    cell.font = font


def _is_mark(fill: PatternFill) -> bool:
    return fill.tagname == "patternFill" and fill.fgColor.rgb in _FILLS.values()


def _restore(cell: Cell, origin: StyleArray | None) -> None:
    font = copy(cell.font)
    if origin is None:
        cell.fill, font.color = PatternFill(), None
    else:
        book = cell.parent.parent
        cell.fill = copy(book._fills[origin.fillId])
        font.color = copy(book._fonts[origin.fontId].color)
    cell.font = font


def _say(cell: Cell, said: str) -> None:
    author = _("村集体经济清零看板")
    ours = f"{_OURS}{author}\n{said}"
    before = cell.comment
    if before is None:
        cell.comment = _comment(ours, author)
    else:
        cell.comment = _comment(f"{before.text}\n{ours}", before.author)


def _unsay(cell: Cell) -> None:
    before = cell.comment
    theirs = before.text.partition(_OURS)[0].rstrip("\n")
    cell.comment = _comment(theirs, before.author) if theirs else None


def _comment(text: str, author: str) -> Comment:
    lines = sum(max(1, ceil(len(p) / _LETTERS_IN_LINE)) for p in text.split("\n"))
    height = min(_LINE_HEIGHT * (lines + 1), _HIGHEST_COMMENT)
    return Comment(text, author, height=height, width=_COMMENT_WIDTH)


def _corners(sheet: Worksheet, marks: Mapping[str, Mark]) -> dict[str, str]:
    """Return the first cell of each merged cell, where one of them is marked."""
    if not any(isinstance(sheet[place], MergedCell) for place in marks):
        return {}
    return {
        f"{get_column_letter(column)}{row}": span.start_cell.coordinate
        for span in sheet.merged_cells.ranges
        for row, column in span.cells
    }
