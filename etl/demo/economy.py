"""What did the villages receive, month by month and source by source? Invented."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from base.catalogue import catalogue
from etl.demo.months import CLOSING_YEAR, COUNT, YEARS, at
from etl.demo.projects import Project, projects, received_by_month
from etl.demo.solar import Solar, solar
from etl.demo.standing import LINE_YUAN, standing
from etl.demo.world import PILOTS, World, world

Fen = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
SEED = 2018
OPERATING = {"business_income", "contract_income", "investment_income"}
JOINT = ("joint_base", "joint_tourism", "joint_shopfront")
COSTS = ("business_cost", "admin_cost", "other_cost")
_COST_SHARES = (0.12, 0.08, 0.03)
RICH_BY_ONE_OFF = 10
_KEEPS_A_KINDERGARTEN = 30_000  # yuan of operating income in the year before

_HALF_YEARS = (0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1.2)
_TERMS = (0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0)
_WARM = (0, 0, 0, 0.7, 1.3, 1, 1.4, 1.4, 1, 1.6, 0, 0)
_GROWING = (0.4, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4)
_ANY = (1,) * 12


@dataclass(frozen=True)
class Habit:
    """How a source pays: to which share of villages, when, how evenly, since when."""

    source_id: str
    chance: float
    weight: float
    months: tuple[float, ...]
    grain_fen: int
    months_paid: float = 1.0
    first_year: int = YEARS[0]


HABITS = (
    Habit("contracting", 0.75, 18, _ANY, 10_000),
    Habit("cooperative", 0.35, 20, _HALF_YEARS, 10_000),
    Habit("inventory", 0.4, 14, _GROWING, 10_000, 0.3, first_year=2017),
    Habit("kindergarten", 0.18, 16, _TERMS, 5_000),
    Habit("pilot", 0.45, 30, _WARM, 1_000, first_year=2016),
    Habit("hometown", 0.2, 9, _ANY, 100_000, 0.08),
    Habit("other", 0.55, 0.6, _ANY, 100, 0.25),
)
CONTRACTING = 0  # its place in HABITS
SOURCES = (
    *("solar", "cooperative", *JOINT, "kindergarten", "inventory", "contracting"),
    *("pilot", "farmland", "hometown", "other"),
)


@dataclass(frozen=True)
class Economy:
    """The world and all money in it, in fen.

    `received` has one axis each for the sources of SOURCES, the villages of the world
    and the months; `costs` likewise for COSTS.
    """

    world: World
    solar: Solar
    projects: list[Project]
    received: Fen
    costs: Fen

    def of(self, source_id: str) -> Fen:
        """Return what a source brought: a row per village, a column per month."""
        money: Fen = self.received[SOURCES.index(source_id)]
        return money

    def operating(self, months: slice) -> Fen:
        """Return the operating income of each village over some months."""
        total: Fen = self.received[operating_places(), :, months].sum(axis=(0, 2))
        return total


def operating_places() -> list[int]:
    """Return which of SOURCES count as operating income."""
    sources = catalogue().sources
    return [n for n, one in enumerate(SOURCES) if sources[one].category in OPERATING]


def invent(villages: pd.DataFrame, seed: int = SEED) -> Economy:
    """Invent the whole world, from its first month to its last.

    Args:
        villages: village_code, short_name, township_code, township_name, kind.
        seed: the same seed gives the same world.
    """
    fares = standing(villages, seed)
    place = world(villages, fares, seed)
    sun = solar(place, seed)
    made = projects(place, seed)
    received = np.zeros((len(SOURCES), place.size, COUNT), np.int64)
    received[SOURCES.index("solar"), sun.plants] = sun.received
    for source_id in JOINT:
        received[SOURCES.index(source_id)] = received_by_month(
            made, source_id, place.size
        )
    fixed = received[operating_places()].sum(axis=0)
    chance = np.random.default_rng([seed, 5])
    usual = _usual(place, chance)
    for year in YEARS:
        _live_through(year, usual, fixed, place, received, seed)
    _farmland(place, received[SOURCES.index("farmland")], chance)
    return Economy(place, sun, made, received, _costs(received, chance))


def _usual(place: World, chance: np.random.Generator) -> Floats:
    size = place.size
    usual = np.zeros((len(HABITS), size, 12))
    for position, habit in enumerate(HABITS):
        yuan = 1000 * habit.weight * chance.lognormal(0, 0.5, size)
        has = chance.random(size) < habit.chance
        if habit.source_id == "pilot":
            has &= place.pilot < len(PILOTS) - 1
        if habit.source_id == "kindergarten":
            has &= place.standing.targets[CLOSING_YEAR - 1] > _KEEPS_A_KINDERGARTEN
        usual[position] = (yuan * has)[:, None] * np.array(habit.months)
    # Contract money comes in odd months: one of the first five, for some another.
    first = chance.choice([0, 2, 4, 6, 8], size)
    second = chance.choice([4, 8, 10], size)
    pays = np.arange(12) == first[:, None]
    pays |= (np.arange(12) == second[:, None]) & (chance.random((size, 1)) < 0.4)
    usual[CONTRACTING] *= pays
    return usual


def _live_through(
    year: int, usual: Floats, fixed: Fen, place: World, received: Fen, seed: int
) -> None:
    """Write a year's money, so that what is not fixed makes up for the target."""
    chance = np.random.default_rng([seed, year])
    is_begun = np.array([habit.first_year <= year for habit in HABITS])
    paid = np.array([habit.months_paid for habit in HABITS])
    yuan = usual * is_begun[:, None, None]
    yuan *= chance.random(usual.shape) < paid[:, None, None]
    sources = catalogue().sources
    counts = np.array([sources[h.source_id].category in OPERATING for h in HABITS])
    last = 10 if year == CLOSING_YEAR else 12
    without = yuan[counts, :, :last].sum(axis=(0, 2)) == 0
    yuan[CONTRACTING, without, 2] = 10_000
    target = place.standing.targets[year]
    months = slice(at(year, 1), at(year, last) + 1)
    # A poor village's own money stays small: its plant is what changes its year.
    small = np.where(place.is_poor & (year == CLOSING_YEAR), 0.25, 0.02)
    rest = np.maximum(target - fixed[:, months].sum(axis=1) / 100, small * target)
    scale = rest / yuan[counts, :, :last].sum(axis=(0, 2))
    yuan = np.where(counts[:, None, None], yuan * scale[None, :, None], yuan)
    yuan *= (target > 0)[None, :, None]
    whole = slice(at(year, 1), at(year, 12) + 1)
    for position, habit in enumerate(HABITS):
        fen = np.rint(yuan[position] * 100 / habit.grain_fen) * habit.grain_fen
        received[SOURCES.index(habit.source_id), :, whole] = fen.astype(np.int64)


