"""Does each question answer of the viewer's places alone, each row once?"""

import re

import pandas as pd
import pytest

import queries
from base.errors import ShownError
from base.place import Scope
from base.rules import rules
from base.viewer import Viewer
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    SHANGPO,
    TOWNSHIP,
    viewer_of,
)
from tests.queries.test_files import NAMES, head_of, source_of
from tests.queries.town import ELSEWHERE, Town

# A total or an outline that anyone may see, and what reads no table.
OPEN = {
    name
    for name in NAMES
    if "core." not in source_of(name)
    and "in_scope(" not in source_of(name)
    and not head_of(source_of(name)).get("builds on")
} | {"places/shapes", "time/default_as_of", "reporting/windows"}
# Counts of a township, for whoever has a place; none of a village.
TOWNSHIP_TOTALS = {n for n in NAMES if "total of" in head_of(source_of(n))}
OPEN |= TOWNSHIP_TOTALS
# Habits of a whole county, of which year_end/test_pooled.py asks that none is named.
POOLED = {
    name
    for name in NAMES
    if "$scope" not in source_of(name)
    and {"yearly", "rents"}
    & set(head_of(source_of(name)).get("builds on", "").split(", "))
} | {"parts/yearly", "parts/rents"}
OPEN |= POOLED
# Asked of by meetings/test_told.py: it is for whoever sees part of the place.
OPEN -= {"meetings/list"}
# What rules find: checks/test_hits.py has a scene for each, and asks of its scope.
RULES = {rule.query for rule in rules().values()} - {"checks/statements_differ"}
# Asked of by office/test_matters.py, which takes steps.
RULES |= {"matters/steps"}
SCOPED = sorted(set(NAMES) - OPEN - RULES)
# Of a place wider than the viewer's: meetings/test_told.py asks who is told what.
WIDER = {"meetings/list", "meetings/targets", "meetings/path"}
TOTALS = {"progress/path", "reporting/completeness", "actions/remaining"}
SUMS = {"progress/groups", "progress/sources", "reporting/by_township", "solar/peers"}
# By owner, and by target.
SUMS |= {"actions/owners", "actions/closed"}
SUMS |= {"sources/by_source", "sources/composition"}
# Townships, of the villages or the township that the viewer sees.
SUMS |= {"meetings/townships", "meetings/sources", "meetings/source_sums"}
SUMS |= {"meetings/touched"}
# Totals of projects; joint/test_projects.py asks whom they are told.
PROJECTS = {"joint/projects"}
# A paper tells of many places; review/test_told.py asks who may read of which.
PAPERS = {"review/told"}
NOT_PER_PLACE = TOTALS | SUMS | PAPERS | PROJECTS | WIDER
PER_PLACE = [n for n in SCOPED if n not in NOT_PER_PLACE]


def places_of(found: pd.DataFrame) -> set[str]:
    column = "place_code" if "place_code" in found else "village_code"
    return set(found[column])


