"""Are plants judged by peers and light as the rules say, at every bound and scope?"""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from base.solar import solar_rules
from base.viewer import Viewer
from queries.moment import Moment
from queries.plant_sums import maintenance, plant_list, summary
from queries.plants import first_month, judged, plant_months
from store import Store
from tests.queries.asking import TOWNSHIP, end_of, moment, question, tell, viewer_of
from tests.queries.solar.plants import energy, plant, settled

JUNE = date(2018, 6, 1)
CODES = [f"{TOWNSHIP}20{n}" for n in range(5)]
OTHER = "410581106205"
PEERS = pd.DataFrame(
    [(TOWNSHIP, JUNE, 4.0, 5)],
    columns=["place_code", "period_start", "hours_per_day", "plant_count"],
)


def month(**said: Any) -> pd.DataFrame:
    """Return June of a plant of 100 kW, whose peers make 12,000 kWh."""
    given = {
        "village_code": CODES[0],
        "village_name": "河顺",
        "township_code": TOWNSHIP,
        "township_name": "河顺镇",
        "commissioned_date": date(2017, 7, 1),
        "period_start": JUNE,
        "period_end": end_of(6),
        "days_on_grid": 30,
        "capacity_kw": Decimal(100),
        "energy_kwh": Decimal(12_000),
        "full_load_hours": 120.0,
        **said,
    }
    return pd.DataFrame([given])


def judge(peers: pd.DataFrame = PEERS, **said: Any) -> Any:
    return judged(month(**said), peers, solar_rules()).iloc[0]


@pytest.mark.parametrize(
    ("kwh", "state"),
    [
        ("10200", "normal"),  # 85 % of the peers
        ("10198.7", "weak"),
        ("8400", "weak"),  # 70 %
        ("8398.7", "outage"),
        ("0", "outage"),
        (None, "no_figure"),
    ],
)
def test_the_bounds_by_peers(kwh: str | None, state: str) -> None:
    told = None if kwh is None else Decimal(kwh)
    assert judge(energy_kwh=told)["state"] == state


@pytest.mark.parametrize(
    ("share", "state"),
    [
        ("0.65", "normal"),
        ("0.6498", "weak"),
        ("0.45", "weak"),
        ("0.4498", "outage"),
    ],
)
def test_the_bounds_by_light_where_there_are_no_peers(share: str, state: str) -> None:
    expected = Decimal(judge()["expected_kwh"])
    found = judge(PEERS[:0], energy_kwh=expected * Decimal(share))
    assert (found["state"], found["peers_kind"]) == (state, None)


def test_peers_that_are_all_down_hide_nothing() -> None:
    low = PEERS.assign(hours_per_day=1.0)
    assert judge(low, energy_kwh=Decimal(3_000))["state"] == "outage"


def test_expectation_is_the_formula() -> None:
    rules = solar_rules().yield_
    seats = pd.read_csv("data/geo/expected_light.csv", dtype={"township_code": str})
    june = seats[(seats["township_code"] == TOWNSHIP) & (seats["month"] == 6)]
    light = float(june["clear_sky_kwh_per_m2_day"].iloc[0])
    hand = 100 * 30 * light * rules.clearness[5] * rules.performance_ratio
    assert judge()["expected_kwh"] == pytest.approx(hand)
    # a year lies where plants of the region lie: 1,100 to 1,250 full-load hours
    year = seats[seats["township_code"] == TOWNSHIP]["clear_sky_kwh_per_m2_day"]
    hours = sum(a * b for a, b in zip(year, rules.clearness, strict=True)) * 365 / 12
    assert 1_100 < hours * rules.performance_ratio < 1_250


def test_the_first_month_is_measured_by_its_days() -> None:
    # ten of thirty days: a third of the energy is just right
    found = judge(days_on_grid=10, energy_kwh=Decimal(4_000))
    assert (found["peers_share"], found["state"]) == (1.0, "normal")
    whole = judge(energy_kwh=Decimal(4_000))
    assert whole["state"] == "outage"
    assert found["expected_kwh"] == pytest.approx(whole["expected_kwh"] / 3)


def test_before_its_day_a_plant_is_not_judged() -> None:
    found = judge(days_on_grid=0, energy_kwh=None)
    assert found["state"] == "not_yet"


def test_without_capacity_or_any_measure_there_is_no_figure() -> None:
    assert judge(capacity_kw=None)["state"] == "no_figure"
    elsewhere = {"village_code": "419999999201", "township_code": "419999999"}
    assert judge(**elsewhere)["state"] == "no_figure"


def test_a_month_to_look_at_loses_what_its_peers_made() -> None:
    found = judge(energy_kwh=Decimal(6_000))
    assert found["lost_kwh"] == 6_000
    assert found["lost_yuan"] == Decimal("5100.00")  # at 0.85 a kWh
    fine = judge(energy_kwh=Decimal(11_000))
    assert pd.isna(fine["lost_kwh"])
    assert fine["lost_yuan"] is None


