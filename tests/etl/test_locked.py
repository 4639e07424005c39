"""Does nothing come in for a month that is locked, however it is put?"""

from datetime import date
from typing import Any

import pytest

from base.viewer import Viewer
from etl.door import Loaded, load_file
from etl.review import take
from store import Store
from store.decisions import decide
from tests.etl.people import DONGLI, LIUQUAN, OFFICE, OTHER_TOWNSHIP, SECRETARY
from tests.etl.people import TOWNSHIP as HESHUN_TOWN
from tests.etl.statements.grids import INVENTORY
from tests.making import NOW, Grid, codes_of, ledger, xlsx

JUNE, TOWNSHIP = date(2018, 6, 30), "410581105"
GRID = ledger([["柳泉", 4, 5, 6], ["东里", 1, 2, 3]])


def window(store: Store, place: str, is_locked: bool, end: date = JUNE) -> None:
    said: dict[str, Any] = {
        "kind": "window",
        "period_end": end,
        "place_code": place,
        "due_date": None,
        "is_locked": is_locked,
        "reason": "截止",
    }
    decide(store, {**OFFICE.signed(), **said}, NOW)


def sent(store: Store, grid: Grid = GRID, by: Viewer = HESHUN_TOWN) -> Loaded:
    return load_file(store, xlsx(grid), "台账.xlsx", by, NOW)


def left(loaded: Loaded) -> set[str]:
    return set(loaded.checked.rows["village_code"].to_pylist())


def titled(period: str) -> Grid:
    return ledger([["柳泉", 4, 5, 6]], title=f"林州市河顺镇{period}收入台账")


@pytest.mark.parametrize(
    ("windows", "villages"),
    [
        ([("410581", True)], set()),
        ([("CN", True)], set()),
        ([(TOWNSHIP, True)], set()),
        ([("410581106", True)], {LIUQUAN, DONGLI}),
        ([(LIUQUAN, True)], {DONGLI}),
        ([("410581", True), (TOWNSHIP, False)], {LIUQUAN, DONGLI}),
        ([("410581", True), (LIUQUAN, False)], {LIUQUAN}),
        ([(LIUQUAN, False), ("410581", True)], set()),
        ([("410581", True), ("410581", False)], {LIUQUAN, DONGLI}),
    ],
)
def test_the_latest_decision_on_a_place_holds(
    store: Store, windows: list[tuple[str, bool]], villages: set[str]
) -> None:
    for place, is_locked in windows:
        window(store, place, is_locked)
    loaded = sent(store)
    assert left(loaded) == villages
    assert loaded.checked.rejected == 3 * (2 - len(villages))
    held = {"month_locked"} if len(villages) < 2 else set()
    assert set(codes_of(loaded.checked.findings)) == held


@pytest.mark.parametrize(
    ("period", "is_held"),
    [
        ("2018年6月", True),
        ("2018年二季度", True),
        ("2018年1-9月", True),
        ("2018年5月", False),
        ("2018年7月", False),
        ("2018年7-9月", False),
    ],
)
def test_longer_periods_that_hold_the_month_are_held_back(
    store: Store, period: str, is_held: bool
) -> None:
    window(store, "410581", True)
    loaded = sent(store, titled(period), SECRETARY)
    assert bool(left(loaded)) is not is_held
    assert (loaded.submission is None) is is_held


def test_the_office_sends_what_it_likes(store: Store) -> None:
    window(store, "410581", True)
    loaded = sent(store, GRID, OFFICE)
    assert (loaded.checked.findings, left(loaded)) == ([], {LIUQUAN, DONGLI})


def test_facts_of_a_locked_month_are_held_back_with_their_lines(store: Store) -> None:
    window(store, LIUQUAN, True)
    found = sent(store, INVENTORY).checked
    assert set(found.facts["inventory"]["village_code"].to_pylist()) == {DONGLI}
    window(store, "410581", True)
    assert sent(store, INVENTORY[:4]).submission is None


def test_other_months_of_a_file_come_in(store: Store) -> None:
    window(store, "410581", True, date(2018, 5, 31))
    months = [["柳泉村2018年（元）"], ["收入来源", "4月", "5月", "6月"]]
    loaded = sent(store, [*months, ["光伏", 1, 2, 3]], SECRETARY)
    ends = [day.month for day in loaded.checked.rows["period_end"].to_pylist()]
    assert ends == [4, 6]
    assert codes_of(loaded.checked.findings) == ["month_locked"]


def test_what_waits_outlives_the_lock(store: Store) -> None:
    first = sent(store)
    assert first.submission is not None
    window(store, "410581", True)
    again = sent(store)
    assert (again.submission, again.was_known) == (first.submission, True)
    take(store, first.submission.submission_no, OFFICE, NOW)
    assert sent(store, GRID, OTHER_TOWNSHIP).submission is None