def by_all(found: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return the rows as texts, in an order of their own."""
    return sorted(tuple(map(str, row)) for row in found.itertuples(index=False))


def test_every_question_has_a_scope_or_says_why_not() -> None:
    assert {"targets/below_50k", "parts/owed", "places/names"} <= set(SCOPED)
    for name in OPEN - {"parts/moments"}:
        assert "scope" in head_of(source_of(name)), name
        if name not in POOLED:
            assert not re.search(r"amount|reason", source_of(name)), name


@pytest.mark.parametrize("name", PER_PLACE)
@pytest.mark.parametrize(
    "codes",
    [[TOWNSHIP], [LIUQUAN, ELSEWHERE], [HESHUN, LIUQUAN], [DONGLI, SHANGPO]],
    ids=" ".join,
)
def test_no_row_is_of_another_place(town: Town, name: str, codes: list[str]) -> None:
    viewer = viewer_of(*codes)
    found, whole = town.ask(name, viewer), town.ask(name, viewer_of("410581"))
    if "village_code" not in found and "place_code" not in found:
        # Of one village: all of it or nothing.
        assert len(whole) > 0
        assert len(found) == (len(whole) if viewer.scope.holds(HESHUN) else 0)
        return
    assert all(viewer.scope.holds(code) for code in places_of(found))
    inside = {code for code in places_of(whole) if viewer.scope.holds(code)}
    assert places_of(found) == inside
    assert len(places_of(whole)) > len(inside)
    column = "place_code" if "place_code" in whole else "village_code"
    assert by_all(found) == by_all(whole[whole[column].isin(inside)])


@pytest.mark.parametrize("name", PER_PLACE)
def test_an_empty_scope_sees_nothing(town: Town, name: str) -> None:
    assert len(town.ask(name, viewer_of())) == 0
    assert len(town.ask(name, viewer_of("410522"))) == 0
    assert len(town.ask(name, viewer_of("CN"))) > 0


@pytest.mark.parametrize("name", sorted(TOTALS))
def test_an_empty_scope_counts_nothing(town: Town, name: str) -> None:
    found = town.ask(name, viewer_of()).drop(columns="as_of_date", errors="ignore")
    assert len(found) >= 1
    assert (found == 0).all(axis=None)
    whole = town.ask(name, viewer_of("410581")).drop(
        columns="as_of_date", errors="ignore"
    )
    assert whole.sum().sum() > 0


@pytest.mark.parametrize("name", sorted(TOWNSHIP_TOTALS))
def test_the_totals_of_a_township_are_the_same_for_all(town: Town, name: str) -> None:
    whole = town.ask(name, viewer_of("410581"))
    assert len(whole) == 1
    assert whole["village_count"].iloc[0] == 41
    for codes in ([TOWNSHIP], [HESHUN], [ELSEWHERE], ["CN"]):
        assert by_all(town.ask(name, viewer_of(*codes))) == by_all(whole)


@pytest.mark.parametrize("name", sorted(TOWNSHIP_TOTALS))
def test_totals_name_no_village_and_whoever_has_no_place_sees_none(
    town: Town, name: str
) -> None:
    found = town.ask(name, viewer_of(HESHUN))
    texts = found.drop(columns="place_code").select_dtypes(exclude="number")
    assert list(texts.columns) == []
    nobody = town.ask(name, viewer_of()).drop(columns="place_code")
    assert (nobody == 0).all(axis=None)


@pytest.mark.parametrize("code", [HESHUN, "410581", "CN"])
@pytest.mark.parametrize("name", sorted(TOWNSHIP_TOTALS))
def test_totals_are_of_townships_alone(town: Town, name: str, code: str) -> None:
    """The total of one village would be the village's own state."""
    with pytest.raises(ShownError, match="不是乡镇"):
        queries.run(name, viewer_of(LIUQUAN), town.store, place_code=code)


@pytest.mark.parametrize("codes", [[], [LIUQUAN, ELSEWHERE], ["410581"]], ids=str)
def test_sources_sum_what_the_viewer_sees(town: Town, codes: list[str]) -> None:
    viewer = viewer_of(*codes)
    found = town.ask("progress/sources", viewer)
    parts = town.ask("progress/village_sources", viewer)
    by_source = parts.groupby("source_id")["received_yuan"].sum().to_dict()
    assert dict(zip(found["source_id"], found["received_yuan"], strict=True)) == (
        by_source
    )
    assert bool(codes) == (len(found) > 0)


@pytest.mark.parametrize(
    ("codes", "undone", "closed"),
    [([], 0, 0), ([LIUQUAN, ELSEWHERE], 2, 2), (["410581"], 3, 5)],
)
def test_owners_are_counted_by_what_the_viewer_sees(
    town: Town, codes: list[str], undone: int, closed: int
) -> None:
    viewer = viewer_of(*codes)
    found = town.ask("actions/owners", viewer)
    counts = (found["undone_count"].sum(), found["closed_count"].sum())
    assert counts == (undone, closed)
    assert len(town.ask("actions/closed", viewer)) == bool(closed)


@pytest.mark.parametrize("codes", [[], [LIUQUAN, ELSEWHERE], ["410581"]], ids=str)
def test_townships_sum_the_villages_that_the_viewer_sees(
    town: Town, codes: list[str]
) -> None:
    viewer = viewer_of(*codes)
    found = town.ask("reporting/by_township", viewer).set_index("township_code")
    parts = town.ask("reporting/by_village", viewer)
    columns = ["owed_count", "due_count", "filled_count", "on_time_count", "returned"]
    summed = parts.groupby("township_code")[columns].sum()
    assert found[columns].to_dict() == summed.to_dict()
    assert len(found) == len({code[:9] for code in parts["village_code"]})
    # of each township its own extension, and those of villages in the scope
    extensions = {"": 0, LIUQUAN: 3, "410581": 4}[codes[0] if codes else ""]
    assert found["extension_count"].sum() == extensions


@pytest.mark.parametrize("name", SCOPED)
def test_prefixes_inside_each_other_double_no_row(town: Town, name: str) -> None:
    """A scope drops them; but were they there, no row would come twice."""
    nested = Viewer("测试", "leader", Scope(("410581", TOWNSHIP, HESHUN, HESHUN)))
    once = town.ask(name, viewer_of("410581"))
    assert by_all(town.ask(name, nested)) == by_all(once)
    assert viewer_of("410581", TOWNSHIP, HESHUN).scope == ("410581",)


@pytest.mark.parametrize("name", sorted(set(NAMES) - RULES))
def test_the_grain_and_the_order_are_of_whole_rows(town: Town, name: str) -> None:
    found = town.ask(name, viewer_of("410581"))
    order = re.search(r"\norder by\s+([^$]*)$", source_of(name))
    if order is None:
        keys = ["pair", "village_code", "year_no", "as_of_date", "moment_role"]
        keys += ["statement", "project_id", "period_end", "source_id", "measure_id"]
        keys += ["submission_no", "action_no", "attribute_id"]
        own = [key for key in keys if key in found]
        assert own or len(found) == 1
    else:
        own = [part.split()[0].split(".")[-1] for part in order[1].split(",")]
    assert not found.duplicated(own or None).any()
