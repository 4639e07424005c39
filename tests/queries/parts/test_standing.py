"""Where does each village stand: remaining, cleared, or met last year?"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from etl.registry import Registry, registry
from store import Store
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    SHANGPO,
    TOWNSHIP,
    counts,
    end_of,
    give,
    progress,
    publish_registry,
    viewer_of,
    villages,
)
from tests.queries.conftest import Make

FOUR = viewer_of(HESHUN, LIUQUAN, DONGLI, SHANGPO)
CLOSE = datetime(2018, 1, 31, 23, 59, 59)
LATE = datetime(2019, 1, 20)


@pytest.fixture(scope="module")
def town(new_store: Make, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Four villages over a year, whose list was closed in January 2018.

    河顺 was over the line and falls under it; 柳泉 was under it and reaches it in July;
    东里 had no figure and gets subsidies alone; 上坡 was at the line and is again.
    """
    store = new_store(tmp_path_factory.mktemp("town"))
    give(
        store,
        (HESHUN, "2017年全年", "光伏", 60_000),
        (LIUQUAN, "2017年全年", "光伏", "49999.99"),
        (SHANGPO, "2017年全年", "光伏", 50_000),
        at=datetime(2018, 1, 20),
    )
    give(
        store,
        (HESHUN, "2018-01", "光伏", 1_000),
        (LIUQUAN, "2018-06", "光伏", "49999.99"),
        (LIUQUAN, "2018-07", "光伏", "0.01"),
        (DONGLI, "2018-02", "补助", 80_000),
        (SHANGPO, "2018-03", "光伏", 50_000),
        at=datetime(2018, 8, 5),
    )
    yield store
    store.close()


@pytest.mark.parametrize(
    ("month", "standings", "expected"),
    [
        (1, "met remaining remaining met", (2, 2, 0)),
        (6, "met remaining remaining met", (2, 2, 0)),
        (7, "met cleared remaining met", (2, 1, 1)),
        (11, "met cleared remaining met", (2, 1, 1)),
        (12, "remaining cleared remaining met", (3, 2, 1)),
    ],
)
def test_a_year_of_four_villages(
    town: Store, month: int, standings: str, expected: tuple[int, int, int]
) -> None:
    found = villages(town, end_of(month), LATE, FOUR)
    words = [
        found.loc[code, "standing"].removesuffix("_last_year")
        for code in (HESHUN, LIUQUAN, DONGLI, SHANGPO)
    ]
    assert words == standings.split()
    whole = progress(town, end_of(month), LATE, FOUR)
    assert counts(whole) == expected
    assert whole.villages == whole.remaining + whole.cleared


def test_the_path_is_that_of_each_day(town: Store) -> None:
    path = progress(town, end_of(12), LATE, FOUR).path
    assert list(path["as_of_date"]) == [end_of(month) for month in range(1, 13)]
    assert list(path["remaining"]) == [2] * 6 + [1] * 5 + [2]
    assert list(path["cleared"]) == [0] * 6 + [1] * 6
    assert list(path["villages"]) == [2] * 11 + [3]


@pytest.mark.parametrize(
    ("at", "standing"),
    [(CLOSE, "remaining"), (CLOSE + timedelta(seconds=1), "met_last_year")],
)
def test_the_list_is_read_at_the_number_of_the_close(
    store: Store, at: datetime, standing: str
) -> None:
    """What is corrected by the last second of January moves the list."""
    give(store, (HESHUN, "2017年全年", "光伏", 60_000), at=datetime(2018, 1, 5))
    give(store, (HESHUN, "2017年全年", "光伏", 10_000), at=at)
    found = villages(store, end_of(6), LATE, FOUR)
    assert found.loc[HESHUN, "standing"] == standing
    restated = villages(store, end_of(12, 2017), LATE, FOUR)
    assert restated.loc[HESHUN, "amount_yuan"] == 10_000
    assert restated.loc[HESHUN, "standing"] == "remaining"


