"""Does what is learnt from a whole county name nobody, and is it the same for all?"""

from datetime import date

import pytest

import queries
from base.viewer import Viewer
from store import Store
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    TARGET,
    end_of,
    give,
    moment,
    months,
    row,
    tell,
    viewer_of,
)

NAMES = ["year_end/past", "gaps/peers"]


@pytest.fixture
def county(store: Store) -> Store:
    """Three villages over four years: little in spring, more in autumn."""
    for year in range(2015, 2019):
        for code in (HESHUN, LIUQUAN, DONGLI):
            months_of = months(3, 10, year) if year < 2018 else months(3, 6, year)
            give(store, *((code, m, "门面", 4_000) for m in months_of))
    return store


def asked(store: Store, name: str, viewer: Viewer):
    when = moment(store, end_of(6))
    now = [(when.as_of, when.version_no)]
    return queries.ask(name, TARGET, viewer, store, when, now)


@pytest.mark.parametrize("name", NAMES)
def test_everybody_of_the_county_learns_the_same_and_no_name(
    county: Store, name: str
) -> None:
    whole = asked(county, name, viewer_of("410581"))
    assert len(whole) > 0
    assert not {"village_code", "village_name", "township_code"} & set(whole.columns)
    for code in (HESHUN, "410581105", "410581001"):
        assert asked(county, name, viewer_of(code)).equals(whole)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("codes", [[], ["410522"]], ids=str)
def test_nobody_elsewhere_learns_anything(
    county: Store, name: str, codes: list[str]
) -> None:
    assert asked(county, name, viewer_of(*codes)).empty


def test_past_years_are_those_with_a_year_before_them(county: Store) -> None:
    past = asked(county, "year_end/past", viewer_of("410581"))
    # 2015 has no year before it; 2018 has not ended
    assert sorted(set(past["year_no"])) == [2016, 2017]
    assert set(past["known_yuan"]) == {16_000}
    assert set(past["year_yuan"]) == {32_000}
    assert set(past["line_yuan"]) == {16_000}
    assert set(past["last_yuan"]) == {16_000}
    assert past["is_listed"].all()
    # half the year had come by June, and the other half comes as the year before
    assert past["expected_yuan"].round(6).eq(16_000).all()


def test_what_is_expected_is_of_the_own_villages(county: Store) -> None:
    found = asked(county, "year_end/villages", viewer_of(LIUQUAN))
    assert list(found["village_code"]) == [LIUQUAN]
    assert found["known_yuan"].iloc[0] == 16_000
    assert round(found["expected_yuan"].iloc[0]) == 16_000


def test_rents_that_fall_due_are_expected_as_far_as_rents_are_paid(
    store: Store,
) -> None:
    contract = {
        "village_code": LIUQUAN,
        "contract_id": "1",
        "rent_yuan_per_year": 20_000,
        "start_date": date(2018, 1, 1),
        "due_days": "02-30 09-30",
    }
    tell(
        store,
        row(LIUQUAN, date(2018, 2, 1), end_of(2), "contracting", received=5_000),
        contract=[contract],
    )
    found = asked(store, "year_end/sources", viewer_of(LIUQUAN)).set_index("source_id")
    # half of the rent that was due on the last day of February was paid
    assert found.loc["contracting", "is_by_contract"]
    assert found.loc["contracting", "expected_yuan"] == 5_000
    left = asked(store, "gaps/open", viewer_of(LIUQUAN))
    assert list(left["source_id"]) == ["contracting"]
    assert float(left["open_yuan"].iloc[0]) == 5_000


@pytest.mark.parametrize(("count", "is_told"), [(4, False), (5, True)])
def test_the_amount_of_few_villages_is_told_to_nobody(
    store: Store, count: int, is_told: bool
) -> None:
    codes = [f"4105811052{n:02}" for n in range(count)]
    give(store, *((code, "2018-06", "门面", 60_000) for code in codes))
    peers = asked(store, "gaps/peers", viewer_of(codes[0])).dropna(subset="source_id")
    assert list(peers["with_count"]) == [count]
    assert peers["median_yuan"].notna().all() == is_told
