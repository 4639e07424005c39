"""Store: the database, the vault of files and the journal of decisions.

`duckdb` is imported in this room alone.
"""

from store.connect import Cursor, Store, close_all, store_at
from store.errors import Conflict, Duplicate, InUse, StoreError

__all__ = [
    "Conflict",
    "Cursor",
    "Duplicate",
    "InUse",
    "Store",
    "StoreError",
    "close_all",
    "store_at",
]
