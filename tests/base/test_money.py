"""Is money rounded to the fen as bookkeepers do?"""

from decimal import Decimal

import pytest

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
