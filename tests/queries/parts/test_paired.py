"""Are only months compared that both sides state, and is the unknown never zero?"""

import pytest

from store import Store
from tests.queries.asking import HESHUN, LIUQUAN, end_of, give, months, row, tell
from tests.queries.sources.asking import asked, known

GROWTH = ("now_yuan", "before_yuan", "only_now_yuan", "only_before_yuan")
OPEN = ("due_yuan", "paid_yuan", "open_yuan", "only_due_yuan")


def compared(store: Store, month: int = 6) -> list[int | None]:
    found = asked(store, "by_source", end_of(month)).set_index("source_id")
    return known(found.loc["solar"], *GROWTH)


def year_of(store: Store, said: dict[str, object]) -> None:
    """Give amounts of 河顺's solar plant by period."""
    for period, amount in said.items():
        give(store, (HESHUN, period, "光伏", amount))


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        # the third month is of this year alone
        ({"2017-01": 50, "2017-02": 60}, [70, 80, 90], [150, 110, 90, None]),
        # a month that nobody states is not zero; one of zero is
        ({"2017-01": "", "2017-02": "无"}, [70, 80], [80, 0, 70, None]),
        ({"2017-02": 40}, [70], [None, None, 70, 40]),
        # a half year holds its months together, and all of them must be there
        ({"2017年上半年": 600}, [10] * 6, [60, 600, None, None]),
        ({"2017年上半年": 600}, [10] * 5, [None, None, 50, 600]),
    ],
)
def test_growth_is_of_the_same_months(
    store: Store, before: dict, now: list[int], expected: list[int | None]
) -> None:
    year_of(store, before)
    year_of(store, dict(zip(months(1, len(now)), now, strict=True)))
    assert compared(store) == expected


def test_months_after_the_day_count_in_neither_year(store: Store) -> None:
    year_of(store, {"2017-01": 1, "2017-02": 10, "2018-01": 2, "2018-02": 20})
    assert compared(store, 1) == [2, 1, None, None]
    assert compared(store, 2) == [22, 11, None, None]


def test_a_longer_period_stands_beside_single_months(store: Store) -> None:
    """A quarter in the middle binds its months and no others."""
    first, last = end_of(2).replace(day=1), end_of(4)
    tell(store, row(HESHUN, first, last, received=300))
    year_of(store, {"2018-01": 1, "2018-05": 5})
    year_of(store, dict(zip(months(1, 5, 2017), [10] * 5, strict=True)))
    assert compared(store) == [306, 50, None, None]


def test_villages_are_compared_one_by_one(store: Store) -> None:
    give(store, (HESHUN, "2017-01", "光伏", 5), (LIUQUAN, "2018-01", "光伏", 7))
    assert compared(store) == [None, None, 7, 5]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # due and received of one month
        ([("2018-01", 70, 100)], [100, 70, 30, None]),
        # what is due alone is told apart: nobody said that nothing came
        ([("2018-01", 70, 100), ("2018-02", "", 40)], [100, 70, 30, 40]),
        ([("2018-01", 70, "")], [None, None, None, None]),
        # more came than was due
        ([("2018-01", 120, 100)], [100, 120, -20, None]),
    ],
)
def test_what_is_open_is_of_the_same_months(
    store: Store, lines: list[tuple], expected: list[int | None]
) -> None:
    for period, received, due in lines:
        give(store, (HESHUN, period, "光伏", received, due))
    found = asked(store, "by_source", end_of(6)).set_index("source_id")
    assert known(found.loc["solar"], *OPEN) == expected


def test_a_paper_that_states_a_part_makes_its_sum_unknown(store: Store) -> None:
    first = end_of(1).replace(day=1)
    said = {"source_id": "inventory", "statement": "inventory"}
    tell(
        store,
        row(HESHUN, first, end_of(6), due=100, received=40, item_id="arrears", **said),
        row(HESHUN, first, end_of(6), due=50, item_id="relet", **said),
    )
    found = asked(store, "by_source", end_of(6)).set_index("source_id")
    assert known(found.loc["inventory"], *OPEN) == [None, None, None, 150]
