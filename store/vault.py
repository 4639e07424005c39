"""Where are original files and the rows read from them kept, unchanged for good?"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from store.errors import disk_full, is_full


def sha256_of(content: bytes) -> str:
    """Return the name under which a file is kept."""
    return hashlib.sha256(content).hexdigest()


def is_whole(path: Path, sha256: str) -> bool:
    """Tell whether a file is there and has its SHA-256."""
    try:
        return sha256_of(path.read_bytes()) == sha256
    except OSError:
        return False


def write_durably(path: Path, content: bytes, unfinished: Path | None = None) -> None:
    """Write a file so that after a crash it is whole or absent.

    The bytes go to another file, are synced, and take their name at once.

    Args:
        path: of the file.
        content: its bytes.
        unfinished: the folder of that other file, on the same disk; default the
            file's own.

    Raises:
        DiskFull: when there is no room; nothing of it is left then.
    """
    other = (unfinished or path.parent) / f".{path.name}.{os.getpid()}.part"
    try:
        for folder in (path.parent, other.parent):
            _make_folder(folder)
        try:
            with other.open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            other.replace(path)
        except BaseException:
            other.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except OSError as error:
        if is_full(error):
            raise disk_full(path.parent) from error
        raise


def _make_folder(folder: Path) -> None:
    """Make a folder whose name is durable before anything is in it."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system knows how."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _repeating(rows: pa.Table) -> list[str]:
    """Return the columns of words that come again and again; cells never do."""
    return [
        field.name
        for field in rows.schema
        if pa.types.is_string(field.type) and field.name != "cell"
    ]


def _parquet(rows: pa.Table) -> bytes:
    out = pa.BufferOutputStream()
    pq.write_table(rows, out, compression="zstd", use_dictionary=_repeating(rows))
    content: bytes = out.getvalue().to_pybytes()
    return content


class Vault:
    """The originals under their SHA-256, the rows as read, and what meetings froze.

    Args:
        folder: `files/`, `rows/` and `frozen/` lie below it, and `unfinished/`, where
            a file lies until it is whole.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def clear_unfinished(self) -> None:
        """Throw away what was being written when the system fell."""
        for path in (self.folder / "unfinished").glob("*"):
            path.unlink(missing_ok=True)

    def _write(self, path: Path, content: bytes) -> None:
        write_durably(path, content, self.folder / "unfinished")

    def _file(self, sha256: str) -> Path:
        return self.folder / "files" / sha256[:2] / sha256

    def rows_path(self, submission_no: int, kind: str = "") -> Path:
        """Return where the rows of a submission are, or would be."""
        ending = f".{kind}.parquet" if kind else ".parquet"
        return self.folder / "rows" / f"{submission_no:09d}{ending}"

    def keep(self, content: bytes) -> str:
        """Keep a file and return its SHA-256; known bytes are not written again.

        Bytes that were damaged since are known no longer.
        """
        sha256 = sha256_of(content)
        path = self._file(sha256)
        if not path.exists() or sha256_of(path.read_bytes()) != sha256:
            self._write(path, content)
        return sha256

    def original(self, sha256: str) -> bytes:
        """Return a file as it arrived.

        Raises:
            OSError: when it is missing.
            ValueError: when it no longer has its SHA-256.
        """
        content = self._file(sha256).read_bytes()
        if sha256_of(content) != sha256:
            raise ValueError(sha256)
        return content

    def keep_rows(self, submission_no: int, rows: pa.Table, kind: str = "") -> str:
        """Keep the rows of a submission as they were read; return their SHA-256.

        Args:
            submission_no: of which.
            rows: its income lines, or facts of a kind.
            kind: of the facts; default the income lines.
        """
        content = _parquet(rows)
        self._write(self.rows_path(submission_no, kind), content)
        return sha256_of(content)

    def rows(
        self, submission_no: int, sha256: str | None = None, kind: str = ""
    ) -> pa.Table:
        """Return the rows of a submission as they were read.

        Args:
            submission_no: of which.
            sha256: what they must have; default any.
            kind: of the facts; default the income lines.

        Raises:
            OSError: when they are missing.
            ValueError: when they are not what was kept.
        """
        content = self.rows_path(submission_no, kind).read_bytes()
        if sha256 is not None and sha256_of(content) != sha256:
            raise ValueError(submission_no)
        return pq.read_table(pa.BufferReader(content))

    def _frozen(self, meeting_no: int, kind: str) -> Path:
        return self.folder / "frozen" / f"{meeting_no:09d}.{kind}.parquet"

    def named_in(self, entry: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
        """Yield the files that an entry of the journal names, each with its SHA-256."""
        for key in ("sha256", "answer_sha256"):
            if sha256 := entry.get(key):
                yield self._file(str(sha256)), str(sha256)
        if rows := entry.get("rows_sha256"):
            yield self.rows_path(entry["submission_no"]), str(rows)
        for kind, sha256 in entry.get("facts_sha256", {}).items():
            yield self.rows_path(entry["submission_no"], kind), str(sha256)
        for kind, sha256 in entry.get("frozen_sha256", {}).items():
            yield self._frozen(entry["meeting_no"], kind), str(sha256)

    def keep_frozen(self, meeting_no: int, kind: str, rows: pa.Table) -> str:
        """Keep the figures that a meeting was frozen with; return their SHA-256."""
        content = _parquet(rows)
        self._write(self._frozen(meeting_no, kind), content)
        return sha256_of(content)

    def frozen(self, meeting_no: int, kind: str, sha256: str) -> pa.Table:
        """Return figures of a freeze.

        Raises:
            OSError: when they are missing.
            ValueError: when they are not what was kept.
        """
        content = self._frozen(meeting_no, kind).read_bytes()
        if sha256_of(content) != sha256:
            raise ValueError(meeting_no)
        return pq.read_table(pa.BufferReader(content))

    def with_facts(self, kind: str) -> list[int]:
        """Return the numbers of the submissions that have facts of a kind."""
        names = (self.folder / "rows").glob(f"*.{kind}.parquet")
        return sorted(int(path.name.split(".")[0]) for path in names)
