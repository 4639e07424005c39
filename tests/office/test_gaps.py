"""Does the way out follow from the figures, and is the cheapest village first?"""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from office.gaps import WAYS, open_money, step_name, steps_by_township, ways_out
from queries.forecast import BackTest, Outlook
from store import Store
from tests.queries.asking import (
    HESHUN,
    LIUQUAN,
    TARGET,
    TOWNSHIP,
    end_of,
    moment,
    row,
    tell,
    viewer_of,
)


def outlook_with(*villages: tuple[str, str, int, int, bool]) -> Outlook:
    """Return an outlook: name, township, gap, expected, and whether it has figures."""
    names = [
        "village_code",
        "township_code",
        "gap_yuan",
        "expected_yuan",
        "has_figures",
    ]
    rows = pd.DataFrame(list(villages), columns=names)
    rows["gap_yuan"] = rows["gap_yuan"].map(Decimal)
    rows = rows.assign(standing="remaining", township_name=rows["township_code"])
    empty = pd.DataFrame()
    return Outlook(rows, None, BackTest(empty, empty, empty), "own")


def dues_with(*dues: tuple[str, str, str, int, bool]) -> pd.DataFrame:
    names = ["village_code", "source_id", "item_id", "open_yuan", "is_counted"]
    found = pd.DataFrame(list(dues), columns=names)
    return found.assign(open_yuan=found["open_yuan"].map(Decimal))


@pytest.mark.parametrize(
    ("due", "hoped", "has_figures", "way"),
    [
        (10_000, 0, True, "collect"),
        (9_999, 10_000, True, "wait"),
        (5_000, 5_000, True, "both"),
        (4_999, 5_000, True, "new"),
        (90_000, 90_000, False, "report"),
    ],
)
def test_what_is_due_comes_before_what_is_hoped(
    due: int, hoped: int, has_figures: bool, way: str
) -> None:
    outlook = outlook_with(("v", "t", 10_000, hoped, has_figures))
    found = ways_out(outlook, dues_with(("v", "solar", "subsidy", due, True)))
    assert list(found["way"]) == [way]
    assert set(found["way"]) <= set(WAYS)


def test_what_the_target_does_not_count_closes_no_gap() -> None:
    outlook = outlook_with(("v", "t", 10_000, 0, True))
    found = ways_out(outlook, dues_with(("v", "hometown", "", 50_000, False)))
    assert found["way"].iloc[0] == "new"
    assert found["open_other_yuan"].iloc[0] == 50_000
    assert steps_by_township(
        found, dues_with(("v", "hometown", "", 50_000, False))
    ).empty


def test_the_cheapest_village_comes_first() -> None:
    outlook = outlook_with(
        ("a", "一镇", 1_000, 0, True),
        ("b", "一镇", 3_000, 0, True),
        ("c", "二镇", 1_500, 0, True),
        ("d", "二镇", 9_000, 0, True),
    )
    dues = dues_with(
        ("a", "solar", "subsidy", 1_000, True),
        ("b", "solar", "subsidy", 5_000, True),
        ("c", "solar", "subsidy", 1_500, True),
        ("d", "solar", "subsidy", 8_999, True),
        ("d", "contracting", "", 10, True),
    )
    found = steps_by_township(ways_out(outlook, dues), dues)
    told = [
        (one.township_code, one.source_id, one.clears_count, one.clears_yuan)
        for one in found.itertuples()
    ]
    assert told == [
        ("二镇", "solar", 1, 1_500),
        ("一镇", "solar", 2, 4_000),
        ("二镇", "contracting", 0, 0),
    ]
    assert list(found["yuan_per_village"].iloc[:2]) == [1_500, 2_000]
    assert pd.isna(found["yuan_per_village"].iloc[2])
    assert list(found["open_yuan"]) == [10_499, 6_000, 10]


def test_a_step_is_called_what_people_do() -> None:
    assert step_name("solar", "subsidy") == "催拨光伏补贴"
    assert step_name("joint_base", "") == "催收联建产业基地应收款"


def asked(store: Store, *codes: str, month: int = 6) -> pd.DataFrame:
    when = moment(store, end_of(month))
    return open_money(TARGET, viewer_of(*codes), store, when)


def test_dues_are_open_until_money_came_since_the_first_of_them(store: Store) -> None:
    first, last = date(2018, 2, 1), end_of(2)
    said: dict[str, Any] = {
        "source_id": "solar",
        "statement": "settlement",
        "item_id": "subsidy",
    }
    tell(
        store,
        row(HESHUN, date(2018, 1, 1), end_of(1), received=700, **said),
        row(HESHUN, first, last, due=1_000, **said),
        row(HESHUN, date(2018, 3, 1), end_of(3), received=400, **said),
        row(LIUQUAN, first, last, due=5, received=5, **said),
    )
    found = asked(store, TOWNSHIP)
    # January's money paid for what was due before; 柳泉 owes nothing
    assert list(found["village_code"]) == [HESHUN]
    assert found["open_yuan"].iloc[0] == 600
    assert found["is_counted"].iloc[0]
    assert asked(store, LIUQUAN).empty
    assert asked(store, TOWNSHIP, month=2)["open_yuan"].iloc[0] == 1_000


def test_money_without_an_item_is_taken_off_all_items_in_proportion(
    store: Store,
) -> None:
    half = (date(2018, 1, 1), end_of(3))
    said: dict[str, Any] = {"statement": "inventory", "source_id": "inventory"}
    tell(
        store,
        row(HESHUN, *half, due=300, item_id="arrears", **said),
        row(HESHUN, *half, due=100, item_id="relet", **said),
    )
    tell(store, row(HESHUN, date(2018, 5, 1), end_of(5), "inventory", received=200))
    found = asked(store, HESHUN).set_index("item_id")["open_yuan"]
    assert dict(found) == {"arrears": 150, "relet": 50}
