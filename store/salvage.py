"""What can still be read of a database, and what of it is taken over by another?"""

import os
import threading
from pathlib import Path
from time import monotonic

import duckdb

from store.digests import tables_of
from store.errors import is_damage
from store.vault import sync_folder

# What lives in the database alone: a rebuild takes it over as it is.
CARRIED = (
    "ops.audit",
    "ops.draft",
    "ops.account",
    "ops.account_scope",
    "ops.session",
    "ops.sign_in_trouble",
    "ops.api_token",
)


def unreadable(
    cursor: duckdb.DuckDBPyConnection, within_s: float | None = None
) -> list[str]:
    """Return the tables of which a part cannot be read.

    The database checks a block when it is read, and not when it is opened.

    Args:
        cursor: of a database, of which every value is read.
        within_s: seconds after which no more is read, the smallest tables first;
            default all is read.
    """
    found: list[str] = []
    ends_at = monotonic() + (within_s or 0)
    for table in tables_of(cursor):
        left_s = ends_at - monotonic()
        if within_s is not None and left_s <= 0:
            break
        timer = threading.Timer(left_s, cursor.interrupt)
        if within_s is not None:
            timer.start()
        try:
            cursor.execute(f"select max(hash(t)) from {table} as t").fetchall()
        except duckdb.InterruptException:
            break
        except duckdb.Error as error:
            if not is_damage(error):
                raise
            found.append(table)
        finally:
            timer.cancel()
    return found


def carry_over(
    cursor: duckdb.DuckDBPyConnection, rebuilt: Path, source: str = ""
) -> list[str]:
    """Copy what no file and no journal tells into a rebuilt database.

    Args:
        cursor: that reads the database from which it comes.
        rebuilt: the file of the rebuilt one, which nobody has open.
        source: the name of the former there, where it is not the first.

    Returns:
        The tables that could not be read, and stay as the rebuilt one has them.
    """
    cursor.execute(f"attach '{rebuilt}' as rebuilt")
    lost = [table for table in CARRIED if not _copied(cursor, table, source)]
    cursor.execute("detach rebuilt")
    return lost


def _copied(cursor: duckdb.DuckDBPyConnection, table: str, source: str) -> bool:
    prefix = f"{source}." if source else ""
    cursor.begin()
    try:
        cursor.execute(f"delete from rebuilt.{table}")
        # an older database has fewer columns
        cursor.execute(
            f"insert into rebuilt.{table} by name select * from {prefix}{table}"
        )
        cursor.commit()
    except duckdb.Error:
        cursor.rollback()
        return False
    return True


def carry_from(broken: Path, rebuilt: Path) -> list[str]:
    """Copy the same from a database that does not open as it should.

    What was written last lies in its log; where that is what is damaged, it is put
    aside and left out.

    Args:
        broken: its file.
        rebuilt: the file of the rebuilt database.

    Returns:
        The tables that could not be read; all of them where nothing could.
    """
    lost = _carried(broken, rebuilt)
    if lost and _log_of(broken).exists():
        _log_of(broken).replace(_log_of(_aside(broken)))
        lost = _carried(broken, rebuilt)
    return lost


def put_in_place(rebuilt: Path, old: Path) -> None:
    """Put a rebuilt database in the place of an old one, which is kept beside it.

    Whenever the system falls, one of them is there under the name.
    """
    if old.exists():
        _aside(old).unlink(missing_ok=True)
        os.link(old, _aside(old))
    if _log_of(old).exists():
        _log_of(old).replace(_log_of(_aside(old)))
    rebuilt.replace(old)
    sync_folder(old.parent)


def _aside(database: Path) -> Path:
    return database.with_suffix(".before-rebuild")


def _log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.wal")


def _carried(broken: Path, rebuilt: Path) -> list[str]:
    connection = duckdb.connect()
    try:
        connection.execute(f"attach '{broken}' as broken (read_only)")
        return carry_over(connection, rebuilt, "broken")
    except duckdb.Error:
        return list(CARRIED)
    finally:
        connection.close()
