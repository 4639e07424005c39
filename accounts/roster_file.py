"""What does a list of people say, and where in the workbook does it say so?"""

import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

import python_calamine

from base.errors import ShownError
from base.settings import settings
from base.words import _, mark

_SHOWN = 20
# The sheet of the blank list, where a village without a person is nobody's yet.
PREFILLED = mark("各村书记")
_OF_A_PERSON = ("name", "login", "organisation", "phone")
# Titles and notes stand above the headings.
_HEAD_ROWS = 20
_COLUMNS = {
    "name": (mark("姓名"), mark("第一书记")),
    "login": (mark("登录名"), mark("账号"), mark("用户名")),
    "role": (mark("角色"),),
    "places": (
        mark("负责村"),
        mark("负责村镇"),
        mark("负责村名称或代码"),
        mark("负责范围"),
        mark("村名"),
        mark("帮扶村"),
    ),
    "codes": (mark("村代码"), mark("代码"), mark("区划代码")),
    "township": (mark("乡镇"), mark("所属乡镇")),
    "organisation": (mark("单位"), mark("派出单位"), mark("工作单位")),
    "phone": (mark("手机"), mark("手机号"), mark("联系电话"), mark("电话")),
}
_NEEDED = ("name", "places", "codes")
# One of each is needed; a line that leaves its name empty may give its code.
_GROUPS = (("name",), ("places", "codes"))
# 河顺镇 柳泉村 is one place, whatever else stands between makes two.
_BETWEEN = re.compile(r"[^\w() \t]+")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell."""

    sheet: str
    cell: str
    message: str

    def __str__(self) -> str:
        return _(
            "{sheet}，{cell}：{what}",
            sheet=self.sheet,
            cell=self.cell,
            what=self.message,
        )


class RosterProblems(ShownError):
    """A list of people that was not taken in, with all that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        lines = [str(problem) for problem in problems[:_SHOWN]]
        if len(problems) > _SHOWN:
            rest = len(problems) - _SHOWN
            lines.append(_("还有 {count} 处问题没有列出。", count=rest))
        lines.append(_("名单没有导入。请改好后再导入一次。"))
        super().__init__("\n".join(lines))
        self.problems = problems


@dataclass(frozen=True)
class Line:
    """One person as written: texts by column, and the address of each cell."""

    sheet: str
    texts: dict[str, str]
    cells: dict[str, str] = field(default_factory=dict)

    def text(self, column: str) -> str:
        """Return what a column says; empty where there is none."""
        return self.texts.get(column, "")

    @property
    def places(self) -> list[str]:
        """Return the places one by one."""
        parts = _BETWEEN.split(self.text("places"))
        return [part for part in parts if part.strip()]

    def problem(self, column: str, message: str) -> Problem:
        """Return a problem of a cell; of the name's where there is no such column."""
        return Problem(self.sheet, self.cells.get(column, self.cells["name"]), message)


def read_roster(content: bytes) -> list[Line]:
    """Read a workbook of people; other columns and titles do not matter.

    Args:
        content: of an xlsx or xls.

    Returns:
        A line per person, in order.

    Raises:
        ShownError: when it is no workbook, or holds no list of people.
    """
    found = [
        line
        for name, rows in _sheets(content)
        for line in _lines(name, [[_text(cell) for cell in row] for row in rows])
    ]
    if not found:
        raise ShownError(
            _("没有找到名单。表头要有「姓名」和「负责村」，下面每行一人。")
        )
    return found


def _sheets(content: bytes) -> list[tuple[str, Sequence[Sequence[object]]]]:
    limit = settings().largest_file_mb
    if len(content) > limit * 1_000_000:
        raise ShownError(_("文件超过 {limit} MB。请只留名单再导入。", limit=limit))
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in book.sheet_names
        ]
    except BaseException as error:
        # The reader's own breakdowns are no ordinary exceptions.
        known = isinstance(error, python_calamine.CalamineError)
        if not known and type(error).__name__ != "PanicException":
            raise
        raise ShownError(_("名单打不开。请另存为 xlsx 工作簿后再导入。")) from error


def _text(cell: object) -> str:
    """Return a cell as text; a code that became a number is one again."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return unicodedata.normalize("NFKC", str(cell)).strip()


def _heading(text: str) -> str:
    """Return a heading without blanks and marks: 负责村(镇) is 负责村镇."""
    return "".join(letter for letter in text if letter.isalnum())


def _lines(sheet: str, rows: list[list[str]]) -> list[Line]:
    headed = ((at, _columns(row)) for at, row in enumerate(rows[:_HEAD_ROWS]))
    head, columns = next(
        ((at, found) for at, found in headed if _is_headed(found)),
        (len(rows), {}),
    )
    lines = []
    for below, cells in enumerate(rows[head + 1 :], head + 2):
        texts = {name: cells[at] for name, at in columns.items()}
        said = _OF_A_PERSON if sheet == PREFILLED else _NEEDED
        if any(texts.get(name) for name in said):
            where = {name: f"{_letters(at)}{below}" for name, at in columns.items()}
            lines.append(_with_place(Line(sheet, texts, where)))
    return lines


def _is_headed(columns: dict[str, int]) -> bool:
    return all(any(name in columns for name in group) for group in _GROUPS)


def _with_place(line: Line) -> Line:
    """Take the code for the place where no name is given."""
    if line.texts.get("places") or "codes" not in line.texts:
        return line
    return Line(
        line.sheet,
        {**line.texts, "places": line.texts["codes"]},
        {**line.cells, "places": line.cells["codes"]},
    )


def _columns(row: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, text in enumerate(row):
        heading = _heading(text).removesuffix(_heading(mark("名称或代码")))
        for name, words in _COLUMNS.items():
            if heading in words:
                columns.setdefault(name, at)
    return columns


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
