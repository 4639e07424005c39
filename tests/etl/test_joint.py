"""Is joint income parted to the fen, by the shares of the day, whoever comes first?"""

import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.joint import split
from etl.rebuild import rebuild
from store import Store
from tests.etl.statements.grids import (
    DONGLI,
    JOINT,
    LIUQUAN,
    OF_L01,
    RENCUN,
    SHARES,
    with_cell,
)
from tests.making import Grid, load

PARTS = """
select village_code, amount_due_yuan, amount_received_yuan
from core.income_period
where
    statement = 'joint_income'
    and line_kind = 'income'
    and is_in_force(from_no, to_no, $version_no)
order by village_code
"""
NOW = "select version_no from ops.version"


def shares(**pcts: str) -> dict[str, Decimal]:
    return {code: Decimal(pct) for code, pct in pcts.items()}


@pytest.mark.parametrize(
    ("fen", "held", "parts"),
    [
        (100, shares(a="50", b="50"), {"a": 50, "b": 50}),
        (101, shares(a="50", b="50"), {"a": 51, "b": 50}),
        (
            100,
            shares(a="33.333333", b="33.333333", c="33.333334"),
            {"a": 33, "b": 33, "c": 34},
        ),
        (1, shares(a="1", b="99"), {"a": 0, "b": 1}),
        (-101, shares(a="50", b="50"), {"a": -51, "b": -50}),
        (0, shares(a="10", b="90"), {"a": 0, "b": 0}),
    ],
)
def test_the_fen_left_over_go_to_who_lost_most(
    fen: int, held: dict[str, Decimal], parts: dict[str, int]
) -> None:
    assert split(fen, held) == parts


@given(
    st.integers(-(10**12), 10**12),
    st.lists(st.integers(1, 10**6), min_size=1, max_size=12),
)
def test_the_parts_sum_to_the_whole(fen: int, weights: list[int]) -> None:
    millionths = [10**8 * weight // sum(weights) for weight in weights]
    millionths[0] += 10**8 - sum(millionths)
    held = {
        f"{code:02}": Decimal(millionth) / 10**6
        for code, millionth in enumerate(millionths)
    }
    parts = split(fen, held)
    assert sum(parts.values()) == fen
    for code, part in parts.items():
        assert abs(part - fen * held[code] / 100) < 1


def parts_of(store: Store) -> dict[str, tuple[Decimal, Decimal]]:
    frame = store.frame(PARTS, {"version_no": store.value(NOW)})
    return {row[0]: (row[1], row[2]) for row in frame.itertuples(index=False)}


def table(first: str, second: str, day: str) -> Grid:
    """Return a share table of 柳泉 and 东里 alone."""
    return [
        *SHARES[:2],
        [*OF_L01, "河顺镇", "柳泉", first, day],
        [*OF_L01, "河顺镇", "东里", second, day],
    ]


WHOLE = {
    LIUQUAN: (Decimal("40000.00"), Decimal("33333.34")),
    DONGLI: (Decimal("40000.00"), Decimal("33333.33")),
    RENCUN: (Decimal("40000.00"), Decimal("33333.34")),
}


@pytest.mark.parametrize("order", [(SHARES, JOINT), (JOINT, SHARES)])
def test_either_paper_may_come_first(store: Store, order: tuple[Grid, Grid]) -> None:
    load(store, order[0])
    assert parts_of(store) == {}
    load(store, order[1])
    assert parts_of(store) == WHOLE
    assert sum(got for _due, got in WHOLE.values()) == Decimal("100000.01")


def test_a_later_paper_of_the_project_replaces_all_parts(store: Store) -> None:
    load(store, SHARES)
    load(store, JOINT)
    load(store, with_cell(JOINT, 3, 6, 300))
    assert {got for _due, got in parts_of(store).values()} == {Decimal("100.00")}


def test_who_holds_no_share_any_more_loses_the_part(store: Store) -> None:
    load(store, SHARES)
    load(store, JOINT)
    version = store.value(NOW)
    load(store, table("70%", "30%", "2018-01-01"))
    assert {code: got for code, (_due, got) in parts_of(store).items()} == {
        LIUQUAN: Decimal("70000.01"),
        DONGLI: Decimal("30000.00"),
    }
    # what was known before is still told as it was
    then = store.frame(PARTS, {"version_no": version})
    assert len(then) == 3


def test_shares_hold_from_their_day_on(store: Store) -> None:
    load(store, SHARES)
    load(store, table("70%", "30%", "2018-07-01"))
    load(store, JOINT)
    assert parts_of(store) == WHOLE
    load(store, with_cell(JOINT, 0, 0, "2018年7月联建项目收入表"))
    july = store.frame(
        "select village_code from core.income_period where period_end = $day "
        "and line_kind = 'income' and statement = 'joint_income'",
        {"day": date(2018, 7, 31)},
    )
    assert sorted(july["village_code"]) == [LIUQUAN, DONGLI]


def test_income_without_a_share_table_is_nobodys(store: Store) -> None:
    load(store, JOINT)
    assert parts_of(store) == {}
    kinds = "select distinct line_kind from core.income_period"
    assert store.frame(kinds, {})["line_kind"].tolist() == ["project"]


def test_a_rebuild_gives_the_same_parts_and_facts(store: Store) -> None:
    load(store, SHARES)
    load(store, JOINT)
    load(store, table("70%", "30%", "2018-01-01"))
    said: list[str] = []
    before = parts_of(store)
    assert rebuild(said.append) == 0
    assert "不同 0 条" in said[0]
    assert parts_of(store) == before
    counts = "select count(*) from core.project_share where to_no > $no"
    assert store.value(counts, {"no": store.value(NOW)}) == 2


FEN, LARGEST = st.integers(-(10**12), 10**12), 10**8
WEIGHTS = st.lists(st.integers(1, 10**6), min_size=1, max_size=12)


def held_by(weights: list[int]) -> dict[str, Decimal]:
    """Give each holder its weight of a hundred per cent, to a millionth."""
    millionths = [LARGEST * weight // sum(weights) for weight in weights]
    millionths[0] += LARGEST - sum(millionths)
    return {f"{code:02}": Decimal(m) / 10**6 for code, m in enumerate(millionths)}


@settings(deadline=None)
@given(FEN, WEIGHTS, st.randoms(use_true_random=False))
def test_in_which_order_holders_stand_changes_nothing(
    fen: int, weights: list[int], rng: random.Random
) -> None:
    held = list(held_by(weights).items())
    parts = split(fen, dict(held))
    rng.shuffle(held)
    assert split(fen, dict(held)) == parts


@settings(deadline=None)
@given(st.integers(0, 10**12), WEIGHTS)
def test_no_part_of_income_is_a_debt_and_a_debt_is_its_mirror(
    fen: int, weights: list[int]
) -> None:
    parts = split(fen, held_by(weights))
    assert all(0 <= part <= fen for part in parts.values())
    assert split(-fen, held_by(weights)) == {c: -part for c, part in parts.items()}


@settings(deadline=None)
@given(st.integers(0, 10**12), st.lists(st.integers(1, 10**6), min_size=2, max_size=12))
def test_who_holds_more_never_gets_less(fen: int, weights: list[int]) -> None:
    held = held_by(weights)
    parts = split(fen, held)
    by_share = sorted(held, key=lambda code: (held[code], -int(code)))
    assert [parts[code] for code in by_share] == sorted(parts.values())
