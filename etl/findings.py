"""What is wrong in a file, where, and how is it mended?"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from base.formats import listed
from base.masking import masked_within
from base.words import _

Severity = Literal["error", "warning"]
SHOWN = 20
# Further cells of one cause are named up to here, then counted.
_NAMED = 5
# One wrong unit, one line left out or one habit gives these in many cells, each with
# words of its own: all of a sheet, or all of a column, are one thing to look at.
_OF_SHEET = ("amount_too_large", "total_mismatch", "cumulative_less", "unit_twice")
_OF_COLUMN = ("amount_negative",)
# A cell may hold a million letters; nobody needs more to know it again.
_LONGEST_FOUND = 200


@dataclass(frozen=True)
class Finding:
    """One problem, said to the person who made the spreadsheet.

    A finding without a cell concerns the sheet, one without a sheet the file.
    `others` are further cells of the sheet with the same cause; the message names the
    first of them.
    """

    severity: Severity
    code: str
    sheet: str
    cell: str
    found: str
    message: str
    others: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        # what a cell says of people goes into no list and no log
        object.__setattr__(self, "found", masked_within(self.found))
        object.__setattr__(self, "message", masked_within(self.message))

    @property
    def is_error(self) -> bool:
        """Tell whether rows are held back because of it."""
        return self.severity == "error"

    def line(self, file_name: str) -> str:
        """Write it out: file, sheet, cell: what is wrong, what was found, the cure."""
        parts = [part for part in (file_name, self.sheet, self.cell) if part]
        if self.found:
            parts.append(_("读到「{found}」", found=self.found))
        return _("，").join(parts) + _("：") + self.message


def error(
    code: str, message: str, sheet: str = "", cell: str = "", found: str = ""
) -> Finding:
    """Make a finding that holds rows back."""
    return Finding("error", code, sheet, cell, _short(found), message)


def warning(
    code: str, message: str, sheet: str = "", cell: str = "", found: str = ""
) -> Finding:
    """Make a finding that asks for a look but holds nothing back."""
    return Finding("warning", code, sheet, cell, _short(found), message)


def _short(found: str) -> str:
    return found if len(found) <= _LONGEST_FOUND else f"{found[:_LONGEST_FOUND]}…"


def in_order(findings: list[Finding]) -> list[Finding]:
    """Put what concerns the file first, then sheets, then cells, errors before."""
    return sorted(findings, key=lambda f: (bool(f.cell), bool(f.sheet), not f.is_error))


def together(findings: list[Finding]) -> list[Finding]:
    """Put findings of one cause together: same column, same complaint.

    A column of formulas without results, or one village misspelled in twelve lines, is
    one thing to mend.

    Args:
        findings: in any order.

    Returns:
        One finding for each cause, at its first cell; it names the other cells.
    """
    order: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        order.setdefault(_cause(finding), []).append(finding)
    return [_with_others(found[0], found[1:]) for found in order.values()]


def _cause(finding: Finding) -> tuple[str, ...]:
    sheet = (finding.severity, finding.code, finding.sheet)
    if finding.code in _OF_SHEET:
        return sheet
    place = (*sheet, re.sub(r"\d+$", "", finding.cell))
    if finding.code in _OF_COLUMN:
        return place
    # Formulas and errors differ from line to line, what they lack does not.
    if finding.found.startswith("="):
        return (*sheet, finding.message, "=")
    found = "#" if finding.found.startswith("#") else finding.found
    return (*place, finding.message, found)


def _with_others(first: Finding, others: list[Finding]) -> Finding:
    cells = list(dict.fromkeys(o.cell for o in others if o.cell != first.cell))
    if not cells:
        return first
    said, named = first.message, listed(cells[:_NAMED])
    if len(cells) > _NAMED:
        said = _(
            "{what}（同样的还有 {cells} 等 {count} 处。）",
            what=said,
            cells=named,
            count=len(cells),
        )
    else:
        said = _("{what}（同样的还有 {cells}。）", what=said, cells=named)
    further = [cell for o in others for cell in (o.cell, *o.others)]
    return replace(
        first,
        message=said,
        others=tuple(
            dict.fromkeys(c for c in (*first.others, *further) if c and c != first.cell)
        ),
    )
