"""What did the villages of one county receive and spend, month by month? Invented.

How a village fares in a year comes from the same standing as in the county's
demonstration; here it is only spread over a few sources and months.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from etl.demo.months import CLOSING_YEAR
from etl.demo.province import kinds
from etl.demo.province.kinds import FIRST_MONTH, Span
from etl.demo.province.papers import SOLAR_FROM

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# What share of the villages has each steady source of the ledger, and its months.
_STEADY = {kinds.CONTRACTING: 1.0, kinds.COOPERATIVE: 0.35}
_STEADY |= {kinds.KINDERGARTEN: 0.08, kinds.PILOT: 0.06}
_MONTHS: dict[int, tuple[float, ...]] = {
    kinds.CONTRACTING: (0.3, 0.2, 1.5, 0.3, 0.3, 2, 0.5, 0.4, 1.5, 0.6, 0.5, 2),
    kinds.COOPERATIVE: (0, 0, 0, 0, 0, 1, 0, 0, 0.4, 0, 0, 1.2),
    kinds.KINDERGARTEN: (0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0),
    kinds.PILOT: (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
}
# A target of the closing year is of its first ten months.
_TOLD_MONTHS = 10
_OTHER_SHARE, _HOMETOWN_CHANCE, _COST_SHARE = 0.4, 0.004, 0.3
_COSTS = {kinds.BUSINESS_COST: 0.1, kinds.ADMIN_COST: 0.08, kinds.OTHER_COST: 0.03}
_MISSING = 0.006
_MISSING_LATELY = (0.02, 0.05)
_SUN_HOURS = (70, 78, 100, 112, 120, 112, 105, 102, 90, 86, 72, 66)
BENCHMARK_FEN, SUBSIDY_FEN = 37.79, 47.21  # per kWh
_SUBSIDY_ARRIVED = 0.4
_STEP_FEN = 1000


@dataclass(frozen=True)
class Lines:
    """Lines of one kind: of which village (its place in the county) and span.

    Money is in fen; what a kind does not have is 0. `project` is -1 where there is
    none.
    """

    kind: int
    village: Whole
    span: Whole
    due_fen: Whole
    received_fen: Whole
    quantity: Whole
    project: Whole


def lines(
    kind: int,
    village: Whole,
    span: Whole,
    received_fen: Whole | None = None,
    due_fen: Whole | None = None,
    quantity: Whole | None = None,
    project: Whole | None = None,
) -> Lines:
    """Return lines of a kind; what is not given is nothing."""
    nothing = np.zeros(len(village), np.int64)
    return Lines(
        kind,
        village,
        span,
        nothing if due_fen is None else due_fen,
        nothing if received_fen is None else received_fen,
        nothing if quantity is None else quantity,
        nothing - 1 if project is None else project,
    )


def ledgers(
    targets: dict[int, Floats], months: int, chance: np.random.Generator
) -> list[Lines]:
    """Return what the ledgers tell of every village and month that reported.

    Args:
        targets: operating income in yuan of every village by year; of the closing
            year of its first ten months.
        months: how many months there are.
        chance: draws.
    """
    size = len(next(iter(targets.values())))
    reported = _reported(size, months, chance)
    weight = {
        kind: (chance.random(size) < share) * chance.gamma(2, 1, size)
        for kind, share in _STEADY.items()
    }
    whole = np.sum(list(weight.values()), axis=0)
    told = []
    total = np.zeros((size, months), np.int64)
    for kind, own in weight.items():
        fen = _monthly(kind, own / whole, targets, months, chance) * reported
        total += fen
        # the first source is told every month, nothing as 0: the ledger has come
        is_told = reported if kind == kinds.CONTRACTING else fen > 0
        told.append(_where(kind, is_told, fen))
    has_other = chance.random(size) < _OTHER_SHARE
    quarterly = (np.arange(months) % 3 == 2)[None, :] & has_other[:, None] & reported
    told.append(_where(kinds.OTHER, quarterly, _lumps(7, size, months, chance)))
    gifts = (chance.random((size, months)) < _HOMETOWN_CHANCE) & reported
    told.append(_where(kinds.HOMETOWN, gifts, _lumps(9, size, months, chance)))
    is_costed = (chance.random(size) < _COST_SHARE)[:, None] & reported
    for kind, share in _COSTS.items():
        told.append(_where(kind, is_costed, (total * share).astype(np.int64)))
    return told


def _monthly(
    kind: int,
    share: Floats,
    targets: dict[int, Floats],
    months: int,
    chance: np.random.Generator,
) -> Whole:
    """Spread a source's share of each year over the months in which it pays."""
    size = len(share)
    weights = np.array(_MONTHS[kind]) * chance.lognormal(0, 0.3, (size, 12))
    fen = np.zeros((size, months), np.int64)
    for year, yuan in targets.items():
        first = 12 * (year - FIRST_MONTH.year)
        count = min(12, months - first)
        if count <= 0:
            continue
        base = weights[:, :_TOLD_MONTHS] if year == CLOSING_YEAR else weights
        part = weights[:, :count] / base.sum(axis=1, keepdims=True)
        exact = part * (share * yuan)[:, None] * 100
        fen[:, first : first + count] = np.rint(exact / _STEP_FEN) * _STEP_FEN
    return fen


