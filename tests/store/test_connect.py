"""Is the store held by one process, exchanged safely, and honest about damage?"""

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from base.catalogue import catalogue
from base.errors import ShownError
from etl.maps.geography import import_positions
from etl.registry import registry
from store import Cursor, InUse, Store, StoreError, close_all, store_at
from store.about import set_about
from store.connect import DATABASE
from store.publish import undo
from store.turns import Turns
from store.vault import write_durably
from tests.making import BY, NOW, ledger, load

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = re.compile(
    r"\b(?:insert\s+into|update|delete\s+from|create\s+table|alter\s+table)\s+"
    r"(?:if\s+not\s+exists\s+)?(core|ops)\."
)


class Spied:
    """A real cursor that notes which schemas its transaction writes to."""

    def __init__(self, cursor: Cursor, written: set[str]) -> None:
        self._cursor, self._written = cursor, written

    def execute(self, sql: str, *params: Any) -> Any:
        self._written |= set(WRITTEN.findall(sql.lower()))
        return self._cursor.execute(sql, *params)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


@pytest.fixture
def transactions(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The schemas that each transaction writes to, from now on."""
    seen: list[set[str]] = []
    plain = Store.transaction

    @contextmanager
    def spied(store: Store) -> Iterator[Any]:
        with plain(store) as cursor:
            seen.append(set())
            yield Spied(cursor, seen[-1])

    monkeypatch.setattr(Store, "transaction", spied)
    return seen


def test_no_transaction_writes_to_both_schemas(
    store: Store, transactions: list[set[str]]
) -> None:
    load(store, ledger([["河顺", 1, 2, 3]]))
    load(store, ledger([["河顺", 4, 5, 6]], title="河顺镇2018年二季度收入台账"))
    load(store, ledger([["河顺", "坏", 2, 3]]), is_good_rows_enough=True)
    set_about(store, "key", "value", NOW)
    places = "村代码,经度,纬度\n410581105200,113.9,36.1\n".encode()
    import_positions(store, places, "WGS84", registry(), catalogue(), BY, NOW)
    undo(store, 99)
    assert {frozenset(written) for written in transactions} >= {
        frozenset({"core"}),
        frozenset({"ops"}),
    }
    assert [written for written in transactions if len(written) > 1] == []


def test_a_transaction_that_writes_to_both_is_found(
    store: Store, transactions: list[set[str]]
) -> None:
    with store.transaction() as cursor:
        cursor.execute("update ops.version\nset version_no = version_no")
        cursor.execute("delete from core.fence where false")
    assert transactions == [{"core", "ops"}]


def test_a_second_process_is_refused_in_plain_words(tmp_path: Path) -> None:
    store = Store(tmp_path)
    journal = tmp_path / "journal" / "journal.jsonl"
    # the line that the holder is just writing is not the other's to cut
    journal.write_bytes(b'{"line": 1')
    script = (
        "import sys; from pathlib import Path; from store import InUse, Store\n"
        "try: Store(Path(sys.argv[1]))\n"
        "except InUse as problem: print(problem)"
    )
    other = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script, str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=True,
    )
    assert "数据库正被另一个程序使用" in other.stdout
    assert journal.read_bytes() == b'{"line": 1'
    store.close()


def test_a_damaged_database_is_not_taken_for_one_in_use(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"\0" * 20_000)
    with pytest.raises(ShownError, match="rebuild") as caught:
        Store(tmp_path)
    assert not isinstance(caught.value, InUse)


def test_a_store_is_opened_once_per_process(tmp_path: Path) -> None:
    found: list[Store] = []
    threads = [
        threading.Thread(target=lambda: found.append(store_at(tmp_path)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    close_all()
    assert store_at(tmp_path) is not found[0]
    close_all()


def at_work(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def ended(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive(), "waits for ever"


def wait_for(come: Callable[[], bool], threads: list[threading.Thread]) -> None:
    """Wait for what threads bring about, while they live."""
    while not come():
        assert any(thread.is_alive() for thread in threads)
        time.sleep(0.001)


def made(folder: Path, database: str, value: str) -> Store:
    store = Store(folder, database, is_recovered=False)
    with store.transaction() as cursor:
        cursor.execute("insert into ops.about values ('which', $v)", {"v": value})
    return store


def test_a_table_is_read_beside_the_store_once(store: Store) -> None:
    given = {"given": pa.table({"village_code": ["410581105200", "999"]})}
    sql = "select v.village_name from core.village as v inner join given as g "
    sql += "on v.village_code = g.village_code"
    assert store.frame(sql, {}, given)["village_name"].tolist() == ["河顺"]
    with pytest.raises(StoreError):
        store.frame(sql, {})


def test_readers_never_meet_an_exchange_half_done(tmp_path: Path) -> None:
    which = "select about_value from ops.about where about_key = 'which'"
    store = made(tmp_path, DATABASE, "old")
    made(tmp_path, "rebuilt.duckdb", "new").close()
    seen: list[str] = []
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            # a cursor inside another's block must not wait for the exchange
            with store.transaction() as cursor:
                outer = cursor.execute(which).fetchall()[0][0]
                seen.append(f"{outer} {store.value(which)}")

    readers = [at_work(read) for _ in range(4)]
    wait_for(lambda: len(seen) >= 8, readers)
    ended([at_work(lambda: store.replace_database(tmp_path / "rebuilt.duckdb"))])
    count = len(seen)
    wait_for(lambda: len(seen) >= count + 8, readers)
    is_over.set()
    ended(readers)
    assert set(seen) == {"old old", "new new"}
    assert seen[-1] == "new new"
    assert not (tmp_path / "rebuilt.duckdb").exists()
    store.close()
    kept = Store(tmp_path, "village.before-rebuild", is_recovered=False)
    assert kept.value(which) == "old"
    kept.close()


def test_who_exchanges_waits_for_users_and_new_ones_wait_for_it() -> None:
    turns = Turns()
    events: list[str] = []
    uses, may_end = threading.Event(), threading.Event()

    def use() -> None:
        with turns.shared():
            uses.set()
            may_end.wait()
            with turns.shared():
                events.append("used")

    def exchange() -> None:
        with turns.alone():
            events.append("exchanged")

    user = at_work(use)
    uses.wait()
    exchanger = at_work(exchange)
    wait_for(lambda: turns._is_exchanged, [exchanger])
    late = at_work(lambda: _note_use(turns, events))
    assert events == []
    may_end.set()
    ended([user, exchanger, late])
    assert events == ["used", "exchanged", "late"]


def _note_use(turns: Turns, events: list[str]) -> None:
    with turns.shared():
        events.append("late")


def test_what_failed_half_done_is_mended_before_the_next_writer(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_given: object) -> None:
        raise OSError("full")

    with monkeypatch.context() as patch:
        patch.setattr("store.publish.settle", fall)
        with pytest.raises(OSError, match="full"):
            load(store, ledger([["河顺", 1, 2, 3]]), datetime(2018, 7, 5))
    before = store.value("select version_no from ops.version")
    # the journal had decided: the number counts before anything new does
    set_about(store, "key", "value", NOW)
    assert store.value("select version_no from ops.version") == before + 1
    state = "select state from ops.submission where statement = 'ledger'"
    assert store.value(state) == "accepted"


def test_a_journal_that_cannot_be_read_is_named_and_the_database_let_go(
    tmp_path: Path,
) -> None:
    write_durably(tmp_path / "journal" / "journal.jsonl", b"not json\n")
    with pytest.raises(ShownError, match="第 1 行"):
        Store(tmp_path)
    # and the database is let go of
    (tmp_path / "journal" / "journal.jsonl").unlink()
    Store(tmp_path).close()
