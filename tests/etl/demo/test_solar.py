"""Do the plants make what the sun over Linzhou allows, and is it paid as in life?"""

import numpy as np

from etl.demo.economy import Economy
from etl.demo.months import at
from etl.demo.solar import light_on_the_panels

YEAR = slice(at(2018, 1), at(2018, 12) + 1)


def test_june_is_above_december_everywhere(economy: Economy) -> None:
    energy = economy.solar.energy_kwh
    has_both = energy[:, at(2018, 3)] > 0
    june, december = energy[has_both, at(2018, 6)], energy[has_both, at(2018, 12)]
    assert (june > december).mean() > 0.95
    assert 1.3 < june.sum() / december.sum() < 2.2


def test_full_load_hours_of_a_year(economy: Economy) -> None:
    is_whole = economy.solar.energy_kwh[:, at(2018, 1)] > 0
    energy = economy.solar.energy_kwh[is_whole, YEAR].sum(axis=1)
    capacity = economy.world.capacity_kw[economy.solar.plants][is_whole]
    hours = energy / capacity
    assert 1_100 < np.median(hours) < 1_200
    assert hours.min() > 900


def test_townships_differ_a_little(economy: Economy) -> None:
    by_place = light_on_the_panels()
    assert set(by_place) == set(economy.world.villages["township_code"])
    july = [days[6] for days in by_place.values()]
    assert 0 < max(july) - min(july) < 0.5


def test_nothing_before_the_plant_is_on_the_grid(economy: Economy) -> None:
    for row, village in enumerate(economy.solar.plants):
        since = economy.world.commissioned[village]
        assert since is not None
        start = at(since.year, since.month)
        assert not economy.solar.energy_kwh[row, :start].any()
        assert economy.solar.energy_kwh[row, start:].all()


def test_a_poor_village_has_about_100_000_yuan_a_year(economy: Economy) -> None:
    sun = economy.solar
    is_poor = economy.world.is_poor[sun.plants]
    due = (sun.electricity_due + sun.subsidy_due)[is_poor, YEAR].sum(axis=1) / 100
    assert 90_000 < np.median(due) < 120_000


def test_electricity_comes_a_month_late_and_each_subsidy_once(economy: Economy) -> None:
    sun = economy.solar
    assert (sun.electricity_received[:, 1:] == sun.electricity_due[:, :-1]).all()
    until = at(2018, 10)
    paid = sun.subsidy_received[:, : until + 1].sum()
    assert paid == sun.subsidy_due[:, : at(2018, 6) + 1].sum()
    assert not sun.subsidy_received[:, at(2018, 9)].any()
