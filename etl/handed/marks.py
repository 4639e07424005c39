"""Which cells does a file's check find fault with, and what is said at each?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from base.words import _
from etl.findings import Finding

# More comments make a workbook slow to scroll; the cells beyond are coloured all the
# same, and the first sheet says what is wrong with them.
MOST_COMMENTS = 2_000
_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")


@dataclass(frozen=True)
class Mark:
    """What a cell is marked with; nothing is said where there are too many marks."""

    is_error: bool
    said: str


# By sheet, then by cell.
Marks = dict[str, dict[str, Mark]]


def errors_first(findings: list[Finding]) -> list[Finding]:
    """Return findings with the errors first, otherwise in their order."""
    return sorted(findings, key=lambda finding: not finding.is_error)


def marks_of(findings: list[Finding]) -> Marks:
    """Gather what is said of each cell.

    Args:
        findings: of one file.

    Returns:
        A mark for each cell that a finding names; an error outdoes a warning, and the
        comment tells both.
    """
    said: dict[tuple[str, str], list[str]] = {}
    is_error: dict[tuple[str, str], bool] = {}
    for finding, cell, words in _told(errors_first(findings)):
        place = (finding.sheet, cell)
        said.setdefault(place, []).append(words)
        is_error[place] = is_error.get(place, False) or finding.is_error
    marks: Marks = {}
    for number, (place, words_of_cell) in enumerate(said.items()):
        sheet, cell = place
        words = "\n".join(dict.fromkeys(words_of_cell))
        marks.setdefault(sheet, {})[cell] = Mark(
            is_error[place], words if number < MOST_COMMENTS else ""
        )
    return marks


def at_corners(
    marks: Mapping[str, Mark], corners: Mapping[str, str]
) -> dict[str, Mark]:
    """Move marks from within merged cells to the first cell of these.

    Args:
        marks: by cell.
        corners: the first cell, for each cell that is merged.

    Returns:
        Marks by cell; where several come together, an error outdoes a warning.
    """
    by_corner: dict[str, list[Mark]] = {}
    for cell, mark in marks.items():
        by_corner.setdefault(corners.get(cell, cell), []).append(mark)
    return {
        cell: Mark(
            any(mark.is_error for mark in together),
            "\n".join(dict.fromkeys(mark.said for mark in together if mark.said)),
        )
        for cell, together in by_corner.items()
    }


def word_of(finding: Finding) -> str:
    """Return what a finding is: an error or a warning."""
    return _("错误") if finding.is_error else _("提醒")


def _told(findings: list[Finding]) -> Iterator[tuple[Finding, str, str]]:
    """Yield each cell and its words: first what each finding is told at."""
    for finding in findings:
        if _CELL.fullmatch(finding.cell):
            yield finding, finding.cell, _said(finding, finding.message)
    for finding in findings:
        if finding.others:
            words = _said(
                finding,
                _("与 {cell} 同样：{what}", cell=finding.cell, what=finding.message),
            )
            for cell in filter(_CELL.fullmatch, finding.others):
                yield finding, cell, words


def _said(finding: Finding, what: str) -> str:
    return _("{word}：{what}", word=word_of(finding), what=what)
