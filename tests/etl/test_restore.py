"""Does everything come back, and only what was damaged where something is left?"""

import random
import shutil
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from accounts.sessions import find
from base.errors import ShownError
from base.settings import settings
from etl.backup import back_up_and_tidy
from etl.door import opened
from etl.restore import check_backup, restore
from store import Store, close_all, remote
from store.archive import new_key
from store.audit import broken_act
from store.connect import DATABASE
from store.digests import digests
from store.keeping import last_check
from store.salvage import CARRIED
from tests.accounts.people import signed_in
from tests.drills.falling import Step, ended_by, fall_at, forked
from tests.etl.living import assert_same, everything, live
from tests.making import BY, NOW, ledger, load

WHEN = ("before", "after")
LATER = NOW + timedelta(days=1)
JOURNAL = Path("journal/journal.jsonl")
MAY = "林州市河顺镇2018年5月村级集体经济收入台账"


def quiet(_line: str) -> None:
    """Hear the report and forget it."""


def carried(store: Store) -> dict[str, Any]:
    """Return what the database alone holds."""
    return {
        table: store.rows(f"select * from {table} order by all") for table in CARRIED
    }


@pytest.fixture
def token(store: Store) -> str:
    live(store)
    return signed_in(store)


@pytest.fixture
def backup(store: Store, token: str, tmp_path: Path) -> Path:
    """A backup of a store in which something of every kind has happened."""
    made, _old = back_up_and_tidy(store, tmp_path / "backups", BY, NOW)
    return made.path


def test_everything_comes_back_on_an_empty_machine(
    store: Store, token: str, backup: Path, var: Path
) -> None:
    before, alone = everything(store), carried(store)
    close_all()
    shutil.rmtree(var)
    assert restore(backup.parent, None, quiet) == 0
    again = opened()
    assert_same(before, everything(again))
    # the note that it was backed up is of a moment after
    assert carried(again) | {"ops.audit": 0} == alone | {"ops.audit": 0}
    assert carried(again)["ops.audit"] == alone["ops.audit"][:-1]
    assert broken_act(again) is None
    assert find(again, token, NOW) is not None


def test_a_proof_touches_nothing_and_says_what_it_compared(
    store: Store, backup: Path, var: Path
) -> None:
    close_all()
    before = {p: p.stat().st_mtime_ns for p in var.rglob("*")}
    said: list[str] = []
    assert check_backup(backup.parent, None, said.append, LATER) == 0
    assert {p: p.stat().st_mtime_ns for p in var.rglob("*")} == before
    assert said[-1] == "核对无误，可以恢复"
    assert "不同 0 条" in said[-2]
    assert last_check(backup.parent) == (LATER, True)


WRONG = [
    (
        "update core.income_period set amount_received_yuan = 7 "
        "where amount_received_yuan = 10.50",
        "core.income_period",
    ),
    ("delete from ops.account", "ops.account"),
]


