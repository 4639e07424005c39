"""Which tables stand in a sheet, in which layout, and what is said above them?"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from etl.reading.amounts import states_amount
from etl.reading.periods import find_period
from etl.reading.text import fold, said
from etl.reading.workbook import Range, Sheet, Value
from etl.tables.headings import Heading, heading_of, is_known, is_unit, stated_unit
from etl.tables.papers import is_paper_word, paper_of

# township_ledger, village_year, flat_list, or the statement of another paper.
Layout = str
_TITLE_LINES = 12
_HEADING_LINES = 3
_MONTH_COLUMNS = 3
# Among the first rows headings are looked for with care, further down with haste.
_FIRST_ROWS, _FIRST_CELLS = 30, 4
# Columns are numbered; a text of many digits is none of these numbers.
_LONGEST_NUMBER = 9
_NUMBERING = ("栏次", "行次", "甲", "乙", "丙", "丁")
# What a cell may be that stands over several columns of a heading.
_GROUPS = ("amount", "due", "received", "unknown")
_CUMULATIVE = "累计"
_MONTH = "{}年{}月"
# What a day beside it is of: the paper, not its figures.
_DATED = re.compile(r"日期|时间|填报|报送")


@dataclass(frozen=True)
class Table:
    """One table of a sheet; rows and columns are counted from 0.

    `body` are the first row below the heading and the one after the last.
    `said_above` are the texts above the heading; `unit` is what they state. A table
    below another is also heard under the title of the sheet, `said_on_top`, where its
    own lines above say nothing.
    """

    sheet: Sheet
    layout: Layout
    columns: tuple[Heading, ...]
    heading_row: int
    body: tuple[int, int]
    said_above: tuple[str, ...]
    said_on_top: tuple[str, ...] = ()
    unit: int | None = None
    merged_down: dict[tuple[int, int], int] = field(default_factory=dict)

    def first(self, role: str) -> int | None:
        """Return the first column of a role, or None."""
        for column, heading in enumerate(self.columns):
            if heading.role == role:
                return column
        return None

    def all(self, role: str) -> list[int]:
        """Return the columns of a role."""
        return [c for c, heading in enumerate(self.columns) if heading.role == role]

    def text(self, row: int, column: int | None) -> str:
        """Return what a cell says; a cell merged downwards speaks for its rows."""
        if column is None:
            return ""
        if self.merged_down:
            row = self.merged_down.get((row, column), row)
        return said(self.sheet.rows[row][column])

    def texts(self, rows: list[int], column: int | None) -> list[str]:
        """Return what the cells of a column say; what comes again is read once."""
        if column is None or self.merged_down:
            return [self.text(row, column) for row in rows]
        values = [self.sheet.rows[row][column] for row in rows]
        if set(map(type, values)) != {str}:
            return list(map(said, values))
        known = {value: said(value) for value in set(values)}
        return [known[value] for value in values]


def tables(sheet: Sheet) -> list[Table]:
    """Find the tables of a sheet.

    Args:
        sheet: its cells.

    Returns:
        The tables in order; none where no heading is known.
    """
    # Programs merge beyond the last cell that holds something.
    end = (len(sheet.rows) - 1, len(sheet.rows[0]) - 1 if sheet.rows else -1)
    spans = {(r, c): span for span in sheet.merged for r, c in _cells(span, end)}
    starts: list[tuple[int, int, tuple[Heading, ...], Layout]] = []
    row = 0
    last = len(sheet.rows) if _may_hold_more(sheet) else _FIRST_ROWS
    while row < min(last, len(sheet.rows)):
        found = _heading_at(sheet, row, spans) if _may_head(sheet, row) else None
        if found is None:
            row += 1
            continue
        columns, height, layout = found
        starts.append((row, row + height, columns, layout))
        row += height
    # Where the lines above each heading begin; the table before ends there.
    tops = [0] + [
        _title_above(sheet, start[0], before[1])
        for before, start in zip(starts, starts[1:], strict=False)
    ]
    ends = [*tops[1:], len(sheet.rows)]
    return [
        _table(sheet, start, end, top)
        for start, end, top in zip(starts, ends, tops, strict=False)
    ]


def _title_above(sheet: Sheet, heading_row: int, lowest: int) -> int:
    """Return the first of the lines right above a heading that are no data.

    Args:
        sheet: its cells.
        heading_row: of the later table.
        lowest: the first row of the body above it.
    """
    row = heading_row
    while row > max(lowest, heading_row - _TITLE_LINES):
        cells = [cell for cell in sheet.rows[row - 1] if cell != ""]
        if len(cells) > 2 or any(map(states_amount, cells)):
            break
        row -= 1
    return row


def _cells(span: Range, end: tuple[int, int]) -> list[tuple[int, int]]:
    first_row, first_column, last_row, last_column = span
    if last_row - first_row > 5_000 or last_column - first_column > 500:
        return []
    return [
        (row, column)
        for row in range(first_row, min(last_row, end[0]) + 1)
        for column in range(first_column, min(last_column, end[1]) + 1)
    ]


def _may_hold_more(sheet: Sheet) -> bool:
    """Tell whether a heading may stand further down: words in two columns at least.

    Where one column alone has such words they are the names of sources.
    """
    rows = sheet.rows[_FIRST_ROWS:]
    count = 0
    has_blanks = False
    for column in range(len(sheet.rows[0]) if rows else 0):
        # Where the first cells are filled in every row, no others are looked at.
        if column >= _FIRST_CELLS and not has_blanks:
            break
        texts = {row[column] for row in rows}
        has_blanks |= "" in texts
        count += any(
            _is_word(text)
            for text in texts
            if type(text) is str and text and not text[0].isdecimal()
        )
    return count > 1


def _may_head(sheet: Sheet, row: int) -> bool:
    # A row with a number is no heading; this is asked of every row of a file.
    if float in map(type, sheet.rows[row]):
        return False
    cells = [cell for cell in sheet.rows[row] if type(cell) is str and cell]
    if row < _FIRST_ROWS:
        return len(cells) >= 2
    return len(cells) >= 3 and sum(map(_is_word, cells[:_FIRST_CELLS])) >= 2


@lru_cache(maxsize=65_536)
def _is_word(text: str) -> bool:
    return is_known(text) or is_paper_word(text)


def _heading_at(
    sheet: Sheet, row: int, spans: dict[tuple[int, int], Range]
) -> tuple[tuple[Heading, ...], int, Layout] | None:
    for height in range(_HEADING_LINES, 0, -1):
        last = row + height - 1
        if last >= len(sheet.rows) or not _is_one_heading(sheet, row, height, spans):
            continue
        lines = [_heading_line(sheet, r, last, spans) for r in range(row, last + 1)]
        texts = list(zip(*lines, strict=True))
        paper = paper_of(texts)
        if paper is not None:
            return paper.columns, height, paper.statement
        columns = tuple(map(heading_of, texts))
        layout = _layout(columns)
        if layout is not None:
            return columns, height, layout
        # 光伏 over 累计 must not be cut down to 光伏.
        if any(c.role == "total" and _CUMULATIVE in c.text for c in columns):
            return None
    return None


def _heading_line(
    sheet: Sheet, row: int, last: int, spans: dict[tuple[int, int], Range]
) -> list[str]:
    """Return what one row of a heading says of each column.

    Where cells were not merged (csv), a group's name stands over its first column
    only: it holds for the columns to the right that have a heading below.
    """
    texts = [_heading_text(sheet, row, c, spans) for c in range(len(sheet.rows[row]))]
    for column in range(1, len(texts)):
        is_below = any(sheet.rows[r][column] != "" for r in range(row + 1, last + 1))
        group = texts[column - 1]
        is_group = heading_of((group,)).role in _GROUPS or _CUMULATIVE in group
        if not texts[column] and is_below and is_group:
            texts[column] = texts[column - 1]
    return texts


def _heading_text(
    sheet: Sheet, row: int, column: int, spans: dict[tuple[int, int], Range]
) -> str:
    span = spans.get((row, column))
    cell = sheet.rows[span[0]][span[1]] if span else sheet.rows[row][column]
    return said(cell)


def _is_one_heading(
    sheet: Sheet, row: int, height: int, spans: dict[tuple[int, int], Range]
) -> bool:
    """Tell whether so many rows are one heading: no numbers, and each knows a word."""
    for r in range(row, row + height):
        cells = sheet.rows[r]
        if any(isinstance(cell, (int, float)) for cell in cells):
            return False
        texts = [_heading_text(sheet, r, c, spans) for c in range(len(cells))]
        # A month and a unit side by side are a title; no heading begins with them.
        unsaid = ("unknown", "month") if r == row else ("unknown",)
        if not any(
            heading_of((text,)).role not in unsaid
            or is_paper_word(text)
            or (r > row and is_unit(text))
            for text in texts
        ):
            return False
        if r > row and _is_data(sheet, r, row, spans):
            return False
    return True


def _is_data(
    sheet: Sheet, row: int, top: int, spans: dict[tuple[int, int], Range]
) -> bool:
    """Tell whether a lower row is a line of data: a place of its own, or amounts."""
    for column, cell in enumerate(sheet.rows[row]):
        text = said(cell)
        if states_amount(cell) and find_period(text, is_whole=True) is None:
            return True
        heading = _heading_text(sheet, top, column, spans)
        if text and is_paper_word(heading) and not (_is_word(text) or is_unit(text)):
            return True
        above = heading_of((heading,)).role
        if above in ("village_name", "village_code", "source") and fold(text):
            own = heading_of((text,)).role
            if own in ("unknown", "amount", "total") and not is_unit(text):
                return True
    return False


def _layout(columns: tuple[Heading, ...]) -> Layout | None:
    roles = [heading.role for heading in columns]
    has_place = "village_name" in roles or "village_code" in roles
    if has_place and "amount" in roles:
        return "township_ledger"
    if has_place and ("received" in roles or "due" in roles):
        return "flat_list"
    # A village's own book: its name stands above, each line says when.
    if not has_place and "period" in roles:
        if roles.count("amount") > 1:
            return "township_ledger"
        if "source" in roles and ("received" in roles or "due" in roles):
            return "flat_list"
    if not has_place and roles.count("month") >= _MONTH_COLUMNS and "source" in roles:
        return "village_year"
    return None


def _table(
    sheet: Sheet,
    start: tuple[int, int, tuple[Heading, ...], Layout],
    end: int,
    above_from: int,
) -> Table:
    heading_row, body_from, columns, layout = start
    if body_from < end and _numbers_columns(sheet.rows[body_from]):
        body_from += 1
    lines = sheet.rows[max(above_from, heading_row - _TITLE_LINES) : heading_row]
    texts = _texts(lines)
    on_top = () if above_from == 0 else _title(sheet)
    units = _units(texts) or _units(on_top)
    return Table(
        sheet=sheet,
        layout=layout,
        columns=columns,
        heading_row=heading_row,
        body=(body_from, end),
        said_above=texts,
        said_on_top=on_top,
        unit=units.pop() if len(units) == 1 else None,
        merged_down={
            (row, span[1]): span[0]
            for span in sheet.merged
            if span[0] >= body_from and span[2] > span[0] and span[1] == span[3]
            for row in range(span[0] + 1, min(span[2] + 1, end))
        },
    )


def _numbers_columns(cells: list[Value]) -> bool:
    """Tell whether a row only numbers the columns: 甲, 乙, 1, 2, 3."""
    texts = [said(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    if any(text in _NUMBERING for text in texts):
        texts = [text for text in texts if text]
    numbers = [
        int(text) for text in texts if text.isdecimal() and len(text) <= _LONGEST_NUMBER
    ]
    return (
        len(numbers) > 1
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and all(text.isdecimal() or text in _NUMBERING for text in texts)
    )


def _units(texts: tuple[str, ...]) -> set[int]:
    return {unit for unit in map(stated_unit, texts) if unit}


def _title(sheet: Sheet) -> tuple[str, ...]:
    return _texts(sheet.rows[:3])


def _texts(lines: list[list[Value]]) -> tuple[str, ...]:
    """Return what lines above a heading say, with months that are stored as days."""
    texts: list[str] = []
    for line in lines:
        before = ""
        for cell in line:
            if isinstance(cell, str) and cell.strip():
                texts.append(before := said(cell))
            # Excel stores 2018年6月 as the first of June; other days are days.
            elif isinstance(cell, date) and cell.day == 1 and not _DATED.search(before):
                texts.append(_MONTH.format(cell.year, cell.month))
    return tuple(texts)
