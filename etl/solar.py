"""What should the energy of a solar plant bring, by the prices of its day?"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import numpy as np

from base.catalogue import SolarPrice
from etl.reading.amounts import Amounts

# Prices have four places; energy is counted in hundredths of a kWh.
_PRICE_PLACES = 10_000


def price_on(prices: Sequence[SolarPrice], commissioned: date | None) -> Decimal:
    """Return yuan per kWh of a plant that went on the grid on a day.

    Args:
        prices: by the day from which they hold.
        commissioned: the day; None, where it is not known, takes the latest price.
    """
    in_order = sorted(prices, key=lambda price: price.commissioned_from)
    fitting = [
        price
        for price in in_order
        if commissioned is None or price.commissioned_from <= commissioned
    ]
    price = (fitting or in_order)[-1]
    return price.benchmark_yuan_per_kwh + price.subsidy_yuan_per_kwh


def due_of(energy: Amounts, prices: list[Decimal]) -> Amounts:
    """Return what energy should bring, in fen, rounded half up.

    Args:
        energy: in hundredths of a kWh.
        prices: yuan per kWh, one a line.
    """
    scaled = np.array([int(price * _PRICE_PLACES) for price in prices], np.int64)
    product = energy.fen * scaled
    fen = (product + _PRICE_PLACES // 2) // _PRICE_PLACES
    return Amounts(fen, energy.is_stated, [])
