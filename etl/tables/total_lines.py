"""Which lines only sum others up: 合计, 小计, a township's own name?"""

import re

from base.catalogue import Catalogue
from base.words import _
from etl.findings import warning
from etl.reading.amounts import read_amounts
from etl.reading.text import fold
from etl.reading.workbook import Value
from etl.registry import Registry, township_key
from etl.tables.lines import Lines, Output
from etl.tables.recognise import Table

_COUNT = re.compile(r"共\d+个?村")
# 合计（2个村） and 河顺镇（合计） are totals, too.
_BRACKETED = re.compile(r"[(]([^()]*)[)]$")


class Totals:
    """Tells lines that only sum up: 合计, 全镇小计, or the township's full name."""

    def __init__(self, registry: Registry, entries: Catalogue) -> None:
        self.endings = tuple(map(fold, entries.total_rows["names"]))
        self.townships = {fold(name) for name in registry.townships.values()}
        self.known: dict[str, bool] = {}

    def is_total(self, text: str) -> bool:
        """Tell whether a text names a total."""
        found = self.known.get(text)
        if found is None:
            folded = fold(text).rstrip(":")
            bracketed = _BRACKETED.search(folded)
            inside = bracketed[1] if bracketed else ""
            names = (folded, _BRACKETED.sub("", folded), inside)
            found = any(name.endswith(self.endings) for name in names)
            self.known[text] = found = found or bool(_COUNT.fullmatch(folded))
        return found

    def has_name_of(self, cells: list[Value], place: str) -> bool:
        """Tell whether a line with these cells, of this place, is a total."""
        if self.is_total(place) or fold(place) in self.townships:
            return True
        first = next((cell for cell in cells if cell != ""), "")
        return type(first) is str and self.is_total(first)


def set_subtotals_apart(
    table: Table,
    lines: Lines,
    total_rows: list[int],
    registry: Registry,
    output: Output,
) -> None:
    """Take lines that bear a township's bare name and equal the sum of the others out.

    At least twelve villages are named like their township, so 横水 alone may be the
    village or the township's subtotal. The sums decide; the sender is told.
    """
    columns = [c for c in (table.first("village_name"),) if c is not None]
    if not columns or table.first("village_code") is not None:
        return
    bare = {township_key(name) for name in registry.townships.values()}
    suspects = [
        position
        for position, row in enumerate(lines.rows)
        if fold(table.text(row, columns[0])) in bare
    ]
    if not suspects or len(lines.rows) < 3:
        return
    for position in reversed(_equal_to_the_rest(table, lines, suspects)):
        row = lines.rows[position]
        output.findings.append(
            warning(
                "taken_as_subtotal",
                _("这一行等于其他各行之和，按全镇小计处理，未计入该村。"),
                table.sheet.name,
                table.sheet.cell(row, columns[0]),
                table.text(row, columns[0]),
            )
        )
        for values in (
            lines.rows,
            lines.codes,
            lines.starts,
            lines.ends,
        ):
            del values[position]
        total_rows.append(row)


def _equal_to_the_rest(table: Table, lines: Lines, suspects: list[int]) -> list[int]:
    """Return those lines whose every column is the sum of all other lines."""
    has_money: set[int] = set()
    for column in table.all("amount"):
        if not suspects:
            break
        fen = read_amounts([table.sheet.rows[row][column] for row in lines.rows], 1).fen
        total = int(fen.sum())
        suspects = [p for p in suspects if int(fen[p]) * 2 == total]
        has_money |= {p for p in suspects if fen[p]}
    return [p for p in suspects if p in has_money]
