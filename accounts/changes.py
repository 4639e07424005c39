"""Who changes accounts just now? One at a time in a process; others meet the keys."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from store import Cursor, Store

_TURN = threading.RLock()


@contextmanager
def changing(store: Store) -> Iterator[Cursor]:
    """Give the cursor of a change of accounts or sessions, all of it or nothing."""
    with _TURN, store.transaction() as cursor:
        yield cursor


@contextmanager
def changing_if_free(store: Store) -> Iterator[Cursor | None]:
    """Give a cursor, or None at once where somebody else is changing something."""
    if not _TURN.acquire(blocking=False):
        yield None
        return
    try:
        with store.transaction() as cursor:
            yield cursor
    finally:
        _TURN.release()
