"""What is assumed of solar plants, and what does a kWh bring? Read from `data/`."""

import tomllib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field

from base.catalogue import SolarPrice
from base.settings import settings


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Panels(_Entry):
    """How the panels stand: degrees from level and from north, metres above the sea."""

    tilt_deg: float
    azimuth_deg: float
    altitude_m: float


class Yield(_Entry):
    """What of a clear sky's light becomes energy; shares of one.

    `sunshine_share` is of the possible hours, January to December.
    """

    performance_ratio: float
    sunshine_share: tuple[float, ...] = Field(min_length=12, max_length=12)
    overcast: float
    more: float
    tilt_kept: float

    @property
    def clearness(self) -> tuple[float, ...]:
        """Return what of a clear sky's light falls on the panels, by calendar month.

        Source:
            Ångström and Prescott, with the constants of FAO Irrigation and Drainage
            Paper 56 (1998), equation 35: light is `overcast + more × sunshine` of what
            there is above the air; a clear sky is sunshine of one.
        """
        clear = self.overcast + self.more
        return tuple(
            self.tilt_kept * (self.overcast + self.more * share) / clear
            for share in self.sunshine_share
        )


class Bounds(_Entry):
    """Under which share of its measure a plant is weak, and under which down."""

    weak: float
    outage: float


class BoundsBy(_Entry):
    """The bounds by what a plant is measured against."""

    peers: Bounds
    expected: Bounds


class SolarRules(_Entry):
    """All of them; `least_peers` plants make a median, `months` the page's window."""

    confirmed: bool
    months: int
    least_peers: int
    light: Panels
    yield_: Yield = Field(alias="yield")
    bounds: BoundsBy


@lru_cache(maxsize=1)
def solar_rules() -> SolarRules:
    """Return the rules of this installation, read once per process.

    Source: `data/solar.toml`.
    """
    text = (settings().data / "solar.toml").read_text(encoding="utf-8")
    return SolarRules(**tomllib.loads(text))


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