def _reported(size: int, months: int, chance: np.random.Generator) -> Flags:
    missing = np.full(months, _MISSING)
    lately = min(months, len(_MISSING_LATELY))
    missing[months - lately :] = _MISSING_LATELY[-lately:]
    flags: Flags = chance.random((size, months)) >= missing
    return flags


def _lumps(
    log_yuan: float, size: int, months: int, chance: np.random.Generator
) -> Whole:
    yuan = chance.lognormal(log_yuan, 0.7, (size, months))
    whole: Whole = np.rint(yuan / 100).astype(np.int64) * 10_000
    return whole


def _where(kind: int, is_told: Flags, fen: Whole) -> Lines:
    village, month = np.nonzero(is_told)
    return lines(kind, village, month, received_fen=fen[village, month])


def solar(
    capacity_kw: Whole, months: int, chance: np.random.Generator
) -> tuple[Lines, ...]:
    """Return what platform and grid tell of the plants: energy, electricity, subsidy.

    Args:
        capacity_kw: of each village; 0 without a plant.
        months: how many months there are.
        chance: draws.
    """
    first = _month_no(SOLAR_FROM)
    when = np.arange(first, max(months, first))
    villages = np.flatnonzero(capacity_kw)
    hours = np.array(_SUN_HOURS)[when % 12] * chance.normal(
        1, 0.08, (len(villages), len(when))
    )
    village, month = np.repeat(villages, len(when)), np.tile(when, len(villages))
    capacity = capacity_kw[village]
    kwh = np.rint(capacity * hours.ravel().clip(20)).astype(np.int64)
    paid = np.rint(kwh * BENCHMARK_FEN).astype(np.int64)
    owed = np.rint(kwh * SUBSIDY_FEN).astype(np.int64)
    arrived = np.rint(owed * _SUBSIDY_ARRIVED).astype(np.int64)
    return (
        lines(kinds.ENERGY, village, month, due_fen=paid + owed, quantity=kwh),
        lines(kinds.CAPACITY, village, month, quantity=capacity),
        lines(kinds.ELECTRICITY, village, month, paid, paid, kwh),
        lines(kinds.SUBSIDY, village, month, arrived, owed),
    )


def _month_no(day: date) -> int:
    return 12 * (day.year - FIRST_MONTH.year) + day.month - 1


def joint(
    project: int,
    kind: int,
    holders: Whole,
    share_pct: Whole,
    spans: list[Span],
    chance: np.random.Generator,
) -> list[Lines]:
    """Return a joint project's income of each half year, whole and by its holders.

    Args:
        project: its number; the first holder manages it.
        kind: which of `kinds.JOINT` it is.
        holders: the villages that hold shares.
        share_pct: whole percents, so that every part is exact to the fen.
        spans: all spans; of the half years it has income.
        chance: draws.
    """
    told = []
    for number, span in enumerate(spans):
        if span.months != 6:
            continue
        whole = np.array([int(chance.integers(300, 3000)) * _STEP_FEN * 10])
        when, own = np.array([number]), np.array([project])
        told.append(
            lines(kinds.PROJECT + kind, holders[:1], when, whole, whole, project=own)
        )
        part, many = whole * share_pct // 100, np.ones(len(holders), np.int64)
        told.append(
            lines(
                kinds.PART + kind,
                holders,
                many * number,
                part,
                part,
                project=many * project,
            )
        )
    return told


def reports(size: int, spans: list[Span]) -> list[Lines]:
    """Return that every village's inventory, contracts and roster have come."""
    everyone = np.arange(size)
    told = []
    for number, span in enumerate(spans):
        when = np.full(size, number)
        if span.months == 12:
            told.append(lines(kinds.CONTRACT_REPORT, everyone, when))
        if span.months == 6 and span.end.year >= CLOSING_YEAR - 1:
            told.append(lines(kinds.ROSTER_REPORT, everyone, when))
        if span.months == 6 and span.end.year >= CLOSING_YEAR:
            told.append(lines(kinds.INVENTORY_REPORT, everyone, when))
    return told


def found_by_inventory(
    size: int, spans: list[Span], chance: np.random.Generator
) -> list[Lines]:
    """Return what the inventory of the closing year recovered and let anew."""
    told = []
    for number, span in enumerate(spans):
        if span.months != 6 or span.end.year < CLOSING_YEAR:
            continue
        for kind in (kinds.ARREARS, kinds.RELET):
            village = np.flatnonzero(chance.random(size) < 0.1)
            owed = _lumps(8, len(village), 1, chance)[:, 0]
            when = np.full(len(village), number)
            told.append(lines(kind, village, when, owed // 2, owed))
    return told


def stacked(told: list[Lines]) -> dict[str, Whole]:
    """Return all lines as columns: kind_no and the fields of `Lines`."""
    columns = {
        name: np.concatenate([getattr(one, name) for one in told]).astype(np.int64)
        for name in Lines.__dataclass_fields__
        if name != "kind"
    }
    columns["kind_no"] = np.concatenate(
        [np.full(len(one.village), one.kind) for one in told]
    )
    return columns