@pytest.mark.parametrize(("wrong", "table"), WRONG)
def test_a_proof_finds_a_row_that_is_not_what_it_was(
    store: Store,
    tmp_path: Path,
    wrong: str,
    table: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A backup whose database was changed between reading and packing."""
    live(store)
    signed_in(store)

    def changed(cursor):
        told = digests(cursor)
        cursor.execute("commit")
        cursor.execute(wrong)
        cursor.execute("begin")
        return told

    monkeypatch.setattr("store.backup.digests", changed)
    made, _old = back_up_and_tidy(store, tmp_path / "b", BY, NOW)
    said: list[str] = []
    assert check_backup(made.path, None, said.append, LATER) == 1
    assert f"表 {table} 与备份时不同" in said
    assert last_check(tmp_path / "b") == (LATER, False)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[random.Random(4).randrange(len(content))] ^= 0x40
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def remove(path: Path) -> None:
    path.unlink()


def in_the_middle(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    lines[5] = lines[5].replace(b"sha256", b"sha265", 1)
    path.write_bytes(b"".join(lines))


DAMAGE: list[tuple[str, Callable[[Path], None]]] = [
    ("vault/files/*/*", flip),
    ("vault/files/*/*", remove),
    ("vault/rows/*.parquet", cut),
    ("journal/journal.jsonl", in_the_middle),
    ("journal/journal.jsonl", remove),
    (DATABASE, cut),
    (DATABASE, flip),
    (DATABASE, remove),
]


@pytest.mark.parametrize(("where", "damage"), DAMAGE)
def test_what_is_damaged_comes_back_and_the_rest_stays(
    store: Store,
    token: str,
    backup: Path,
    var: Path,
    where: str,
    damage: Callable[[Path], None],
) -> None:
    if not where.startswith("journal") or damage is in_the_middle:
        # decided since the backup: journal and vault still tell it
        load(store, ledger([["东里", 8, 8, 8]], title=MAY))
    before = everything(store)
    close_all()
    for path in [p for p in var.glob(where) if p.stat().st_size][:3]:
        damage(path)
    assert restore(backup, None, quiet) == 0
    again = opened()
    assert_same(before, everything(again))
    assert broken_act(again) is None
    assert find(again, token, NOW) is not None
    # and it goes on
    load(again, ledger([["东里", 9, 9, 9]]))
    assert broken_act(again) is None


def test_what_no_backup_has_is_named(store: Store, backup: Path, var: Path) -> None:
    known = set((var / "vault").rglob("*"))
    load(store, ledger([["东里", 8, 8, 8]], title=MAY))
    before = everything(store)
    close_all()
    [new] = [p for p in (var / "vault" / "files").glob("*/*") if p not in known][:1]
    flip(new)
    said: list[str] = []
    assert restore(backup, None, said.append) == 1
    name = new.relative_to(var).as_posix()
    assert f"损坏或缺失，备份里也没有：{name}" in said
    assert_same(before, everything(opened()))


FALLS = [
    ("store.restore", "read_through", 1, "after"),
    ("store.restore", "_set_aside", 1, "after"),
    *(("store.restore", "_moved", n, when) for n in (1, 2) for when in WHEN),
    ("etl.restore", "rebuild", 1, "before"),
]


@pytest.mark.parametrize("step", FALLS, ids=lambda step: "-".join(map(str, step)))
def test_one_that_was_killed_is_begun_again(
    store: Store, token: str, backup: Path, var: Path, step: Step
) -> None:
    load(store, ledger([["东里", 8, 8, 8]], title=MAY))
    before = everything(store)
    close_all()
    for path in (var / DATABASE, *list((var / "vault" / "rows").iterdir())[:2]):
        path.unlink()

    def work() -> None:
        fall_at(*step)
        restore(backup, None, quiet)

    assert ended_by(forked(var, work)) == signal.SIGKILL
    assert restore(backup, None, quiet) == 0
    assert list((var / "run").glob("restoring-*")) == []
    again = opened()
    assert_same(before, everything(again))
    assert find(again, token, NOW) is not None


def test_a_damaged_backup_changes_nothing(
    store: Store, backup: Path, var: Path
) -> None:
    close_all()
    flip(backup)
    held = {p: p.read_bytes() for p in var.rglob("*") if p.is_file()}
    for work in (
        lambda: restore(backup, None, quiet),
        lambda: check_backup(backup, None, quiet, LATER),
    ):
        with pytest.raises(ShownError, match="不完整"):
            work()
    assert {p: p.read_bytes() for p in var.rglob("*") if p.is_file()} == held


def test_the_backup_of_another_installation_is_refused(
    store: Store, backup: Path, var: Path, new_var: Path
) -> None:
    close_all()
    shutil.rmtree(var)
    other = opened(at=datetime(2016, 1, 2, 8))
    set_before = everything(other)
    with pytest.raises(ShownError, match="另一个系统"):
        restore(backup, None, quiet)
    assert_same(set_before, everything(opened()))


def test_the_backup_of_another_city_is_refused(
    store: Store, backup: Path, var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close_all()
    monkeypatch.setenv("VILLAGE_CITY", "410522")
    settings.cache_clear()
    with pytest.raises(ShownError, match="410581"):
        restore(backup, None, quiet)


def test_nothing_is_restored_under_a_running_dashboard(
    store: Store, backup: Path
) -> None:
    remote.announce(1)
    try:
        with pytest.raises(ShownError, match="停下看板"):
            restore(backup, None, quiet)
    finally:
        remote.withdraw()


def test_an_encrypted_one_comes_back_with_its_key(
    store: Store, tmp_path: Path, var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(store)
    key = tmp_path / "key"
    monkeypatch.setenv("VILLAGE_BACKUP_RECIPIENT", new_key(key))
    settings.cache_clear()
    made, _old = back_up_and_tidy(store, tmp_path / "b", BY, NOW)
    before = everything(store)
    close_all()
    shutil.rmtree(var)
    with pytest.raises(ShownError, match="--key"):
        restore(made.path, None, quiet)
    assert restore(made.path, key, quiet) == 0
    assert_same(before, everything(opened()))


def test_where_there_is_none_it_is_said(tmp_path: Path, store: Store) -> None:
    for path in (tmp_path / "nothing", tmp_path):
        with pytest.raises(ShownError, match="没有备份"):
            restore(path, None, quiet)
