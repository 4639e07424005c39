"""How far is a target, who moved since a month ago, and what do programs hear?"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

import queries
from base.catalogue import Target, catalogue
from base.errors import ShownError
from base.viewer import Viewer
from etl.registry import registry
from store import Store
from tests.making import NOW
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    SHANGPO,
    TARGET,
    TOWNSHIP,
    ask_of,
    counts,
    end_of,
    give,
    moment,
    months,
    progress,
    send_back,
    viewer_of,
    villages,
)
from tests.queries.conftest import Make

FOUR = viewer_of(HESHUN, LIUQUAN, DONGLI, SHANGPO)
CITY = viewer_of("410581")
KEYS = ["id", "name", "as_of", "villages", "remaining", "cleared", "unreported", "pace"]


@pytest.fixture(scope="module")
def moved(new_store: Make, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two villages that moved in October 2018, of which one was corrected."""
    store = new_store(tmp_path_factory.mktemp("moved"))
    give(
        store,
        (HESHUN, "2018-08", "光伏", 60_000),
        (LIUQUAN, "2018-09", "光伏", 10_000),
        at=datetime(2018, 10, 5),
    )
    give(store, (LIUQUAN, "2018-10", "光伏", 40_000), at=datetime(2018, 11, 5))
    give(store, (HESHUN, "2018-08", "光伏", 6_000), at=datetime(2018, 11, 6))
    yield store
    store.close()


def test_who_fell_back_and_who_is_newly_cleared(moved: Store) -> None:
    found = villages(moved, end_of(10), has_before=True)
    pairs = found[["standing_before", "standing"]]
    assert tuple(pairs.loc[HESHUN]) == ("cleared", "remaining")
    assert tuple(pairs.loc[LIUQUAN]) == ("remaining", "cleared")
    assert tuple(pairs.loc[DONGLI]) == ("remaining", "remaining")
    alone = villages(moved, end_of(10))
    assert alone["standing_before"].isna().all()
    assert list(alone.index) == list(found.index)


def test_before_is_the_month_end_before_as_known_a_month_ago(moved: Store) -> None:
    now = moment(moved, end_of(10))
    day, number = queries.before(moved, CITY, now)
    assert day == end_of(9)
    assert number == queries.version_at(moved, CITY, NOW - timedelta(days=31))
    assert number == now.version_no - 2
    in_the_month = moment(moved, end_of(10) - timedelta(days=1))
    assert queries.before(moved, CITY, in_the_month)[0] == end_of(9)


def test_before_the_first_figure_the_present_number_stands_in(store: Store) -> None:
    give(store, (HESHUN, "2018-09", "光伏", 60_000))
    now = moment(store, end_of(10))
    assert queries.before(store, CITY, now) == (end_of(9), now.version_no)
    found = villages(store, end_of(10), has_before=True)
    assert found.loc[HESHUN, "standing_before"] == "cleared"


def test_january_looks_back_to_the_close_of_last_year(store: Store) -> None:
    give(
        store,
        (HESHUN, "2017年全年", "光伏", 60_000),
        (LIUQUAN, "2017年全年", "光伏", 1),
        at=datetime(2018, 1, 9),
    )
    give(
        store,
        (LIUQUAN, "2018-01", "光伏", 60_000),
        (DONGLI, "2018-01", "光伏", 1),
        at=datetime(2018, 2, 9),
    )
    now = datetime(2018, 2, 12)
    found = villages(store, end_of(1), now, FOUR, has_before=True)
    pairs = found[["standing_before", "standing"]]
    assert tuple(pairs.loc[HESHUN]) == ("cleared", "met_last_year")
    assert tuple(pairs.loc[LIUQUAN]) == ("remaining", "cleared")
    assert tuple(pairs.loc[DONGLI]) == ("remaining", "remaining")
    whole = progress(store, end_of(1), now, FOUR)
    assert counts(whole) == (3, 2, 1)
    assert list(whole.path["as_of_date"]) == [end_of(1)]
    assert list(whole.plan["as_of_date"]) == [end_of(m) for m in range(1, 13)]
    assert list(whole.plan["planned"])[:2] == [3, 2]
    assert list(whole.plan["planned"])[-1] == 0
    assert whole.pace.state == "not_due"


