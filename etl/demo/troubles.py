"""What did the villages state of what they received, with gaps and mistakes?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from etl.demo.economy import SEED, SOURCES, Economy, operating_places
from etl.demo.months import CLOSING_YEAR, COUNT, Span, at

Fen = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
LINE_FEN = 5_000_000
NEVER, SILENT, TAKEN_BACK = 4, 8, 4
# The share of village-months whose line is left blank.
FORGOTTEN = 0.008
CORRECTING_TOWNSHIPS, MONTHS_CORRECTED = 6, 6
_SOLAR = SOURCES.index("solar")
_OTHER = SOURCES.index("other")
# Shares of a plant's months in which the ledger says what was due, nothing, or less.
_SAYS_DUE, _SAYS_NOTHING, _TRANSPOSED = 0.05, 0.04, 0.02

Line = tuple[int, int, int]


@dataclass(frozen=True)
class Told:
    """What the ledgers first say, in fen, and what was put right afterwards.

    `stated` is as `Economy.received`; `is_told` has a row per village and a column per
    month, false where the line stays blank. `corrections` has lines (village, source,
    fen) by township code and place of the month.
    """

    stated: Fen
    is_told: Flags
    corrections: dict[tuple[str, int], list[Line]]

    def has(self, span: Span) -> Flags:
        """Tell which villages tell of a span: who has told its last month."""
        told: Flags = self.is_told[:, span.places.stop - 1]
        return told

    def amounts(self, span: Span) -> Fen:
        """Return what is stated of a span: a row per source, a column per village."""
        total: Fen = self.stated[:, :, span.places].sum(axis=2)
        return total

    def own(self, year: int) -> Flags:
        """Tell which sources each village has in a year: as `amounts`."""
        months = slice(at(year, 1), at(year, 12) + 1)
        has: Flags = np.any(self.stated[:, :, months] > 0, axis=2)
        return has


def tell(economy: Economy, seed: int = SEED) -> Told:
    """Invent what goes wrong between the money and the ledgers.

    A few villages never report, a few fall silent from May of the closing year on,
    some lines stay blank, and of solar money the ledgers know less than the grid. A few
    townships put things right later; for up to four villages that takes back an amount
    with which they had seemed to pass the line.

    Args:
        economy: what was received.
        seed: decides who is silent and what is mistaken.
    """
    chance = np.random.default_rng([seed, 6])
    size = economy.world.size
    closing = slice(at(CLOSING_YEAR, 1), at(CLOSING_YEAR, 10) + 1)
    is_told = chance.random((size, COUNT)) >= FORGOTTEN
    is_low = economy.operating(closing) < LINE_FEN
    low = chance.permutation(np.flatnonzero(is_low & ~economy.world.is_poor))
    is_told[low[:NEVER]] = False
    silent = low[NEVER : NEVER + SILENT]
    is_told[silent, at(CLOSING_YEAR, 5) :] = False
    stated = economy.received.copy()
    _misread_settlements(economy, stated, chance)
    quiet = set(low[: NEVER + SILENT].tolist())
    corrections = _take_back(economy, stated, is_told, quiet, chance)
    _correct(economy, stated, is_told, quiet, corrections, chance)
    return Told(stated, is_told, corrections)


def _misread_settlements(
    economy: Economy, stated: Fen, chance: np.random.Generator
) -> None:
    sun = economy.solar
    drawn = chance.random(sun.received.shape)
    told = sun.received.copy()
    due = sun.electricity_due + sun.subsidy_due
    first, second = _SAYS_DUE, _SAYS_DUE + _SAYS_NOTHING
    told = np.where(drawn < first, due, told)
    told = np.where((drawn >= first) & (drawn < second), 0, told)
    is_less = (drawn >= second) & (drawn < second + _TRANSPOSED)
    told = np.where(is_less, told // 1_000 * 700, told)
    stated[_SOLAR, sun.plants] = told


def _take_back(
    economy: Economy,
    stated: Fen,
    is_told: Flags,
    quiet: set[int],
    chance: np.random.Generator,
) -> dict[tuple[str, int], list[Line]]:
    """Overstate an amount so that a village passes the line; return the true ones."""
    places = operating_places()
    towns = economy.world.villages["township_code"].tolist()
    before = slice(at(CLOSING_YEAR - 1, 1), at(CLOSING_YEAR, 1))
    was_under = economy.operating(before) < LINE_FEN
    monthly = stated[places].sum(axis=0) * is_told
    own = economy.operating(slice(at(CLOSING_YEAR, 1), at(CLOSING_YEAR, 10) + 1))
    taken: dict[tuple[str, int], list[Line]] = {}
    for village in chance.permutation(len(towns)).tolist():
        if len(taken) == TAKEN_BACK:
            break
        month = at(CLOSING_YEAR, 7 + len(taken) % 2)
        until = int(monthly[village, at(CLOSING_YEAR, 1) : month + 1].sum())
        is_near = 4_000_000 <= own[village] < LINE_FEN - 50_000
        is_near &= bool(was_under[village]) and village not in quiet
        is_able = monthly[village, month] > 0 and until > 2_500_000
        if is_near and is_able and (towns[village], month) not in taken:
            source = max(places, key=lambda one: (stated[one, village, month], one))
            true = int(stated[source, village, month])
            taken[towns[village], month] = [(village, source, true)]
            missing = LINE_FEN - until + int(chance.integers(100_000, 400_000))
            stated[source, village, month] += -(-missing // 10_000) * 10_000
    return taken


def _correct(
    economy: Economy,
    stated: Fen,
    is_told: Flags,
    quiet: set[int],
    corrections: dict[tuple[str, int], list[Line]],
    chance: np.random.Generator,
) -> None:
    """Have some townships fill in blank lines and put one amount of a month right."""
    towns = economy.world.villages["township_code"].to_numpy(str)
    first = list(dict.fromkeys(town for town, _month in corrections))
    others = sorted(set(towns.tolist()) - set(first))
    chance.shuffle(others)
    months = at(CLOSING_YEAR, 10) - at(CLOSING_YEAR - 1, 1)
    for town in [*first, *others][:CORRECTING_TOWNSHIPS]:
        members = np.flatnonzero(towns == town).tolist()
        able = [village for village in members if village not in quiet]
        for back in chance.permutation(months)[:MONTHS_CORRECTED].tolist():
            month = at(CLOSING_YEAR - 1, 1) + back
            lines = corrections.setdefault((town, month), [])
            done = {village for village, *_rest in lines}
            lines += _filled_in(able, month, economy.received, is_told)
            rest = [village for village in able if village not in done]
            lines += _mistaken(rest, month, stated, is_told, chance)
            if not lines:
                del corrections[town, month]


def _filled_in(able: list[int], month: int, true: Fen, is_told: Flags) -> list[Line]:
    """Give the lines that were left blank; no income is a zero."""
    lines: list[Line] = []
    for village in able:
        if not is_told[village, month]:
            sources = np.flatnonzero(true[:, village, month]).tolist() or [_OTHER]
            lines += [(village, one, int(true[one, village, month])) for one in sources]
    return lines


def _mistaken(
    able: list[int],
    month: int,
    stated: Fen,
    is_told: Flags,
    chance: np.random.Generator,
) -> list[Line]:
    """Understate one larger amount of a township and month, and give the true one."""
    large = [
        (village, source, int(stated[source, village, month]))
        for village in able
        if is_told[village, month]
        for source in range(len(SOURCES))
        if source != _SOLAR and stated[source, village, month] >= 100_000
    ]
    if not large:
        return []
    village, source, fen = large[int(chance.integers(len(large)))]
    stated[source, village, month] = fen * 7 // 1_000 * 100
    return [(village, source, fen)]
