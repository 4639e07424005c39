"""Does the server start and end cleanly, and run no page but through the shell?"""

import json
import os
import shutil
import signal
from pathlib import Path

import pytest

from base.settings import settings
from etl.__main__ import main
from store import remote
from tests.making import ledger, xlsx
from tests.web.running import Dashboard, started, wait_until_it_answers

pytestmark = pytest.mark.xdist_group("dashboard")


def test_the_note_is_its_owners_alone(dashboard: Dashboard) -> None:
    assert dashboard.note.stat().st_mode & 0o777 == 0o600
    note = json.loads(dashboard.note.read_text(encoding="utf-8"))
    assert (note["process"], note["port"]) == (dashboard.process.pid, dashboard.port)


@pytest.mark.parametrize("name", ["", "map", "map_view", "pages/map_view"])
def test_every_address_runs_the_shell_alone(dashboard: Dashboard, name: str) -> None:
    told = dashboard.page(name, "office")
    [session] = [m.new_session for m in told if m.WhichOneof("type") == "new_session"]
    assert Path(session.main_script_path).name == "shell.py"
    assert session.page_script_hash == session.main_script_hash
    # the shell was there: only it says which pages there are
    assert any(m.WhichOneof("type") == "navigation" for m in told)


def test_one_that_was_killed_blocks_nobody_and_one_alone_may_run(
    new_var: Path, var: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    shutil.copytree(new_var, var)
    with started(var) as first:
        wait_until_it_answers(first)
        noted = first.note.read_bytes()
        with started(var) as second:
            said = second.ended()
            assert second.process.returncode == 2
            assert "Traceback" not in said
            assert "数据库正被另一个程序使用" in said
        assert first.note.read_bytes() == noted
        first.process.kill()
        first.process.wait()
    # its note is still there, and its number now belongs to somebody else
    note = {**json.loads(noted), "process": os.getpid()}
    first.note.write_text(json.dumps(note), encoding="utf-8")
    settings.cache_clear()
    assert remote.running() is not None
    file = var.parent / "台账.xlsx"
    file.write_bytes(xlsx(ledger([["河顺", 1, 2, 3]])))
    assert main(["load", str(file)]) == 0
    assert "已载入" in capsysbinary.readouterr().out.decode()


def test_one_that_ends_in_order_takes_its_note_back(new_var: Path, var: Path) -> None:
    shutil.copytree(new_var, var)
    with started(var) as dashboard:
        wait_until_it_answers(dashboard)
        dashboard.process.send_signal(signal.SIGTERM)
        dashboard.process.wait(timeout=60)
        assert not dashboard.note.exists()
