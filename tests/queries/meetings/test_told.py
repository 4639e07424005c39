"""Who is told of a meeting, and whom are the figures of its whole for?"""

import pandas as pd
import pytest

import queries
from base.place import Scope
from base.viewer import Viewer
from office import meetings
from office.meetings import Plan
from store import Store
from tests.making import NOW
from tests.queries.asking import HESHUN, LIUQUAN, TOWNSHIP, end_of, viewer_of
from tests.queries.meetings.scene import met
from tests.queries.town import ELSEWHERE, Town

COUNTY = "410581"
WHOLE = ("planned", "pace_share", "pace_state")


def called(store: Store, place_code: str) -> int:
    """Call a meeting of a place."""
    by = Viewer("测试", "office", Scope.of(["CN"]))
    return meetings.call(store, by, Plan(place_code, "调度会", NOW.date()), NOW)


@pytest.mark.parametrize(
    ("codes", "places"),
    [
        (["CN"], {"", "4105", COUNTY, TOWNSHIP, "410522"}),
        ([COUNTY], {"", "4105", COUNTY, TOWNSHIP}),
        ([TOWNSHIP], {"", "4105", COUNTY, TOWNSHIP}),
        ([HESHUN], {"", "4105", COUNTY, TOWNSHIP}),
        ([ELSEWHERE], {"", "4105", COUNTY}),
        (["410522101", "410581106"], {"", "4105", "410522", COUNTY}),
        (["37"], {""}),
        ([], set()),
    ],
    ids=lambda said: " ".join(sorted(said)),
)
def test_a_meeting_is_known_to_whoever_sees_part_of_its_place(
    store: Store, codes: list[str], places: set[str]
) -> None:
    for place in ("CN", "4105", COUNTY, TOWNSHIP, "410522"):
        called(store, place)
    found = queries.run("meetings/list", viewer_of(*codes), store)
    assert set(found["place_code"]) == places
    assert len(found) == len(places)


def test_definitions_are_for_all_and_figures_for_whoever_sees_the_whole(
    town: Town,
) -> None:
    whole = town.ask("meetings/targets", viewer_of(COUNTY))
    assert whole[list(WHOLE)].notna().all(axis=None)
    told = whole.columns.difference(
        [*WHOLE, "likely_count", "likely_low", "likely_high"]
    )
    for codes in ([], [TOWNSHIP], [HESHUN, ELSEWHERE]):
        found = town.ask("meetings/targets", viewer_of(*codes))
        assert found[told].equals(whole[told])
        assert found.drop(columns=told).isna().all(axis=None)
    nation = town.ask("meetings/targets", viewer_of("CN"))
    assert nation.equals(whole)


def test_the_way_of_the_whole_is_for_whoever_sees_the_whole(town: Town) -> None:
    whole = town.ask("meetings/path", viewer_of(COUNTY))
    assert len(whole) == 12
    assert whole["planned"].notna().all()
    assert whole["remaining"].notna().sum() == 6
    for codes in ([], [TOWNSHIP], [HESHUN, ELSEWHERE], ["410522"]):
        assert len(town.ask("meetings/path", viewer_of(*codes))) == 0


def test_a_meeting_of_a_township_tells_the_township_its_whole(store: Store) -> None:
    number = met(store, end_of(6), TOWNSHIP)
    for codes, is_told in (([TOWNSHIP], True), ([HESHUN], False), ([COUNTY], True)):
        found = queries.run(
            "meetings/targets", viewer_of(*codes), store, meeting_no=number
        )
        assert found["planned"].notna().all() == is_told


@pytest.mark.parametrize(
    ("codes", "places"),
    [
        (["CN"], [COUNTY, TOWNSHIP, HESHUN, LIUQUAN]),
        ([TOWNSHIP], [TOWNSHIP, HESHUN, LIUQUAN]),
        ([HESHUN, ELSEWHERE], [HESHUN]),
        ([], []),
    ],
    ids=lambda said: " ".join(sorted(said)),
)
def test_a_paper_is_for_whoever_sees_all_of_its_place(
    town: Town, codes: list[str], places: list[str]
) -> None:
    found = town.ask("meetings/papers", viewer_of(*codes))
    assert list(found["place_code"]) == places


@pytest.mark.parametrize(
    "codes", [[], [LIUQUAN, ELSEWHERE], [TOWNSHIP], [COUNTY]], ids=str
)
def test_townships_count_the_villages_that_the_viewer_sees(
    town: Town, codes: list[str]
) -> None:
    viewer = viewer_of(*codes)
    found = town.ask("meetings/townships", viewer).set_index("township_code")
    parts = town.ask("meetings/villages", viewer)
    counted = parts.groupby("township_code").agg(
        village_count=("village_code", "count"),
        due_count=("due_count", "sum"),
        amount_yuan=("amount_yuan", lambda own: own.dropna().sum() or None),
    )
    assert found["village_count"].to_dict() == counted["village_count"].to_dict()
    assert found["due_count"].to_dict() == counted["due_count"].to_dict()
    told = found["amount_yuan"].dropna().to_dict()
    assert told == counted["amount_yuan"].dropna().to_dict()
    standings = parts["standing"].value_counts().to_dict()
    for standing in ("remaining", "cleared"):
        assert found[standing].sum() == standings.get(standing, 0)


@pytest.mark.parametrize(
    ("codes", "towns"),
    [
        ([], set()),
        ([HESHUN, LIUQUAN], set()),
        ([TOWNSHIP], {TOWNSHIP}),
        ([COUNTY], {TOWNSHIP, ELSEWHERE[:9]}),
    ],
    ids=lambda said: " ".join(sorted(said)),
)
def test_sources_of_a_township_are_for_whoever_sees_the_township(
    town: Town, codes: list[str], towns: set[str]
) -> None:
    found = town.ask("meetings/sources", viewer_of(*codes))
    assert set(found["township_code"]) == towns
    asked = town.ask("meetings/source_sums", viewer_of(*codes))
    if towns:
        # frozen on the same day by the same number
        pd.testing.assert_frame_equal(found, asked, check_dtype=False)


def test_sums_of_sources_are_of_the_villages_that_the_viewer_sees(town: Town) -> None:
    one, both = (
        town.ask("meetings/source_sums", viewer_of(*codes)).set_index("source_id")
        for codes in ([HESHUN], [HESHUN, LIUQUAN])
    )
    assert one.loc["hometown", "village_count"] == 1
    assert both.loc["hometown", "village_count"] == 2
    assert both.loc["hometown", "due_yuan"] == 2 * one.loc["hometown", "due_yuan"]


def test_the_workstreams_are_the_same_for_all(town: Town) -> None:
    for codes in ([], [HESHUN], ["CN"]):
        found = town.ask("strategy/steps", viewer_of(*codes))
        assert found["name"].tolist() == ["产业"]
