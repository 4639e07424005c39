"""Which joint projects are there, who holds them, and what do they bring?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from etl.demo.months import CLOSING_YEAR, COUNT, Span, half_yearly
from etl.demo.world import MOUNTAIN_AT, SCENIC_AT, TOWN_AT, URBAN_AT, World
from etl.joint import split

# Number, source, name, township of the managing village, first year, holders.
PROJECTS = (
    ("LJ01", "joint_base", "红旗渠食用菌产业基地", "横水镇", 2016, 11),
    ("LJ02", "joint_base", "太行小米产业基地", "东姚镇", 2016, 10),
    ("LJ03", "joint_base", "林虑山中药材产业基地", "临淇镇", 2017, 12),
    ("LJ04", "joint_base", "核桃加工产业基地", "合涧镇", 2017, 10),
    ("LJ05", "joint_tourism", "大峡谷写生民宿", "石板岩镇", 2016, 9),
    ("LJ06", "joint_tourism", "万泉湖乡村旅游", "五龙镇", 2017, 8),
    ("LJ07", "joint_tourism", "庙荒乡村旅游", "黄华镇", 2017, 8),
    ("LJ08", "joint_shopfront", "红旗渠大道商业门面", "开元街道", 2016, 8),
    ("LJ09", "joint_shopfront", "龙安路商业门面", "龙山街道", 2016, 8),
    ("LJ10", "joint_shopfront", "姚村集镇商业门面", "姚村镇", 2017, 7),
)
_TERRAINS = {
    "joint_base": (MOUNTAIN_AT,),
    "joint_tourism": (SCENIC_AT,),
    "joint_shopfront": (URBAN_AT, TOWN_AT),
}
# How a half year's money comes in over its months.
SEASONS = {
    "joint_base": (0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1),
    "joint_tourism": (0, 0, 0, 7, 13, 10, 14, 14, 10, 16, 0, 0),
    "joint_shopfront": (1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0),
}
# Years until what was paid in has come back, and whose money nobody wrote down.
_LEAST_YEARS, _MOST_YEARS, UNTOLD = 8, 22, "LJ05"
CHANGED, CHANGED_FROM = "LJ04", date(2018, 6, 1)
_PARTS = 200  # shares are whole halves of a per cent
_LEAST_BEFORE, _LEAST_NOW = 15_000, 30_000
_HALF_YEAR_YUAN = {"joint_base": 7e3, "joint_tourism": 6e3, "joint_shopfront": 12e3}
Shares = dict[int, Decimal]


@dataclass(frozen=True)
class Project:
    """A joint project; villages are places in the world's list.

    `shares` has per cent by village, by the day from which they hold. `income` has
    due and received fen by half year. `invested_yuan` is what all holders paid in, 0
    where nobody wrote it down.
    """

    project_id: str
    source_id: str
    name: str
    manager: int
    first_year: int
    shares: dict[date, Shares]
    income: dict[Span, tuple[int, int]]
    invested_yuan: int

    def shares_on(self, day: date) -> Shares:
        """Return the shares in force on a day."""
        return self.shares[max(since for since in self.shares if since <= day)]

    def parts(self, span: Span) -> dict[int, int]:
        """Return what each holder received of a half year, in fen."""
        shares = self.shares_on(span.end)
        by_text = {str(village): share for village, share in shares.items()}
        parts = split(self.income[span][1], by_text)
        return {int(village): fen for village, fen in parts.items()}


def projects(world: World, seed: int) -> list[Project]:
    """Invent the joint projects; a village holds shares of one at most."""
    chance = np.random.default_rng([seed, 4])
    years = np.random.default_rng([seed, 14])
    before = world.standing.targets[CLOSING_YEAR - 1]
    now = world.standing.targets[CLOSING_YEAR]
    is_free = (before > _LEAST_BEFORE) & (now > _LEAST_NOW)
    towns = world.villages["township_name"].to_numpy(str)
    made = []
    for project_id, source_id, name, town, year, count in PROJECTS:
        manager = int(np.flatnonzero(is_free & (towns == town))[0])
        is_free[manager] = False
        fits = is_free & (towns != town) & np.isin(world.terrain, _TERRAINS[source_id])
        others = chance.permutation(np.flatnonzero(fits))[: count - 1].tolist()
        is_free[others] = False
        holders = sorted([manager, *others])
        shares = {date(year, 1, 1): _shares(holders, chance)}
        if project_id == CHANGED:
            newcomer = int(np.flatnonzero(is_free & fits)[0])
            is_free[newcomer] = False
            left = [one for one in holders if one != others[0]]
            shares[CHANGED_FROM] = _shares(sorted([*left, newcomer]), chance)
        income = _income(source_id, year, count, chance)
        paid = round(
            2
            * count
            * _HALF_YEAR_YUAN[source_id]
            * years.uniform(_LEAST_YEARS, _MOST_YEARS),
            -4,
        )
        made.append(
            Project(
                project_id,
                source_id,
                name,
                manager,
                year,
                shares,
                income,
                0 if project_id == UNTOLD else int(paid),
            )
        )
    return made


def _shares(holders: list[int], chance: np.random.Generator) -> Shares:
    weights = chance.gamma(6, 1, len(holders))
    whole = np.maximum(np.floor(weights / weights.sum() * _PARTS), 1).astype(int)
    whole[0] += _PARTS - whole.sum()
    return {
        holder: Decimal(int(part)) / 2
        for holder, part in zip(holders, whole, strict=True)
    }


def _income(
    source_id: str, first_year: int, holders: int, chance: np.random.Generator
) -> dict[Span, tuple[int, int]]:
    found = {}
    for year in range(first_year, CLOSING_YEAR + 1):
        growing = 0.5 if year == first_year else 1.0
        for span in half_yearly(year):
            yuan = holders * _HALF_YEAR_YUAN[source_id] * growing
            due = round(yuan * chance.uniform(0.85, 1.2)) * 100
            is_late = chance.random() < 0.2
            received = due * 9 // 1000 * 100 if is_late else due
            found[span] = (due, received)
    return found


def received_by_month(
    made: list[Project], source_id: str, size: int
) -> npt.NDArray[np.int64]:
    """Return what villages received of projects of a source, in fen, by month.

    Args:
        made: the projects.
        source_id: of which source.
        size: how many villages there are.

    Returns:
        A row per village, a column per month; a half year's months sum to its part.
    """
    fen = np.zeros((size, COUNT), np.int64)
    season = np.array(SEASONS[source_id])
    for project in made:
        if project.source_id != source_id:
            continue
        for span in project.income:
            weights = season[span.first - 1 : span.last]
            until = np.cumsum(weights) * 1_000 // weights.sum()
            for village, part in project.parts(span).items():
                sums = part * until // 1_000
                fen[village, span.places] += np.diff(sums, prepend=0)
    return fen
