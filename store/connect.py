"""How is the store opened, once per process, and how do others get a cursor?"""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from base.errors import ShownError
from base.words import _
from store.audit import audit_journal, check_journal, keep_texts
from store.errors import (
    disk_full,
    in_use,
    is_full,
    is_lock,
    is_log,
    translated,
)
from store.journal import Entry, Journal
from store.kept import keep_hashes
from store.migrate import migrate
from store.recover import recover
from store.salvage import carry_over, put_in_place, unreadable
from store.turns import Turns
from store.vault import Vault

Cursor = duckdb.DuckDBPyConnection
DATABASE = "village.duckdb"

_HERE = Path(__file__).parent
# Extensions are never fetched: the network is closed, and a query must not try.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class Store:
    """One installation's database, vault and journal.

    Args:
        folder: where it lives; made when absent.
        database: name of the database file in it.
        is_recovered: whether to bring the database in line with the journal; only a
            rebuild, which starts from nothing, does not.

    Raises:
        InUse: when another process holds the database.
        ShownError: when the database is damaged or older than the journal.
    """

    def __init__(
        self, folder: Path, database: str = DATABASE, is_recovered: bool = True
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.lock = threading.RLock()
        self.auditing = threading.Lock()
        self._depth = 0
        self._changes: dict[str, int] = {}
        self.path = folder / database
        self.vault = Vault(folder / "vault")
        self._turns = Turns()
        self._is_half_done = is_recovered
        # whether the database has stopped itself, as when the disk was full
        self._is_stopped = False
        self._connection = self._connected()
        try:
            # Only who holds the database may touch the end of the journal.
            self.journal = Journal(folder / "journal" / "journal.jsonl")
            if is_recovered:
                self._prepare()
        except BaseException:
            self.close()
            raise

    def _connected(self) -> Cursor:
        return connected(self.path)

    def _prepare(self) -> None:
        """Bring journal and database in line before anybody uses them.

        Raises:
            ShownError: when one of them is not what it was, or cannot be.
        """
        check_journal(self, self.journal)
        self.journal.cut_unfinished()
        self.vault.clear_unfinished()
        with self.writing():
            keep_texts(self)
            keep_hashes(self)

    def _start_again(self) -> None:
        """Open a database anew that has stopped itself; what it had written is there.

        A thread in the midst of using it cannot, and leaves it to the next.
        """
        if not self._is_stopped or self._turns.is_user:
            return
        with self._turns.alone():
            if self._is_stopped:
                self._connection.close()
                self._connection = self._connected()
                self._is_stopped = False

    def replace_database(self, rebuilt: Path) -> list[str]:
        """Put a rebuilt database in the place of this one, which is kept beside it.

        Whoever reads meanwhile ends first; whoever comes meanwhile waits.

        Returns:
            The tables that live in the database alone and could not be read.
        """
        with self.lock, self._turns.alone():
            lost = carry_over(self._connection, rebuilt)
            self._connection.close()
            put_in_place(rebuilt, self.path)
            self._connection = self._connected()
            self._is_stopped = False
        return lost

    def unreadable(self, within_s: float | None = None) -> list[str]:
        """Return the tables of which a part cannot be read, as `store.salvage` does."""
        with self.cursor() as cursor:
            return unreadable(cursor, within_s)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Take the one turn to write; what failed half done is mended before.

        Raises:
            ShownError: when the database cannot be brought in line with the journal.
        """
        with self.lock:
            if self._is_half_done:
                recover(self)
                self._is_half_done = False
            self._depth += 1
            try:
                yield
                if self._depth == 1:
                    fresh = self.journal.take_fresh()
                    audit_journal(self, fresh)
                    self._note_who_changed(line.entry for line in fresh)
            except BaseException as error:
                self._is_half_done = True
                if isinstance(error, OSError) and is_full(error):
                    raise disk_full(self.folder) from error
                raise
            finally:
                self._depth -= 1

    @property
    def is_half_done(self) -> bool:
        """Tell whether something failed half done, which the next turn mends."""
        return self._is_half_done

    def _note_who_changed(self, entries: Iterable[Entry]) -> None:
        if actors := {str(entry.get("actor", "")) for entry in entries}:
            number = int(self.value("select activity_no from ops.activity") or 0)
            self._changes |= dict.fromkeys(actors, number)

    def changed_by(self, actor: str) -> int:
        """Return the activity number of somebody's last change here, or 0."""
        return self._changes.get(actor, 0)

    @contextmanager
    def cursor(self) -> Iterator[Cursor]:
        """Give a cursor of its own, for what needs several statements.

        Raises:
            StoreError: in place of DuckDB's errors.
        """
        self._start_again()
        with self._turns.shared():
            try:
                cursor = self._connection.cursor()
                try:
                    yield cursor
                finally:
                    cursor.close()
            except duckdb.Error as error:
                self._is_stopped |= isinstance(error, duckdb.FatalException)
                raise translated(error, self.path) from error

    @contextmanager
    def transaction(self) -> Iterator[Cursor]:
        """Give a cursor inside one transaction; undo it when the block raises.

        Raises:
            StoreError: Duplicate, Conflict or other, in place of DuckDB's errors.
        """
        with self.cursor() as cursor:
            cursor.begin()
            try:
                yield cursor
            except BaseException:
                # a database that has stopped itself has nothing to undo
                with suppress(duckdb.FatalException):
                    cursor.rollback()
                raise
            cursor.commit()

    def frame(
        self,
        sql: str,
        params: Mapping[str, Any],
        tables: Mapping[str, pa.Table] | None = None,
    ) -> pd.DataFrame:
        """Run one reading statement.

        Args:
            sql: the statement, with `$name` parameters.
            params: their values; more than are named is an error.
            tables: what it reads besides the store, by name.

        Returns:
            The answer; money as `Decimal`, days as `date`.

        Raises:
            StoreError: in place of DuckDB's errors.
        """
        return self.table(sql, params, tables).to_pandas()

    def table(
        self,
        sql: str,
        params: Mapping[str, Any],
        tables: Mapping[str, pa.Table] | None = None,
    ) -> pa.Table:
        """Run one reading statement, as `frame` does, and return a table of Arrow."""
        with self.cursor() as cursor:
            for name, table in (tables or {}).items():
                cursor.register(name, table)
            return cursor.execute(sql, dict(params)).to_arrow_table()

    def row(
        self, sql: str, params: Mapping[str, Any] | None = None
    ) -> tuple[Any, ...] | None:
        """Run one reading statement and return its first row, or None."""
        with self.cursor() as cursor:
            found: tuple[Any, ...] | None = cursor.execute(
                sql, dict(params or {})
            ).fetchone()
        return found

    def rows(
        self, sql: str, params: Mapping[str, Any] | None = None
    ) -> list[tuple[Any, ...]]:
        """Run one reading statement and return its rows."""
        with self.cursor() as cursor:
            found: list[tuple[Any, ...]] = cursor.execute(
                sql, dict(params or {})
            ).fetchall()
        return found

    def value(self, sql: str, params: Mapping[str, Any] | None = None) -> Any:
        """Run one reading statement and return its single value, or None."""
        row = self.row(sql, params)
        return row[0] if row else None

    def close(self) -> None:
        """Close the database; the store cannot be used afterwards."""
        self._connection.close()


def connected(path: Path) -> Cursor:
    """Return a connection to a database, as this version of the code needs it.

    Raises:
        InUse: when another process holds it.
        DiskFull: when there is no room to open it.
        ShownError: when it is damaged.
    """
    try:
        connection = duckdb.connect(path, config=_CONFIG)
        try:
            migrate(connection)
            connection.execute((_HERE / "macros.sql").read_text(encoding="utf-8"))
        except BaseException:
            connection.close()
            raise
    except duckdb.Error as error:
        if is_lock(error):
            raise in_use(path.parent) from error
        if is_full(error):
            raise disk_full(path.parent) from error
        raise ShownError(
            _(
                "数据库文件打不开，可能已损坏：{path}。请运行：python -m etl rebuild",
                path=path.with_name(f"{path.name}.wal") if is_log(error) else path,
            )
        ) from error
    return connection


_open: dict[Path, Store] = {}
_opening = threading.Lock()


def store_at(folder: Path) -> Store:
    """Return the store of a folder, opened once per process."""
    key = folder.resolve()
    with _opening:
        if key not in _open:
            _open[key] = Store(key)
        return _open[key]


def close_all() -> None:
    """Close every store of this process."""
    with _opening:
        while _open:
            _open.popitem()[1].close()
