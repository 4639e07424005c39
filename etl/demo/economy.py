"""What might the villages have earned, and what did they report? All is invented."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from base.month import add_months
from base.settings import settings

OPERATING = {"business_income", "contract_income", "investment_income"}
LINE_FEN = 5_000_000
Key = tuple[str, date]
Corrections = dict[Key, list[tuple[str, str, int]]]
Floats = npt.NDArray[np.float64]

# Who is ahead and who is behind; townships that are not named stand in the middle.
LEAD = {"石板岩镇": -1.2, "任村镇": -1.0, "东岗镇": -1.0, "五龙镇": -0.9}
LEAD |= dict.fromkeys(("姚村镇", "陵阳镇", "开元街道", "振林街道"), 0.8)
LEAD |= dict.fromkeys(("龙山街道", "桂园街道"), 0.8)
MOUNTAIN = ("石板岩镇", "任村镇", "东岗镇", "五龙镇", "茶店镇", "原康镇")
SCENIC = ("石板岩镇", "黄华镇", "任村镇", "五龙镇", "合涧镇", "姚村镇")
TOWN = ("开元街道", "振林街道", "龙山街道", "桂园街道", "横水镇", "姚村镇", "陵阳镇")

# Operating income in yuan at quantiles of the villages: of the full year, two years
# and one year before the closing year; of January to October of the closing year,
# for villages under the line the year before (the lowest have nothing) and above it.
TWO_YEARS_AGO = ((0, 0.1, 0.73, 0.9, 1), (2e3, 7e3, 5e4, 1.1e5, 4e5))
LAST_YEAR = ((0, 0.05, 0.5, 0.85, 1), (2e3, 6e3, 5e4, 1.1e5, 4e5))
UNDER = ((0, 0.1, 0.245, 0.3, 0.32, 0.7, 1), (2e3, 12e3, 45e3, 5e4, 55e3, 8e4, 19e4))
ABOVE = ((0, 0.04, 0.041, 0.6, 1), (3e4, 44e3, 56e3, 1.05e5, 4.5e5))
NOTHING_AT_ALL = 0.04
RICH_BY_ONE_OFF = 10
SILENT = 8
# The share of village-months whose line is left blank.
FORGOTTEN = 0.008
TAKEN_BACK = 4
CORRECTING_TOWNSHIPS = 6
MONTHS_CORRECTED = 6

SUN = np.array([6, 6.5, 8.5, 9.5, 10.5, 10.3, 9.5, 9.3, 8.5, 8, 7, 6.4]) / 100
HALF_YEARS = (0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1.2)
TERMS = (0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0)
SEASON = (0, 0, 0, 0.7, 1.3, 1, 1.4, 1.4, 1, 1.6, 0, 0)
QUARTERS = (1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0)
GROWING = (0.4, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4)
ANY = (1,) * 12


@dataclass(frozen=True)
class Habit:
    """How a source pays: to which share of villages, where more, when, how evenly."""

    source_id: str
    chance: float
    weight: float
    months: tuple[float, ...]
    grain_fen: int
    places: tuple[str, ...] = ()
    chance_there: float = 0
    months_paid: float = 1.0
    by_age: tuple[float, float, float] = (1, 1, 1)


HABITS = (
    Habit("contracting", 0.75, 18, ANY, 10_000),
    Habit("cooperative", 0.35, 20, HALF_YEARS, 10_000),
    Habit("inventory", 0.4, 14, GROWING, 10_000, months_paid=0.3, by_age=(1, 0.3, 0)),
    Habit("kindergarten", 0.12, 16, TERMS, 5_000),
    Habit("joint_base", 0.03, 24, HALF_YEARS, 10_000, MOUNTAIN, 0.4),
    Habit("joint_tourism", 0.02, 22, SEASON, 1_000, SCENIC, 0.35),
    Habit("joint_shopfront", 0.04, 40, QUARTERS, 10_000, TOWN, 0.5),
    Habit("pilot", 0.03, 30, SEASON, 1_000, by_age=(1, 0.5, 0)),
    Habit("hometown", 0.2, 9, ANY, 100_000, months_paid=0.08),
    Habit("other", 0.55, 0.6, ANY, 100, months_paid=0.25),
)
CONTRACTING = 0  # its place in HABITS


@dataclass(frozen=True)
class Reports:
    """What the villages stated of the economy, in fen.

    `stated` has village and month → source → amount as the first ledger said it; a
    village and month that is missing stated nothing. `corrections` has township and
    month → the lines (village, source, amount) that were put right afterwards.
    """

    stated: dict[Key, dict[str, int]]
    corrections: Corrections


def operating_sources() -> set[str]:
    """Return the ids of the sources whose category counts as operating income."""
    with (settings().data / "sources.toml").open("rb") as file:
        sources = tomllib.load(file)["sources"]
    return {name for name, one in sources.items() if one["category"] in OPERATING}


def invent(
    villages: pd.DataFrame, to_month: date, months: int = 34, seed: int = 2018
) -> pd.DataFrame:
    """Invent what every village received, month by month.

    Args:
        villages: village_code, short_name, township_code, township_name, kind.
        to_month: a day in the closing month; its year is the one under way.
        months: how many months, the closing one included.
        seed: the same seed gives the same figures for any closing month of a year.

    Returns:
        One row per village, month and source that paid: village_code, month (first
        day), source_id, amount_fen.
    """
    chance = np.random.default_rng(seed)
    lead = villages["township_name"].map(LEAD).fillna(0).to_numpy(float)
    score = lead + chance.normal(0, 0.9, len(villages))
    ranks = [_quantile(score + chance.normal(0, 0.4, len(score))) for _ in range(3)]
    last_year = _at(LAST_YEAR, ranks[1])
    this_year = _this_year(last_year * 100 < LINE_FEN, score + lead, ranks[2], chance)
    targets = [this_year, last_year, _at(TWO_YEARS_AGO, ranks[0])]
    solar, first_sun = _solar(this_year, last_year, chance)
    usual = _usual(villages["township_name"], chance)
    names = ["solar", *(habit.source_id for habit in HABITS), "farmland"]

    wanted = [add_months(to_month, n) for n in range(1 - months, 1)]
    years = []
    for year in range(wanted[0].year, to_month.year + 1):
        age = min(to_month.year - year, 2)
        chance = np.random.default_rng([seed, to_month.year - year])
        sun = solar * SUN * (age < 2) * chance.uniform(0.92, 1.08, (len(score), 12))
        if age == 1:
            sun = sun * (np.arange(12) >= first_sun[:, None])
        steady = _year(usual, age, targets[age], sun, chance)
        land = _farmland(this_year, last_year, age, chance)
        amounts = np.concatenate([np.rint(sun * 100)[None], steady, land[None]])
        years.append(amounts * ((age > 0) | (this_year > 0))[None, :, None])
    fen = np.concatenate(years, axis=2)[:, :, wanted[0].month - 1 :][:, :, :months]
    at_village, at_month, at_source = np.nonzero(fen.transpose(1, 2, 0))
    return pd.DataFrame(
        {
            "village_code": villages["village_code"].to_numpy(str)[at_village],
            "month": np.array(wanted, dtype=object)[at_month],
            "source_id": np.array(names)[at_source],
            "amount_fen": fen[at_source, at_village, at_month].astype(np.int64),
        }
    )


def _quantile(values: Floats) -> Floats:
    rank = np.argsort(np.argsort(values)).astype(np.float64)
    return (rank + 0.5) / max(len(values), 1)


def _at(curve: tuple[tuple[float, ...], tuple[float, ...]], quantile: Floats) -> Floats:
    yuan: Floats = np.exp(np.interp(quantile, curve[0], np.log(curve[1])))
    return yuan


def _this_year(
    was_under: npt.NDArray[np.bool_],
    score: Floats,
    rank: Floats,
    chance: np.random.Generator,
) -> Floats:
    income = _at(ABOVE, _quantile(rank))
    income[~was_under] = _at(ABOVE, _quantile(rank[~was_under]))
    place = np.argsort(
        np.argsort((score + chance.normal(0, 0.6, len(score)))[was_under])
    )
    nothing = round(NOTHING_AT_ALL * len(place))
    above_nothing = (place - nothing + 0.5) / max(len(place) - nothing, 1)
    income[was_under] = np.where(above_nothing > 0, _at(UNDER, above_nothing), 0)
    return income


def _solar(
    this_year: Floats, last_year: Floats, chance: np.random.Generator
) -> tuple[Floats, npt.NDArray[np.int64]]:
    size = len(this_year)
    until_october = SUN[:10].sum()
    yuan = np.clip(
        chance.uniform(0.4, 0.95, size) * this_year / until_october, 2e4, 1e5
    )
    has_plant = chance.random(size) < np.where(last_year * 100 < LINE_FEN, 0.55, 0.2)
    has_plant &= yuan * until_october < 0.95 * this_year
    return yuan[:, None] * has_plant[:, None], chance.choice([7, 7, 7, 8, 9], size)


def _usual(townships: "pd.Series[str]", chance: np.random.Generator) -> Floats:
    size = len(townships)
    usual = np.zeros((len(HABITS), size, 12))
    for position, habit in enumerate(HABITS):
        likely = np.where(
            townships.isin(habit.places), habit.chance_there, habit.chance
        )
        yuan = 1000 * habit.weight * chance.lognormal(0, 0.5, size)
        yuan *= chance.random(size) < likely
        usual[position] = yuan[:, None] * np.array(habit.months)
    # Contract money comes in odd months: one of the first five, for some another.
    first = chance.choice([0, 2, 4, 6, 8], size)
    second = chance.choice([4, 8, 10], size)
    pays = np.arange(12) == first[:, None]
    pays |= (np.arange(12) == second[:, None]) & (chance.random((size, 1)) < 0.4)
    usual[CONTRACTING] *= pays
    return usual


def _year(
    usual: Floats, age: int, target: Floats, sun: Floats, chance: np.random.Generator
) -> Floats:
    by_age = np.array([habit.by_age[age] for habit in HABITS])
    paid = np.array([habit.months_paid for habit in HABITS])
    yuan = usual * by_age[:, None, None]
    yuan *= chance.random(usual.shape) < paid[:, None, None]
    operating = operating_sources()
    counts = np.array([habit.source_id in operating for habit in HABITS])
    last = 10 if age == 0 else 12
    without = yuan[counts, :, :last].sum(axis=(0, 2)) == 0
    yuan[CONTRACTING, without, 2] = 1
    rest = np.maximum(target - sun[:, :last].sum(axis=1), 0.02 * target)
    scale = rest / yuan[counts, :, :last].sum(axis=(0, 2))
    yuan = np.where(counts[:, None, None], yuan * scale[None, :, None], yuan)
    grain = np.array([habit.grain_fen for habit in HABITS])[:, None, None]
    fen: Floats = np.rint(yuan * 100 / grain) * grain
    return fen


def _farmland(
    this_year: Floats, last_year: Floats, age: int, chance: np.random.Generator
) -> Floats:
    size = len(this_year)
    is_paid = chance.random(size) < 0.012
    if age == 0:
        poor = (last_year < 5e4) & (this_year > 4e3) & (this_year < 4e4)
        at = np.flatnonzero(poor)
        is_paid[chance.permutation(at)[:RICH_BY_ONE_OFF]] = True
    fen = chance.integers(120, 480, size) * 100_000 * is_paid
    in_month = np.arange(12) == chance.integers(2, 9, size)[:, None]
    return np.where(in_month, fen[:, None], 0).astype(np.float64)


def report(villages: pd.DataFrame, economy: pd.DataFrame, seed: int = 2018) -> Reports:
    """Tell what the villages reported of their income, with its gaps and mistakes.

    Some lines stay blank, and a few villages fall silent from May of the closing year
    on. A few townships put things right later; for up to four villages that takes back
    an amount with which they had seemed to pass the line.

    Args:
        villages: as for `invent`.
        economy: what `invent` returned.
        seed: decides who is silent and what is mistaken.

    Returns:
        The first statements and the corrections, in fen.
    """
    chance = np.random.default_rng([seed, len(economy)])
    months: list[date] = sorted(economy["month"].unique())
    codes: list[str] = villages["village_code"].tolist()
    true: dict[Key, dict[str, int]] = {
        (c, month): {} for c in codes for month in months
    }
    rows = (economy[name].tolist() for name in economy)
    for code, month, source, fen in zip(*rows, strict=True):
        true[code, month][source] = fen
    silent = _silent(economy, months[-1], chance)
    is_blank = dict(zip(true, chance.random(len(true)) < FORGOTTEN, strict=True))
    stated = {
        (code, month): dict(amounts)
        for (code, month), amounts in true.items()
        if not is_blank[code, month]
        and not (code in silent and month >= date(months[-1].year, 5, 1))
    }
    corrections = _take_back(villages, stated, months[-1], chance)
    first = list(dict.fromkeys(township for township, _month in corrections))
    others = sorted(set(villages["township_code"]) - set(first))
    chance.shuffle(others)
    for township in [*first, *others][:CORRECTING_TOWNSHIPS]:
        members = villages.loc[villages["township_code"] == township, "village_code"]
        able = [code for code in members if code not in silent]
        for at in chance.permutation(len(months) - 1)[:MONTHS_CORRECTED]:
            month = months[at]
            lines = corrections.setdefault((township, month), [])
            done = {code for code, *_rest in lines}
            lines += _put_right(able, month, true, stated)
            lines += _mistake([c for c in able if c not in done], month, stated, chance)
    return Reports(stated, {key: lines for key, lines in corrections.items() if lines})


def _silent(
    economy: pd.DataFrame, closing: date, chance: np.random.Generator
) -> set[str]:
    is_counted = economy["month"] >= date(closing.year, 1, 1)
    fen = economy[is_counted].groupby("village_code")["amount_fen"].sum()
    poor = sorted(fen[fen < LINE_FEN].index)
    return {str(code) for code in chance.permutation(poor)[:SILENT]}


def _take_back(
    villages: pd.DataFrame,
    stated: dict[Key, dict[str, int]],
    closing: date,
    chance: np.random.Generator,
) -> Corrections:
    """Overstate an amount so that a village passes the line; return the true ones."""
    operating = operating_sources()
    by_month = {
        key: sum(fen for source, fen in amounts.items() if source in operating)
        for key, amounts in stated.items()
    }
    year: Counter[tuple[str, int]] = Counter()
    for (code, month), fen in by_month.items():
        year[code, month.year] += fen
    taken: Corrections = {}
    order = chance.permutation(len(villages))
    places = villages[["village_code", "township_code"]].to_numpy(str)[order].tolist()
    for code, township in places:
        month = date(closing.year, 7 + len(taken) % 2, 1)
        if len(taken) == TAKEN_BACK or month >= closing:
            break
        is_near = 4_000_000 <= year[code, closing.year] < LINE_FEN - 50_000
        was_under = year[code, closing.year - 1] < LINE_FEN
        sofar = [by_month.get((code, month.replace(month=n)), 0) for n in range(1, 9)]
        until = sum(sofar[: month.month])
        is_able = sofar[month.month - 1] > 0 and until > 3_000_000
        if is_near and was_under and is_able and (township, month) not in taken:
            amounts = stated[code, month]
            source = max(
                operating & amounts.keys(), key=lambda one: (amounts[one], one)
            )
            taken[township, month] = [(code, source, amounts[source])]
            missing = LINE_FEN - until + int(chance.integers(100_000, 400_000))
            amounts[source] += -(-missing // 10_000) * 10_000
    return taken


def _put_right(
    able: list[str],
    month: date,
    true: dict[Key, dict[str, int]],
    stated: dict[Key, dict[str, int]],
) -> Iterator[tuple[str, str, int]]:
    """Give the lines that were left blank; no income is a zero."""
    for code in able:
        if (code, month) not in stated:
            for source, fen in (true[code, month] or {"other": 0}).items():
                yield code, source, fen


def _mistake(
    able: list[str],
    month: date,
    stated: dict[Key, dict[str, int]],
    chance: np.random.Generator,
) -> Iterator[tuple[str, str, int]]:
    """Understate one larger amount of a township and month, and give the true one."""
    large = [
        (code, source, fen)
        for code in able
        for source, fen in stated.get((code, month), {}).items()
        if fen >= 100_000
    ]
    if large:
        code, source, fen = large[chance.integers(len(large))]
        stated[code, month][source] = fen * 7 // 1000 * 100
        yield code, source, fen
