"""Was a line's village and period told before, so that nobody need ask again?"""

import numpy as np

from etl.lines import Lines
from etl.recognise import Table
from etl.workbook import Value

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
        self.columns = sorted({column for column in columns if column is not None})
        self.is_apart = 0 not in self.columns
        self.is_idle = bool(table.merged_down) or not self.columns
        self.places: dict[tuple[Value, ...], Place] = {}

    def key(self, cells: list[Value]) -> tuple[Value, ...]:
        """Return what a line is known by."""
        first = cells[0] if self.is_apart and type(cells[0]) is str else ""
        return (
            "" if first.isdecimal() else first,
            *[cells[column] for column in self.columns],
        )

    def repeats(
        self, row: int, cells: list[Value], money: list[int], lines: Lines
    ) -> bool:
        """Add a line whose place and period are known, where it states a figure."""
        if self.is_idle:
            return False
        place = self.places.get(self.key(cells))
        if place is None or not any(_is_figure(cells[column]) for column in money):
            return False
        lines.rows.append(row)
        lines.codes.append(place[0])
        lines.starts.append(place[1])
        lines.ends.append(place[2])
        return True

    def learn(self, cells: list[Value], lines: Lines) -> None:
        """Remember the last line, where nothing about it was in doubt."""
        code, start, end = lines.codes[-1], lines.starts[-1], lines.ends[-1]
        if code is not None and not np.isnat(start):
            self.places[self.key(cells)] = (code, start, end)


def _is_figure(cell: Value) -> bool:
    return type(cell) is float or (type(cell) is str and cell[:1].isdecimal())
