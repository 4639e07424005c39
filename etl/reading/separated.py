"""Which rows does a csv hold, read no further than memory and time allow?"""

import csv
import io
from collections.abc import Iterator

from base.settings import settings
from base.words import _
from etl.reading.old_workbook import LARGEST_SHEET_CELLS
from etl.reading.unpacking import NotReadable

# As wide as a sheet can be.
_MOST_COLUMNS = 16_384
# No cell of a sheet can be longer; in a csv it is an open quote.
_LONGEST_LINE, _LONGEST_CELL = 2_000_000, 32_767
# Blank lines up to here are passed over: spreadsheets write them by the million.
_MOST_LINES = 2_000_000
_DELIMITERS = "\t,;"
# Stands behind the last line; where it is no row of its own, a quote is open.
_END = "\x04"


def read_separated(text: str) -> list[list[str]]:
    """Read the rows of a csv.

    Args:
        text: decoded; parted by commas, tabs or semicolons.

    Returns:
        Rows of equal length, blank ones at the end left out.

    Raises:
        NotReadable: when it is no table, or more than a table can be.
    """
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = _rows(text)
    except csv.Error as error:
        raise NotReadable(
            _("csv 文件的引号或换行有误。请另存为 xlsx 再交。")
        ) from error
    width = max(map(len, rows), default=0)
    if width < 2:
        raise NotReadable(_("文件里没有分列的表格。请交 xlsx、xls 或 csv。"))
    if width * len(rows) > LARGEST_SHEET_CELLS:
        raise _too_wide()
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    return rows


def _rows(text: str) -> list[list[str]]:
    rows: list[list[str]] = []
    most, blank, cells = settings().most_rows, 0, 0
    for row in csv.reader(_lines(text), delimiter=_parter(text)):
        if row == [_END]:
            return rows
        if not any(row):
            blank += 1
            continue
        cells += len(row)
        if len(row) > _MOST_COLUMNS or cells > LARGEST_SHEET_CELLS:
            raise _too_wide()
        if len(rows) + blank >= most:
            raise too_long(most)
        rows.extend([] for _line in range(blank))
        blank = 0
        rows.append(row)
    raise csv.Error(_END)


def _lines(text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline="")):
        if len(line) > _LONGEST_LINE:
            raise _too_wide()
        if number > _MOST_LINES:
            raise too_long(settings().most_rows)
        yield line
    yield f"{_END}\n"


def _too_wide() -> NotReadable:
    return NotReadable(
        _("csv 文件有的行过长，不是正常的表格。请只保留要报的列，另存为 xlsx 再交。")
    )


def too_long(most: int) -> NotReadable:
    """Return the refusal of a sheet with too many rows."""
    return NotReadable(
        _(
            "表格超过 {most} 行。请删去下面多余的行，或按月份分成几个文件再交。",
            most=most,
        )
    )


def _parter(text: str) -> str:
    """Return what parts the cells: it is in most lines, other signs only in some."""
    lines = text[:20_000].splitlines()
    return max(
        _DELIMITERS,
        key=lambda sign: (sum(sign in line for line in lines), text.count(sign)),
    )
