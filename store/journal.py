"""What was sent, answered, returned and accepted, by whom and when? Append-only."""

import errno
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from base.errors import ShownError
from base.words import _
from store.vault import sync_folder

START = "0" * 64
_BLOCK = 65536
Entry = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """A line of the journal: its entry, its text without the end, and its hash."""

    entry: Entry
    text: str
    line_hash: str


class Journal:
    """One line of JSON an entry, each with the hash of the line before it.

    An entry is in the journal once its line, with its end, is on the disk. A line
    without an end was being written when the system fell and never counted, unless
    somebody knows better: `cut_unfinished` takes it away before the next is added.

    Args:
        path: the file; its folder is made when absent.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch()
            sync_folder(path.parent)
        # of each whole line
        self.hashes: list[str] = []
        self._size = 0
        # entries since it was opened that nobody has taken
        self._fresh: list[Line] = []
        for line in self._lines():
            self.hashes.append(hash_of_line(line))
            self._size += len(line)

    @property
    def length(self) -> int:
        """Return how many lines there are."""
        return len(self.hashes)

    @property
    def last_hash(self) -> str:
        """Return the hash of the last line."""
        return self.hashes[-1] if self.hashes else START

    def cut_unfinished(self) -> None:
        """Take away what follows the last whole line; it is kept beside the journal."""
        with self.path.open("r+b") as file:
            file.seek(self._size)
            unfinished = file.read()
            if unfinished:
                self.path.with_suffix(".unfinished").write_bytes(unfinished)
                file.truncate(self._size)

    def _lines(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    yield line

    def append(self, entry: Entry) -> None:
        """Add an entry and return when it is on the disk.

        Raises:
            OSError: when it cannot be written; then it is not in the journal.
            ShownError: when the file is not what it was when it was opened.
        """
        full = {"line": self.length + 1, "previous": self.last_hash, **entry}
        text = json.dumps(full, ensure_ascii=False, default=str)
        line = text.encode() + b"\n"
        self.cut_unfinished()
        with self.path.open("ab", buffering=0) as file:
            end = file.tell()
            if end != self._size:
                raise ShownError(
                    _(
                        "日志文件比记下的短，被人动过：{path}。"
                        "请先停下看板，从备份恢复日志。",
                        path=self.path,
                    )
                )
            try:
                if file.write(line) != len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(file.fileno())
            except BaseException:
                file.truncate(end)
                raise
        self.hashes.append(hash_of_line(line))
        self._size += len(line)
        self._fresh.append(Line(full, text, self.last_hash))

    def take_fresh(self) -> list[Line]:
        """Return what was added since the last call."""
        fresh, self._fresh = self._fresh, []
        return fresh

    def lines(self, after_line: int = 0) -> Iterator[Line]:
        """Yield the lines after a line in order.

        Raises:
            ShownError: at a line that cannot be read.
        """
        for number, line in enumerate(self._lines(), start=1):
            if number > after_line:
                entry = _entry_of(number, line)
                yield Line(entry, line.decode().rstrip("\n"), hash_of_line(line))

    def entries(self) -> Iterator[Entry]:
        """Yield all entries in order.

        Raises:
            ShownError: at a line that cannot be read.
        """
        for line in self.lines():
            yield line.entry

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
        last = tail[tail.rfind(b"\n", 0, -1) + 1 :]
        return hash_of_line(last) == self.last_hash

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
    expected = hash_of_line(after[-1]) if after else START
    for number, line in enumerate(lines, start=len(after) + 1):
        if not line.endswith(b"\n") or not is_next(line, number, expected):
            return
        yield line
        expected = hash_of_line(line)


def is_next(line: bytes, number: int, previous: str) -> bool:
    """Tell whether a line is the one of a number, after the line of a hash."""
    try:
        entry = json.loads(line)
        return bool((entry["line"], entry["previous"]) == (number, previous))
    except (ValueError, TypeError, KeyError):
        return False


def hash_of_line(line: bytes) -> str:
    """Return the hash of a line, with its end."""
    return hashlib.sha256(line).hexdigest()


def _entry_of(number: int, line: bytes) -> Entry:
    try:
        entry: Entry = json.loads(line)
    except ValueError as error:
        raise ShownError(
            _("日志第 {line} 行读不出。请从备份恢复日志。", line=number)
        ) from error
    return entry
