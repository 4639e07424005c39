"""How many villages are in each group, and which of them come first?"""

from typing import Any

import pandas as pd
import pytest

import queries
from store import Store
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    SHANGPO,
    TARGET,
    TOWNSHIP,
    end_of,
    give,
    moment,
    viewer_of,
)


@pytest.fixture
def told(store: Store) -> Store:
    """One cleared in June, one near, one far; all others tell nothing."""
    give(
        store,
        (HESHUN, "2018-06", "光伏", 60_000),
        (LIUQUAN, "2018-05", "光伏", 46_000),
        (DONGLI, "2018-05", "光伏", 100),
    )
    return store


def ask(store: Store, name: str, **params: Any) -> pd.DataFrame:
    now = moment(store, end_of(6))
    days = [(day, now.version_no) for day in (end_of(6), end_of(5))]
    given = {"before_date": end_of(5), "near_yuan": 5_000, **params}
    return queries.ask(name, TARGET, viewer_of(TOWNSHIP), store, now, days, **given)


def listed(store: Store, name: str, most: int = 100, **params: Any) -> list[str]:
    found = ask(store, "progress/listed", list_name=name, most=most, **params)
    return list(found["village_code"])


def test_each_group_is_counted_and_listed(told: Store) -> None:
    found = ask(told, "progress/groups").set_index("reason")
    sums = found.sum()
    assert (sums["near"], sums["newly_cleared"], sums["fallen_back"]) == (1, 1, 0)
    assert found.loc["short", "remaining"] == 2
    assert listed(told, "near") == [LIUQUAN]
    assert listed(told, "newly") == [HESHUN]
    assert listed(told, "fallen") == []
    assert len(listed(told, "remaining")) == sums["remaining"]
    assert len(listed(told, "unreported")) == sums["unreported"] > 0


def test_the_first_of_many_are_those_that_lack_least(told: Store) -> None:
    assert listed(told, "remaining", 2) == [LIUQUAN, DONGLI]


def test_only_what_is_wanted_is_counted(told: Store) -> None:
    codes = [LIUQUAN, SHANGPO, "410581001001"]
    assert listed(told, "remaining", codes=codes) == [LIUQUAN, SHANGPO]
    found = ask(told, "progress/groups", codes=codes)
    assert int(found["remaining"].sum()) == 2
    assert (township(told, codes), township(told, [])) == (2, 0)


def township(store: Store, codes: list[str]) -> int:
    """Return how many villages of the township are counted; it stays without any."""
    now = moment(store, end_of(6))
    asked = ("progress/children", TARGET, viewer_of(TOWNSHIP), store, now)
    days = [(now.as_of, now.version_no)]
    return int(queries.ask(*asked, days, digits=9, codes=codes)["village_count"].item())
