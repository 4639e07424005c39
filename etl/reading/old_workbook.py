"""What cells does an xls hold? Asked of a process of its own, which damage may end.

Run as a script it is that process. The reader of xls trusts the lengths that a file
states: a damaged file can take all memory or never end, and must not take the
dashboard along. So can an xlsx whose cells do not say where they are.
"""

import pickle
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import python_calamine

LARGEST_SHEET_CELLS = 10_000_000
# An xls can have no more.
_XLS_ROWS = 65_536
_LOCKED_XLSX = "EncryptedPackage".encode("utf-16-le")
_SECONDS = 25
_LARGEST_MEMORY = 1_000_000_000


class Damaged(Exception):
    """The file could not be read to its end."""


class Locked(Exception):
    """The file has a password."""


class Vast(Exception):
    """A sheet is too large to be a ledger; says which, and how many rows it has."""

    def __init__(self, name: str, rows: int = 0) -> None:
        super().__init__(name)
        self.rows = rows


@dataclass(frozen=True)
class RawSheet:
    """A sheet as the reader gives it; ranges are ((row, column), (row, column)).

    `position` is its place among all sheets, charts included.
    """

    position: int
    name: str
    rows: list[list[Any]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    is_hidden: bool = False


def raw_sheets(
    workbook: python_calamine.CalamineWorkbook, most_rows: int
) -> list[RawSheet]:
    """Read the worksheets of an open workbook, in order; charts are left out.

    Raises:
        Vast: when a sheet has too many rows, or with those before too many cells.
        CalamineError: when it cannot be read.
    """
    found = []
    left = LARGEST_SHEET_CELLS
    for index, metadata in enumerate(workbook.sheets_metadata):
        if metadata.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(index)
        # The reader's own totals are the places of the last cell, counted from 0.
        row, column = sheet.end or (-1, -1)
        left -= (row + 1) * (column + 1)
        if left < 0 or row >= most_rows:
            raise Vast(metadata.name, row + 1)
        found.append(
            RawSheet(
                index,
                metadata.name,
                sheet.to_python(skip_empty_area=False),
                list(sheet.merged_cell_ranges or ()),
                metadata.visible != python_calamine.SheetVisibleEnum.Visible,
            )
        )
    return found


def read_old(content: bytes) -> list[RawSheet]:
    """Read an xls, as `read_apart`."""
    return read_apart(content, ".xls", _XLS_ROWS)


def read_apart(content: bytes, ending: str, most_rows: int) -> list[RawSheet]:
    """Read a workbook in a process of its own.

    Args:
        content: the file as it arrived.
        ending: of the name of such files; tells its reader what it is.
        most_rows: that a sheet may have.

    Returns:
        Its worksheets in order.

    Raises:
        Damaged: when reading it ends in no sheets.
        Locked: when it has a password.
        Vast: when a sheet has too many rows or cells.
    """
    try:
        child = subprocess.run(
            [sys.executable, "-I", str(Path(__file__)), ending, str(most_rows)],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise Damaged from error
    answer = pickle.loads(child.stdout)
    if answer is None:
        raise Locked
    if isinstance(answer, tuple):
        raise Vast(*answer)
    return [RawSheet(*parts) for parts in answer]


def _answer(
    content: bytes, ending: str, most_rows: int
) -> list[tuple[Any, ...]] | tuple[str, int] | None:
    """Return the sheets; name and rows of one that is too large; None if locked."""
    if _LOCKED_XLSX in content:
        return None
    # Only of a file with this ending does the reader say that it has a password.
    with tempfile.NamedTemporaryFile(suffix=ending) as file:
        file.write(content)
        file.flush()
        try:
            book = python_calamine.CalamineWorkbook.from_path(file.name)
            sheets = raw_sheets(book, most_rows)
        except python_calamine.PasswordError:
            return None
        except Vast as vast:
            return str(vast), vast.rows
    return [(s.position, s.name, s.rows, s.merged, s.is_hidden) for s in sheets]


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_LARGEST_MEMORY, _LARGEST_MEMORY))


if __name__ == "__main__":
    _limit_memory()
    _ending, _most_rows = sys.argv[1:]
    _said = _answer(sys.stdin.buffer.read(), _ending, int(_most_rows))
    sys.stdout.buffer.write(pickle.dumps(_said))
