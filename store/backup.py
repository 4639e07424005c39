"""How is everything that counts copied while people work, as of one moment?

Between two decisions the end of the journal is noted and a transaction begun; what is
decided afterwards is in neither. Files of the vault never change, so they may be copied
after that. One backup is one file; `store.restore` brings it back.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from base.errors import ShownError
from base.settings import settings
from base.words import _
from store.archive import SEALED, Packer, packed
from store.digests import digests
from store.errors import StoreError
from store.keeping import drop_unfinished, name_at

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from store.connect import Cursor, Store

DATABASE, JOURNAL = "village.duckdb", "journal/journal.jsonl"
# Files that never change once they have their name.
_UNCHANGING = "vault"
# Files that people are still at work on: copied as they are at that moment.
_CHANGING = ("drafts", "inbox")
# The key of the blank papers that are already handed out.
_SINGLE = ("run/seal.key",)
_SNAPSHOT = "snapshot"
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Backup:
    """A backup that was made: where, how many files, bytes and seconds it took.

    `left_out` names files that somebody was moving, or that are too large to come in.
    """

    path: Path
    files: int
    bytes: int
    seconds: float
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Moment:
    """Where the journal ended when the transaction began."""

    lines: int
    last_hash: str
    bytes: int


def back_up(store: Store, folder: Path, at: datetime, recipient: str = "") -> Backup:
    """Copy an installation to one file, while people work.

    Args:
        store: of the installation.
        folder: where backups are; made when absent.
        at: when, local time in China; names the file.
        recipient: the public key that it is encrypted for; empty for none.

    Raises:
        ShownError: when another is being made, or it cannot be written; nothing is
            left behind then.
    """
    if not _one_at_a_time.acquire(blocking=False):
        raise ShownError(_("另一份备份正在进行，请稍后再试。"))
    start = time.perf_counter()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        drop_unfinished(folder)
        path = folder / (name_at(at) + (SEALED if recipient else ""))
        with packed(path, recipient) as packer:
            left_out = _packed(store, packer, at)
        taken = time.perf_counter() - start
        files = len(packer.members)
        return Backup(path, files, path.stat().st_size, taken, tuple(left_out))
    except (OSError, StoreError) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise ShownError(
            _(
                "备份没有做成：{folder} 写不进去（{reason}）。请检查磁盘空间和权限。",
                folder=folder,
                reason=reason,
            )
        ) from error
    finally:
        _one_at_a_time.release()


def _packed(store: Store, packer: Packer, at: datetime) -> list[str]:
    snapshot = store.folder / "run" / f"{_SNAPSHOT}.duckdb"
    snapshot.parent.mkdir(parents=True, exist_ok=True)
    # what one left that was killed
    _clear(snapshot)
    try:
        with _still(store, snapshot) as (cursor, moment):
            tables = digests(cursor)
            cursor.execute(f"copy from database {_own(cursor)} to {_SNAPSHOT}")
        packer.add_file(DATABASE, snapshot)
    finally:
        _clear(snapshot)
    packer.add_file(JOURNAL, store.journal.path, moment.bytes)
    for path in _files(store.folder / _UNCHANGING):
        packer.add_file(_name(store, path), path)
    left_out = _changing(store, packer)
    packer.close(
        {
            "made_at": at.isoformat(),
            "city": settings().city,
            "journal_lines": moment.lines,
            "journal_hash": moment.last_hash,
            "tables": tables,
        }
    )
    return left_out


@contextmanager
def _still(store: Store, snapshot: Path) -> Iterator[tuple[Cursor, _Moment]]:
    """Give a cursor for which time stands still, with the journal's end at that time.

    The database `snapshot` is attached to it. Others go on writing.
    """
    with store.cursor() as cursor:
        cursor.execute(f"attach '{snapshot}' as {_SNAPSHOT}")
        try:
            with store.writing():
                cursor.begin()
                # the transaction sees the database as it is at its first question
                cursor.execute("select version_no from ops.version").fetchone()
                journal = store.journal
                size = journal.path.stat().st_size
                moment = _Moment(journal.length, journal.last_hash, size)
            try:
                yield cursor, moment
                cursor.commit()
            except BaseException:
                cursor.rollback()
                raise
        finally:
            cursor.execute(f"detach {_SNAPSHOT}")


def _clear(snapshot: Path) -> None:
    for leftover in snapshot.parent.glob(f"{snapshot.name}*"):
        leftover.unlink(missing_ok=True)


def _own(cursor: Cursor) -> str:
    row = cursor.execute("select current_database()").fetchone()
    return f'"{row[0]}"' if row else ""


def _files(folder: Path) -> list[Path]:
    """Return the files below a folder; not those that are being written."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.suffix != ".part"
    ]


def _changing(store: Store, packer: Packer) -> list[str]:
    """Copy what people are at work on; return what could not be copied."""
    left_out = []
    paths = [path for name in _CHANGING for path in _files(store.folder / name)]
    paths += [store.folder / name for name in _SINGLE if (store.folder / name).exists()]
    for path in paths:
        name = _name(store, path)
        try:
            # larger ones will be refused, and must not fill the memory
            is_small = path.stat().st_size <= settings().largest_file_bytes
            content = path.read_bytes() if is_small else None
        except FileNotFoundError:
            # taken in meanwhile: the next backup has it in the vault
            content = None
        if content is None:
            left_out.append(name)
        else:
            packer.add(name, content)
    return left_out


def _name(store: Store, path: Path) -> str:
    return path.relative_to(store.folder).as_posix()


def as_detail(backup: Backup) -> dict[str, Any]:
    """Return what the audit says of a backup."""
    return {
        "folder": str(backup.path.parent),
        "file": backup.path.name,
        "bytes": backup.bytes,
        "seconds": round(backup.seconds, 1),
        "ok": True,
    }
