"""How far has each village and each township reported, in time and at all?"""

from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

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
    viewer_of,
    window,
)

LEDGER = ["ledger"]
# The last second of the day on which the ledgers of March are due, and the next.
IN_TIME = datetime(2018, 4, 10, 23, 59, 59)
LATE = IN_TIME + timedelta(seconds=1)
STATES = ["not_due", "not_reported", "in_review", "reported_zero", "reported"]
STATES += ["returned"]


def ask(
    store: Store,
    name: str,
    month: int | None = 3,
    known_at: datetime = NOW,
    codes: tuple[str, ...] = ("410581",),
    **params: Any,
) -> pd.DataFrame:
    """Ask of the ledgers of the first quarter, or of one month of it."""
    return question(
        f"reporting/{name}",
        store,
        viewer_of(*codes),
        moment(store, end_of(3), known_at),
        **{
            "period_end": None if month is None else end_of(month),
            "statements": LEDGER,
            **params,
        },
    )


def village(store: Store, code: str, **how: Any) -> pd.Series:
    return ask(store, "by_village", **how).set_index("village_code").loc[code]


def told(row: pd.Series) -> tuple[int, int, int]:
    """Return how many are due, filled and on time."""
    return row["due_count"], row["filled_count"], row["on_time_count"]


def test_the_six_states_of_one_month(store: Store) -> None:
    give(store, (HESHUN, "2018-03", "光伏", 1), at=IN_TIME)
    give(store, (LIUQUAN, "2018-03", "光伏", 0), at=IN_TIME)
    give(store, (DONGLI, "2018-03", "光伏", 1), at=IN_TIME, is_accepted=False)
    back = give(store, (SHANGPO, "2018-03", "光伏", 1), at=IN_TIME, is_accepted=False)
    send_back(store, back, LATE)
    window(store, "410581105204", date(2018, 12, 1))
    found = ask(store, "by_village").set_index("village_code")
    states = [found.loc[f"41058110520{n}", "worst_state"] for n in range(6)]
    assert states == ["reported", "reported_zero", "in_review", "returned"] + [
        "not_due",
        "not_reported",
    ]
    assert (found[STATES].sum(axis=1) == found["owed_count"]).all()
    assert all(
        found.loc[f"41058110520{n}", state] == 1 for n, state in enumerate(states)
    )
    due = [told(found.loc[f"41058110520{n}"]) for n in range(6)]
    assert due == [(1, 1, 1)] * 3 + [(1, 0, 0), (0, 0, 0), (1, 0, 0)]
    assert found.loc[SHANGPO, "missing_statements"] == "ledger"
    assert pd.isna(found.loc[HESHUN, "missing_statements"])


def test_the_year_counts_all_of_its_months(store: Store) -> None:
    give(store, *((HESHUN, m, "光伏", 0) for m in months(1, 2)), at=IN_TIME)
    row = village(store, HESHUN, month=None)
    assert list(row[STATES]) == [0, 1, 0, 2, 0, 0]
    assert told(row) == (3, 2, 0)
    assert row["first_missing_date"] == date(2018, 3, 1)
    assert row["last_sent_at"] == IN_TIME
    assert told(village(store, HESHUN, month=1)) == (1, 1, 0)


@pytest.mark.parametrize(("at", "count"), [(IN_TIME, 1), (LATE, 0)])
def test_a_report_is_on_time_to_the_end_of_its_day(
    store: Store, at: datetime, count: int
) -> None:
    give(store, (HESHUN, "2018-03", "光伏", 1), at=at)
    assert told(village(store, HESHUN)) == (1, 1, count)


def test_an_extension_makes_a_late_report_punctual(store: Store) -> None:
    for code in (HESHUN, LIUQUAN):
        give(store, (code, "2018-03", "光伏", 1), at=LATE)
    window(store, HESHUN, date(2018, 4, 11))
    assert village(store, HESHUN)["on_time_count"] == 1
    assert village(store, HESHUN)["last_due_date"] == date(2018, 4, 11)
    assert village(store, LIUQUAN)["on_time_count"] == 0


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("reviewed", (1, 1, 1)),
        ("returned", (1, 1, 0)),
        ("withdrawn", (1, 1, 0)),
        ("reopened", (1, 1, 1)),
    ],
)
def test_what_no_longer_stands_was_not_sent(
    store: Store, state: str, expected: tuple[int, int, int]
) -> None:
    line = (HESHUN, "2018-03", "光伏", 1)
    first = give(store, line, at=IN_TIME, is_accepted=state == "reopened")
    settle(store, first, state, LATE)
    give(store, (HESHUN, "2018-03", "光伏", 2), at=LATE + timedelta(1))
    row = village(store, HESHUN)
    assert told(row) == expected
    assert row["last_sent_at"] == LATE + timedelta(1)