def test_a_day_within_a_month_has_the_figures_of_the_month_before(
    moved: Store,
) -> None:
    day = end_of(10) - timedelta(days=1)
    found = progress(moved, day, viewer=FOUR)
    assert list(found.path["as_of_date"]) == [end_of(m) for m in range(1, 10)] + [day]
    assert counts(found) == counts(progress(moved, end_of(9), viewer=FOUR))
    assert counts(progress(moved, end_of(10), viewer=FOUR)) == (4, 3, 1)


def test_the_plan_is_the_way_of_last_year_where_there_is_one(store: Store) -> None:
    codes = sorted(c for c in registry().villages if c.startswith(TOWNSHIP))[:30]
    half, late = codes[:15], codes[15:]
    give(
        store,
        *((code, "2017-06", "光伏", 50_000) for code in half),
        *((code, "2017-12", "光伏", 50_000) for code in late),
        at=datetime(2018, 1, 15),
    )
    found = progress(store, end_of(6))
    assert found.villages == 11
    assert list(found.plan["planned"]) == [11] * 5 + [6] * 6 + [0]
    assert set(found.plan["kind"]) == {"last_year_path"}
    assert found.pace.state == "red"
    assert progress(store, end_of(5)).pace.state == "not_due"
    assert set(progress(store, end_of(6), viewer=FOUR).plan["kind"]) == {"linear"}
    assert progress(store, end_of(6), viewer=FOUR).pace.state == "keep"


def test_programs_hear_exactly_what_was_agreed(moved: Store) -> None:
    said = queries.summary(TARGET, FOUR, moved, moment(moved, end_of(10)))
    assert list(said) == [*KEYS, "pace_state", "remaining_codes"]
    assert json.loads(json.dumps(said)) == {
        "id": "below_50k",
        "name": "五万元以下村清零",
        "as_of": "2018-10-31",
        "villages": 4,
        "remaining": 3,
        "cleared": 1,
        "unreported": 3,
        "pace": 0.3333,
        "pace_state": "orange",
        "remaining_codes": [HESHUN, DONGLI, SHANGPO],
    }


def test_unreported_are_those_remaining_whose_worst_state_says_so(
    store: Store,
) -> None:
    spring = months(1, 3)
    give(store, *((HESHUN, month, "光伏", 0) for month in spring))
    give(store, (LIUQUAN, "2018-01", "光伏", 60_000))
    give(store, *((DONGLI, month, "光伏", 1) for month in spring[:2]))
    give(store, (DONGLI, "2018-03", "光伏", 1), is_accepted=False)
    found = queries.summary(TARGET, FOUR, store, moment(store, end_of(3)))
    assert found["remaining_codes"] == [HESHUN, DONGLI, SHANGPO]
    assert (found["cleared"], found["unreported"]) == (1, 2)
    back = give(store, (HESHUN, "2018-02", "光伏", 5), is_accepted=False)
    send_back(store, back, NOW)
    found = queries.summary(TARGET, FOUR, store, moment(store, end_of(3)))
    assert found["unreported"] == 3


@pytest.mark.parametrize(
    ("viewer", "state"),
    [(viewer_of(), "keep"), (viewer_of("410522"), "keep")],
)
def test_who_sees_no_village_is_told_nothing(
    moved: Store, viewer: Viewer, state: str
) -> None:
    found = progress(moved, end_of(10), viewer=viewer)
    assert counts(found) == (0, 0, 0)
    assert (found.pace.share, found.pace.state) == (None, state)
    assert list(found.path["villages"]) == [0] * 10
    said = queries.summary(TARGET, viewer, moved, moment(moved, end_of(10)))
    assert (said["villages"], said["pace"], said["remaining_codes"]) == (0, None, [])


