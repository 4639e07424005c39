"""Is money rounded to the fen as bookkeepers do?"""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.money import FEN, WAN, to_fen


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        ("0.005", "0.01"),
        ("0.015", "0.02"),
        ("0.0049", "0.00"),
        ("-0.005", "-0.01"),
        ("49999.995", "50000.00"),
        ("3", "3.00"),
    ],
)
def test_half_a_fen_goes_up(amount: str, rounded: str) -> None:
    assert str(to_fen(Decimal(amount))) == rounded
    assert to_fen(to_fen(Decimal(amount))) == to_fen(Decimal(amount))


def test_units_of_money() -> None:
    assert Decimal(1) / FEN == 100
    assert WAN == 10_000


AMOUNTS = st.decimals(-(10**13), 10**13, places=6)


@settings(deadline=None)
@given(AMOUNTS, AMOUNTS)
def test_rounding_is_near_orderly_and_done_once(one: Decimal, other: Decimal) -> None:
    rounded = to_fen(one)
    assert abs(rounded - one) <= FEN / 2
    assert to_fen(rounded) == rounded
    assert to_fen(-one) == -rounded
    assert (to_fen(min(one, other)), to_fen(max(one, other))) == tuple(
        sorted((rounded, to_fen(other)))
    )
