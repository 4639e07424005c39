"""How is a question asked: for a viewer, by the name of its file?"""

import inspect
import re

import pytest

import queries
from base.catalogue import Target, catalogue
from queries.statement import text_of
from store import Store
from tests.queries.asking import (
    HESHUN,
    TARGET,
    end_of,
    give,
    moment,
    progress,
    question,
    viewer_of,
)

VILLAGE = viewer_of(HESHUN)


def test_without_a_viewer_nothing_is_asked(prepared: Store) -> None:
    for ask in (queries.run, queries.ask, queries.progress, queries.summary):
        viewer = inspect.signature(ask).parameters["viewer"]
        assert viewer.default is inspect.Parameter.empty
    with pytest.raises(TypeError, match="viewer"):
        queries.run("places/names", store=prepared, version_no=9)  # type: ignore[call-arg]


def test_the_scope_is_the_viewers_and_nobody_elses(prepared: Store) -> None:
    found = queries.run(
        "places/names", VILLAGE, prepared, version_no=9, scope=["410581"]
    )
    assert list(found["village_code"]) == [HESHUN]


def test_a_question_takes_what_it_names_and_no_more(prepared: Store) -> None:
    when = moment(prepared, end_of(6))
    found = question("places/names", prepared, VILLAGE, when, unheard_of=1)
    assert len(found) == 1
    with pytest.raises(KeyError, match="version_no"):
        queries.run("places/names", VILLAGE, prepared)


def test_a_question_that_is_no_file_is_refused(prepared: Store) -> None:
    with pytest.raises(FileNotFoundError):
        queries.run("places/nowhere", VILLAGE, prepared)


def test_parts_come_before_the_question_and_no_comment_stays() -> None:
    text = text_of("progress/children", TARGET.query)
    places = [
        text.index(f"{part} as (")
        for part in ("moments", "answer", "standing", "owed", "reporting")
    ]
    assert places == sorted(places)
    assert text.startswith("with moments as (")
    assert "--" not in text
    assert text_of("time/version").startswith("select")
    steps = text_of("progress/villages", TARGET.query)
    assert steps.count("with ") == steps.count("(\nwith ") + 1


@pytest.mark.parametrize("target", catalogue().targets, ids=lambda target: target.id)
def test_what_a_target_builds_on_comes_before_it_once(target: Target) -> None:
    text = text_of("progress/path", target.query)
    steps = re.findall(r"^(?:with )?(\w+) as \($", text, re.MULTILINE)
    assert steps.count("moments") == steps.count("known") == steps.count("answer") == 1
    assert steps.index("moments") < steps.index("known") < steps.index("answer")
    assert ("received" in steps) == ("join received" in text)


def test_what_is_not_said_is_all_of_the_catalogue(prepared: Store) -> None:
    when = moment(prepared, end_of(6))
    found = question("village/people", prepared, VILLAGE, when, village_code=HESHUN)
    required = [i for i, duty in catalogue().duties.items() if duty.is_required]
    assert sorted(found["duty_id"]) == sorted(required)
    one = question(
        "village/people",
        prepared,
        VILLAGE,
        when,
        village_code=HESHUN,
        duties=("work_team",),
    )
    assert list(one["duty_id"]) == ["work_team"]


def test_a_parameter_is_never_a_piece_of_the_statement(store: Store) -> None:
    """Whatever stands in a parameter is compared, not understood."""
    give(store, (HESHUN, "2018-01", "光伏", 1))
    when = moment(store, end_of(6))
    for code in (HESHUN, f"{HESHUN}' or '1' = '1", "%", "x'; drop table core.income"):
        found = question(
            "village/figures", store, viewer_of("410581"), when, village_code=code
        )
        assert len(found) == (1 if code == HESHUN else 0)
    assert progress(store, end_of(6)).villages == 41
