"""Do counts, lists and amounts agree with a plain recomputation from the same lines?

Random papers of a few villages over two years, corrections among them, are loaded in
earnest; the model below knows the design and none of the code.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import count
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from base.month import last_day
from queries import Progress
from store import Store
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    SHANGPO,
    end_of,
    give,
    moment,
    progress,
    question,
    viewer_of,
    villages,
)
from tests.queries.conftest import Make

CODES = [HESHUN, LIUQUAN, DONGLI, SHANGPO, "410581105204", "410581105205"]
TRACED = CODES[:2]
LINE = Decimal(50_000)
SOURCES = ["光伏", "光伏", "合作社", "补助", "管理费用"]
OPERATING, COST = {"光伏", "合作社"}, {"管理费用"}
PERIODS = {f"{m:02}": (m, m) for m in range(1, 13)} | {
    "一季度": (1, 3),
    "二季度": (4, 6),
    "上半年": (1, 6),
    "下半年": (7, 12),
    "全年": (1, 12),
}
# When papers come: before the close of 2017, in its last second, and after it.
ARRIVALS = [
    datetime(2018, 1, 15),
    datetime(2018, 1, 31, 23, 59, 59),
    datetime(2018, 2, 1),
    datetime(2018, 7, 8),
    datetime(2018, 11, 9),
    datetime(2019, 1, 12),
]
AMOUNTS = ["0", "无", "12500", "25000", "24999.99", "25000.01", "49999.99", "50000"]
AMOUNTS += ["0.01", "-100", "—", "only due"]
MOMENTS = [
    (end_of(3), datetime(2018, 4, 12)),
    (end_of(6), datetime(2018, 11, 16)),
    (end_of(10), datetime(2018, 11, 16)),
    (end_of(12), datetime(2019, 1, 20)),
    (end_of(1), datetime(2018, 1, 20)),
    (end_of(12, 2017), datetime(2018, 11, 16)),
]


@dataclass(frozen=True)
class Said:
    """One line of a paper, as a person wrote it."""

    code: str
    year: int
    period: str
    source: str
    amount: str

    @property
    def start(self) -> date:
        return date(self.year, PERIODS[self.period][0], 1)

    @property
    def end(self) -> date:
        return last_day(date(self.year, PERIODS[self.period][1], 1))

    @property
    def unit(self) -> tuple[str, str, date, date]:
        return self.code, self.source, self.start, self.end

    @property
    def written(self) -> tuple[str, str, str, str, str]:
        said = f"{self.year}-{self.period}"
        period = said if self.period.isdigit() else f"{self.year}年{self.period}"
        if self.amount == "only due":
            return self.code, period, self.source, "", "100"
        return self.code, period, self.source, self.amount, ""

    @property
    def received(self) -> Decimal | None:
        """What the line states; a dash states no line at all."""
        return {"only due": None, "无": Decimal(0)}.get(
            self.amount, Decimal(self.amount) if self.amount[-1].isdigit() else None
        )


Paper = tuple[datetime, list[Said]]
LINES = st.builds(
    Said,
    st.sampled_from(CODES),
    st.sampled_from([2017, 2018]),
    st.sampled_from([*PERIODS, "全年", "上半年"]),
    st.sampled_from(SOURCES),
    st.sampled_from(AMOUNTS),
)
PAPERS = st.lists(
    st.tuples(st.sampled_from(ARRIVALS), st.lists(LINES, min_size=5, max_size=30)),
    min_size=1,
    max_size=5,
).map(lambda papers: sorted(papers, key=lambda paper: paper[0]))


class Model:
    """The design in a few lines: what is in force at a time, and what counts."""

    def __init__(self, papers: list[Paper]) -> None:
        self.papers = papers
        self.in_force = lru_cache(maxsize=None)(self._in_force)

    def _in_force(self, known_at: datetime) -> dict[tuple, Decimal | None]:
        """Return each unit's amount, None where it is not known."""
        units: dict[tuple, Decimal | None] = {}
        for at, lines in self.papers:
            if at > known_at:
                break
            named: dict[tuple, list[Decimal | None]] = {}
            for line in lines:
                if line.amount != "—":
                    named.setdefault(line.unit, []).append(line.received)
            for unit, parts in named.items():
                known = [part for part in parts if part is not None]
                is_whole = len(known) == len(parts)
                units[unit] = sum(known, Decimal(0)) if is_whole else None
        return units

    def sums(
        self, code: str, as_of: date, known_at: datetime
    ) -> tuple[Decimal | None, Decimal | None]:
        """Return operating and other income of the year; None without any."""
        of_code = self.in_force(known_at).items()
        units = {unit: amount for unit, amount in of_code if unit[0] == code}
        own: dict[bool, list[Decimal]] = {True: [], False: []}
        for (_code, source, start, end), amount in units.items():
            is_told_by_wider = any(
                source == wider[1]
                and wider[2] <= start
                and end <= wider[3] <= as_of
                and (start, end) != wider[2:]
                and told is not None
                for wider, told in units.items()
            )
            is_counted = end.year == as_of.year and end <= as_of
            if source in COST or amount is None or is_told_by_wider or not is_counted:
                continue
            own[source in OPERATING].append(amount)
        operating, other = (
            sum(own[is_own], Decimal(0)) if own[is_own] else None
            for is_own in (True, False)
        )
        return operating, other

    def is_under(self, code: str, as_of: date, known_at: datetime) -> bool:
        amount = self.sums(code, as_of, known_at)[0]
        return amount is None or amount < LINE

    def list_of(self, year: int, known_at: datetime) -> set[str]:
        """Return who was under the line at the close of the year before."""
        close = min(datetime(year, 1, 31, 23, 59, 59), known_at)
        is_late = not any(at <= close for at, _lines in self.papers)
        read_at = known_at if is_late else close
        return {
            code
            for code in CODES
            if self.is_under(code, date(year - 1, 12, 31), read_at)
        }

    def reason(self, code: str, as_of: date, known_at: datetime) -> str:
        operating, other = self.sums(code, as_of, known_at)
        if operating is None:
            return "no_figure" if other is None else "other_only"
        if operating + (other or 0) >= LINE:
            return "other_only"
        return "short" if operating else "zero"

    def standing(self, code: str, as_of: date, known_at: datetime) -> str:
        is_listed = code in self.list_of(as_of.year, known_at)
        is_close = (as_of.month, as_of.day) == (12, 31)
        if self.is_under(code, as_of, known_at) and (is_listed or is_close):
            return "remaining"
        return "cleared" if is_listed else "met_last_year"

    def reported(self, code: str, month: int, year: int, known_at: datetime) -> bool:
        return any(
            unit[0] == code and unit[2] <= date(year, month, 1) <= unit[3]
            for unit in self.in_force(known_at)
        )


