"""Is money read to the fen, and nothing taken for something?"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from base.formats import yuan
from etl.reading.amounts import (
    UNITS,
    read_amount,
    read_amounts,
    states_amount,
    unit_name,
)

YUAN, WAN = 1, 10_000


@pytest.mark.parametrize(
    ("cell", "unit", "fen"),
    [
        (3500, YUAN, 350_000),
        (3500.5, YUAN, 350_050),
        ("3500", YUAN, 350_000),
        ("３５００", YUAN, 350_000),
        ("3,500元", YUAN, 350_000),
        (" 3 500.00 ", YUAN, 350_000),
        ("¥3,500", YUAN, 350_000),
        ("￥３，５００．５", YUAN, 350_050),
        ("1.2万", YUAN, 1_200_000),
        ("1.2万元", YUAN, 1_200_000),
        ("3500元", WAN, 350_000),
        ("3千元", WAN, 300_000),
        (1.2, WAN, 1_200_000),
        (1.23456, WAN, 1_234_560),
        ("1.23456", WAN, 1_234_560),
        (0.1 + 0.2, YUAN, 30),
        (1234.565, YUAN, 123_457),
        (1234.465 + 0.1, YUAN, 123_457),
        ("1234.565", YUAN, 123_457),
        (12_345_678.125, YUAN, 1_234_567_813),
        (-100, YUAN, -10_000),
        ("-100", YUAN, -10_000),
        ("−100", YUAN, -10_000),
        ("-¥1,200", YUAN, -120_000),
        ("(1,200.50)", YUAN, -120_050),
        ("（１，２００．５０）", YUAN, -120_050),
        ("(¥1.2万)", YUAN, -1_200_000),
        ("（0.5）", WAN, -500_000),
        ("(0)", YUAN, 0),
        ("1.2万元整", YUAN, 1_200_000),
        (0, YUAN, 0),
        ("0", WAN, 0),
        ("0.00", YUAN, 0),
        ("无", YUAN, 0),
        (" 无 ", WAN, 0),
        ("没有", YUAN, 0),
        ("零", YUAN, 0),
    ],
)
def test_an_amount_is_read_to_the_fen(cell: Any, unit: int, fen: int) -> None:
    amounts = read_amounts([cell], unit)
    assert (int(amounts.fen[0]), bool(amounts.is_stated[0])) == (fen, True)
    assert read_amount(cell, unit) == fen
    assert amounts.unreadable == []


@pytest.mark.parametrize(
    "cell", ["", " ", "-", "--", "———", "—", "–", "──", "−", "/", "／", "\\", "…", "……"]
)
def test_strokes_and_blanks_state_nothing(cell: str) -> None:
    amounts = read_amounts([cell], YUAN)
    assert not amounts.is_stated[0]
    assert amounts.fen[0] == 0
    assert amounts.unreadable == []


@pytest.mark.parametrize(
    "cell",
    [
        *("约3500", "1,23", "3500元左右", "三千", "12000元元", "1.2.3", "暂无数据"),
        *("(-100)", "-(100)", "--100", "(100", "((100))", "(无)", "撤销100", True),
    ],
)
def test_what_is_no_amount_is_told(cell: Any) -> None:
    amounts = read_amounts([1.0, cell, 2.0], YUAN)
    assert amounts.unreadable == [1]
    assert amounts.is_stated.tolist() == [True, False, True]


@pytest.mark.parametrize("cell", ["撤销", "作废", " 撤 销 ", "（撤销）", "「撤销」"])
def test_what_is_taken_back_is_neither_stated_nor_unreadable(cell: str) -> None:
    amounts = read_amounts([1.0, cell, "约3", cell], YUAN)
    assert (amounts.withdrawn, amounts.unreadable) == ([1, 3], [2])
    assert amounts.is_stated.tolist() == [True, False, False, False]
    assert amounts.fen.tolist() == [100, 0, 0, 0]
    assert not states_amount(cell)


def test_an_amount_beyond_all_sense_is_unreadable() -> None:
    assert read_amounts([1e15, "9" * 40, 1e300], YUAN).unreadable == [0, 1, 2]


def test_no_cells_give_no_amounts() -> None:
    amounts = read_amounts([], YUAN)
    assert amounts.fen.tolist() == amounts.is_stated.tolist() == []


def test_plain_and_mixed_columns_are_read_alike() -> None:
    plain = [0.0, 1.5, 1234.565, -3.25, 1e11, 0.1 + 0.2]
    mixed = read_amounts([*plain, "无"], YUAN).fen.tolist()
    assert read_amounts(list(plain), YUAN).fen.tolist() == mixed[:-1]


@settings(max_examples=300, deadline=None)
@given(
    digits=st.integers(-(10**12), 10**12),
    places=st.integers(0, 6),
    unit=st.sampled_from([YUAN, WAN]),
)
@example(digits=12_345_678_125, places=3, unit=YUAN)
@example(digits=5_000_000_005, places=3, unit=YUAN)
@example(digits=1_234_565, places=3, unit=YUAN)
def test_the_quick_path_equals_exact_decimals(
    digits: int, places: int, unit: int
) -> None:
    exact = Decimal(digits).scaleb(-places)
    assume(abs(exact) * unit < 10**14)
    fen = (exact * unit * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    quick = read_amounts([float(exact)], unit)
    assert int(quick.fen[0]) == int(fen) == read_amount(float(exact), unit)


@pytest.mark.parametrize(
    ("cell", "is_stated"),
    [(0, True), ("无", True), ("3,500元", True), ("—", False), ("村名", False)],
)
def test_a_cell_states_an_amount_or_not(cell: Any, is_stated: bool) -> None:
    assert states_amount(cell) is is_stated


def test_every_unit_has_a_name() -> None:
    assert {UNITS[unit_name(unit)] for unit in UNITS.values()} == set(UNITS.values())


MONEY = st.text(st.sampled_from("0123456789.,-()¥元万千百无—/约 ０１．，"), max_size=16)


@settings(deadline=None)
@given(st.integers(-(10**13), 10**13))
def test_what_this_house_writes_of_money_it_reads(fen: int) -> None:
    said = yuan(Decimal(fen) / 100)
    assert read_amount(said, YUAN) == fen
    assert read_amount(f"{abs(fen) // 100:,}.{abs(fen) % 100:02}元", WAN) == abs(fen)
    assert read_amount(f"({abs(fen) / Decimal(100)})", YUAN) == -abs(fen)


@settings(deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 4))
def test_a_unit_beside_the_amount_is_the_unit_of_the_column(
    n: int, places: int
) -> None:
    said = f"{Decimal(n).scaleb(-places):f}"
    assert read_amount(f"{said}万元", YUAN) == read_amount(said, WAN)
    assert read_amount(f"{said}元", WAN) == read_amount(said, YUAN)


@settings(deadline=None)
@given(st.lists(MONEY | st.text(max_size=8) | st.floats() | st.integers(), max_size=4))
def test_each_cell_is_stated_empty_or_told_and_neither_twice(cells: list[Any]) -> None:
    read = read_amounts(cells, YUAN)
    told = {*read.unreadable, *read.withdrawn}
    assert not any(read.is_stated[position] for position in told)
    assert not read.fen[~read.is_stated].any()
    for position, cell in enumerate(cells):
        try:
            fen = read_amount(cell, YUAN)
        except ValueError:
            assert position in told
            continue
        stated = int(read.fen[position]) if read.is_stated[position] else None
        assert stated == fen


def test_an_amount_as_long_as_a_book_is_told_at_once() -> None:
    for cell in ("(" + "1" * 900_000, "9" * 900_000):
        with pytest.raises(ValueError, match="1|9"):
            read_amount(cell, YUAN)
