"""What is wrong in a file, where, and how is it mended?"""

from dataclasses import dataclass
from typing import Literal

from base.words import _

Severity = Literal["error", "warning"]
SHOWN = 20


@dataclass(frozen=True)
class Finding:
    """One problem, said to the person who made the spreadsheet.

    A finding without a cell concerns the sheet, one without a sheet the file.
    """

    severity: Severity
    code: str
    sheet: str
    cell: str
    found: str
    message: str

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
    return Finding("error", code, sheet, cell, found, message)


def warning(
    code: str, message: str, sheet: str = "", cell: str = "", found: str = ""
) -> Finding:
    """Make a finding that asks for a look but holds nothing back."""
    return Finding("warning", code, sheet, cell, found, message)


def in_order(findings: list[Finding]) -> list[Finding]:
    """Put what concerns the file first, then sheets, then cells, errors before."""
    return sorted(findings, key=lambda f: (bool(f.cell), bool(f.sheet), not f.is_error))
