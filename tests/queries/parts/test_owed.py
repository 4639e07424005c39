"""In which state is each ledger that a village owes, and which one shows?"""

from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from etl.accept import accept
from etl.annul import annul
from store import Store
from tests.making import BY, NOW
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    SHANGPO,
    TOWNSHIP,
    end_of,
    give,
    moment,
    months,
    question,
    send_back,
    settle,
    tell,
    viewer_of,
    villages,
    window,
)

DAY = timedelta(days=1)
QUARTER = end_of(3)


def states(
    store: Store, code: str, known_at: datetime = NOW, as_of: date = QUARTER
) -> list[str]:
    """Return the states of a village's months, in order."""
    found = question(
        "village/owed",
        store,
        viewer_of(TOWNSHIP),
        moment(store, as_of, known_at),
        village_code=code,
        statements=["ledger"],
    )
    assert found["period_start"].is_monotonic_increasing
    return [str(state) for state in found["state"]]


def standing(store: Store, code: str, known_at: datetime = NOW) -> pd.Series:
    """Return what shows of a village at the end of March."""
    return villages(store, end_of(3), known_at).loc[code]


def test_six_states_of_one_quarter(store: Store) -> None:
    at = datetime(2018, 4, 5)
    give(
        store, (HESHUN, "2018-01", "光伏", 1), (HESHUN, "2018-02", "光伏", "无"), at=at
    )
    give(store, (LIUQUAN, "2018-01", "光伏", 1), at=at, is_accepted=False)
    back = give(store, (LIUQUAN, "2018-02", "光伏", 1), at=at, is_accepted=False)
    send_back(store, back, at)
    now = datetime(2018, 4, 10, 18)
    assert states(store, HESHUN, now) == ["reported", "reported_zero", "not_due"]
    assert states(store, LIUQUAN, now) == ["in_review", "returned", "not_due"]
    assert states(store, DONGLI, now) == ["not_reported", "not_reported", "not_due"]


def test_a_ledger_is_late_from_the_day_after_it_is_due(store: Store) -> None:
    assert states(store, HESHUN, datetime(2018, 4, 10, 23))[2] == "not_due"
    assert states(store, HESHUN, datetime(2018, 4, 11))[2] == "not_reported"


@pytest.mark.parametrize(
    ("amounts", "state"),
    [
        ([("光伏", 0), ("门面", "无")], "reported_zero"),
        ([("光伏", 0), ("门面", "0.01")], "reported"),
        ([("光伏", 0), ("门面", "", 5)], "reported"),
        ([("光伏", 5), ("门面", -5)], "reported"),
        ([("光伏", 0), ("门面", "—")], "reported_zero"),
        ([("光伏", "—"), ("门面", "/")], "not_reported"),
    ],
)
def test_zero_is_a_report_and_a_dash_is_none(
    store: Store, amounts: list[tuple], state: str
) -> None:
    give(store, *((HESHUN, "2018-01", *amount) for amount in amounts))
    assert states(store, HESHUN)[0] == state


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        (["2018年一季度"], ["reported"] * 3),
        (["2018年全年"], ["reported"] * 3),
        (["2018年2-3月"], ["not_reported", "reported", "reported"]),
        (["2017年全年", "2018年二季度"], ["not_reported"] * 3),
    ],
)
def test_a_wider_period_reports_its_months(
    store: Store, periods: list[str], expected: list[str]
) -> None:
    give(store, *((HESHUN, period, "光伏", 1) for period in periods))
    assert states(store, HESHUN) == expected


def test_a_correction_under_review_does_not_unreport_a_month(store: Store) -> None:
    give(store, (HESHUN, "2018-01", "光伏", 1))
    later = give(store, (HESHUN, "2018-01", "光伏", 2), is_accepted=False)
    assert states(store, HESHUN)[0] == "reported"
    send_back(store, later, NOW)
    assert states(store, HESHUN)[0] == "returned"


def test_a_returned_file_is_settled_once_its_units_come_again(store: Store) -> None:
    give(store, (HESHUN, "2018-01", "光伏", 1), at=NOW - 9 * DAY)
    back = give(
        store,
        (HESHUN, "2018-01", "光伏", 2),
        (HESHUN, "2018-01", "门面", 2),
        (HESHUN, "2018-02", "光伏", 2),
        at=NOW - 8 * DAY,
        is_accepted=False,
    )
    send_back(store, back, NOW - 7 * DAY)
    assert states(store, HESHUN) == ["returned", "returned", "not_reported"]
    give(store, (HESHUN, "2018-02", "光伏", 3), at=NOW - 6 * DAY, is_accepted=False)
    give(store, (HESHUN, "2018-01", "光伏", 3), at=NOW - 6 * DAY)
    assert states(store, HESHUN) == ["returned", "in_review", "not_reported"]
    give(store, (HESHUN, "2018-01", "门面", 3), at=NOW - 5 * DAY)
    assert states(store, HESHUN) == ["reported", "in_review", "not_reported"]


