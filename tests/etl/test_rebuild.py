"""Do vault and journal alone give the same figures, and is it told when they do not?"""

import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from base.errors import ShownError
from etl.door import opened
from etl.rebuild import rebuild
from etl.review import annul, reopen, review, send_back, take, withdraw
from store import InUse, Store, close_all
from store.about import about
from store.connect import DATABASE
from tests.etl.living import assert_same, everything, live
from tests.making import BY, NOW, ledger, load, received

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def lived(store: Store) -> Store:
    """A store in which something of every kind has happened."""
    live(store)
    return store


def test_every_state_of_a_submission_comes_back(store: Store) -> None:
    march = "河顺镇2018年3月台账"
    numbers = [
        load(store, ledger([["柳泉", yuan]], title=march), is_accepted=yuan < 3)
        for yuan in range(5)
    ]
    for number in (numbers[0], numbers[2]):
        annul(store, number, "错", BY, NOW)
    reopen(store, numbers[1], "重报", BY, NOW)
    send_back(store, numbers[3], "缺", BY, NOW)
    withdraw(store, numbers[4], BY, NOW)
    for yuan in (5, 6):
        review(
            store,
            load(store, ledger([["柳泉", yuan]], title=march), is_accepted=False),
            BY,
            NOW,
        )
    take(store, numbers[-1] + 1, BY, NOW)
    before = everything(store)
    states = set(before["submission"]["state"])
    assert states == {
        *("reviewed", "accepted", "returned", "withdrawn", "annulled", "replaced")
    }
    said: list[str] = []
    assert rebuild(said.append) == 0
    assert "不同 0 条" in said[0]
    assert_same(before, everything(store))


def test_a_rebuilt_store_is_the_same_to_the_fen(lived: Store) -> None:
    before = everything(lived)
    said: list[str] = []
    assert rebuild(said.append) == 0
    assert_same(before, everything(lived))
    units = len(before["core.income_period"])
    assert said == [
        f"已重建：{units} 条数，不同 0 条",
        "重读原件 5 份，读法有变 0 份",
    ]
    # and it goes on, after closing too
    counted = received(lived)
    load(lived, ledger([["东里", 5, 5, 5]]))
    close_all()
    assert len(received(opened())) == len(counted) + 3


def test_a_deleted_database_comes_back(lived: Store, var: Path) -> None:
    before = everything(lived)
    close_all()
    (var / DATABASE).unlink()
    said: list[str] = []
    assert rebuild(said.append) == 0
    assert_same(before, everything(opened()))
    assert "rebuild" in said[0]


@pytest.mark.parametrize("content", [b"", b"\0" * 20_000, b"text"])
def test_a_damaged_database_comes_back(lived: Store, var: Path, content: bytes) -> None:
    before = everything(lived)
    close_all()
    (var / DATABASE).write_bytes(content)
    said: list[str] = []
    assert rebuild(said.append) == 1
    assert [line for line in said if "ops.account" in line and "备份" in line]
    assert_same(before, everything(opened()))


def test_an_older_database_is_brought_up_to_date(lived: Store, var: Path) -> None:
    close_all()
    shutil.copy(var / DATABASE, var / "older")
    store = opened()
    load(store, ledger([["东里", 5, 5, 5]]))
    before = everything(store)
    close_all()
    shutil.copy(var / "older", var / DATABASE)
    assert rebuild(lambda _line: None) == 0
    assert_same(before, everything(opened()))


def test_what_a_killed_rebuild_left_does_not_come_in(lived: Store, var: Path) -> None:
    before = everything(lived)
    for name in ("rebuilt.duckdb", "rebuilt.duckdb.wal"):
        (var / name).write_bytes(b"left over")
    assert rebuild(lambda _line: None) == 0
    assert_same(before, everything(lived))


@pytest.mark.parametrize(
    "wrong",
    [
        "update core.income_period set amount_received_yuan = 10.51 "
        "where amount_received_yuan = 10.50",
        "delete from core.income_period where amount_received_yuan = 10.50",
        "insert into core.income_period from core.income_period "
        "where amount_received_yuan = 10.50",
    ],
)
def test_a_figure_that_differs_is_told_and_mended(lived: Store, wrong: str) -> None:
    before = everything(lived)
    with lived.transaction() as cursor:
        cursor.execute(wrong)
    said: list[str] = []
    assert rebuild(said.append) == 1
    assert "不同 0 条" not in said[0]
    assert_same(before, everything(lived))
    assert rebuild(said.append) == 0


