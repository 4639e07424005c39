"""Was a line's village and period told before, so that nobody need ask again?"""

from collections.abc import Callable
from operator import itemgetter

import numpy as np

from etl.reading.workbook import Value
from etl.tables.lines import Lines
from etl.tables.recognise import Table

Place = tuple[str, np.datetime64, np.datetime64]


class KnownLines:
    """Knows again what was said of village and period before: most lines of a list.

    A line is known by its cells about place and time, and by its first cell where that
    is a word; nothing is known again where cells are merged over lines.

    Args:
        table: whose lines.
        columns: of place and time; None where a table has no such column.
    """

    def __init__(self, table: Table, columns: list[int | None]) -> None:
        self.table = table
        told = sorted({column for column in columns if column is not None})
        self.is_idle = bool(table.merged_down) or not told
        self.key = _key_by(told) if told else tuple
        self.places: dict[object, Place] = {}

    def take(self, row: int, end: int, money: list[int], lines: Lines) -> int:
        """Add lines whose place and period are known, where they state a figure.

        Args:
            row: the sheet row to begin with.
            end: the sheet row to stop before.
            money: the columns of figures.
            lines: takes the lines.

        Returns:
            The first row that is not known; `end` where all are.
        """
        places, key = self.places, self.key
        rows = self.table.sheet.rows
        # Written out: this loop runs over every line of a large file.
        while not self.is_idle and row < end:
            cells = rows[row]
            place = places.get(key(cells))
            if place is None:
                break
            for column in money:
                cell = cells[column]
                if type(cell) is float or (type(cell) is str and cell[:1].isdecimal()):
                    break
            else:
                break
            lines.rows.append(row)
            lines.codes.append(place[0])
            lines.starts.append(place[1])
            lines.ends.append(place[2])
            row += 1
        return row

    def learn(self, cells: list[Value], lines: Lines) -> None:
        """Remember the last line, where nothing about it was in doubt."""
        code, start, end = lines.codes[-1], lines.starts[-1], lines.ends[-1]
        if code is not None and not np.isnat(start):
            self.places[self.key(cells)] = (code, start, end)


def _key_by(columns: list[int]) -> Callable[[list[Value]], object]:
    """Return what makes a line known: its cells of some columns, and a first word."""
    cells_of = itemgetter(*columns)
    if 0 in columns:
        return cells_of

    def key(cells: list[Value]) -> object:
        first = cells[0]
        is_word = type(first) is str and not first.isdecimal()
        return (first, cells_of(cells)) if is_word else cells_of(cells)

    return key
