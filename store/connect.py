"""How is the store opened, once per process, and how do others get a cursor?"""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from base.errors import ShownError
from base.words import _
from store.audit import audit_journal
from store.errors import InUse, translated
from store.journal import Entry, Journal
from store.migrate import migrate
from store.recover import recover
from store.turns import Turns
from store.vault import Vault, sync_folder

Cursor = duckdb.DuckDBPyConnection
DATABASE = "village.duckdb"
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
        self._connection = self._connected()
        try:
            # Only who holds the database may touch the end of the journal.
            self.journal = Journal(folder / "journal" / "journal.jsonl")
            with self.writing():
                pass
        except BaseException:
            self.close()
            raise

    def _connected(self) -> Cursor:
        try:
            connection = duckdb.connect(self.path, config=_CONFIG)
        except duckdb.Error as error:
            text = str(error)
            if "lock" in text or "being used" in text:
                raise InUse(
                    _(
                        "数据库正被另一个程序使用：{folder}。请先关闭它。",
                        folder=self.folder,
                    )
                ) from error
            raise ShownError(
                _(
                    "数据库文件打不开，可能已损坏：{path}。"
                    "请运行：python -m etl rebuild",
                    path=self.path,
                )
            ) from error
        migrate(connection)
        connection.execute((_HERE / "macros.sql").read_text(encoding="utf-8"))
        return connection

    def replace_database(self, rebuilt: Path) -> None:
        """Put a rebuilt database in the place of this one, which is kept beside it.

        Whoever reads meanwhile ends first; whoever comes meanwhile waits.
        """
        with self.lock, self._turns.alone():
            self._carry_over(rebuilt)
            self._connection.close()
            self.path.replace(self.path.with_suffix(".before-rebuild"))
            rebuilt.replace(self.path)
            sync_folder(self.folder)
            self._connection = self._connected()

    def _carry_over(self, rebuilt: Path) -> None:
        """Copy what no file and no journal tells into a rebuilt database."""
        cursor = self._connection.cursor()
        cursor.execute(f"attach '{rebuilt}' as rebuilt")
        cursor.begin()
        for table in CARRIED:
            cursor.execute(f"delete from rebuilt.{table}")
            cursor.execute(f"insert into rebuilt.{table} select * from {table}")
        cursor.commit()
        cursor.execute("detach rebuilt")
        cursor.close()

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
                    self._note_who_changed(entry for entry, _hash in fresh)
            except BaseException:
                self._is_half_done = True
                raise
            finally:
                self._depth -= 1

    def _note_who_changed(self, entries: Iterable[Entry]) -> None:
        if actors := {str(entry.get("actor", "")) for entry in entries}:
            number = int(self.value("select activity_no from ops.activity") or 0)
            self._changes |= dict.fromkeys(actors, number)

    def changed_by(self, actor: str) -> int:
        """Return the activity number of somebody's last change here, or 0."""
        return self._changes.get(actor, 0)

    @contextmanager
    def _cursor(self) -> Iterator[Cursor]:
        with self._turns.shared():
            try:
                cursor = self._connection.cursor()
                try:
                    yield cursor
                finally:
                    cursor.close()
            except duckdb.Error as error:
                raise translated(error) from error

    @contextmanager
    def transaction(self) -> Iterator[Cursor]:
        """Give a cursor inside one transaction; undo it when the block raises.

        Raises:
            StoreError: Duplicate, Conflict or other, in place of DuckDB's errors.
        """
        with self._cursor() as cursor:
            cursor.begin()
            try:
                yield cursor
            except BaseException:
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
        with self._cursor() as cursor:
            for name, table in (tables or {}).items():
                cursor.register(name, table)
            answer = cursor.execute(sql, dict(params)).to_arrow_table()
        return answer.to_pandas()

    def row(
        self, sql: str, params: Mapping[str, Any] | None = None
    ) -> tuple[Any, ...] | None:
        """Run one reading statement and return its first row, or None."""
        with self._cursor() as cursor:
            found: tuple[Any, ...] | None = cursor.execute(
                sql, dict(params or {})
            ).fetchone()
        return found

    def rows(
        self, sql: str, params: Mapping[str, Any] | None = None
    ) -> list[tuple[Any, ...]]:
        """Run one reading statement and return its rows."""
        with self._cursor() as cursor:
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