def test_changed_or_missing_originals_are_told(lived: Store, var: Path) -> None:
    ledgers = lived.frame(
        "select sha256 from ops.submission "
        "where statement = 'ledger' and state = 'accepted' order by submission_no",
        {},
    )["sha256"]
    first, second = (var / "vault" / "files" / s[:2] / s for s in ledgers[:2])
    first.write_bytes(first.read_bytes() + b" ")
    second.unlink()
    before = everything(lived)
    said: list[str] = []
    assert rebuild(said.append) == 1
    assert [line for line in said if "缺失或被改动" in line] == [
        "底册中的原件缺失或被改动：台账.xlsx"
    ] * 2
    assert said[-1] == "重读原件 3 份，读法有变 0 份"
    assert_same(before, everything(lived))


def test_originals_that_are_read_otherwise_are_told_and_change_nothing(
    lived: Store, own_data: Path
) -> None:
    before = everything(lived)
    sources = own_data / "sources.toml"
    text = sources.read_text(encoding="utf-8")
    learned = text.replace('category = "business_income"', 'category = "other_income"')
    sources.write_text(learned, encoding="utf-8")
    said: list[str] = []
    assert rebuild(said.append) == 0
    assert said[1:] == [
        *["今天的读法读出的与当时不同（不影响数字）：台账.xlsx"] * 4,
        "重读原件 5 份，读法有变 4 份",
    ]
    assert_same(before, everything(lived))


@pytest.mark.parametrize("is_missing", [True, False])
def test_changed_rows_are_refused_and_nothing_is_replaced(
    lived: Store, var: Path, is_missing: bool
) -> None:
    before = everything(lived)
    rows = sorted((var / "vault" / "rows").iterdir())
    if is_missing:
        rows[4].unlink()
    else:
        rows[4].write_bytes(rows[3].read_bytes())
    with pytest.raises(ShownError, match="第 5 号报送（台账.xlsx）"):
        rebuild(lambda _line: None)
    assert_same(before, everything(lived))


def test_a_changed_journal_is_refused_and_nothing_is_replaced(lived: Store) -> None:
    before = everything(lived)
    path = lived.journal.path
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("台账.xlsx", "台帐.xlsx", 1), encoding="utf-8")
    with pytest.raises(ShownError, match="日志第 9 行"):
        rebuild(lambda _line: None)
    assert_same(before, everything(lived))
    path.write_text(text, encoding="utf-8")
    assert rebuild(lambda _line: None) == 0


def test_what_another_process_holds_is_not_replaced(lived: Store, var: Path) -> None:
    close_all()
    script = (
        "import sys; from pathlib import Path; from store import Store\n"
        "store = Store(Path(sys.argv[1])); print('open', flush=True); input()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(var)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == b"open\n"
        before = (var / DATABASE).stat().st_ino
        with pytest.raises(InUse):
            rebuild(lambda _line: None)
        assert (var / DATABASE).stat().st_ino == before
    finally:
        holder.communicate(b"\n", timeout=30)


def test_who_reads_and_writes_meanwhile_loses_nothing(lived: Store) -> None:
    is_over = threading.Event()
    problems: list[Exception] = []
    loaded: list[tuple[int, int]] = []
    seen: set[object] = set()

    def read() -> None:
        while not is_over.is_set():
            try:
                seen.add(about(lived, "key"))
                time.sleep(0.001)
            except Exception as problem:
                problems.append(problem)
                return

    def write() -> None:
        for number in range(120):
            if is_over.is_set():
                return
            year, month = 2000 + number // 12, number % 12 + 1
            title = f"林州市河顺镇{year}年{month}月村级集体经济收入台账"
            load(lived, ledger([["东里", number, 0, 0]], title=title))
            loaded.append((year, month))

    threads = [threading.Thread(target=work) for work in (read, read, write)]
    for thread in threads:
        thread.start()
    while not loaded:
        assert threads[2].is_alive()
        time.sleep(0.001)
    assert rebuild(lambda _line: None) == 0
    is_over.set()
    for thread in threads:
        thread.join()
    assert problems == []
    assert seen == {"two"}
    assert set(loaded) == {
        (end.year, end.month)
        for (village, source, end) in received(lived)
        if (village, source) == ("410581105202", "solar")
    }
    assert rebuild(lambda _line: None) == 0
