"""What are the invented villages like: where, poor or not, with a plant or not?"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from etl.demo.months import CLOSING_YEAR, YEARS
from etl.demo.standing import LINE_YUAN, Standing

Flags = npt.NDArray[np.bool_]
DEEP_MOUNTAIN = ("石板岩镇", "任村镇", "东岗镇", "五龙镇", "茶店镇", "原康镇", "东姚镇")
SCENIC = ("石板岩镇", "黄华镇", "任村镇", "五龙镇", "合涧镇", "姚村镇")
STREETS = ("开元街道", "振林街道", "龙山街道", "桂园街道")
TERRAINS = ("山区", "景区", "城区", "镇区")
MOUNTAIN_AT, SCENIC_AT, URBAN_AT, TOWN_AT = range(4)
PILOTS = ("省级", "市级", "镇级", "非试点")
_PILOT_COUNTS = (8, 20, 40)
POOR, LATER_PLANTS = 57, 8
_EXIT_YEARS = (2014, 2015, 2016, 2017, 2018)
_EXIT_WEIGHTS = (0.1, 0.15, 0.25, 0.3, 0.2)
SMALLEST_KW, LARGEST_KW, _STEP_KW = 60, 300, 5


@dataclass(frozen=True)
class World:
    """The villages in the order of the registry, and what is invented of them.

    `villages` has village_code, short_name, township_code, township_name, kind.
    `terrain` and `pilot` are places in TERRAINS and PILOTS; `exit_year` is 0 for a
    village that never was poor, `capacity_kw` 0 for one without a plant.
    """

    villages: pd.DataFrame
    standing: Standing
    terrain: npt.NDArray[np.int64]
    pilot: npt.NDArray[np.int64]
    exit_year: npt.NDArray[np.int64]
    capacity_kw: npt.NDArray[np.int64]
    commissioned: list[date | None]

    @property
    def size(self) -> int:
        """Return how many villages there are."""
        return len(self.villages)

    @property
    def is_poor(self) -> Flags:
        """Tell which villages were poor villages."""
        return self.exit_year > 0

    @property
    def plants(self) -> list[int]:
        """Return the places of the villages with a plant."""
        found: list[int] = np.flatnonzero(self.capacity_kw).tolist()
        return found


def world(villages: pd.DataFrame, standing: Standing, seed: int) -> World:
    """Invent what the villages are like.

    Args:
        villages: one row per village, as the registry has them.
        standing: how they fare.
        seed: the same seed gives the same world.
    """
    chance = np.random.default_rng([seed, 2])
    size = len(villages)
    terrain = _terrain(villages, chance)
    poor = _poor(terrain, standing, chance)
    exit_year = np.zeros(size, np.int64)
    exit_year[poor] = chance.choice(_EXIT_YEARS, len(poor), p=_EXIT_WEIGHTS)
    able = np.flatnonzero((exit_year == 0) & (standing.score > 0))
    later = chance.permutation(able)[:LATER_PLANTS]
    capacity = np.zeros(size, np.int64)
    capacity[poor] = _capacity(chance.lognormal(np.log(105), 0.28, len(poor)))
    capacity[later] = _capacity(chance.uniform(150, LARGEST_KW, len(later)))
    commissioned: list[date | None] = [None] * size
    for village in poor:
        month, day = int(chance.integers(5, 9)), int(chance.integers(1, 26))
        commissioned[village] = date(2017, month, day)
    for village in later:
        month, day = int(chance.integers(3, 6)), int(chance.integers(1, 26))
        commissioned[village] = date(2018, month, day)
    pilot = np.full(size, len(_PILOT_COUNTS), np.int64)
    order = np.argsort(-standing.score + chance.normal(0, 1.5, size))
    first = 0
    for level, count in enumerate(_PILOT_COUNTS):
        pilot[order[first : first + count]] = level
        first += count
    return World(villages, standing, terrain, pilot, exit_year, capacity, commissioned)


def _terrain(
    villages: pd.DataFrame, chance: np.random.Generator
) -> npt.NDArray[np.int64]:
    names = villages["township_name"]
    drawn = chance.random(len(villages))
    is_high = names.isin(DEEP_MOUNTAIN).to_numpy(bool)
    terrain = np.where(drawn < np.where(is_high, 0.8, 0.35), MOUNTAIN_AT, TOWN_AT)
    terrain[names.isin(SCENIC).to_numpy(bool) & (drawn > 0.7)] = SCENIC_AT
    terrain[names.isin(STREETS).to_numpy(bool)] = URBAN_AT
    return terrain


def _poor(
    terrain: npt.NDArray[np.int64], standing: Standing, chance: np.random.Generator
) -> list[int]:
    """Choose the poor: under the line in all the years before, most of them high up."""
    before = [standing.targets[year] for year in YEARS if year < CLOSING_YEAR]
    is_able = np.max(before, axis=0) < 0.8 * LINE_YUAN
    is_able &= standing.targets[CLOSING_YEAR] > 0
    weight = standing.score - 0.8 * (terrain == MOUNTAIN_AT)
    weight += chance.normal(0, 0.5, len(weight))
    able = np.flatnonzero(is_able)
    return sorted(able[np.argsort(weight[able])][:POOR].tolist())


def _capacity(kw: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    whole = np.rint(np.clip(kw, SMALLEST_KW, LARGEST_KW) / _STEP_KW) * _STEP_KW
    return whole.astype(np.int64)
