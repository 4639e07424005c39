"""What happens in January, at the year's close, after it, and when a line is moved?"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pandas as pd
import pytest

import queries
from base.catalogue import Earlier, catalogue
from base.clock import FixedClock
from etl.registry import Registry, registry
from queries import moment_now
from store import Store
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    SHANGPO,
    TARGET,
    ask_of,
    counts,
    end_of,
    give,
    moment,
    progress,
    publish_registry,
    viewer_of,
    villages,
)
from tests.queries.conftest import Make

FOUR = viewer_of(HESHUN, LIUQUAN, DONGLI, SHANGPO)
CITY = viewer_of("410581")
CLOSE = end_of(12)
JANUARY, SPRING = datetime(2019, 1, 20), datetime(2019, 3, 5)


@pytest.fixture(scope="module")
def years(new_store: Make, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Four villages from 2017 to 2019, with a correction after each close.

    河顺 was over the line in 2017 and is under it in 2018; 柳泉 the other way round;
    东里 is over it in both; 上坡 tells nothing. In March 2019 the year 2018 of 柳泉 is
    corrected to less, that of 河顺 to more.
    """
    store = new_store(tmp_path_factory.mktemp("years"))
    give(
        store,
        (HESHUN, "2017年全年", "光伏", 60_000),
        (LIUQUAN, "2017年全年", "光伏", 1),
        (DONGLI, "2017年全年", "光伏", 50_000),
        at=datetime(2018, 1, 20),
    )
    give(
        store,
        (HESHUN, "2018-05", "光伏", 49_000),
        (LIUQUAN, "2018-05", "光伏", 50_000),
        (DONGLI, "2018-12", "光伏", 50_000),
        at=datetime(2019, 1, 12),
    )
    give(store, (LIUQUAN, "2019-01", "光伏", 60_000), at=datetime(2019, 2, 9))
    give(
        store,
        (HESHUN, "2018-06", "光伏", 1_000),
        (LIUQUAN, "2018-05", "光伏", 49_999),
        at=datetime(2019, 3, 1),
    )
    yield store
    store.close()


def standings(store: Store, as_of: date, known_at: datetime) -> list[str]:
    found = villages(store, as_of, known_at, FOUR)["standing"]
    return [found[code] for code in (HESHUN, LIUQUAN, DONGLI, SHANGPO)]


def test_the_close_decides_for_all(years: Store) -> None:
    before = standings(years, CLOSE - timedelta(days=1), JANUARY)
    assert before == ["met_last_year", "cleared", "met_last_year", "remaining"]
    at_close = standings(years, CLOSE, JANUARY)
    assert at_close == ["remaining", "cleared", "met_last_year", "remaining"]
    eve = progress(years, end_of(11), JANUARY, FOUR)
    close = progress(years, CLOSE, JANUARY, FOUR)
    assert (counts(eve), counts(close)) == ((2, 1, 1), (3, 2, 1))
    assert list(close.path["villages"]) == [2] * 11 + [3]
    assert int(close.plan["planned"].iloc[-1]) == 0


def test_january_begins_with_the_list_of_the_close(years: Store) -> None:
    """On any day of January nothing of the new year is there, and the list is new."""
    for day in (date(2019, 1, 1), date(2019, 1, 15), date(2019, 1, 30)):
        found = progress(years, day, JANUARY, FOUR)
        assert counts(found) == (2, 2, 0), day
        assert list(found.path["as_of_date"]) == [day]
        assert (found.pace.share, found.pace.state) == (None, "not_due")
    reasons = villages(years, date(2019, 1, 15), JANUARY, FOUR)["reason"]
    assert reasons[HESHUN] == "no_figure"
    assert standings(years, end_of(1, 2019), SPRING) == [
        "remaining",
        "met_last_year",
        "met_last_year",
        "remaining",
    ]


def test_each_target_is_there_on_new_year_s_day(years: Store) -> None:
    for target in catalogue().targets:
        when = moment(years, date(2019, 1, 1), JANUARY)
        found = queries.progress(target, FOUR, years, when)
        assert found.villages == found.remaining + found.cleared, target.id
        said = queries.summary(target, FOUR, years, when)
        assert len(said["remaining_codes"]) == found.remaining > 0, target.id
        day = queries.before(years, FOUR, when)[0]
        assert day == CLOSE


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2019, 1, 1), date(2018, 11, 30)),
        (datetime(2019, 1, 10), date(2018, 11, 30)),
        (datetime(2019, 1, 11), date(2018, 12, 31)),
        (datetime(2019, 2, 10), date(2018, 12, 31)),
        (datetime(2019, 2, 11), date(2019, 1, 31)),
    ],
)
def test_the_default_day_around_new_year(
    store: Store, now: datetime, day: date
) -> None:
    codes = sorted(registry().villages)[:300]
    for period in ("2018-11", "2018-12", "2019-01"):
        give(store, *((c, period, "光伏", 1) for c in codes), at=datetime(2019, 2, 5))
    assert moment_now(store, CITY, FixedClock(now)).as_of == day


