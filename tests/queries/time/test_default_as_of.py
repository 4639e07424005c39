"""Which is the latest month whose ledgers were due and are half accepted?"""

from datetime import date, datetime

from base.clock import FixedClock
from etl.registry import Registry, Village, registry
from queries import moment_now, run, version_at
from store import Store
from tests.making import NOW
from tests.queries.asking import (
    TOWNSHIP,
    Line,
    end_of,
    give,
    publish_registry,
    viewer_of,
    window,
)

CITY = viewer_of("410581")
LATE = date(2018, 11, 16)


def lines(first: int, last: int, period: str) -> list[Line]:
    """Return a line for each of some villages of the registry, by their order."""
    codes = sorted(registry().villages)[first:last]
    return [(code, period, "光伏", 1) for code in codes]


def code_of(village: Village) -> str:
    return village.village_code


def default_day(store: Store, today: date = LATE, version_no: int = 99) -> date | None:
    found = run("time/default_as_of", CITY, store, today=today, version_no=version_no)[
        "as_of_date"
    ].iloc[0]
    return found if isinstance(found, date) else None


def test_half_of_the_villages_are_enough_and_one_less_is_not(store: Store) -> None:
    assert len(registry().villages) == 589
    give(store, *lines(0, 294, "2018-06"))
    assert default_day(store) is None
    give(store, *lines(294, 295, "2018-06"))
    assert default_day(store) == end_of(6)


def test_exactly_half_is_enough(store: Store) -> None:
    four = Registry(sorted(registry().villages.values(), key=code_of)[:4])
    publish_registry(store, four, datetime(2017, 1, 1))
    give(store, *lines(0, 1, "2018-06"))
    assert default_day(store) is None
    give(store, *lines(1, 2, "2018-06"))
    assert default_day(store) == end_of(6)


def test_a_village_that_reports_twice_is_one(store: Store) -> None:
    twice = [(code, period, "门面", 2) for code, period, *_ in lines(0, 200, "2018-06")]
    give(store, *lines(0, 200, "2018-06"), *twice)
    assert default_day(store) is None


def test_the_due_day_must_have_passed(store: Store) -> None:
    give(store, *lines(0, 300, "2018-06"), *lines(0, 300, "2018-05"))
    assert default_day(store, date(2018, 7, 10)) == end_of(5)
    assert default_day(store, date(2018, 7, 11)) == end_of(6)
    assert default_day(store, date(2018, 6, 10)) is None


def test_later_months_with_few_ledgers_do_not_count(store: Store) -> None:
    give(store, *lines(0, 300, "2018-06"), *lines(0, 100, "2018-09"))
    assert default_day(store) == end_of(6)


def test_the_ledger_of_a_quarter_reports_its_months(store: Store) -> None:
    give(store, *lines(0, 200, "2018年二季度"), *lines(200, 295, "2018-06"))
    assert default_day(store) == end_of(6)
    give(store, *lines(0, 295, "2018年全年"))
    assert default_day(store) == end_of(6)


def test_what_is_not_accepted_or_known_yet_does_not_count(store: Store) -> None:
    give(store, *lines(0, 300, "2018-06"), is_accepted=False)
    assert default_day(store) is None
    give(store, *lines(0, 300, "2018-05"))
    first = version_at(store, CITY, NOW)
    assert default_day(store, version_no=first - 1) is None
    assert default_day(store, version_no=first) == end_of(5)


def test_the_default_day_is_the_same_for_all(store: Store) -> None:
    give(store, *lines(0, 300, "2018-06"))
    clock = FixedClock(datetime(2018, 11, 16, 9))
    for viewer in (CITY, viewer_of("410581105"), viewer_of()):
        assert moment_now(store, viewer, clock).as_of == end_of(6)
    assert moment_now(store, CITY, clock, end_of(2)).as_of == end_of(2)


def test_a_locked_month_is_closed_however_much_came(store: Store) -> None:
    window(store, "410581", None, is_locked=True, period_end=end_of(3))
    assert default_day(store) == end_of(3)
    give(store, *lines(0, 300, "2018-06"))
    # who locks months says by locking which one is shown
    assert default_day(store) == end_of(3)
    window(store, "410581", None, is_locked=True, period_end=end_of(5))
    assert default_day(store) == end_of(5)
    for month in (3, 5):
        window(store, "410581", None, period_end=end_of(month))
    assert default_day(store) == end_of(6)


def test_a_lock_counts_from_its_day_on_and_for_the_whole_alone(store: Store) -> None:
    window(store, TOWNSHIP, None, is_locked=True, period_end=end_of(3))
    assert default_day(store) is None
    at = datetime(2018, 10, 5, 9)
    window(store, "410581", None, is_locked=True, at=at, period_end=end_of(3))
    assert default_day(store, date(2018, 10, 4)) is None
    assert default_day(store, date(2018, 10, 5)) == end_of(3)


def test_the_due_day_that_was_decided_must_have_passed(store: Store) -> None:
    give(store, *lines(0, 300, "2018-06"))
    window(store, "410581", date(2018, 7, 20), period_end=end_of(6))
    window(store, TOWNSHIP, date(2018, 7, 30), period_end=end_of(6))
    assert default_day(store, date(2018, 7, 20)) is None
    assert default_day(store, date(2018, 7, 21)) == end_of(6)