def test_before_the_close_the_list_is_what_was_known_by_then(store: Store) -> None:
    """The past stays as it was, also where the list was not closed yet."""
    then = datetime(2018, 1, 20)
    give(store, (HESHUN, "2017年全年", "光伏", 60_000), at=datetime(2018, 1, 5))
    give(store, (HESHUN, "2017年全年", "光伏", 10_000), at=datetime(2018, 1, 25))
    assert counts(progress(store, end_of(1), then, FOUR)) == (3, 3, 0)
    assert counts(progress(store, end_of(1), LATE, FOUR)) == (4, 4, 0)


def test_what_comes_in_after_the_close_clears_nobody_off_the_list(store: Store) -> None:
    give(store, (HESHUN, "2017年全年", "光伏", 60_000), at=CLOSE)
    give(store, (LIUQUAN, "2017年全年", "光伏", 60_000), at=datetime(2018, 2, 1))
    assert counts(progress(store, end_of(6), LATE, FOUR)) == (3, 3, 0)
    found = villages(store, end_of(6), LATE, FOUR)
    assert found.loc[LIUQUAN, "standing"] == "remaining"


def test_in_a_first_year_every_village_is_on_the_list(store: Store) -> None:
    give(store, (HESHUN, "2018-01", "光伏", 90_000), at=datetime(2018, 2, 8))
    assert counts(progress(store, end_of(1), LATE, FOUR)) == (4, 3, 1)
    assert counts(progress(store, end_of(12), LATE, FOUR)) == (4, 3, 1)
    assert counts(progress(store, end_of(1), LATE, viewer_of("410581")))[0] == 589


def test_a_system_filled_later_uses_what_is_known_now(store: Store) -> None:
    filled = datetime(2018, 10, 5)
    give(
        store,
        (HESHUN, "2017年全年", "光伏", 60_000),
        (LIUQUAN, "2017年全年", "光伏", 10_000),
        (LIUQUAN, "2018-06", "光伏", 70_000),
        at=filled,
    )
    assert counts(progress(store, end_of(9), filled, FOUR)) == (3, 2, 1)
    corrected = datetime(2018, 10, 20)
    give(store, (HESHUN, "2017年全年", "光伏", 10_000), at=corrected)
    assert counts(progress(store, end_of(9), corrected, FOUR)) == (4, 3, 1)
    assert counts(progress(store, end_of(9), filled, FOUR)) == (3, 2, 1)


def test_from_the_second_year_on_a_late_system_closes_its_list(store: Store) -> None:
    give(store, (HESHUN, "2018年全年", "光伏", 60_000), at=datetime(2019, 1, 5))
    give(store, (HESHUN, "2018年全年", "光伏", 1), at=datetime(2019, 2, 5))
    late = datetime(2019, 7, 1)
    found = villages(store, end_of(3, 2019), late, FOUR)
    assert found.loc[HESHUN, "standing"] == "met_last_year"
    assert counts(progress(store, end_of(3, 2019), late, FOUR)) == (3, 3, 0)


def test_a_village_that_is_new_this_year_is_on_the_list(store: Store) -> None:
    """The number of the close does not know it, so it had no figure."""
    everyone = registry().villages.values()
    without = [v for v in everyone if v.village_code != SHANGPO]
    publish_registry(store, Registry(without), datetime(2017, 1, 1))
    give(store, (HESHUN, "2017年全年", "光伏", 60_000), at=CLOSE)
    assert counts(progress(store, end_of(3), LATE, FOUR)) == (2, 2, 0)
    publish_registry(store, registry(), datetime(2018, 4, 1))
    found = villages(store, end_of(3), LATE, FOUR)
    assert found.loc[SHANGPO, "standing"] == "remaining"
    assert counts(progress(store, end_of(3), LATE, FOUR)) == (3, 3, 0)


def test_children_and_the_whole(town: Store) -> None:
    whole = progress(town, end_of(12), LATE, viewer_of(TOWNSHIP))
    assert counts(whole) == (40, 39, 1)
