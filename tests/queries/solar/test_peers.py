"""What do plants make by the middle one of their place, and is a few no middle?"""

from datetime import date

import pytest

from store import Store
from tests.queries.asking import TOWNSHIP, end_of, moment, question, tell, viewer_of
from tests.queries.solar.plants import energy, plant

JUNE = date(2018, 6, 1)
CODES = [f"{TOWNSHIP}20{n}" for n in range(5)]


def peers(store: Store, least: int) -> dict[str, float]:
    """Ask for the medians of June."""
    found = question(
        "solar/peers",
        store,
        viewer_of("410581"),
        moment(store, end_of(6)),
        from_date=JUNE,
        least_peers=least,
    )
    return dict(zip(found["place_code"], found["hours_per_day"], strict=True))


@pytest.fixture
def told(store: Store) -> Store:
    """Five plants of 100 kW that made 10 to 14 MWh in June, one of them in 15 days."""
    since = [*[JUNE] * 4, date(2018, 6, 16)]
    plants = zip(CODES, since, strict=True)
    tell(store, attribute=[plant(code, "100", day) for code, day in plants])
    tell(
        store,
        *[energy(code, JUNE, 10_000 + 1_000 * n) for n, code in enumerate(CODES)],
    )
    return store


def test_the_middle_counts_by_days_on_the_grid(told: Store) -> None:
    # per day: 3.33, 3.67, 4.00, 4.33, and 14,000 kWh in half the days: 9.33
    found = peers(told, 5)
    assert found == {TOWNSHIP: pytest.approx(4.0), "410581": pytest.approx(4.0)}


def test_of_too_few_nothing_is_said(told: Store) -> None:
    assert peers(told, 6) == {}


def test_a_plant_that_is_not_told_of_is_no_peer(told: Store) -> None:
    tell(told, attribute=[plant("410581106205", "100", JUNE)])
    assert set(peers(told, 5)) == {TOWNSHIP, "410581"}
    tell(told, energy("410581106205", JUNE, 9_000))
    assert peers(told, 6) == {"410581": pytest.approx((11 + 12) / 6)}


def test_the_medians_are_of_the_places_that_are_asked_for(told: Store) -> None:
    for places, expected in (((), set()), ((CODES[0],), {TOWNSHIP, "410581"})):
        found = question(
            "solar/peers",
            told,
            viewer_of(*places),
            moment(told, end_of(6)),
            from_date=JUNE,
            least_peers=1,
        )
        assert set(found["place_code"]) == expected
