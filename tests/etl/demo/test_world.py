"""Are the villages plausible: how many are poor, high up, or have a plant?"""

import numpy as np

from etl.demo.economy import Economy
from etl.demo.world import MOUNTAIN_AT, TERRAINS, URBAN_AT


def test_fifty_seven_poor_villages_each_with_a_plant_of_2017(economy: Economy) -> None:
    world = economy.world
    poor = np.flatnonzero(world.is_poor)
    assert len(poor) == 57
    days = [world.commissioned[village] for village in poor]
    assert all(day and (2017, 5) <= (day.year, day.month) <= (2017, 8) for day in days)
    assert set(world.exit_year[poor]) == {2014, 2015, 2016, 2017, 2018}
    assert (world.terrain[poor] == MOUNTAIN_AT).mean() > 0.5


def test_capacities_are_those_of_village_plants(economy: Economy) -> None:
    capacity = economy.world.capacity_kw[economy.world.plants]
    assert len(capacity) == 65
    assert capacity.min() >= 60
    assert capacity.max() <= 300
    assert 95 <= np.median(capacity[:57]) <= 135


def test_every_kind_of_place_is_there(economy: Economy) -> None:
    world = economy.world
    counts = np.bincount(world.terrain, minlength=len(TERRAINS))
    assert counts.min() >= 50
    streets = world.villages["township_name"].str.endswith("街道").to_numpy(bool)
    assert (world.terrain[streets] == URBAN_AT).all()
    assert np.bincount(world.pilot).tolist() == [8, 20, 40, 589 - 68]
