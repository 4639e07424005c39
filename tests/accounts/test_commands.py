"""Do the commands keep their contract: codes told once, exit codes, plain words?"""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from accounts.__main__ import main
from accounts.account import account_of
from accounts.sign_in import sign_in
from base.clock import SystemClock
from store import Store, close_all
from tests.accounts.people import OTHER, VILLAGE
from tests.making import xlsx

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"[2-9A-Z]{5}-[2-9A-Z]{5}")
WANG = ["add", "wang", "--role", "secretary", "--scope", VILLAGE, "--person", "王五"]
LIST = [["姓名", "负责村"], ["王五", VILLAGE], ["李四", OTHER]]


@pytest.fixture
def command(capsysbinary: pytest.CaptureFixture[bytes]):
    """Run a command line as `python -m accounts` does."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        capsysbinary.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return run


def code_in(said: tuple[int, str, str]) -> str:
    assert said[0] == 0, said
    found = CODE.search(said[1])
    assert found is not None
    return found.group()


def works(store: Store, login_name: str, code: str) -> bool:
    return sign_in(store, login_name, code, SystemClock().now()).must_set_password


def test_an_account_from_its_beginning_to_its_end(command, store: Store) -> None:
    first = code_in(command(*WANG))
    assert works(store, "wang", first)
    second = code_in(command("code", "WANG"))
    assert not works(store, "wang", first)
    assert works(store, "wang", second)
    assert command("scope", "wang", VILLAGE, OTHER)[0] == 0
    assert command("list") == (
        0,
        f"wang  王五  第一书记  {VILLAGE} {OTHER}  在用\n",
        "",
    )
    assert "停用" in command("disable", "wang")[1]
    assert "在用" in command("enable", "wang")[1]
    assert "各处退出" in command("sessions", "end", "wang")[1]
    third = code_in(command("pass", "wang", "li", "--person", "李四"))
    assert works(store, "li", third)
    before = account_of(store, "wang")
    assert before is not None
    assert (before.state, before.places) == ("disabled", ())


def test_whoever_holds_the_machine_makes_an_admin(command, store: Store) -> None:
    assert code_in(command("add", "boss", "--role", "admin"))
    assert command("list")[1] == "boss  管理员  在用\n"
    code, out, err = command("disable", "boss")
    assert (code, out) == (2, "")
    assert err.startswith("这是最后一个管理员")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["code", "nobody"], "没有登录名「nobody」"),
        (["add", "x", "--role", "king"], "没有「king」这个角色"),
        (["add", "x", "--role", "secretary", "--scope", "1"], "不是行政区划代码"),
        (["import", "没有.xlsx"], "打不开"),
        (["import", "有\0字"], "打不开"),
        (["token", "end", "7"], "没有编号为 7"),
    ],
)
def test_what_cannot_be_done_ends_with_two(
    command, store: Store, arguments: list[str], message: str
) -> None:
    code, out, err = command(*arguments)
    assert (code, out) == (2, "")
    assert message in err


@pytest.mark.parametrize(
    "arguments", [[], ["add", "x"], ["audit", "--since", "x"], ["token"]]
)
def test_what_is_written_wrong_ends_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def test_a_list_is_imported_and_its_codes_kept(
    command, store: Store, tmp_path: Path
) -> None:
    path, out = tmp_path / "名单.xlsx", tmp_path / "口令.xlsx"
    path.write_bytes(xlsx(LIST))
    code, said, _err = command("import", path, "--codes", out)
    assert (code, CODE.search(said)) == (0, None)
    assert "新建 2 个账号，已有 0 个" in said
    assert out.stat().st_mode & 0o777 == 0o600
    sheet = openpyxl.load_workbook(io.BytesIO(out.read_bytes())).active
    assert works(store, VILLAGE, sheet["C2"].value)
    refused = command("import", path, "--codes", out)
    assert (refused[0], "已有这个文件" in refused[2]) == (2, True)
    again = command("import", path)
    assert again[1] == "新建 0 个账号，已有 2 个\n"


def test_a_wrong_list_leaves_nothing_behind(
    command, store: Store, tmp_path: Path
) -> None:
    path, out = tmp_path / "名单.xlsx", tmp_path / "口令.xlsx"
    path.write_bytes(xlsx([*LIST, ["赵六", "没有村"]]))
    code, said, err = command("import", path, "--codes", out)
    assert (code, said) == (2, "")
    assert err.startswith("Sheet1，B4：名录里没有村「没有村」")
    assert not out.exists()
    assert command("list")[1] == ""


def test_tokens_are_made_listed_and_ended(command, store: Store) -> None:
    said = command("token", "add", "平台", "--role", "secretary", "--scope", VILLAGE)
    assert "vt_" in said[1]
    listed = command("token", "list")[1]
    assert listed.startswith(f"1  平台  第一书记  {VILLAGE}")
    assert "vt_" not in listed
    assert listed.endswith("在用\n")
    assert command("token", "end", "1")[0] == 0
    assert command("token", "list")[1].endswith("停用\n")


def test_the_audit_is_read_and_verified(command, store: Store) -> None:
    command(*WANG)
    plain = command("audit", "--person", "wang")[1]
    assert plain.count("\n") == 1
    assert "新建账号" in plain
    assert plain.rstrip().endswith("王五")
    [entry] = json.loads(command("audit", "--village", VILLAGE, "--json")[1])
    assert (entry["action"], entry["subject"]) == ("account_added", "u1")
    assert entry["name"].startswith("命令行:")
    assert command("audit", "verify")[0] == 0
    with store.transaction() as cursor:
        cursor.execute("update ops.audit set actor = '别人' where action like 'acc%d'")
    code, out, _err = command("audit", "verify")
    assert (code, "有改动" in out) == (1, True)


def test_a_process_of_its_own_does_the_same(store: Store, var: Path) -> None:
    close_all()
    process = subprocess.run(
        [sys.executable, "-m", "accounts", *WANG],
        cwd=ROOT,
        env={**os.environ, "VILLAGE_VAR": str(var)},
        capture_output=True,
        check=False,
    )
    assert (process.returncode, process.stderr) == (0, b"")
    assert CODE.search(process.stdout.decode())


def test_without_a_registry_it_is_told_what_to_do(command, var: Path) -> None:
    code, out, err = command(*WANG)
    assert (code, out) == (2, "")
    assert "先启动一次看板" in err


def test_personal_data_are_handed_out_and_erased(
    command, store: Store, tmp_path: Path
) -> None:
    code_in(command(*WANG))
    told = command("export", "wang")
    assert json.loads(told[1])["账号"]["姓名"] == "王五"
    out = tmp_path / "wang.json"
    assert command("export", "wang", "--out", out)[0] == 0
    assert out.stat().st_mode & 0o777 == 0o600
    assert json.loads(out.read_text("utf-8"))["账号"]["登录名"] == "wang"
    assert "已有这个文件" in command("export", "wang", "--out", out)[2]
    assert command("erase", "wang", "--reason", " ")[0] == 2
    code, said, _err = command("erase", "wang", "--reason", "本人申请")
    assert (code, said.startswith("已注销：u1，今后显示为「已注销人员-1」")) == (
        0,
        True,
    )
    assert command("list")[1] == "已注销人员-1  已注销人员-1  第一书记  已注销\n"
    assert "王五" not in command("audit")[1] + command("audit", "--json")[1]
    assert command("audit", "verify")[0] == 0
