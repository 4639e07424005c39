"""What does every template look like: what is locked, what is typed, how printed?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from base.catalogue import Catalogue
from etl.handed.layout import FILL_IN, NOT_REPORTED
from etl.handed.seal import Seal
from etl.registry import Village

_EXPLAIN = "填写说明"
_TITLE = "{city}{place}{year}年{month}月村级集体经济收入台账"
# Neither a month nor a unit stands here: the readers hear what is said above a heading.
_HOW = (
    "填法：只填黄格。有收入填数字；没有收入填 0 或 无；还没统计的留空，留空等于未报。"
    "要撤回报过的一项，填「撤销」。灰色的是上月数，只作参考。"
)
SIGNED = "填报人：　　　　　　审核人：　　　　　　单位（盖章）："
_FOOTER = "&L{place}&C第 &P 页 共 &N 页&R样表 {version}"
_AMOUNTS = "#,##0.00"
_ALLOWED = '=OR({cell}="无",{cell}="撤销",AND(ISNUMBER({cell}),{cell}>=0))'
_AMOUNT_RULE = {
    "validate": "custom",
    "input_title": "本月到账",
    "input_message": "单位是元。没有收入填 0 或 无；未统计留空。",
    "error_title": "金额填得不对",
    "error_message": "请填 0 或大于 0 的数字（单位：元），或填 无。未统计请留空。",
}
_COLOURS = {"head": "#DDEBF7", "input": "#FFF9DB", "last": "#7F7F7F"}
_A4, _A3 = 9, 8
Amounts = Mapping[tuple[str, str], Decimal]


@dataclass(frozen=True)
class Asked:
    """What a template is made for.

    `before` is what was accepted of the month before, in yuan by village code and
    source or cost; what is not in it was not reported.
    """

    place_name: str
    villages: list[Village]
    month: date
    before: Amounts
    entries: Catalogue
    seal: Seal
    now: datetime


class Book:
    """A workbook that is being made, with the sheet to fill in.

    Args:
        out: takes its bytes when it is closed.
        asked: what it is made for.
    """

    def __init__(self, out: Any, asked: Asked) -> None:
        self.asked = asked
        self.workbook = xlsxwriter.Workbook(out, {"in_memory": True})
        self.sheet: Worksheet = self.workbook.add_worksheet(FILL_IN)
        self.workbook.set_properties({"title": self.title(), "created": asked.now})
        for name, value in asked.seal.properties().items():
            self.workbook.set_custom_property(name, value, "text")
        border = {"border": 1, "valign": "vcenter"}
        wide = {"text_wrap": True, "valign": "vcenter"}
        self._formats = {
            "title": {"bold": True, "font_size": 14, "align": "center"},
            "how": wide,
            "head": {**border, "bold": True, "align": "center", "text_wrap": True}
            | {"bg_color": _COLOURS["head"]},
            "name": border,
            "last": {**border, "num_format": _AMOUNTS, "align": "right"}
            | {"font_color": _COLOURS["last"]},
            "sum": {**border, "num_format": _AMOUNTS, "bold": True, "align": "right"},
            "amount": {**border, "num_format": _AMOUNTS, "align": "right"}
            | {"locked": False, "bg_color": _COLOURS["input"]},
            "word": {**border, **wide, "locked": False}
            | {"bg_color": _COLOURS["input"]},
            "signed": {"locked": False},
        }
        self._made: dict[str, Format] = {}

    def format(self, name: str) -> Format:
        """Return how cells of a kind look."""
        if name not in self._made:
            self._made[name] = self.workbook.add_format(self._formats[name])
        return self._made[name]

    def title(self) -> str:
        """Return what the sheet is called: city, place and month."""
        month = self.asked.month
        return _TITLE.format(
            city=self.asked.entries.city.name,
            place=self.asked.place_name,
            year=month.year,
            month=month.month,
        )

    def head(self, last_column: int, lines: int) -> None:
        """Write title and guidance above the table.

        Args:
            last_column: of the table, counted from 0.
            lines: how many the guidance takes at this width.
        """
        self.sheet.merge_range(0, 0, 0, last_column, self.title(), self.format("title"))
        self.sheet.merge_range(1, 0, 1, last_column, _HOW, self.format("how"))
        self.sheet.set_row(0, 26)
        self.sheet.set_row(1, 16 * lines)

    def text(self, row: int, column: int, text: str, kind: str) -> None:
        """Write a text as it is; codes stay texts."""
        self.sheet.write_string(row, column, text, self.format(kind))

    def last(self, row: int, column: int, village: Village, line_id: str) -> None:
        """Write what was accepted of the month before."""
        known = self.asked.before.get((village.village_code, line_id))
        if known is None:
            self.text(row, column, NOT_REPORTED, "last")
        else:
            self.sheet.write_number(row, column, known, self.format("last"))

    def blanks(self, first_row: int, last_row: int, column: int) -> None:
        """Leave cells of a column open for amounts: 0 and more, 无, or nothing."""
        for row in range(first_row, last_row + 1):
            self.sheet.write_blank(row, column, None, self.format("amount"))
        cell = xl_rowcol_to_cell(first_row, column)
        self.sheet.data_validation(
            first_row,
            column,
            last_row,
            column,
            {**_AMOUNT_RULE, "value": _ALLOWED.format(cell=cell)},
        )

    def sum(self, row: int, column: int, cells: str, kind: str = "sum") -> None:
        """Write a sum; the program that opens the workbook works it out."""
        self.sheet.write_formula(row, column, f"=SUM({cells})", self.format(kind))

    def finish(self, heading: tuple[int, int], columns: int, is_wide: bool) -> None:
        """Lock, freeze and lay out for paper; write the sheet that explains; close.

        Args:
            heading: the first and last of the heading.
            columns: how many at the left stay in sight.
            is_wide: whether the paper is laid across.
        """
        sheet = self.sheet
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.ignore_errors({"number_stored_as_text": "A1:A1000"})
        sheet.freeze_panes(heading[1] + 1, columns)
        sheet.repeat_rows(*heading)
        if is_wide:
            sheet.set_landscape()
            sheet.repeat_columns(0, columns - 1)
        sheet.set_paper(_A3 if is_wide else _A4)
        sheet.fit_to_pages(1, 0)
        place, version = self.asked.place_name, self.asked.seal.version
        sheet.set_footer(_FOOTER.format(place=place, version=version))
        self._explain()
        self.workbook.close()

    def _explain(self) -> None:
        """Write what each source is called and when it usually pays."""
        sheet = self.workbook.add_worksheet(_EXPLAIN)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 60)
        sheet.write_string(0, 0, _HOW)
        for row, source in enumerate(self.asked.entries.sources.values(), 2):
            sheet.write_string(row, 0, source.name)
            sheet.write_string(row, 1, source.usually_pays)
        sheet.protect()
