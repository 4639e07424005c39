"""Do the commands keep their contract: output, exit codes, plain words?"""

import io
import json
import os
import struct
import subprocess
import sys
import tomllib
import zipfile
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from base.strategy import Strategy, strategy
from base.viewer import operator
from etl.__main__ import main
from etl.door import DEMO_NOW, opened
from office.strategy import edit
from store import Store, close_all
from store.about import set_about
from store.vault import sha256_of
from tests.making import NOW, Grid, ledger, received, text, xlsx

ROOT = Path(__file__).resolve().parents[2]
CLEAN = xlsx(ledger([["河顺", 1.5, 2, "无"], ["柳泉", 4, 5, 6]]))
# A village that nobody knows, and an amount that cannot be read.
WRONG = xlsx(ledger([["河顺", "约10", 20, 30], ["没有村", 4, 5, 6]]))
NO_TABLE = b"\x89PNG\r\n\x1a\n"
FILE_KEYS = {"file", "sha256", "source", "rows", "accepted", "rejected", "findings"}
FILE_KEYS |= {"total_due_yuan", "total_received_yuan"}
FINDING_KEYS = {"severity", "code", "sheet", "cell", "found", "message"}
TARGET_KEYS = {"id", "name", "as_of", "villages", "remaining", "cleared"}
TARGET_KEYS |= {"unreported", "pace", "remaining_codes"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of files: clean, wrong, and no table at all."""
    place = tmp_path / "上报"
    (place / "下级").mkdir(parents=True)
    (place / "好.xlsx").write_bytes(CLEAN)
    (place / "下级" / "错.xlsx").write_bytes(WRONG)
    (place / "下级" / "照片.xls").write_bytes(NO_TABLE)
    (place / "~$好.xlsx").write_bytes(b"lock")
    (place / "说明.txt").write_text("not a table")
    return place


class Said:
    """What a command said, and how it ended."""

    def __init__(self, code: int, out: bytes, err: bytes) -> None:
        self.code, self.out, self.err = code, out.decode(), err.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def command(capsysbinary: pytest.CaptureFixture[bytes]):
    """Run a command line as `python -m etl` does."""

    def run(*arguments: str | Path) -> Said:
        capsysbinary.readouterr()
        code = main([str(argument) for argument in arguments])
        return Said(code, *capsysbinary.readouterr())

    return run


def spawned(*arguments: str | Path, var: Path, folder: Path = ROOT) -> Said:
    """Run a command line in a process of its own."""
    process = subprocess.run(
        [sys.executable, "-m", "etl", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "VILLAGE_VAR": str(var), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    return Said(process.returncode, process.stdout, process.stderr)


def test_checking_keeps_the_contract_in_a_process_of_its_own(
    folder: Path, tmp_path: Path
) -> None:
    said = spawned(
        "check", "好.xlsx", "下级", "--json", var=tmp_path / "none", folder=folder
    )
    assert (said.code, said.err) == (2, "")
    assert not (tmp_path / "none").exists()
    assert [one["file"] for one in said.json] == ["好.xlsx", "照片.xls", "错.xlsx"]
    assert all(one.keys() >= FILE_KEYS for one in said.json)
    findings = [finding for one in said.json for finding in one["findings"]]
    assert len(findings) >= 3
    assert all(finding.keys() >= FINDING_KEYS for finding in findings)
    assert {finding["severity"] for finding in findings} == {"error"}


def test_loading_keeps_the_contract_in_a_process_of_its_own(
    folder: Path, var: Path
) -> None:
    said = spawned("load", "好.xlsx", "--as", "李四", var=var, folder=folder)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[-1] == "  已载入"
    missing = spawned("load", "没有.xlsx", var=var, folder=folder)
    assert (missing.code, missing.out) == (2, "")
    assert missing.err == f"文件「{folder / '没有.xlsx'}」打不开，请核对路径。\n"
    store = opened()
    actors = "select distinct actor, decided_by from ops.submission"
    assert store.row(f"{actors} where statement = 'ledger'") == ("李四", "李四")
    assert len(received(store)) == 6


def test_a_clean_file_is_counted(command, folder: Path) -> None:
    said = command("check", folder / "好.xlsx", "--json")
    [one] = said.json
    assert said.code == 0
    assert one["sha256"] == sha256_of(CLEAN)
    assert {key: one[key] for key in FILE_KEYS - {"sha256"}} == {
        "file": "好.xlsx",
        "source": "several",
        "rows": 6,
        "accepted": 6,
        "rejected": 0,
        "total_due_yuan": "0.00",
        "total_received_yuan": "18.50",
        "findings": [],
    }


def test_findings_are_told_with_their_cells(command, folder: Path) -> None:
    said = command("check", folder / "下级" / "错.xlsx", "--json")
    [one] = said.json
    assert said.code == 1
    assert (one["rows"], one["accepted"], one["rejected"]) == (6, 2, 4)
    assert one["total_received_yuan"] == "50.00"
    by_cell = {finding["cell"]: finding for finding in one["findings"]}
    assert by_cell["B4"]["found"] == "约10"
    assert by_cell["B4"]["severity"] == "error"
    assert by_cell["B4"]["sheet"] == "Sheet1"
    plain = command("check", folder / "下级" / "错.xlsx")
    assert "错.xlsx，Sheet1，B4，读到「约10」" in plain.out
    assert plain.code == 1


def test_a_warning_alone_is_a_finding(command, tmp_path: Path) -> None:
    file = tmp_path / "冲减.xlsx"
    file.write_bytes(xlsx(ledger([["河顺", -5, 1, 1]])))
    said = command("check", file, "--json")
    assert [f["severity"] for f in said.json[0]["findings"]] == ["warning"]
    assert said.code == 1
    assert command("load", file).code == 1


def test_what_is_no_table_ends_with_two(command, folder: Path, store: Store) -> None:
    for verb in ("check", "load"):
        said = command(verb, folder / "下级" / "照片.xls", "--json")
        assert said.code == 2
        assert said.json[0]["findings"][0]["code"] == "not_readable"


def zipped(*members: tuple[str, bytes]) -> bytes:
    """Return a zip of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def test_each_file_of_a_zip_is_reported_and_loaded_for_itself(
    command, tmp_path: Path, store: Store
) -> None:
    file = tmp_path / "上报.zip"
    damaged = zipped(("坏.xlsx", WRONG), ("照片.xls", NO_TABLE), ("好.xlsx", CLEAN))
    crc = struct.pack("<I", zlib.crc32(WRONG))
    file.write_bytes(damaged.replace(crc, b"\0\0\0\0"))
    for verb in ("check", "load"):
        said = command(verb, file, "--json")
        assert (said.code, said.err) == (2, "")
        assert [(one["file"], one["accepted"]) for one in said.json] == [
            ("上报.zip/坏.xlsx", 0),
            ("上报.zip/照片.xls", 0),
            ("上报.zip/好.xlsx", 6),
        ]
        assert all(one.keys() >= FILE_KEYS for one in said.json)
        assert said.json[2]["sha256"] == sha256_of(CLEAN)
    assert len(received(store)) == 6
    again = command("load", tmp_path)
    assert "以前已载入，没有变化" in again.out


def test_a_zip_that_is_refused_leaves_nothing(
    command, tmp_path: Path, store: Store
) -> None:
    length = store.journal.length
    file = tmp_path / "上报.zip"
    file.write_bytes(zipped(("../好.xlsx", CLEAN), ("好.xlsx", CLEAN)))
    for verb in ("check", "load"):
        said = command(verb, file, "--json")
        assert (said.code, len(said.json)) == (2, 1)
        assert said.json[0]["file"] == "上报.zip"
        [finding] = said.json[0]["findings"]
        assert finding["code"] == "not_readable"
        assert finding["message"].endswith("重新打包。")
    assert store.journal.length == length


def test_loading_says_of_each_file_what_became_of_it(
    command, folder: Path, store: Store
) -> None:
    said = command("load", folder)
    assert said.code == 2
    outcomes = [line for line in said.out.splitlines() if "载入" in line]
    assert sorted(outcomes) == [
        "  已载入",
        "  有错误，暂存待审；改好后重交，或加 --good-rows 只载入好的行",
    ]
    assert len(received(store)) == 6
    again = command("load", folder / "好.xlsx")
    assert (again.code, "以前已载入，没有变化" in again.out) == (0, True)
    good = command("load", folder / "下级" / "错.xlsx", "--good-rows", "--json")
    assert (good.code, good.json[0]["accepted"]) == (1, 2)
    heshun = {
        source: int(amount or 0)
        for (village, source, _end), amount in received(store).items()
        if village == "410581105200"
    }
    assert heshun == {"solar": 1, "cooperative": 20, "joint_shopfront": 30}


def test_an_unreadable_path_stops_before_anything_is_loaded(
    command, folder: Path, store: Store
) -> None:
    length = store.journal.length
    for path in ("没有", "长" * 300, "好.xlsx/下面", "有\0字"):
        said = command("load", folder / "好.xlsx", folder / path, "--json")
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("文件「")
        assert said.err.count("\n") == 1
    assert store.journal.length == length


def test_answers_are_heard(command, tmp_path: Path, store: Store) -> None:
    grid: Grid = [["村名", "金额"], ["河顺镇河顺村", 1.2]]
    file = tmp_path / "光伏.csv"
    file.write_bytes(text(grid))
    assert command("load", file).code == 1
    answers = ["--source", "solar", "--month", "2018-06", "--unit", "万元"]
    said = command("load", file, *answers, "--json")
    assert (said.code, said.json[0]["source"]) == (0, "solar")
    assert said.json[0]["total_received_yuan"] == "12000.00"
    [(key, amount)] = received(store).items()
    assert (key[1], key[2].month, str(amount)) == ("solar", 6, "12000.00")
    other = command("load", file, *answers[:3], "2018-07", *answers[4:])
    assert other.code == 0
    assert len(received(store)) == 2


def test_a_source_that_is_not_there_is_told(command, folder: Path) -> None:
    said = command("check", folder / "好.xlsx", "--source", "wind")
    assert (said.code, said.out) == (2, "")
    assert "没有「wind」这个来源。可用：solar、" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "x.xlsx", "--month", "2018-13"],
        ["check", "x.xlsx", "--unit", "美元"],
        ["targets", "--as-of", "2018-02-30"],
        ["places", "roads", "x"],
        ["demo", "--scale", "galaxy"],
        ["fly"],
    ],
)
def test_what_is_written_wrong_ends_with_two(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_targets_keep_the_contract(command, folder: Path, store: Store) -> None:
    command("load", folder / "好.xlsx")
    said = command("targets", "--json", "--as-of", "2018-06-30")
    assert said.code == 0
    for one in said.json:
        assert one.keys() >= TARGET_KEYS
        assert one["as_of"] == "2018-06-30"
        assert one["villages"] == one["cleared"] + one["remaining"] == 589
        assert len(one["remaining_codes"]) == one["remaining"]
        assert 0 <= one["unreported"] <= one["remaining"]
        assert one["pace"] is None or isinstance(one["pace"], int | float)
    plain = command("targets", "--as-of", "2018-06-30")
    assert len(plain.out.splitlines()) == len(said.json)


def test_the_strategy_is_printed_with_its_edits(command, store: Store) -> None:
    whole = strategy()
    plain = command("strategy")
    assert plain.code == 0
    assert Strategy(**tomllib.loads(plain.out)) == whole
    item = whole.items[3].model_copy(update={"name": "光伏富村"})
    edit(store, operator("测试"), item, NOW)
    again = Strategy(**tomllib.loads(command("strategy").out))
    assert again.items[3] == item
    assert again.items[:3] + again.items[4:] == whole.items[:3] + whole.items[4:]


def test_a_scope_narrows_the_targets(command, store: Store) -> None:
    [one, *_rest] = command("targets", "--json", "--scope", "410581105").json
    assert 0 < one["villages"] < 589
    assert {code[:9] for code in one["remaining_codes"]} == {"410581105"}
    assert command("targets", "--json", "--scope", "CN").json[0]["villages"] == 589
    assert command("targets", "--json", "--scope", "42").json[0]["villages"] == 0
    said = command("targets", "--scope", "41058'; --")
    assert (said.code, said.out) == (2, "")
    assert "不是行政区划代码" in said.err


def test_a_demonstration_is_loaded_into_under_its_own_clock(
    command, folder: Path, store: Store
) -> None:
    set_about(store, DEMO_NOW, NOW.isoformat(), NOW)
    command("load", folder / "好.xlsx")
    sent = "select submitted_at, actor from ops.submission where statement = 'ledger'"
    at, actor = store.row(sent) or (None, "")
    assert at == datetime(2018, 11, 16, 9)
    assert actor.startswith("命令行:")


def test_places_are_imported_or_refused_in_plain_words(
    command, tmp_path: Path, store: Store
) -> None:
    file = tmp_path / "位置.csv"
    file.write_bytes("村代码,经度,纬度\n410581105200,113.9,36.1\n".encode())
    said = command("places", "positions", file)
    assert (said.code, "请用 --datum" in said.err) == (2, True)
    said = command("places", "positions", file, "--datum", "GCJ-02")
    assert (said.code, said.out) == (0, "已换用 1 个村的实测位置\n")
    missing = command("places", "boundaries", tmp_path / "没有", "--datum", "WGS84")
    assert (missing.code, missing.out) == (2, "")
    wrong = command("places", "boundaries", file, "--datum", "WGS84")
    assert (wrong.code, "GeoJSON" in wrong.err) == (2, True)


def test_rebuilding_tells_whether_all_is_the_same(
    command, folder: Path, store: Store
) -> None:
    command("load", folder / "好.xlsx")
    said = command("rebuild")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0] == "已重建：6 条数，不同 0 条"


def test_a_store_in_use_is_told_in_plain_words(
    folder: Path, store: Store, var: Path
) -> None:
    for arguments in (["load", str(folder / "好.xlsx")], ["rebuild"]):
        said = spawned(*arguments, var=var)
        assert (said.code, said.out) == (2, "")
        assert said.err == f"数据库正被另一个程序使用：{var}。请先关闭它。\n"
    assert received(store) == {}
    close_all()
