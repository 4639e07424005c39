"""What should the energy of a solar plant bring, by the prices of its day?"""

from decimal import Decimal

import numpy as np

from etl.reading.amounts import Amounts

# Prices have four places; energy is counted in hundredths of a kWh.
_PRICE_PLACES = 10_000


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
