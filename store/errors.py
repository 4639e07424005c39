"""What went wrong in the store, in words that hold for every kind of store?"""

import errno
import os
from pathlib import Path

import duckdb

from base.errors import ShownError
from base.words import _

# What systems say when a disk or a share of it is full.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class StoreError(Exception):
    """The store refused for a reason that is not one of those below."""


class Duplicate(StoreError):
    """A key that must be unique is there already."""


class Conflict(StoreError):
    """Somebody else changed the same rows at the same time; trying again may do."""


class Trouble(StoreError):
    """Disk or database failed; the text is written for people, whatever they did."""


class DiskFull(Trouble):
    """There is no room; what was being done is undone or done on the next attempt."""


class Damaged(Trouble):
    """A part of the database cannot be read any more."""


class JournalDamaged(ShownError):
    """The journal is not what it was; nothing may be made from it or added to it."""


class InUse(ShownError):
    """Another process holds the database."""


def in_use(folder: Path) -> InUse:
    """Say that another process holds the database of a folder."""
    return InUse(_("数据库正被另一个程序使用：{folder}。请先关闭它。", folder=folder))


def is_lock(error: duckdb.Error) -> bool:
    """Tell whether an error says that another process holds the database."""
    # not merely "lock": a damaged block is another matter
    text = str(error)
    return "set lock" in text or "being used" in text


def is_log(error: duckdb.Error) -> bool:
    """Tell whether an error speaks of the log beside the database."""
    return "WAL" in str(error)


def disk_full(folder: Path) -> DiskFull:
    """Say that the disk of a folder is full, and what to do; nothing is lost."""
    return DiskFull(
        _(
            "磁盘已满，这一步没有做完：{folder}。已报的都还在。"
            "请管理员腾出空间，然后刷新看看；没有做成的再做一次，不会重复。",
            folder=folder,
        )
    )


def is_full(error: BaseException) -> bool:
    """Tell whether an error says that there is no room on the disk."""
    if isinstance(error, OSError):
        return error.errno in FULL
    return any(os.strerror(number) in str(error) for number in FULL)


def is_damage(error: duckdb.Error) -> bool:
    """Tell whether an error says that a part of the database cannot be read."""
    text = str(error)
    return "Corrupt" in text or "checksum" in text or "deserialize" in text


def damaged(path: Path) -> Damaged:
    """Say which database cannot be read in part, and what brings it back."""
    return Damaged(
        _(
            "数据库文件有损坏，这里的数读不出：{path}。"
            "底册和日志还在。请运行：python -m etl rebuild",
            path=path,
        )
    )


def translated(error: duckdb.Error, path: Path) -> StoreError:
    """Turn an error of the database into one of this room.

    Args:
        error: as raised by DuckDB; PostgreSQL's arrive as bare `duckdb.Error`.
        path: of the database.
    """
    text = str(error)
    if is_full(error):
        return disk_full(path.parent)
    if is_damage(error):
        return damaged(path)
    if isinstance(error, duckdb.ConstraintException) or "duplicate key" in text:
        return Duplicate(text)
    if isinstance(error, duckdb.TransactionException) or "conflict" in text.lower():
        return Conflict(text)
    return StoreError(text)
