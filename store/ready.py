"""Can this process do its work now? Each check says so in one word."""

from base.errors import ShownError
from base.settings import settings
from store.connect import Store
from store.errors import StoreError
from store.room import free_bytes

OK = "ok"
_FAULTS = (ShownError, StoreError, OSError)


def checks(store: Store) -> dict[str, str]:
    """Return a word for each check: `ok`, or what is wrong.

    Whatever was left half done is mended first, as the next change would.
    """
    return {
        "database": _database(store),
        "journal": _journal(store),
        "disk": _disk(store),
        "work": _work(store),
    }


def _database(store: Store) -> str:
    try:
        is_there = store.value("select count(*) from ops.version") == 1
    except _FAULTS:
        return "fails"
    return OK if is_there else "fails"


def _disk(store: Store) -> str:
    try:
        is_enough = free_bytes(store) >= settings().least_free_mb * 1_000_000
    except OSError:
        return "fails"
    return OK if is_enough else "full"


def _work(store: Store) -> str:
    """Mend what is half done; whoever is at work now will mend it themselves."""
    if not store.is_half_done or not store.lock.acquire(blocking=False):
        return OK
    try:
        with store.writing():
            return OK
    except _FAULTS:
        return "half"
    finally:
        store.lock.release()


def _journal(store: Store) -> str:
    """Compare the journal's end with the database; while somebody writes, they differ.

    Where something is half done, `_work` speaks of it.
    """
    if not store.lock.acquire(blocking=False):
        return OK
    try:
        if store.is_half_done:
            return OK
        if not store.journal.is_as_left():
            return "changed"
        return OK if _is_audited(store) else "behind"
    except _FAULTS:
        return "fails"
    finally:
        store.lock.release()


def _is_audited(store: Store) -> bool:
    """Tell whether the database knows the journal's last line, and no later one."""
    row = store.row(
        "select journal_line, journal_hash from ops.audit "
        "where journal_line is not null order by journal_line desc limit 1"
    )
    journal = store.journal
    return row == (journal.length, journal.last_hash) if row else not journal.length