def test_a_file_that_came_before_the_returned_one_settles_nothing(
    store: Store,
) -> None:
    give(store, (HESHUN, "2018-01", "光伏", 1))
    back = give(store, (HESHUN, "2018-01", "光伏", 2), is_accepted=False)
    once_more = give(store, (HESHUN, "2018-01", "光伏", 3), is_accepted=False)
    send_back(store, back, NOW)
    assert states(store, HESHUN)[0] == "reported"
    send_back(store, once_more, NOW)
    assert states(store, HESHUN)[0] == "returned"


def test_the_past_was_as_it_was_then(store: Store) -> None:
    sent, decided = NOW - 3 * DAY, NOW - 1 * DAY
    taken = give(store, (HESHUN, "2018-01", "光伏", 1), at=sent, is_accepted=False)
    back = give(store, (LIUQUAN, "2018-01", "光伏", 1), at=sent, is_accepted=False)
    accept(store, taken, BY, decided)
    send_back(store, back, decided)
    for known_at, expected in [
        (sent - DAY, ("not_reported", "not_reported")),
        (sent, ("in_review", "in_review")),
        (decided - timedelta(seconds=1), ("in_review", "in_review")),
        (decided, ("reported", "returned")),
        (NOW, ("reported", "returned")),
    ]:
        found = tuple(states(store, c, known_at)[0] for c in (HESHUN, LIUQUAN))
        assert found == expected, known_at


def test_only_months_that_ended_by_the_day_are_owed(store: Store) -> None:
    assert len(states(store, HESHUN, as_of=date(2018, 3, 30))) == 2
    assert len(states(store, HESHUN, as_of=date(2018, 3, 31))) == 3
    assert states(store, HESHUN, as_of=date(2018, 1, 30)) == []
    assert len(states(store, HESHUN, as_of=end_of(12))) == 12


def test_the_worst_state_shows_and_the_first_month_that_lacks(store: Store) -> None:
    full = [(HESHUN, month, "光伏", 1) for month in months(1, 3)]
    give(store, *full)
    row = standing(store, HESHUN)
    assert (row["worst_state"], row["due_count"], row["reported_count"]) == (
        "reported",
        3,
        3,
    )
    assert pd.isna(row["first_missing_date"])
    give(store, (LIUQUAN, "2018-01", "光伏", 1), (LIUQUAN, "2018-03", "光伏", 0))
    give(store, (LIUQUAN, "2018-02", "光伏", 1), is_accepted=False)
    row = standing(store, LIUQUAN)
    assert (row["worst_state"], row["reported_count"]) == ("in_review", 2)
    assert pd.isna(row["first_missing_date"])
    give(store, *((DONGLI, month, "光伏", 0) for month in months(1, 3)))
    assert standing(store, DONGLI)["worst_state"] == "reported_zero"
    back = give(store, (SHANGPO, "2018-03", "光伏", 1), is_accepted=False)
    assert standing(store, SHANGPO)["worst_state"] == "not_reported"
    assert standing(store, SHANGPO)["first_missing_date"] == date(2018, 1, 1)
    send_back(store, back, NOW)
    assert standing(store, SHANGPO)["worst_state"] == "returned"


def test_a_month_that_is_not_due_yet_hides_no_report(store: Store) -> None:
    now = datetime(2018, 4, 5)
    give(store, *((HESHUN, m, "光伏", 1) for m in months(1, 2)), at=now)
    row = standing(store, HESHUN, now)
    assert (row["worst_state"], row["due_count"], row["reported_count"]) == (
        "reported",
        2,
        2,
    )
    give(store, (HESHUN, "2018-03", "光伏", 1), at=now)
    assert standing(store, HESHUN, now)["due_count"] == 3


def test_who_owes_nothing_is_not_due(store: Store) -> None:
    found = villages(store, date(2013, 6, 30))
    assert set(found["worst_state"]) == {"not_due"}
    assert found["due_count"].sum() == found["reported_count"].sum() == 0
    january = villages(store, date(2018, 1, 15))
    assert set(january["worst_state"]) == {"not_due"}