def _farmland(place: World, farmland: Fen, chance: np.random.Generator) -> None:
    """Let some villages receive money once; a few live on nothing else."""
    fares = place.standing.targets
    for year in YEARS:
        is_paid = chance.random(place.size) < 0.012
        if year == CLOSING_YEAR:
            poor = (fares[year - 1] < LINE_YUAN) & (fares[year] > 4e3)
            at_need = np.flatnonzero(poor & (fares[year] < 4e4) & ~place.is_poor)
            is_paid[chance.permutation(at_need)[:RICH_BY_ONE_OFF]] = True
        is_paid &= fares[year] > 0
        for village in np.flatnonzero(is_paid):
            mu, price = int(chance.integers(8, 40)), int(chance.integers(10, 16))
            month = int(chance.integers(3, 10))
            farmland[village, at(year, month)] = mu * price * 100_000


def _costs(received: Fen, chance: np.random.Generator) -> Fen:
    """Return costs that follow the money of the last months, rounded to ten yuan."""
    total = received[operating_places()].sum(axis=0)
    sums = np.pad(np.cumsum(total, axis=1), ((0, 0), (6, 0)))
    mean = (sums[:, 6:] - sums[:, :-6]) / 6
    shares = np.array(_COST_SHARES)[:, None, None] * chance.lognormal(
        0, 0.4, (len(COSTS), *mean.shape)
    )
    costs: Fen = np.rint(mean * shares / 1_000).astype(np.int64) * 1_000
    return costs
