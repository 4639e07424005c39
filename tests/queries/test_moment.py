"""As of which day, and as known when?"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from base.clock import FixedClock
from queries import moment_now, version_at
from store import Store
from tests.making import NOW
from tests.queries.asking import (
    BEGINNING,
    HESHUN,
    LIUQUAN,
    counts,
    end_of,
    give,
    progress,
    viewer_of,
    villages,
)
from tests.queries.conftest import Make

FIRST, SECOND = datetime(2018, 11, 1, 10, 30), datetime(2018, 11, 9, 8)
CITY = viewer_of("410581")


@pytest.fixture(scope="module")
def corrected(
    new_store: Make, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """A village's October that was 60,000 yuan and then corrected to 6,000."""
    store = new_store(tmp_path_factory.mktemp("corrected"))
    give(store, (HESHUN, "2018-10", "光伏", 60_000), at=FIRST)
    give(store, (HESHUN, "2018-10", "光伏", 6_000), at=SECOND)
    yield store
    store.close()


def test_a_number_is_in_force_from_the_second_it_is_published(
    corrected: Store,
) -> None:
    second = timedelta(seconds=1)
    numbers = [
        version_at(corrected, CITY, at)
        for at in (BEGINNING - second, FIRST - second, FIRST, SECOND - second, SECOND)
    ]
    registry = numbers[1]
    assert numbers == [0, registry, registry + 1, registry + 1, registry + 2]


def test_the_past_is_the_same_query_with_an_older_number(corrected: Store) -> None:
    now, then = progress(corrected, end_of(10)), progress(corrected, end_of(10), FIRST)
    assert (counts(now), counts(then)) == ((41, 41, 0), (41, 40, 1))
    assert villages(corrected, end_of(10)).loc[HESHUN, "amount_yuan"] == 6_000
    then_standing = villages(corrected, end_of(10), FIRST).loc[HESHUN, "standing"]
    assert then_standing == "cleared"
    before = villages(corrected, end_of(10), FIRST - timedelta(1)).loc[HESHUN]
    assert (before["reason"], before["worst_state"]) == ("no_figure", "not_reported")


def test_before_there_was_anything_there_is_nothing(corrected: Store) -> None:
    found = progress(corrected, end_of(10), BEGINNING - timedelta(1))
    assert counts(found) == (0, 0, 0)
    assert found.pace.state == "keep"


def test_now_is_the_clock_and_the_number_in_force(corrected: Store) -> None:
    now = moment_now(corrected, CITY, FixedClock(NOW), date(2018, 6, 15))
    assert (now.as_of, now.known_at) == (date(2018, 6, 15), NOW)
    assert now.today == date(2018, 11, 16)
    assert now.version_no == version_at(corrected, CITY, NOW)


def test_what_moves_no_figure_still_moves_the_caches(store: Store) -> None:
    clock = FixedClock(NOW)
    first = moment_now(store, CITY, clock)
    give(store, (LIUQUAN, "2018-10", "光伏", 1), is_accepted=False)
    second = moment_now(store, CITY, clock)
    assert second.version_no == first.version_no
    assert second.activity_no > first.activity_no


def test_without_enough_ledgers_it_is_the_end_of_last_month(corrected: Store) -> None:
    for now, day in [
        (NOW, date(2018, 10, 31)),
        (datetime(2019, 1, 1), date(2018, 12, 31)),
    ]:
        assert moment_now(corrected, CITY, FixedClock(now)).as_of == day
