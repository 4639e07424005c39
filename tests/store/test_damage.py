"""Is what was damaged on the disk named, and never taken as good or cut short?"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from base.errors import ShownError
from base.settings import settings
from etl.accept import accept
from etl.door import opened
from etl.rebuild import rebuild
from office import meetings
from store import InUse, Store, close_all
from store.connect import DATABASE
from store.errors import Damaged, JournalDamaged
from store.kept import fact_kinds, kept_original, kept_rows
from store.mending import mended_journal
from tests.conftest import forget
from tests.drills import after
from tests.drills.kills import few_villages
from tests.etl.statements.grids import SHARES
from tests.making import BY, NOW, ledger, load
from tests.office.convening import called
from tests.office.deciding import OFFICE
from tests.signing import signed_in

ROOT = Path(__file__).resolve().parents[2]
Change = Callable[[bytes], bytes]


def flipped(content: bytes, place: int) -> bytes:
    """Turn all bits of a byte; a negative place counts from the end."""
    place %= len(content)
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A system that knows two townships alone."""
    data = tmp_path_factory.mktemp("few") / "data"
    few_villages(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VILLAGE_DATA", str(data))
        forget()
        yield
    forget()


@pytest.fixture(scope="module")
def lived(few: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with ledgers, shares, an account and a frozen meeting."""
    var = tmp_path_factory.mktemp("lived") / "var"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VILLAGE_VAR", str(var))
        settings.cache_clear()
        store = opened(at=NOW)
        signed_in(store, "office", "410581", name="office")
        load(store, ledger([["河顺", 1, 2, 3]]))
        load(store, SHARES, is_accepted=False)
        meetings.freeze(store, OFFICE, called(store), NOW)
        close_all()
    settings.cache_clear()
    return var


@pytest.fixture
def here(lived: Path, var: Path) -> Path:
    """A copy of it to which settings point."""
    shutil.copytree(lived, var)
    return var


def journal_of(var: Path) -> Path:
    return var / "journal" / "journal.jsonl"


def length(content: bytes) -> int:
    return len(content.splitlines())


@pytest.mark.parametrize(
    ("change", "back"),
    [
        (lambda c: flipped(c, -1), 0),
        (lambda c: c[:-1], 0),
        (lambda c: c[:-40], 0),
        (lambda c: flipped(c, -20), 0),
        (lambda c: b"".join(c.splitlines(keepends=True)[:-1]), 0),
        (lambda c: flipped(c, len(c) - len(c.splitlines()[-1]) - 20), 1),
    ],
)
def test_a_damaged_line_of_the_journal_is_named_kept_and_put_back(
    here: Path, change: Change, back: int
) -> None:
    held = after.held(opened())
    close_all()
    path = journal_of(here)
    whole = path.read_bytes()
    path.write_bytes(change(whole))
    number = length(whole) - back
    for _time in range(2):
        with pytest.raises(JournalDamaged, match=f"第 {number} 行.*restore"):
            opened()
        with pytest.raises(JournalDamaged, match=f"第 {number} 行"):
            rebuild(lambda _line: None)
        assert path.read_bytes() == change(whole)
    assert mended_journal(here) == [number]
    assert path.read_bytes() == whole
    assert [p.read_bytes() for p in path.parent.glob("*.damaged-*")] == [change(whole)]
    assert mended_journal(here) == []
    assert after.held(opened()) == held


def test_a_journal_damaged_at_any_place_is_named_and_put_back(here: Path) -> None:
    path = journal_of(here)
    whole = path.read_bytes()
    dice = random.Random(1)
    for _time in range(6):
        path.write_bytes(flipped(whole, dice.randrange(len(whole))))
        with pytest.raises(JournalDamaged, match=r"日志第 \d+ 行"):
            Store(here)
        assert mended_journal(here)
        assert path.read_bytes() == whole
    path.unlink()
    with pytest.raises(JournalDamaged, match="日志第 1 行"):
        Store(here)
    assert mended_journal(here) == list(range(1, length(whole) + 1))
    assert path.read_bytes() == whole


def test_an_unfinished_line_goes_and_is_kept_beside(here: Path) -> None:
    path = journal_of(here)
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"line": 9')
    opened()
    assert path.read_bytes() == whole
    assert path.with_suffix(".unfinished").read_bytes() == b'{"line": 9'


def test_a_line_whose_words_nobody_kept_is_not_made_up(here: Path) -> None:
    store = opened()
    with store.transaction() as cursor:
        cursor.execute("update ops.audit set journal_text = journal_text || ' '")
    close_all()
    path = journal_of(here)
    damaged = flipped(path.read_bytes(), -3)
    path.write_bytes(damaged)
    with pytest.raises(JournalDamaged, match="补不回来"):
        mended_journal(here)
    assert path.read_bytes() == damaged


def test_what_was_told_before_words_were_kept_is_told_afterwards(here: Path) -> None:
    store = opened()
    with store.transaction() as cursor:
        cursor.execute("update ops.audit set journal_text = null")
        cursor.execute("update ops.submission set kept_sha256 = null")
    close_all()
    assert after.broken_chains(opened()) == []
    assert opened().value("select count(kept_sha256) from ops.submission") > 3


def damaged_in(var: Path, dice: random.Random) -> None:
    """Damage the database: a byte, some bytes, or its end."""
    path = var / DATABASE
    content = path.read_bytes()
    place = dice.randrange(len(content))
    some = content[:place] + b"\0" * 5000 + content[place + 5000 :]
    cut = content[: len(content) - dice.randrange(1, 300_000)]
    path.write_bytes(dice.choice([flipped(content, place), some, cut]))


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_database_is_named_and_made_anew(here: Path, seed: int) -> None:
    held = after.held(opened())
    close_all()
    damaged_in(here, random.Random(seed))
    told: list[str] = []
    try:
        told = opened().unreadable()
    except (ShownError, Damaged) as problem:
        assert str(here) in str(problem)
        assert "rebuild" in str(problem)
        told = ["all"]
    if not told:
        # a place that holds nothing
        assert after.held(opened()) == held
    said: list[str] = []
    code = rebuild(said.append)
    again = after.held(opened())
    lost = any("备份" in line for line in said)
    assert code == (1 if lost or [t for t in told if t != "all"] else 0), said
    if lost:
        people: dict[str, list[tuple[object, ...]]] = {"people": [], "sessions": []}
        again |= people
        held |= people
    assert again == held
    assert opened().unreadable() == []


def test_a_damaged_block_is_named_where_it_is_read(here: Path) -> None:
    store = opened()
    with store.transaction() as cursor:
        # so that it has blocks of its own
        cursor.execute(
            "insert into core.income (submission_no, cell) "
            "select 1, 'mark' || hash(r) from range(200000) as t (r)"
        )
    close_all()
    path = here / DATABASE
    content = path.read_bytes()
    for place in range(len(content) * 2 // 5, len(content) * 3 // 5, 90_000):
        content = flipped(content, place)
    path.write_bytes(content)
    try:
        store = opened()
        with pytest.raises(Damaged, match="rebuild"):
            store.value("select max(hash(i)) from core.income as i")
        assert store.unreadable() == ["core.income"]
        assert store.unreadable(within_s=0.0) == []
    except ShownError as problem:
        # what the database needs to open lay there as well
        assert str(path) in str(problem)
        assert not isinstance(problem, InUse)


@pytest.fixture
def with_log(here: Path) -> Path:
    """An installation whose last acceptances are in the log of the database alone."""
    script = (
        "import os; from etl.door import opened; from tests.making import *\n"
        "store = opened(); load(store, ledger([['柳泉', 4, 5, 6]]))\n"
        "load(store, ledger([['东里', 4, 5, 6]])); os._exit(0)"
    )
    settings.cache_clear()
    run = [sys.executable, "-c", script]
    subprocess.run(run, cwd=ROOT, env={**os.environ}, check=True)
    assert (here / f"{DATABASE}.wal").stat().st_size > 1000
    return here


@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_log_of_the_database_loses_nothing(with_log: Path, seed: int) -> None:
    whole = with_log.with_name("whole")
    shutil.copytree(with_log, whole)
    held = after.held(Store(whole))
    path = with_log / f"{DATABASE}.wal"
    content, dice = path.read_bytes(), random.Random(seed)
    place = dice.randrange(len(content))
    end = flipped(content, -1)
    path.write_bytes([end, flipped(content, place), content[:place]][seed % 3])
    try:
        again = after.held(opened())
    except ShownError as problem:
        assert DATABASE in str(problem) or "数据库比日志旧" in str(problem)
        assert "rebuild" in str(problem)
        said: list[str] = []
        rebuild(said.append)
        assert not any("备份" in line for line in said)
        again = after.held(opened())
    assert again == held
    assert after.differing(opened()) == 0
    assert after.broken_chains(opened()) == []


def test_a_rebuild_from_a_shortened_journal_is_refused(with_log: Path) -> None:
    path, log = journal_of(with_log), with_log / f"{DATABASE}.wal"
    lines = path.read_bytes().splitlines(keepends=True)
    # the log is lost as well, and with it what the audit told of the last four
    log.write_bytes(flipped(log.read_bytes(), -1))
    path.write_bytes(b"".join(lines[:-6]))
    with pytest.raises(JournalDamaged, match=f"第 {len(lines) - 5} 行"):
        rebuild(lambda _line: None)
    assert path.read_bytes() == b"".join(lines[:-6])
    assert not (with_log / DATABASE).with_suffix(".before-rebuild").exists()


@pytest.fixture(params=["flipped", "cut", "gone", "inside"])
def damage(request: pytest.FixtureRequest) -> Iterator[Callable[[Path], None]]:
    """A way to damage a file of the vault."""

    def of(path: Path) -> None:
        content = path.read_bytes()
        place = random.Random(len(content)).randrange(len(content))
        ways = {
            "flipped": flipped(content, -1),
            "cut": content[:-7],
            "inside": flipped(content, place),
        }
        if request.param in ways:
            path.write_bytes(ways[request.param])
        else:
            path.unlink()

    yield of


def test_damaged_rows_are_named_and_never_accepted(
    here: Path, damage: Callable[[Path], None]
) -> None:
    store = opened()
    number = int(store.value("select max(submission_no) from ops.submission"))
    kind = fact_kinds(store, number)[0]
    held = after.held(store)
    damage(store.vault.rows_path(number, kind))
    with pytest.raises(ShownError, match=f"第 {number} 号报送.*缺失或被改动"):
        kept_rows(store, number, kind)
    with pytest.raises(ShownError, match=f"第 {number} 号报送"):
        accept(store, number, BY, NOW)
    assert after.held(store) == held
    with pytest.raises(ShownError, match=f"第 {number} 号报送"):
        rebuild(lambda _line: None)
    assert after.held(store) == held


def test_a_damaged_original_is_named_and_comes_back_with_the_same_bytes(
    here: Path, damage: Callable[[Path], None]
) -> None:
    store = opened()
    sha256 = str(
        store.value("select sha256 from ops.submission where statement = 'ledger'")
    )
    content = store.vault.original(sha256)
    damage(here / "vault" / "files" / sha256[:2] / sha256)
    with pytest.raises(ShownError, match="「台账.xlsx」缺失或被改动"):
        kept_original(store, sha256, "台账.xlsx")
    said: list[str] = []
    assert rebuild(said.append) == 1
    assert "底册中的原件缺失或被改动：台账.xlsx" in said
    store.vault.keep(content)
    assert kept_original(store, sha256, "台账.xlsx") == content


def test_damaged_frozen_figures_are_named(
    here: Path, damage: Callable[[Path], None]
) -> None:
    held = after.held(opened())
    damage(sorted((here / "vault" / "frozen").glob("*.village.parquet"))[0])
    with pytest.raises(ShownError, match="号会议的冻结数缺失或被改动"):
        rebuild(lambda _line: None)
    assert after.held(opened()) == held
