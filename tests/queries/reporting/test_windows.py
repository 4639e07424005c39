"""When is each month due, and what was decided on it?"""

from datetime import date, datetime

import pandas as pd

from store import Store
from tests.making import NOW
from tests.queries.asking import (
    HESHUN,
    LIUQUAN,
    TOWNSHIP,
    end_of,
    moment,
    question,
    viewer_of,
    window,
)


def windows(store: Store, *codes: str, known_at: datetime = NOW) -> pd.DataFrame:
    when = moment(store, end_of(3), known_at)
    found = question("reporting/windows", store, viewer_of(*codes), when)
    return found.set_index(pd.to_datetime(found["period_end"]).dt.month)


def test_the_calendar_has_twelve_months_and_their_usual_days(store: Store) -> None:
    found = windows(store)
    assert list(found["period_end"]) == [end_of(month) for month in range(1, 13)]
    assert found.loc[2, "due_date"] == date(2018, 3, 10)
    assert not found[["is_set", "is_locked"]].any(axis=None)
    assert found["extension_count"].sum() == 0


def test_what_the_office_decided_stands_in_the_calendar(store: Store) -> None:
    window(store, "410581", date(2018, 4, 12), at=datetime(2018, 4, 1))
    window(store, TOWNSHIP, date(2018, 4, 15))
    window(store, HESHUN, date(2018, 4, 20))
    window(store, LIUQUAN, date(2018, 4, 25))
    window(store, LIUQUAN, None)
    window(store, "410581", None, is_locked=True, period_end=end_of(2))
    found = windows(store)
    assert found.loc[3, "due_date"] == date(2018, 4, 12)
    assert found.loc[3, "usual_due_date"] == date(2018, 4, 10)
    assert (found.loc[3, "is_set"], found.loc[3, "is_locked"]) == (True, False)
    assert found.loc[3, "extension_count"] == 2
    assert found.loc[3, "last_extension_date"] == date(2018, 4, 20)
    assert found.loc[2, "is_locked"]
    assert found.loc[2, "due_date"] == date(2018, 3, 10)
    before = windows(store, known_at=datetime(2018, 3, 31, 23))
    assert before.loc[3, "due_date"] == date(2018, 4, 10)


def test_decisions_are_told_newest_first_with_those_that_hold(store: Store) -> None:
    for day in (15, 18):
        window(store, TOWNSHIP, date(2018, 4, day))
    window(store, HESHUN, date(2018, 4, 20), period_end=end_of(12, 2017))
    window(store, "410581", date(2018, 4, 12), at=NOW)
    when = moment(store, end_of(3))
    found = question("reporting/decisions", store, viewer_of("410581"), when)
    assert list(found["place_code"]) == ["410581", TOWNSHIP, TOWNSHIP]
    assert list(found["is_holding"]) == [True, True, False]
    assert list(found["reason"]) == ["汛期"] * 3
    inside = question("reporting/decisions", store, viewer_of(TOWNSHIP), when)
    assert list(inside["is_holding"]) == [True, False]


def test_what_holds_around_a_place(store: Store) -> None:
    window(store, "410581", None, is_locked=True)
    window(store, TOWNSHIP, date(2018, 4, 15))
    window(store, TOWNSHIP, date(2018, 4, 16))
    window(store, LIUQUAN, date(2018, 4, 20))
    when = moment(store, end_of(3))

    def around(place_code: str) -> list[tuple[int, bool]]:
        found = question(
            "reporting/holding",
            store,
            viewer_of(TOWNSHIP),
            when,
            place_code=place_code,
            period_end=end_of(3),
        )
        pairs = zip(found["digits"], found["is_locked"], strict=True)
        return [(int(digits), bool(is_locked)) for digits, is_locked in pairs]

    assert around(HESHUN) == [(6, True), (9, False)]
    assert around(LIUQUAN) == [(6, True), (9, False), (12, False)]
    assert around("410581001001") == []