def test_a_paper_that_the_township_passed_on_is_in_review(store: Store) -> None:
    sent = give(store, (HESHUN, "2018-01", "光伏", 1), is_accepted=False)
    settle(store, sent, "reviewed")
    assert states(store, HESHUN)[0] == "in_review"
    settle(store, sent, "withdrawn")
    assert states(store, HESHUN)[0] == "not_reported"


def test_a_reopened_paper_keeps_its_figures_and_an_annulled_one_is_nothing(
    store: Store,
) -> None:
    taken = give(store, (HESHUN, "2018-01", "光伏", 1))
    settle(store, taken, "reopened")
    assert states(store, HESHUN)[0] == "reported"
    annul(store, taken, "重复", BY, NOW)
    assert states(store, HESHUN)[0] == "not_reported"


@pytest.mark.parametrize("state", ["reviewed", "reopened"])
def test_a_returned_file_stays_settled_whatever_becomes_of_the_new_one(
    store: Store, state: str
) -> None:
    line = (HESHUN, "2018-01", "光伏", 1)
    back = give(store, line, at=NOW - 2 * DAY, is_accepted=False)
    send_back(store, back, NOW - DAY)
    again = give(store, line, is_accepted=state == "reopened")
    settle(store, again, state)
    expected = "in_review" if state == "reviewed" else "reported"
    assert states(store, HESHUN)[0] == expected
    if state == "reopened":
        give(store, (HESHUN, "2018-01", "光伏", 3))
        assert states(store, HESHUN)[0] == "reported"


def due_days(
    store: Store, *codes: str, statement: str = "ledger", known_at: datetime = NOW
) -> list[date]:
    """Return the day by which a paper of the period up to March is due."""
    found = [
        question(
            "village/owed",
            store,
            viewer_of("410581"),
            moment(store, QUARTER, known_at),
            village_code=code,
            statements=[statement],
        )["due_date"].iloc[-1]
        for code in codes
    ]
    return [day if isinstance(day, date) else day.date() for day in found]


def test_the_smallest_place_around_a_village_decides_when_it_is_due(
    store: Store,
) -> None:
    window(store, "410581", date(2018, 4, 12))
    window(store, TOWNSHIP, date(2018, 4, 15))
    window(store, LIUQUAN, date(2018, 4, 20))
    found = due_days(store, HESHUN, LIUQUAN, "410581001001")
    assert found == [date(2018, 4, day) for day in (15, 20, 12)]


def test_the_latest_decision_holds_and_one_without_a_day_takes_it_back(
    store: Store,
) -> None:
    window(store, TOWNSHIP, date(2018, 4, 15))
    window(store, TOWNSHIP, date(2018, 4, 18))
    assert due_days(store, HESHUN) == [date(2018, 4, 18)]
    window(store, "410581", date(2018, 4, 13))
    window(store, TOWNSHIP, None)
    assert due_days(store, HESHUN) == [date(2018, 4, 13)]
    window(store, "410581", None, is_locked=True)
    assert due_days(store, HESHUN) == [date(2018, 4, 10)]


def test_what_is_decided_later_or_of_another_month_is_not_known(store: Store) -> None:
    window(store, "410581", date(2018, 4, 12), at=NOW)
    window(store, "410581", date(2018, 5, 30), period_end=end_of(4))
    assert due_days(store, HESHUN) == [date(2018, 4, 12)]
    before = NOW - timedelta(seconds=1)
    assert due_days(store, HESHUN, known_at=before) == [date(2018, 4, 10)]


def test_an_extension_moves_the_day_from_which_a_ledger_is_late(store: Store) -> None:
    window(store, HESHUN, date(2018, 4, 20))
    assert states(store, HESHUN, datetime(2018, 4, 20, 23))[2] == "not_due"
    assert states(store, LIUQUAN, datetime(2018, 4, 20, 23))[2] == "not_reported"
    assert states(store, HESHUN, datetime(2018, 4, 21))[2] == "not_reported"


@pytest.mark.parametrize(("day", "expected"), [(5, 15), (12, 15), (25, 25)])
def test_a_paper_that_is_due_later_than_the_ledger_keeps_its_day(
    store: Store, day: int, expected: int
) -> None:
    energy = {
        "village_code": HESHUN,
        "statement": "energy",
        "project_id": "–",
        "cadence": "month",
        "due_days": 15,
        "owed_from_date": date(2018, 1, 1),
        "owed_to_date": date(9999, 12, 31),
    }
    tell(store, expected=[energy])
    window(store, "410581", date(2018, 4, day))
    assert due_days(store, HESHUN, statement="energy") == [date(2018, 4, expected)]
    assert due_days(store, HESHUN) == [date(2018, 4, day)]
