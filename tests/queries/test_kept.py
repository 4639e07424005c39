"""Is each answer the same when parts of it are kept for the county?"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from base.catalogue import catalogue
from base.viewer import Viewer
from queries.kept import kept_tables
from queries.statement import kept_in, text_of
from store import Store
from tests.making import NOW
from tests.queries.asking import (
    HESHUN,
    LIUQUAN,
    SHANGPO,
    TARGET,
    TOWNSHIP,
    give,
    moment,
    send_back,
    viewer_of,
)
from tests.queries.test_files import NAMES, head_of, source_of
from tests.queries.test_scope import POOLED, RULES
from tests.queries.town import ELSEWHERE, Town

TARGETS = catalogue().targets
# Rules have scenes of their own, and ask without keeping anything.
BUILT_ON_KEPT = [
    name for name in NAMES if name not in RULES and kept_in(name, TARGET.query)
]
SCOPES: tuple[list[str], ...] = (
    *([], [HESHUN], [LIUQUAN, ELSEWHERE]),
    *([TOWNSHIP], ["410581"], ["CN"]),
)


@pytest.fixture(scope="module")
def knowing(town: Town) -> Town:
    """The town, asked with the number of what had come in: parts are kept."""
    return replace(town, when=replace(town.when, activity_no=7))


@pytest.fixture
def own(town: Town, tmp_path: Path) -> Iterator[Town]:
    """A copy of the town that a test may change."""
    with town.store.writing():
        shutil.copytree(town.store.folder, tmp_path / "own")
    store = Store(tmp_path / "own")
    yield replace(town, store=store)
    store.close()


@pytest.mark.parametrize("codes", SCOPES, ids=str)
@pytest.mark.parametrize("name", BUILT_ON_KEPT)
def test_an_answer_is_the_same(
    town: Town, knowing: Town, name: str, codes: list[str]
) -> None:
    viewer = viewer_of(*codes)
    asks_target = "$threshold_yuan" in text_of(name, TARGET.query)
    for target in TARGETS if asks_target else [TARGET]:
        found = knowing.ask(name, viewer, target)
        expected = town.ask(name, viewer, target)
        assert found.dtypes.to_dict() == expected.dtypes.to_dict()
        columns = list(expected.columns)
        # sums of expected money are binary and added in another order
        assert_frame_equal(
            found.sort_values(columns, ignore_index=True),
            expected.sort_values(columns, ignore_index=True),
        )


def tables(town: Town, name: str, viewer: Viewer) -> dict[str, object]:
    given = {
        **dict.fromkeys(("dates", "versions", "roles"), []),
        "scope": list(viewer.scope),
        "activity_no": town.when.activity_no,
        "as_of_date": town.when.as_of,
        "version_no": town.when.version_no,
        "today": town.when.today,
        "known_at": NOW,
        "statements": list(catalogue().statements),
    }
    return dict(kept_tables(name, "", town.store, given))


def test_two_townships_of_a_county_read_one_table(knowing: Town) -> None:
    one = tables(knowing, "reporting/completeness", viewer_of(TOWNSHIP))
    other = tables(knowing, "reporting/completeness", viewer_of(ELSEWHERE))
    assert list(one) == list(other) == ["kept_owed"]
    assert one["kept_owed"] is other["kept_owed"]


@pytest.mark.parametrize("codes", [[], ["CN"], ["41"], ["410581", "410522"]], ids=str)
def test_nothing_is_kept_of_more_than_a_county_or_of_nothing(
    knowing: Town, codes: list[str]
) -> None:
    assert tables(knowing, "reporting/completeness", viewer_of(*codes)) == {}


def test_nothing_is_kept_without_the_number_of_what_is_known(town: Town) -> None:
    assert tables(town, "reporting/completeness", viewer_of(TOWNSHIP)) == {}


def test_every_part_that_is_no_pool_is_cut_to_the_scope() -> None:
    """A part that is kept whole would tell of all villages of the county."""
    kept = [name for name in NAMES if "kept" in head_of(source_of(name))]
    assert {"parts/owed", "parts/standing"} < set(kept)
    for name in kept:
        is_pooled = head_of(source_of(name))["kept"].endswith("pooled")
        assert is_pooled == (name in POOLED), name
        assert is_pooled or "village_code" in source_of(name)


def test_what_arrives_is_counted_at_its_number(own: Town) -> None:
    viewer = viewer_of(TOWNSHIP)
    before = own.ask("reporting/completeness", viewer)
    assert own.ask("reporting/completeness", viewer).equals(before)
    paper = give(own.store, (SHANGPO, "2018-06", "光伏", 3), is_accepted=False)
    send_back(own.store, paper, NOW)
    number = int(own.store.value("select activity_no from ops.activity"))
    later = replace(moment(own.store, own.when.as_of), activity_no=number)
    after = replace(own, when=later).ask("reporting/completeness", viewer)
    assert not after.equals(before)
