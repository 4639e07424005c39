"""Is a command the same through the running dashboard, and only for whoever may?"""

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from accounts.__main__ import main as accounts_main
from base.settings import settings
from etl.__main__ import main
from store import close_all, remote
from tests.making import ledger, xlsx
from tests.web.running import Dashboard

pytestmark = pytest.mark.xdist_group("dashboard")

CLEAN = ledger([["河顺", 1.5, 2, "无"], ["柳泉", 4, 5, 6]])
WRONG = ledger([["河顺", "约10", 20, 30], ["没有村", 4, 5, 6]])
COMMANDS = [
    ["check", "好.xlsx", "--json"],
    ["load", "好.xlsx"],
    ["load", "好.xlsx", "错.xlsx", "--as", "李四"],
    ["load", "错.xlsx", "--good-rows", "--json"],
    ["load", "."],
    ["load", "没有.xlsx", "--json"],
    ["load", "好.xlsx", "--source", "wind"],
    ["targets", "--json", "--as-of", "2018-06-30"],
    ["targets", "--scope", "410581105"],
    ["targets", "--scope", "1"],
    ["places", "positions", "位置.csv"],
    ["places", "positions", "位置.csv", "--datum", "GCJ-02"],
    ["places", "positions", "好.xlsx", "--datum", "GCJ-02"],
    ["rebuild"],
]
Said = tuple[int, str, str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files, in which commands are given."""
    place = tmp_path / "上报"
    place.mkdir()
    (place / "好.xlsx").write_bytes(xlsx(CLEAN))
    (place / "错.xlsx").write_bytes(xlsx(WRONG))
    positions = "村代码,经度,纬度\n410581105200,113.9,36.1\n"
    (place / "位置.csv").write_text(positions, encoding="utf-8")
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def command(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Callable[[Path, list[str]], Said]:
    """Give a command to an installation."""

    def given(var: Path, arguments: list[str]) -> Said:
        monkeypatch.setenv("VILLAGE_VAR", str(var))
        settings.cache_clear()
        capsysbinary.readouterr()
        code = main(arguments)
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return given


def test_commands_say_the_same_here_and_there(
    dashboard: Dashboard,
    var: Path,
    new_var: Path,
    folder: Path,
    command: Callable[[Path, list[str]], Said],
) -> None:
    shutil.copytree(new_var, var)
    version = dashboard.version()
    here = [command(var, arguments) for arguments in COMMANDS]
    there = [command(dashboard.var, arguments) for arguments in COMMANDS]
    assert there == here
    assert [code for code, _out, _err in here] == [
        *[0, 0, 1, 1, 1, 2, 2, 0, 0, 2, 2, 0, 2, 0],
    ]
    assert all(bool(out) != bool(err) for _code, out, err in here)
    # it was the dashboard that did it
    close_all()
    assert dashboard.version() != version
    journals = [place / "journal" / "journal.jsonl" for place in (var, dashboard.var)]
    kinds = [
        [json.loads(line)["kind"] for line in path.read_bytes().splitlines()]
        for path in journals
    ]
    assert kinds[0] == kinds[1]


def test_accounts_are_given_through_the_dashboard(
    dashboard: Dashboard,
    folder: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (folder / "名单.xlsx").write_bytes(
        xlsx([["姓名", "负责村"], ["王五", "河顺镇柳泉"]])
    )
    monkeypatch.setenv("VILLAGE_VAR", str(dashboard.var))
    settings.cache_clear()
    assert accounts_main(["import", "名单.xlsx", "--codes", "口令.xlsx"]) == 0
    assert (folder / "口令.xlsx").exists()
    assert accounts_main(["list"]) == 0
    assert accounts_main(["code", "nobody"]) == 2
    out, err = capsysbinary.readouterr()
    assert "新建 1 个账号" in out.decode()
    assert "  王五  第一书记  " in out.decode()
    assert err.decode() == "没有登录名「nobody」。\n"


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer wrong", "x"])
def test_without_the_token_nothing_is_done(
    dashboard: Dashboard, authorization: str | None
) -> None:
    headers = {} if authorization is None else {"authorization": authorization}
    version = dashboard.version()
    answer = httpx.post(
        f"{dashboard.address}{remote.PATH}",
        json={"program": "etl", "arguments": ["demo"], "folder": "/"},
        headers=headers,
        trust_env=False,
    )
    assert (answer.status_code, answer.text) == (403, "没有权限。")
    assert dashboard.version() == version


def asked(dashboard: Dashboard, content: bytes) -> httpx.Response:
    return httpx.post(
        f"{dashboard.address}{remote.PATH}",
        content=content,
        headers={"authorization": f"Bearer {dashboard.token}"},
        trust_env=False,
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"arguments": 5}',
        b'{"program": "rm", "arguments": [], "folder": "/"}',
    ],
)
def test_what_is_no_command_is_refused(dashboard: Dashboard, content: bytes) -> None:
    answer = asked(dashboard, content)
    assert (answer.status_code, answer.text) == (400, "命令写错了。")


def test_a_command_that_is_not_there_is_refused_in_words(dashboard: Dashboard) -> None:
    answer = asked(
        dashboard, b'{"program": "etl", "arguments": ["fly"], "folder": "/"}'
    )
    assert answer.text == "\x00problem 命令写错了。\n\x00exit 2\n"
    assert answer.headers[remote.PROCESS_HEADER] == str(dashboard.process.pid)


def test_eight_who_send_at_once_lose_nothing(
    dashboard: Dashboard, folder: Path
) -> None:
    for month in range(1, 9):
        title = f"林州市河顺镇2016年{month}月村级集体经济收入台账"
        grid = ledger([["东里", month, 0, 0]], title=title)
        (folder / f"{month}.xlsx").write_bytes(xlsx(grid))
    running = remote.Running(dashboard.process.pid, dashboard.port, dashboard.token)
    before = dashboard.version()
    said: list[str] = []
    codes: list[int | None] = []

    def send(month: int) -> None:
        arguments = ["load", f"{month}.xlsx"]
        codes.append(
            remote.send(running, "etl", arguments, folder, said.append, said.append)
        )

    threads = [threading.Thread(target=send, args=[month]) for month in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [0] * 8
    assert said.count("  已载入") == 8
    assert dashboard.version() == before + 8
