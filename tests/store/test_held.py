"""Is a database that another process holds left alone, and do readers never wait?"""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.__main__ import main
from store import Store, close_all
from store.about import about
from store.connect import DATABASE
from tests.making import ledger, load, received, xlsx

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def held(store: Store, var: Path) -> Iterator[Path]:
    """An installation that another process holds."""
    close_all()
    script = (
        "import sys; from pathlib import Path; from store import Store\n"
        "store = Store(Path(sys.argv[1])); print('open', flush=True); input()"
    )
    run = [sys.executable, "-c", script, str(var)]
    pipe = subprocess.PIPE
    holder = subprocess.Popen(run, cwd=ROOT, stdin=pipe, stdout=pipe)
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == b"open\n"
        yield var
    finally:
        holder.communicate(b"\n", timeout=60)


@pytest.mark.parametrize("command", ["targets", "rebuild", "load", "strategy"])
def test_a_command_says_who_is_there_first_and_changes_nothing(
    held: Path, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(xlsx(ledger([["河顺", 1, 2, 3]])))
    before = {p: p.stat().st_mtime_ns for p in held.rglob("*") if p.is_file()}
    assert main([command, *([str(file)] if command == "load" else [])]) == 2
    assert "数据库正被另一个程序使用" in capsys.readouterr().err
    assert before == {p: p.stat().st_mtime_ns for p in held.rglob("*") if p.is_file()}
    assert (held / DATABASE).exists()


def test_who_writes_for_long_holds_up_no_reader(store: Store) -> None:
    load(store, ledger([["河顺", 1, 2, 3]]))
    writes, may_end = threading.Event(), threading.Event()

    def write() -> None:
        with store.writing(), store.transaction() as cursor:
            cursor.execute("update core.fence set last_no = last_no")
            writes.set()
            assert may_end.wait(60)

    writer = threading.Thread(target=write)
    writer.start()
    assert writes.wait(60)
    # were it to wait, the test would never end by itself
    assert len(received(store)) == 3
    assert about(store, "key") is None
    assert writer.is_alive()
    may_end.set()
    writer.join()
