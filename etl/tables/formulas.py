"""Which texts of a csv would a spreadsheet program take for formulas?

They are read as texts and never worked out; the sender is told where nothing else is
said of the cell.
"""

from collections.abc import Sequence

from base.words import _
from etl.findings import Finding, warning
from etl.reading.amounts import read_amount
from etl.reading.text import said
from etl.reading.workbook import Sheet, Value
from etl.tables.recognise import Table

_SIGNS = frozenset("=+-@＝＋－＠")


def is_formula_like(value: Value) -> bool:
    """Tell whether a text begins as formulas do and is no amount: `=1+1`, `@SUM(A1)`.

    Strokes that stand for nothing are no formulas.
    """
    if not isinstance(value, str) or value.lstrip()[:1] not in _SIGNS:
        return False
    try:
        read_amount(value, 1)
    except ValueError:
        return not value.strip().lstrip("+").replace(".", "", 1).isdecimal()
    return False


def tell_of_formulas(
    sheet: Sheet, tables: list[Table], findings: Sequence[Finding]
) -> list[Finding]:
    """Tell of texts in the lines of tables that look like formulas.

    Args:
        sheet: its cells; only where all of them are texts can such a cell be open.
        tables: its tables, as recognised.
        findings: so far; a cell that has one needs no other.

    Returns:
        Warnings, one a cell.
    """
    if not sheet.is_text_only:
        return []
    told = {finding.cell for finding in findings if finding.sheet == sheet.name}
    message = _("以公式符号开头，按文字读取，不会运算。请改成文字或数字。")
    return [
        warning("formula_like", message, sheet.name, cell, said(value))
        for table in tables
        for column in range(len(table.columns))
        for cell, value in _suspects(table, column)
        if cell not in told
    ]


def _suspects(table: Table, column: int) -> list[tuple[str, Value]]:
    rows = table.sheet.rows[table.body[0] : table.body[1]]
    texts = {text for text in {row[column] for row in rows} if is_formula_like(text)}
    if not texts:
        return []
    return [
        (table.sheet.cell(row, column), cells[column])
        for row, cells in enumerate(rows, table.body[0])
        if cells[column] in texts
    ]