def test_what_was_replaced_stood_and_what_was_annulled_did_not(store: Store) -> None:
    first = give(store, (HESHUN, "2018-03", "光伏", 1), at=IN_TIME)
    settle(store, first, "reopened", LATE)
    give(store, (HESHUN, "2018-03", "光伏", 2), at=LATE)
    replaced = "select state from ops.submission where submission_no = $no"
    assert store.value(replaced, {"no": first}) == "replaced"
    assert told(village(store, HESHUN)) == (1, 1, 1)
    annul(store, first, "重复", BY, NOW)
    assert told(village(store, HESHUN)) == (1, 1, 0)


def test_the_past_is_told_as_it_was_then(store: Store) -> None:
    back = give(store, (HESHUN, "2018-03", "光伏", 1), at=IN_TIME, is_accepted=False)
    send_back(store, back, NOW)
    assert told(village(store, HESHUN)) == (1, 0, 0)
    assert told(village(store, HESHUN, known_at=LATE)) == (1, 1, 1)
    assert told(village(store, HESHUN, known_at=IN_TIME - timedelta(1))) == (0, 0, 0)


def test_a_township_sums_its_villages_and_bears_its_flags(store: Store) -> None:
    give(store, (HESHUN, "2018-03", "光伏", 1), at=IN_TIME)
    give(store, (LIUQUAN, "2018-03", "光伏", 1), at=LATE)
    window(store, "410581", None, is_locked=True)
    window(store, TOWNSHIP, date(2018, 4, 10))
    window(store, DONGLI, date(2018, 4, 9), period_end=end_of(2))
    found = ask(store, "by_township").set_index("township_code")
    assert len(found) == 20
    row = found.loc[TOWNSHIP]
    assert told(row) == (41, 2, 1)
    assert (row["missing_villages"], row["not_reported"]) == (39, 39)
    assert (row["locked_count"], row["extension_count"]) == (1, 1)
    other = found.loc["410581001"]
    assert (other["locked_count"], other["extension_count"]) == (1, 0)
    year = ask(store, "by_township", month=None).set_index("township_code")
    assert year.loc[TOWNSHIP, "extension_count"] == 2
    before = ask(store, "by_township", known_at=datetime(2015, 12, 31))
    assert before["locked_count"].sum() == 0


def test_totals_are_those_of_the_township(store: Store) -> None:
    give(store, (HESHUN, "2018-03", "光伏", 1), at=IN_TIME)
    give(store, (DONGLI, "2018-03", "光伏", 1), at=IN_TIME, is_accepted=False)
    totals = ask(store, "township_totals", codes=(LIUQUAN,), place_code=TOWNSHIP)
    own = ask(store, "by_township").set_index("township_code").loc[TOWNSHIP]
    total = totals.iloc[0]
    assert total["place_code"] == TOWNSHIP
    shared = sorted(set(totals.columns) - {"place_code"})
    assert "on_time_count" in shared
    assert list(total[shared]) == list(own[shared])


def test_what_is_missing_says_why_it_was_returned(store: Store) -> None:
    give(store, (HESHUN, "2018-03", "光伏", 1))
    back = give(store, (LIUQUAN, "2018-03", "光伏", 1), is_accepted=False)
    settle(store, back, "returned")
    window(store, DONGLI, date(2018, 12, 1))
    found = ask(store, "missing", codes=(HESHUN, LIUQUAN, DONGLI, SHANGPO))
    told_of = found[["village_code", "state", "return_reason", "due_date"]]
    assert [tuple(row) for row in told_of.fillna("").itertuples(index=False)] == [
        (LIUQUAN, "returned", "数不对", date(2018, 4, 10)),
        (DONGLI, "not_due", "", date(2018, 12, 1)),
        (SHANGPO, "not_reported", "", date(2018, 4, 10)),
    ]
