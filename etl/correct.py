"""Which known errors in files that arrived are mended while reading, and still fit?"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from base.words import _
from etl.findings import Finding, warning
from etl.reading.parts import column_number
from etl.reading.text import said
from etl.reading.workbook import Sheet

_CELL = re.compile(r"(?P<letters>[A-Za-z]{1,3})(?P<row>[1-9]\d{0,6})")


def corrected(
    sheets: list[Sheet], sha256: str, corrections: tuple[Mapping[str, Any], ...]
) -> tuple[list[Sheet], list[Finding]]:
    """Put the corrections of `data/corrections.toml` into the cells they name.

    Args:
        sheets: as read.
        sha256: of the file; a correction holds for one file alone.
        corrections: sha256, sheet, cell, expect, put, reason, by, date.

    Returns:
        The sheets, and a warning for each correction whose cell no longer holds what
        it expects; such a correction changes nothing.
    """
    own = [entry for entry in corrections if entry["sha256"] == sha256]
    findings: list[Finding] = []
    for entry in own:
        sheets, found = _apply(sheets, entry)
        if found != entry["expect"]:
            findings.append(
                warning(
                    "correction_stale",
                    _(
                        "更正表里写的原文是「{expect}」，与此处不符，未更正。",
                        expect=entry["expect"],
                    ),
                    entry["sheet"],
                    entry["cell"],
                    found or "",
                )
            )
    return sheets, findings


def _apply(
    sheets: list[Sheet], entry: Mapping[str, Any]
) -> tuple[list[Sheet], str | None]:
    mended = []
    found: str | None = None
    for sheet in sheets:
        place = (
            _position(sheet, entry["cell"]) if sheet.name == entry["sheet"] else None
        )
        if place is not None:
            row, column = place
            found = said(sheet.rows[row][column])
            if found == entry["expect"]:
                rows = [list(cells) for cells in sheet.rows]
                rows[row][column] = entry["put"]
                sheet = replace(sheet, rows=rows)
        mended.append(sheet)
    return mended, found


def _position(sheet: Sheet, cell: str) -> tuple[int, int] | None:
    named = _CELL.fullmatch(cell)
    if named is None:
        return None
    row, column = int(named["row"]) - 1, column_number(named["letters"])
    is_inside = row < len(sheet.rows) and column < len(sheet.rows[row])
    return (row, column) if is_inside else None
