"""What was sent, answered, returned and accepted, by whom and when? Append-only."""

import errno
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from base.errors import ShownError
from base.words import _
from store.vault import sync_folder

START = "0" * 64
_BLOCK = 65536
Entry = dict[str, Any]


class Journal:
    """One line of JSON an entry, each with the hash of the line before it.

    An entry is in the journal once its line, with its end, is on the disk. A line
    without an end was being written when the system fell; it never counted, and is
    cut off when the journal is opened.

    Args:
        path: the file; its folder is made when absent.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._cut_unfinished_line()
        self.last_hash = START
        self.length = 0
        # entries since it was opened that nobody has taken, each with its line's hash
        self._fresh: list[tuple[Entry, str]] = []
        for line in self._lines():
            self.last_hash = _hash(line)
            self.length += 1

    def _cut_unfinished_line(self) -> None:
        if not self.path.exists():
            self.path.touch()
            sync_folder(self.path.parent)
        with self.path.open("r+b") as file:
            content = file.read()
            file.truncate(content.rfind(b"\n") + 1)

    def _lines(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            yield from file

    def append(self, entry: Entry) -> None:
        """Add an entry and return when it is on the disk.

        Raises:
            OSError: when it cannot be written; then it is not in the journal.
        """
        full = {"line": self.length + 1, "previous": self.last_hash, **entry}
        line = json.dumps(full, ensure_ascii=False, default=str).encode() + b"\n"
        with self.path.open("ab", buffering=0) as file:
            end = file.tell()
            try:
                if file.write(line) != len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(file.fileno())
            except BaseException:
                file.truncate(end)
                raise
        self.last_hash = _hash(line)
        self.length += 1
        self._fresh.append((full, self.last_hash))

    def take_fresh(self) -> list[tuple[Entry, str]]:
        """Return what was added since the last call, each with its line's hash."""
        fresh, self._fresh = self._fresh, []
        return fresh

    def hashed(self, after_line: int = 0) -> Iterator[tuple[Entry, str]]:
        """Yield the entries after a line in order, each with its line's hash."""
        for number, line in enumerate(self._lines(), start=1):
            if number > after_line:
                yield _entry_of(number, line), _hash(line)

    def entries(self) -> Iterator[Entry]:
        """Yield all entries in order.

        Raises:
            ShownError: at a line that cannot be read.
        """
        for number, line in enumerate(self._lines(), start=1):
            yield _entry_of(number, line)

    def is_as_left(self) -> bool:
        """Tell whether the file ends with the line that was written last."""
        if not self.length:
            return self.path.stat().st_size == 0
        with self.path.open("rb") as file:
            end = file.seek(0, os.SEEK_END)
            tail = b""
            while end and b"\n" not in tail[:-1]:
                start = max(0, end - _BLOCK)
                file.seek(start)
                tail = file.read(end - start) + tail
                end = start
        return _hash(tail[tail.rfind(b"\n", 0, -1) + 1 :]) == self.last_hash

    def broken_line(self) -> int | None:
        """Return the first line whose chain of hashes does not hold, or None."""
        sound = sum(1 for _line in sound_lines(self._lines()))
        return sound + 1 if sound < sum(1 for _line in self._lines()) else None


def sound_lines(lines: Iterable[bytes], after: Sequence[bytes] = ()) -> Iterator[bytes]:
    """Yield the lines of a journal up to the first whose chain of hashes breaks.

    Args:
        lines: each with its end.
        after: the lines before them, which are sound.
    """
    expected = _hash(after[-1]) if after else START
    for number, line in enumerate(lines, start=len(after) + 1):
        try:
            entry = json.loads(line)
            is_next = (entry["line"], entry["previous"]) == (number, expected)
        except (ValueError, TypeError, KeyError):
            is_next = False
        if not is_next or not line.endswith(b"\n"):
            return
        yield line
        expected = _hash(line)


def _entry_of(number: int, line: bytes) -> Entry:
    try:
        entry: Entry = json.loads(line)
    except ValueError as error:
        raise ShownError(
            _("日志第 {line} 行读不出。请从备份恢复日志。", line=number)
        ) from error
    return entry


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