def loaded(store: Store, papers: list[Paper]) -> list[Paper]:
    """Send the papers in and return what stood in them."""
    taken = []
    for at, said in papers:
        lines = [line for line in said if line.start <= at.date()]
        if lines and any(line.amount != "—" for line in lines):
            give(store, *(line.written for line in lines), at=at)
            taken.append((at, lines))
    return taken


def same(found: object, expected: Decimal | None) -> bool:
    return bool(pd.isna(found)) if expected is None else found == expected


def agrees(store: Store, model: Model, as_of: date, known_at: datetime) -> Progress:
    """Compare all that is asked of a moment with the model."""
    viewer = viewer_of(*CODES)
    found = villages(store, as_of, known_at, viewer)
    assert sorted(found.index) == sorted(CODES)
    for code, row in found.iterrows():
        place = str(code)
        assert row["standing"] == model.standing(place, as_of, known_at), place
        operating, other = model.sums(place, as_of, known_at)
        if model.is_under(place, as_of, known_at):
            assert same(row["amount_yuan"], operating)
            assert same(row["other_yuan"], other)
            assert row["gap_yuan"] == LINE - (operating or 0)
            assert row["reason"] == model.reason(place, as_of, known_at)
        months = range(1, as_of.month + 1)
        reported = [model.reported(place, m, as_of.year, known_at) for m in months]
        assert row["reported_count"] == sum(reported)
        if place not in TRACED:
            continue
        traced = question(
            "village/figures",
            store,
            viewer,
            moment(store, as_of, known_at),
            village_code=place,
        )
        is_own = traced["counts"] & traced["category"].isin(
            ["business_income", "investment_income"]
        )
        amounts = list(traced.loc[is_own, "amount_received_yuan"])
        assert same(sum(amounts, Decimal(0)) if amounts else None, operating)
    whole = progress(store, as_of, known_at, viewer)
    for row in whole.path.itertuples():
        words = [model.standing(code, row.as_of_date, known_at) for code in CODES]
        assert row.remaining == words.count("remaining")
        assert row.cleared == words.count("cleared")
        assert row.villages == row.remaining + row.cleared
    return whole


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recomputed")


_folders = count()


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow],
)
@given(
    papers=PAPERS,
    moments=st.lists(st.sampled_from(MOMENTS), min_size=2, max_size=2, unique=True),
)
def test_figures_are_those_of_the_lines(
    new_store: Make,
    folder: Path,
    papers: list[Paper],
    moments: list[tuple[date, datetime]],
) -> None:
    store = new_store(folder / str(next(_folders)))
    try:
        model = Model(loaded(store, papers))
        for as_of, known_at in moments:
            agrees(store, model, as_of, known_at)
    finally:
        store.close()


@pytest.mark.parametrize("seed", [1, 2])
def test_two_busy_years(store: Store, seed: int) -> None:
    """Many papers at once, so that every standing occurs."""
    chance = random.Random(seed)
    papers = [
        (
            at,
            [
                Said(
                    chance.choice(CODES),
                    chance.choice([2017, 2018]),
                    chance.choice(list(PERIODS)),
                    chance.choice(SOURCES),
                    chance.choice(AMOUNTS),
                )
                for _line in range(25)
            ],
        )
        for at in ARRIVALS
    ]
    model = Model(loaded(store, papers))
    standings: set[str] = set()
    for as_of, known_at in MOMENTS:
        agrees(store, model, as_of, known_at)
        standings |= {model.standing(code, as_of, known_at) for code in CODES}
    assert standings == {"remaining", "cleared", "met_last_year"}
