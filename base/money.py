"""How is money kept exact? Decimal yuan with two places, never a binary float."""

from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")
WAN = Decimal(10_000)


def to_fen(amount: Decimal) -> Decimal:
    """Round yuan to the fen, half up, as bookkeepers do."""
    return amount.quantize(FEN, rounding=ROUND_HALF_UP)