@pytest.fixture
def told(store: Store) -> Store:
    """Five plants of a township in June, the last down; one of another township."""
    since = date(2017, 7, 1)
    tell(store, attribute=[plant(code, "100", since) for code in (*CODES, OTHER)])
    kwh = [12_000, 12_100, 11_900, 12_000, 5_000]
    lines = [energy(code, JUNE, made) for code, made in zip(CODES, kwh, strict=True)]
    tell(store, *lines, energy(OTHER, JUNE, 9_000))
    return store


def states(store: Store, *places: str) -> dict[str, tuple[str, str | None]]:
    """Return state and peers of each plant in June, as somebody sees it."""
    found = plant_months(store, viewer_of(*places), moment(store, end_of(6)))
    june = found[found["period_start"] == JUNE]
    told = zip(june["state"], june["peers_kind"], strict=True)
    return dict(zip(june["village_code"], told, strict=True))


def test_everybody_sees_the_same_judgement_of_what_they_may_see(told: Store) -> None:
    city = states(told, "410581")
    assert city[CODES[4]] == ("outage", "township")
    # alone in its township it is measured by the county: 9,000 of 11,950
    assert city[OTHER] == ("weak", "county")
    assert states(told, TOWNSHIP) == {code: city[code] for code in CODES}
    assert states(told, OTHER) == {OTHER: city[OTHER]}
    assert states(told, CODES[4], OTHER) == {c: city[c] for c in (CODES[4], OTHER)}


def listed(
    store: Store, viewer: Viewer, when: Moment, arrears: pd.DataFrame
) -> pd.DataFrame:
    households = question("solar/households", store, viewer, when)
    return plant_list(plant_months(store, viewer, when), arrears, households)


def test_what_came_this_year_is_parted_among_the_households(told: Store) -> None:
    told_of = {**plant(CODES[0], "60", JUNE), "attribute_id": "solar_households"}
    tell(
        told,
        settled(CODES[0], JUNE, "subsidy", 500, 100),
        settled(CODES[0], JUNE, "electricity", 900, 800),
        settled(CODES[1], JUNE, "electricity", 900, None),
        attribute=[told_of, {**told_of, "village_code": CODES[1]}],
    )
    when, viewer = moment(told, end_of(6)), viewer_of(TOWNSHIP)
    arrears = question("solar/arrears", told, viewer, when)
    plants = listed(told, viewer, when, arrears).set_index("village_code")
    said = plants[["year_yuan", "household_count", "per_household_yuan"]]
    assert list(said.loc[CODES[0]]) == [900, 60, 15]
    # not reported is not zero, and nobody told of the others' households
    assert said.loc[CODES[1]].isna().tolist() == [True, False, True]
    assert said.loc[CODES[2]].isna().all()


def test_the_sums_of_a_place_are_its_own(told: Store) -> None:
    tell(
        told,
        settled(CODES[0], JUNE, "subsidy", 500, 100),
        settled(OTHER, JUNE, "subsidy", 70, 0),
    )
    when = moment(told, end_of(6))
    for places, plants, looked_at, open_yuan in (
        (("410581",), 6, [CODES[4], OTHER], 470),
        ((TOWNSHIP,), 5, [CODES[4]], 400),
        ((OTHER,), 1, [OTHER], 70),
    ):
        viewer = viewer_of(*places)
        arrears = question("solar/arrears", told, viewer, when)
        found = summary(listed(told, viewer, when, arrears), arrears)
        assert found.plants == plants
        assert found.subsidy_open_yuan == open_yuan
        assert list(found.looked_at["village_code"]) == looked_at


def test_a_place_where_nobody_said_what_came_is_not_without_debt(told: Store) -> None:
    when = moment(told, end_of(6))
    viewer = viewer_of(TOWNSHIP)
    arrears = question("solar/arrears", told, viewer, when)
    found = summary(listed(told, viewer, when, arrears), arrears)
    assert found.subsidy_open_yuan is None
    assert found.subsidy_late_yuan is None


def test_the_maintainer_gets_the_months_and_what_they_lost(told: Store) -> None:
    months = plant_months(told, viewer_of("410581"), moment(told, end_of(6)))
    found = maintenance(months)
    first, second = found.to_dict("records")
    assert (first["village_code"], first["looked_at"]) == (CODES[4], "2018年6月")
    assert (first["lost_kwh"], first["lost_yuan"]) == (7_000, Decimal("5950.00"))
    assert (second["village_code"], second["outage_months"]) == (OTHER, 0)


def test_the_window_ends_in_the_month_that_is_looked_at() -> None:
    assert first_month(end_of(6)) == date(2017, 7, 1)
