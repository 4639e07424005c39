"""What went wrong in the store, in words that hold for every kind of store?"""

from pathlib import Path

import duckdb

from base.errors import ShownError
from base.words import _


class StoreError(Exception):
    """The store refused for a reason that is not one of those below."""


class Duplicate(StoreError):
    """A key that must be unique is there already."""


class Conflict(StoreError):
    """Somebody else changed the same rows at the same time; trying again may do."""


class InUse(ShownError):
    """Another process holds the database."""


def is_lock(error: duckdb.Error) -> bool:
    """Tell whether another process holds the database."""
    # not merely "lock": a damaged block is another matter
    text = str(error)
    return "set lock" in text or "being used" in text


def in_use(folder: Path) -> InUse:
    """Say that another process holds the database of a folder."""
    return InUse(_("数据库正被另一个程序使用：{folder}。请先关闭它。", folder=folder))


def translated(error: duckdb.Error) -> StoreError:
    """Turn an error of the database into one of this room.

    Args:
        error: as raised by DuckDB; PostgreSQL's arrive as bare `duckdb.Error`.
    """
    text = str(error)
    if isinstance(error, duckdb.ConstraintException) or "duplicate key" in text:
        return Duplicate(text)
    if isinstance(error, duckdb.TransactionException) or "conflict" in text.lower():
        return Conflict(text)
    return StoreError(text)
