"""What is open, by age, when what came goes against the oldest months first?"""

from datetime import date
from decimal import Decimal
from typing import Any

from base.month import add_months
from store import Store
from tests.queries.asking import (
    DONGLI,
    LIUQUAN,
    TOWNSHIP,
    end_of,
    moment,
    question,
    row,
    tell,
    viewer_of,
)
from tests.queries.solar.plants import JULY, energy, settled

AGES = ("under_3_yuan", "from_3_yuan", "from_6_yuan", "from_12_yuan")


def arrears(store: Store, as_of: date, place: str = TOWNSHIP) -> dict[str, Any]:
    """Ask what is open of 柳泉, by part."""
    found = question("solar/arrears", store, viewer_of(place), moment(store, as_of))
    own = found[found["village_code"] == LIUQUAN]
    return {str(one["part"]): one for one in own.to_dict("records")}


def ages(found: dict[str, Any], part: str = "subsidy") -> list[Decimal]:
    return [found[part][age] for age in AGES]


def of_months(first: date, *money: tuple[Any, Any]) -> list[dict[str, Any]]:
    """Return the subsidy of months in a row: due and received."""
    return [
        settled(LIUQUAN, add_months(first, n), "subsidy", due, received)
        for n, (due, received) in enumerate(money)
    ]


def test_what_came_goes_against_the_oldest_months(store: Store) -> None:
    # due 100 a month from January; 150 came in May: January, and half of February
    paid = [(100, 0)] * 4 + [(100, 150)]
    tell(store, *of_months(date(2018, 1, 1), *paid))
    found = arrears(store, end_of(5))
    assert (found["subsidy"]["due_yuan"], found["subsidy"]["open_yuan"]) == (500, 350)
    # February and half is three months old in May; March, April and May are younger
    assert ages(found) == [300, 50, 0, 0]


def test_ages_are_whole_months_at_their_bounds(store: Store) -> None:
    tell(store, *of_months(date(2017, 6, 1), *[(1, 0)] * 13))
    # from June 2018 back: 3 months under 3, 3 of 3 to 5, 6 of 6 to 11, one of 12
    assert ages(arrears(store, end_of(6))) == [3, 3, 6, 1]


def test_more_than_was_due_leaves_nothing_open(store: Store) -> None:
    tell(store, *of_months(JULY, (100, 130), ("0.05", 0)))
    found = arrears(store, end_of(8))
    assert found["subsidy"]["open_yuan"] == 0


def test_electricity_and_subsidy_stand_apart(store: Store) -> None:
    tell(
        store,
        settled(LIUQUAN, JULY, "electricity", "80.10", "80.10"),
        settled(LIUQUAN, JULY, "subsidy", "99.99", 0),
    )
    found = arrears(store, end_of(7))
    assert found["electricity"]["open_yuan"] == 0
    assert found["subsidy"]["open_yuan"] == Decimal("99.99")


def test_where_nobody_said_what_came_it_is_unknown(store: Store) -> None:
    tell(store, *of_months(JULY, (100, None), (100, None)))
    found = arrears(store, end_of(8))["subsidy"]
    assert found["open_yuan"] is None
    assert found["unstated_count"] == 2


def test_a_month_that_is_not_stated_is_counted(store: Store) -> None:
    tell(store, *of_months(JULY, (100, 40), (100, None)))
    found = arrears(store, end_of(8))["subsidy"]
    assert (found["open_yuan"], found["unstated_count"]) == (160, 1)


def test_what_another_paper_tells_better_counts_once(store: Store) -> None:
    """The platform's price and the ledger's income give way to the settlement."""
    tell(store, energy(LIUQUAN, JULY, 1000, amount_due_yuan=Decimal(850)))
    tell(store, row(LIUQUAN, JULY, end_of(7), received=300))
    before = arrears(store, end_of(7))
    assert before["unsplit"]["open_yuan"] == 550
    tell(
        store,
        settled(LIUQUAN, JULY, "electricity", 378, 378),
        settled(LIUQUAN, JULY, "subsidy", 472, 0),
    )
    after = arrears(store, end_of(7))
    assert set(after) == {"electricity", "subsidy"}
    assert after["subsidy"]["open_yuan"] == 472


def test_nobody_sees_what_others_are_owed(store: Store) -> None:
    tell(store, *of_months(JULY, (100, 40)))
    assert set(arrears(store, end_of(7), LIUQUAN)) == {"subsidy"}
    assert arrears(store, end_of(7), DONGLI) == {}
