"""Which submissions tell of a village, and what may be read of them?"""

from datetime import date, datetime

import pytest

from store import Store
from tests.making import ledger, load
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    TOWNSHIP,
    end_of,
    moment,
    question,
    settle,
    viewer_of,
)

AT = datetime(2018, 7, 3, 9)


def told(store: Store, *codes: str) -> list[tuple[str, str, str]]:
    when = moment(store, end_of(6), datetime(2019, 1, 1))
    found = question(
        "review/told", store, viewer_of(*codes), when, nobody_sends=["registry"]
    )
    return [
        (row.state, f"{row.first_date} {row.last_date}", row.reason)
        for row in found.itertuples()
        if row.statement == "ledger"
    ]


@pytest.fixture
def returned(store: Store) -> Store:
    """June of 河顺 and 柳泉, returned with a reason."""
    number = load(
        store, ledger([["河顺", 1, 2, 3], ["柳泉", 4, 5, 6]]), AT, is_accepted=False
    )
    settle(store, number, "returned", AT)
    return store


@pytest.mark.parametrize(
    ("code", "reason"), [(TOWNSHIP, "数不对"), (HESHUN, ""), (LIUQUAN, "")]
)
def test_a_reason_is_told_within_the_papers_place(
    returned: Store, code: str, reason: str
) -> None:
    june = f"{date(2018, 6, 1)} {end_of(6)}"
    assert told(returned, code) == [("returned", june, reason)]


def test_a_paper_of_others_is_not_told(returned: Store) -> None:
    assert told(returned, DONGLI) == []
    assert told(returned) == []


@pytest.mark.parametrize(
    ("scope", "village", "count", "has_detail"),
    [
        (TOWNSHIP, HESHUN, 2, True),
        (HESHUN, HESHUN, 2, False),
        (HESHUN, LIUQUAN, 0, False),
        (TOWNSHIP, DONGLI, 0, False),
    ],
)
def test_the_history_of_a_village(
    returned: Store, scope: str, village: str, count: int, has_detail: bool
) -> None:
    when = moment(returned, end_of(6))
    acts = question(
        "review/history", returned, viewer_of(scope), when, village_code=village
    )
    assert len(acts) == count
    assert any("数不对" in detail for detail in acts["told"]) == has_detail


def test_the_ledger_month_by_month(returned: Store) -> None:
    when = moment(returned, end_of(6), datetime(2018, 7, 4))
    found = question("reporting/ledger_months", returned, viewer_of(HESHUN), when)
    assert list(found["state"]) == ["not_reported"] * 5 + ["returned"]
    assert set(found["village_code"]) == {HESHUN}
