"""What did plants make and bring by month, and is what nobody told left unknown?"""

from datetime import date
from decimal import Decimal

import pandas as pd

from store import Store
from tests.etl.statements.grids import ATTRIBUTES, PLATFORM, SETTLEMENT
from tests.making import load
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    TOWNSHIP,
    end_of,
    moment,
    question,
    row,
    tell,
    viewer_of,
)
from tests.queries.solar.plants import AUGUST, JULY, energy, plant, settled

JUNE = date(2018, 6, 1)


def months(
    store: Store,
    as_of: date = date(2018, 8, 31),
    start: date = JUNE,
    place: str = TOWNSHIP,
) -> pd.DataFrame:
    """Ask for the months of plants, by village and first day."""
    found = question(
        "solar/months", store, viewer_of(place), moment(store, as_of), from_date=start
    )
    return found.set_index(["village_code", "period_start"])


def test_papers_as_they_come_make_a_month(store: Store) -> None:
    for grid in (ATTRIBUTES, PLATFORM, SETTLEMENT):
        load(store, grid)
    june = months(store, end_of(6)).loc[(LIUQUAN, JUNE)]
    assert june["capacity_kw"] == 300
    assert june["energy_kwh"] == Decimal("32000.5")
    assert june["full_load_hours"] == 32000.5 / 300
    assert june["days_on_grid"] == 30
    # the platform's price counts no more, once the grid says what is due
    assert june["electricity_due_yuan"] == Decimal("12092.80")
    assert june["subsidy_due_yuan"] == Decimal("15107.20")
    assert june["subsidy_received_yuan"] == 0
    assert june["unsplit_due_yuan"] is None
    # 东里 has a paper of the platform alone: 21,000 kWh at 0.85, not split
    dongli = months(store, end_of(6)).loc[(DONGLI, JUNE)]
    assert dongli["capacity_kw"] == 200
    assert dongli["unsplit_due_yuan"] == Decimal("17850.00")
    assert dongli["electricity_due_yuan"] is None


def test_days_count_from_the_day_on_the_grid(store: Store) -> None:
    tell(store, attribute=[plant(LIUQUAN, "100", date(2018, 7, 17))])
    found = months(store).loc[LIUQUAN]
    assert list(found["days_on_grid"]) == [0, 15, 31]
    assert found["energy_kwh"].isna().all()


def test_energy_before_the_day_on_paper_says_otherwise(store: Store) -> None:
    tell(store, attribute=[plant(LIUQUAN, "100", AUGUST)])
    tell(store, energy(LIUQUAN, JUNE, 5000))
    found = months(store).loc[LIUQUAN]
    assert list(found["days_on_grid"]) == [30, 31, 31]
    assert set(found["commissioned_date"]) == {JUNE}


def test_a_month_that_nobody_told_is_unknown_and_zero_is_zero(store: Store) -> None:
    tell(store, attribute=[plant(LIUQUAN, "100", JUNE)])
    tell(store, energy(LIUQUAN, JUNE, 0), energy(LIUQUAN, AUGUST, None))
    kwh = months(store).loc[LIUQUAN]["energy_kwh"]
    assert kwh[JUNE] == 0
    assert kwh[JULY] is None
    assert kwh[AUGUST] is None


def test_a_larger_plant_counts_from_its_day(store: Store) -> None:
    tell(
        store,
        attribute=[plant(LIUQUAN, "100", JUNE), plant(LIUQUAN, "150", AUGUST)],
    )
    assert list(months(store).loc[LIUQUAN]["capacity_kw"]) == [100, 100, 150]


def test_several_plants_add_and_a_missing_one_leaves_the_sum_unknown(
    store: Store,
) -> None:
    tell(
        store,
        energy(LIUQUAN, JUNE, 3000, "P1"),
        energy(LIUQUAN, JUNE, 4000, "P2"),
        energy(LIUQUAN, JULY, 3500, "P1"),
    )
    found = months(store).loc[LIUQUAN]
    assert found["energy_kwh"][JUNE] == 7000
    assert found["energy_kwh"][JULY] is None
    assert list(found["is_partly_told"]) == [False, True, False]


def test_what_the_grid_counted_stands_in_for_the_platform(store: Store) -> None:
    more = {"quantity": 3100, "quantity_unit": "kWh"}
    tell(
        store,
        settled(LIUQUAN, JUNE, "electricity", 100, 100, **more),
        settled(LIUQUAN, JULY, "electricity", 100, 100, **more),
    )
    tell(store, energy(LIUQUAN, JUNE, 3000))
    kwh = months(store).loc[LIUQUAN]["energy_kwh"]
    assert (kwh[JUNE], kwh[JULY]) == (3000, 3100)


def test_energy_of_a_quarter_is_never_spread(store: Store) -> None:
    quarter = row(
        LIUQUAN,
        JULY,
        end_of(9),
        statement="energy",
        item_id="energy",
        quantity=9000,
        quantity_unit="kWh",
    )
    tell(store, quarter, attribute=[plant(LIUQUAN, "100", JUNE)])
    assert months(store, end_of(9)).loc[LIUQUAN]["energy_kwh"].isna().all()


def test_nobody_sees_the_plants_of_others(store: Store) -> None:
    tell(store, attribute=[plant(c, "100", JUNE) for c in (LIUQUAN, HESHUN)])
    found = months(store, place=LIUQUAN)
    assert set(found.index.get_level_values(0)) == {LIUQUAN}
    assert months(store, place="410581106").empty