def test_a_correction_after_the_close_moves_no_list_and_is_told(years: Store) -> None:
    when = moment(years, end_of(2, 2019), SPRING)
    assert counts(queries.progress(TARGET, FOUR, years, when)) == (2, 2, 0)
    found = queries.restated(TARGET, FOUR, years, when)
    assert (found.joining, found.leaving) == (1, 1)
    rows = found.villages.set_index("village_code")
    assert sorted(rows.index) == [HESHUN, LIUQUAN]
    leaves, joins = rows.loc[HESHUN], rows.loc[LIUQUAN]
    assert (leaves["is_listed"], leaves["would_be_listed"]) == (True, False)
    assert (leaves["listed_yuan"], leaves["listed_reason"]) == (49_000, "short")
    assert (joins["is_listed"], joins["would_be_listed"]) == (False, True)
    assert (joins["restated_yuan"], joins["restated_reason"]) == (49_999, "short")
    before = moment(years, end_of(1, 2019), datetime(2019, 2, 20))
    unmoved = queries.restated(TARGET, FOUR, years, before)
    assert (len(unmoved.villages), unmoved.joining, unmoved.leaving) == (0, 0, 0)


def test_a_village_that_the_close_did_not_know_can_leave_the_list(
    store: Store,
) -> None:
    villages = sorted(registry().villages.values(), key=lambda v: v.village_code)
    others = [v for v in villages if v.village_code != HESHUN]
    publish_registry(store, Registry(others), datetime(2017, 1, 1))
    give(store, (LIUQUAN, "2017-12", "光伏", 1), at=datetime(2018, 1, 20))
    publish_registry(store, registry(), datetime(2018, 3, 1))
    give(store, (HESHUN, "2017-12", "光伏", 50_000), at=datetime(2018, 3, 2))
    found = queries.restated(TARGET, CITY, store, moment(store, end_of(5)))
    [row] = found.villages.to_dict("records")
    assert (row["village_code"], row["is_listed"]) == (HESHUN, True)
    assert row["would_be_listed"] is False and pd.isna(row["listed_reason"])
    assert (found.joining, found.leaving) == (0, 1)


def test_without_a_close_there_is_nothing_to_restate(store: Store) -> None:
    give(store, (HESHUN, "2017年全年", "光伏", 60_000), at=datetime(2018, 5, 1))
    give(store, (HESHUN, "2017年全年", "光伏", 1), at=datetime(2018, 6, 1))
    found = queries.restated(TARGET, CITY, store, moment(store, end_of(5)))
    assert found.villages.empty


def moved(**said: object) -> Earlier:
    """Return a reading that held to the end of June 2018."""
    return Earlier(until=date(2018, 6, 30), **said)


def test_one_yardstick_for_a_year_the_one_in_force_on_the_day(years: Store) -> None:
    lower = moved(threshold_yuan=Decimal(40_000), definition="不足 4 万元")
    target = TARGET.model_copy(update={"earlier": (lower,)})
    assert target.on(date(2018, 6, 30)).threshold_yuan == 40_000
    assert target.on(date(2018, 7, 1)) is target
    in_june = ask_of(target, years, end_of(6), JANUARY, FOUR)
    assert in_june.loc[SHANGPO, "gap_yuan"] == 40_000
    in_july = ask_of(target, years, end_of(7), JANUARY, FOUR)
    assert in_july.loc[SHANGPO, "gap_yuan"] == 50_000
    assert in_july.loc[HESHUN, "gap_yuan"] == 1_000
    june, july = (
        queries.progress(target, FOUR, years, moment(years, end_of(m), JANUARY))
        for m in (6, 7)
    )
    assert (june.changed_after, june.earlier) == (None, None)
    assert july.changed_after == date(2018, 6, 30)
    assert july.earlier is not None
    assert july.earlier.threshold_yuan == 40_000
    assert july.earlier.definition == "不足 4 万元"
    plain = queries.progress(TARGET, FOUR, years, moment(years, end_of(7), JANUARY))
    assert july.path.equals(plain.path) and july.plan.equals(plain.plan)


def test_the_list_is_made_by_the_yardstick_of_the_day(years: Store) -> None:
    """东里 had exactly 50,000 yuan in 2017: under a line of 60,001, but not today."""
    higher = moved(threshold_yuan=Decimal("60000.01"))
    target = TARGET.model_copy(update={"earlier": (higher,)})
    by_month = {
        month: counts(
            queries.progress(target, FOUR, years, moment(years, end_of(month), JANUARY))
        )
        for month in (6, 7, 12)
    }
    assert by_month == {6: (4, 4, 0), 7: (2, 1, 1), 12: (3, 2, 1)}


def test_a_change_of_another_year_is_none_of_this_one(years: Store) -> None:
    lower = Earlier(until=date(2017, 12, 31), threshold_yuan=Decimal(1))
    target = TARGET.model_copy(update={"earlier": (lower,)})
    when = moment(years, end_of(7), JANUARY)
    found = queries.progress(target, FOUR, years, when)
    assert (found.changed_after, found.earlier) == (None, None)
    assert counts(found) == counts(progress(years, end_of(7), JANUARY, FOUR))
