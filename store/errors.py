"""What went wrong in the store, in words that hold for every kind of store?"""

import duckdb

from base.errors import ShownError


class StoreError(Exception):
    """The store refused for a reason that is not one of those below."""


class Duplicate(StoreError):
    """A key that must be unique is there already."""


class Conflict(StoreError):
    """Somebody else changed the same rows at the same time; trying again may do."""


class InUse(ShownError):
    """Another process holds the database."""


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
