"""How is the store opened, once per process, and how do others get a cursor?"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from base.errors import ShownError
from base.words import _
from store.errors import translated
from store.journal import Journal
from store.migrate import migrate
from store.recover import recover
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
        ShownError: when another process holds the database, or it is older than the
            journal.
    """

    def __init__(
        self, folder: Path, database: str = DATABASE, is_recovered: bool = True
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.lock = threading.RLock()
        self.path = folder / database
        self.vault = Vault(folder / "vault")
        self.journal = Journal(folder / "journal" / "journal.jsonl")
        self._connection = self._connected()
        if is_recovered:
            recover(self)

    def _connected(self) -> Cursor:
        try:
            connection = duckdb.connect(self.path, config=_CONFIG)
        except duckdb.IOException as error:
            raise ShownError(
                _(
                    "数据库正被另一个程序使用：{folder}。请先关闭它。",
                    folder=self.folder,
                )
            ) from error
        migrate(connection)
        connection.execute((_HERE / "macros.sql").read_text(encoding="utf-8"))
        return connection

    def replace_database(self, rebuilt: Path) -> None:
        """Put a rebuilt database in the place of this one, which is kept beside it."""
        with self.lock:
            self._connection.close()
            self.path.replace(self.path.with_suffix(".before-rebuild"))
            rebuilt.replace(self.path)
            self._connection = self._connected()

    @contextmanager
    def transaction(self) -> Iterator[Cursor]:
        """Give a cursor inside one transaction; undo it when the block raises.

        Raises:
            StoreError: Duplicate, Conflict or other, in place of DuckDB's errors.
        """
        cursor = self._connection.cursor()
        try:
            cursor.begin()
            try:
                yield cursor
            except BaseException:
                cursor.rollback()
                raise
            cursor.commit()
        except duckdb.Error as error:
            raise translated(error) from error
        finally:
            cursor.close()

    def frame(self, sql: str, params: Mapping[str, Any]) -> pd.DataFrame:
        """Run one reading statement.

        Args:
            sql: the statement, with `$name` parameters.
            params: their values; more than are named is an error.

        Returns:
            The answer; money as `Decimal`, days as `date`.

        Raises:
            StoreError: in place of DuckDB's errors.
        """
        cursor = self._connection.cursor()
        try:
            answer = cursor.execute(sql, dict(params)).to_arrow_table()
        except duckdb.Error as error:
            raise translated(error) from error
        finally:
            cursor.close()
        return answer.to_pandas()

    def value(self, sql: str, params: Mapping[str, Any] | None = None) -> Any:
        """Run one reading statement and return its single value, or None."""
        cursor = self._connection.cursor()
        try:
            row = cursor.execute(sql, dict(params or {})).fetchone()
        except duckdb.Error as error:
            raise translated(error) from error
        finally:
            cursor.close()
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