@pytest.mark.parametrize("digits", [6, 9, 12])
def test_children_add_up_to_the_whole(moved: Store, digits: int) -> None:
    now = moment(moved, end_of(10))
    children = queries.ask(
        "progress/children",
        TARGET,
        CITY,
        moved,
        now,
        [(now.as_of, now.version_no)],
        digits=digits,
    )
    whole = progress(moved, end_of(10), viewer=CITY)
    sums = [int(children[c].sum()) for c in ("villages", "remaining", "cleared")]
    assert tuple(sums) == counts(whole) == (589, 588, 1)
    assert len(children) == {6: 1, 9: 20, 12: 589}[digits]
    assert int(children["village_count"].sum()) == 589
    assert int(children["due_count"].sum()) == 589 * 10
    assert int(children["reported_count"].sum()) == 3
    parts = children["remaining"] + children["cleared"]
    assert (children["villages"] == parts).all()
    assert children["remaining"].is_monotonic_decreasing
    behind = children[["not_reported", "in_review", "returned"]].sum()
    assert list(behind) == [589, 0, 0]


def test_villages_and_counts_are_one_answer(moved: Store) -> None:
    for month in (1, 9, 12):
        found = villages(moved, end_of(month), viewer=CITY)
        whole = progress(moved, end_of(month), viewer=CITY)
        tally = found["standing"].value_counts().to_dict()
        assert tally.get("remaining", 0) == whole.remaining, month
        assert tally.get("cleared", 0) == whole.cleared, month
        remaining = found[found["standing"] == "remaining"]
        assert remaining["gap_yuan"].gt(0).all()
        assert remaining["reason"].notna().all()
        cleared = found[found["standing"] == "cleared"]
        assert cleared["gap_yuan"].map(pd.isna).all()


class Counted(Store):
    """A store that counts the questions it is asked."""

    asked = 0

    def frame(
        self,
        sql: str,
        params: Mapping[str, Any],
        tables: Mapping[str, pa.Table] | None = None,
    ) -> pd.DataFrame:
        self.asked += 1
        return super().frame(sql, params, tables)


def test_no_number_is_asked_for_twice(store: Store) -> None:
    """One question for the numbers of all lists, and one for the answer.

    What was in force at the end of a year is not asked for again.
    """
    give(store, (HESHUN, "2018-09", "光伏", 60_000))
    now = moment(store, end_of(10))
    store.close()
    counted = Counted(store.folder)
    try:
        tally = []
        for ask in (
            lambda: queries.progress(TARGET, CITY, counted, now),
            lambda: queries.before(counted, CITY, now),
            lambda: queries.summary(TARGET, CITY, counted, now),
        ):
            counted.asked = 0
            ask()
            tally.append(counted.asked)
    finally:
        counted.close()
    assert tally == [2, 1, 3]


@pytest.mark.parametrize("target", catalogue().targets, ids=lambda target: target.id)
def test_each_target_counts_as_it_lists(moved: Store, target: Target) -> None:
    when = moment(moved, end_of(10))
    whole = queries.progress(target, CITY, moved, when)
    found = ask_of(target, moved, end_of(10), viewer=CITY)
    tally = found["standing"].value_counts().to_dict()
    assert len(found) == 589
    assert tally.get("remaining", 0) == whole.remaining > 0
    assert tally.get("cleared", 0) == whole.cleared == whole.villages - whole.remaining
    remaining = found[found["standing"] == "remaining"]
    assert remaining["reason"].notna().all()
    assert remaining["gap_yuan"].notna().all() == (target.threshold_yuan is not None)


@pytest.mark.parametrize(
    ("target_id", "column", "told"),
    [
        ("no_source", "threshold_yuan", "无稳定增收项目村清零」没有写金额线"),
        ("no_source", "measure", "无稳定增收项目村清零」没有写按哪个口径算"),
        ("no_income", "measure", "空壳村清零」没有写按哪个口径算"),
    ],
)
def test_a_target_must_say_what_its_query_counts_by(
    moved: Store, target_id: str, column: str, told: str
) -> None:
    target = catalogue().target(target_id).model_copy(update={column: None})
    with pytest.raises(ShownError, match=told):
        queries.progress(target, CITY, moved, moment(moved, end_of(10)))
