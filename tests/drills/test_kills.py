"""Does a short drill of kills find everything whole, and would it tell otherwise?"""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from store import Store
from tests.drills import after
from tests.drills.kills import KINDS, falls, table
from tests.drills.works import WORKS
from tests.making import ledger, load

# one worker makes the falls
pytestmark = pytest.mark.xdist_group("falls")

ROOT = Path(__file__).resolve().parents[2]


def test_a_short_drill_finds_everything_whole() -> None:
    run = [sys.executable, "-m", "tests.drills", "kills", "--times", "18"]
    done = subprocess.run(
        [*run, "--seed", "5"], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = next(line for line in done.stdout.splitlines() if line.startswith("all "))
    kills, _acknowledged, *bad = (int(number) for number in told.split()[1:])
    assert kills >= 18
    assert bad == [0] * len(KINDS)


def test_a_seed_decides_and_all_named_steps_are_among_many() -> None:
    steps = {(work.name, step) for work in WORKS for step in work.steps}
    many = falls(1000, 1)
    assert many == falls(1000, 1) != falls(1000, 2)
    assert {(fall.work.name, fall.step) for fall in many if fall.step} == steps
    assert {fall.work.name for fall in many} == {work.name for work in WORKS}
    assert len(many) == 1000


def test_what_is_wrong_is_counted(store: Store) -> None:
    load(store, ledger([["河顺", 1, 2, 3]]))
    assert after.left_over(store) == after.twice(store) == []
    assert after.broken_chains(store) == []
    assert after.differing(store) == 0
    with store.transaction() as cursor:
        cursor.execute("insert into core.income_period from core.income_period")
        cursor.execute("insert into core.income from core.income")
    kinds = {line.split()[0] for line in after.twice(store)}
    assert kinds == {"figure", "line"}
    assert after.differing(store) > 0
    with store.transaction() as cursor:
        cursor.execute("update core.income_period set from_no = 90, to_no = 91")
        cursor.execute("update core.income set submission_no = 92")
    with store.transaction() as cursor:
        cursor.execute("update ops.acceptance set state = 'reserved'")
        cursor.execute("delete from ops.audit where journal_line = 2")
    assert {"row of 90", "end by 91", "reserved 1", "line of 92"} <= set(
        after.left_over(store)
    )
    assert after.broken_chains(store) == ["audit", "told"]


def test_the_table_sums_up() -> None:
    lines = table(Counter({("submission", "kills"): 3, ("rebuild", "kills"): 2}))
    assert [line.split()[1] for line in lines[1:] if line.startswith("all")] == ["5"]
