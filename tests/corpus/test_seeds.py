"""Does no input break a reader that once did, nor some that are near to it?"""

import random

import pytest

from tests.drills.fuzz import GUIDED, NAMES
from tests.drills.mutating import mutated
from tests.drills.targets import SEEDS, TARGETS, written

SEED = 20181116
# An old workbook is read in a process of its own.
SLOW = ("old workbooks", "workbooks", "bundles")
BROKE = sorted(SEEDS.glob("*/*"))


def test_the_fuzzer_and_its_targets_have_the_same_names() -> None:
    assert [*TARGETS] == [*NAMES]
    assert [name for name in NAMES if TARGETS[name].is_guided] == [*GUIDED]


def test_what_once_broke_a_reader_breaks_it_no_more() -> None:
    assert BROKE
    for path in BROKE:
        TARGETS[path.parent.name.replace("-", " ")].ask(path.read_bytes())


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
@pytest.mark.parametrize("name", NAMES)
def test_what_is_near_to_a_real_file_breaks_no_reader(name: str) -> None:
    rng, target = random.Random(SEED), TARGETS[name]
    for seed in target.seeds():
        target.ask(seed)
    for _number in range(4 if name in SLOW else 40):
        target.ask(mutated(rng, rng.choice(target.seeds())))


def test_bytes_stand_for_words_and_letters() -> None:
    assert written(b"\x00\xe9") == "村名é"
