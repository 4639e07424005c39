"""Is each bad file answered as its sender needs, by the command line and a server?"""

import hashlib
import random
from pathlib import Path

import pytest

from tests.corpus.bad import Bad, harmless, refused
from tests.corpus.entries import KINDS, corpus
from tests.corpus.making import good_xlsx
from tests.corpus.outcome import Answer, by_command, by_command_measured, wrong_with
from tests.corpus.serving import sent, serving, wrong_when_sent

LIGHT = [one for _kind, one in corpus() if not one.is_heavy]
SAMPLE, SEED = 25, 20181116


def sampled(count: int) -> list[Bad]:
    return random.Random(SEED).sample(LIGHT, count)


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
@pytest.mark.parametrize("kind", KINDS)
def test_each_file_gets_the_finding_that_its_sender_needs(
    kind: str, var: Path, tmp_path: Path
) -> None:
    light = [one for one in KINDS[kind] if not one.is_heavy]
    answers = {one.name: wrong_with(one, by_command(one, tmp_path)) for one in light}
    assert {name: wrong for name, wrong in answers.items() if wrong} == {}


def test_there_are_two_hundred_different_files_with_names_of_their_own() -> None:
    assert len(LIGHT) >= 200
    names = [one.name for _kind, one in corpus()]
    assert len(set(names)) == len(names)
    short = [one for one in LIGHT if one.code and "too" not in one.name][::7]
    assert len({hashlib.sha256(one.make()).digest() for one in short}) == len(short)


def test_a_file_is_made_of_the_same_bytes_each_time() -> None:
    for bad in sampled(20):
        assert bad.make() == bad.make(), bad.name


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_time_and_memory_of_some_files_are_bounded(var: Path) -> None:
    for bad in sampled(8):
        answer = by_command_measured(bad)
        assert wrong_with(bad, answer) == ""
        assert answer.peak_bytes > 10_000_000


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_a_server_answers_some_of_them_by_page_and_by_program(
    new_var: Path, tmp_path: Path
) -> None:
    with serving(tmp_path / "var", new_var) as at:
        wrong = [
            w for bad in sampled(SAMPLE) for w in wrong_when_sent(bad, sent(bad, at))
        ]
        assert at.server.get("/healthz").status_code == 200
    assert wrong == []


def finding(
    code: str, message: str = "不对。", severity: str = "error"
) -> dict[str, str]:
    place = {"sheet": "", "cell": ""}
    return {"code": code, "message": message, "severity": severity, **place}


ODD, REFUSING = harmless("a.csv", bytes), refused("a.csv", bytes, "空")


@pytest.mark.parametrize(
    ("bad", "answer"),
    [
        (ODD, Answer([], "", "4117.00")),
        (ODD, Answer([finding("no_table")], "", "4118.00")),
        (REFUSING, Answer([finding("not_readable")], "")),
        (REFUSING, Answer([finding("not_readable", "空", "warning")], "")),
        (REFUSING, Answer([finding("not_readable", "空 Traceback")], "")),
        (REFUSING, Answer(None, "别的。")),
        (REFUSING, Answer([finding("not_readable", "空")], "", seconds=31)),
        (REFUSING, Answer([finding("not_readable", "空")], "", peak_bytes=2**30)),
        (REFUSING, Answer([finding("not_readable", "空")], "", fault="status 500")),
    ],
)
def test_an_answer_that_helps_nobody_is_found(bad: Bad, answer: Answer) -> None:
    assert wrong_with(bad, answer) != ""


def test_a_process_that_ends_is_no_answer() -> None:
    def ends() -> bytes:
        raise SystemExit(3)

    answer = by_command_measured(Bad("a.csv", ends))
    assert "exit code" in wrong_with(ODD, answer)


def test_the_good_file_behind_them_all_is_good(var: Path, tmp_path: Path) -> None:
    good = harmless("好.xlsx", good_xlsx)
    assert wrong_with(good, by_command(good, tmp_path)) == ""
