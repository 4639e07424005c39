"""Are the assumptions about solar plants read, and which price holds on which day?"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from base.catalogue import SolarPrice
from base.solar import price_on, solar_rules

PRICES = [
    SolarPrice(
        commissioned_from=day,
        benchmark_yuan_per_kwh=Decimal("0.3779"),
        subsidy_yuan_per_kwh=Decimal(subsidy),
        confirmed=False,
    )
    for day, subsidy in (
        (date(2018, 1, 1), "0.3721"),
        (date(2011, 7, 1), "0.4721"),
    )
]


@pytest.mark.parametrize(
    ("day", "price"),
    [
        (date(2017, 12, 31), "0.8500"),
        (date(2018, 1, 1), "0.7500"),
        (date(2010, 1, 1), "0.7500"),
        (None, "0.7500"),
    ],
)
def test_the_price_of_the_day(day: date | None, price: str) -> None:
    assert price_on(PRICES, day) == Decimal(price)


def test_nothing_is_confirmed_and_clearness_is_a_share() -> None:
    rules = solar_rules()
    assert not rules.confirmed
    clearness = rules.yield_.clearness
    assert len(clearness) == 12
    assert all(0.4 < share < 0.8 for share in clearness)
    # sunshine of all possible hours is a clear sky, but for what a tilt loses
    whole = rules.yield_.model_copy(update={"sunshine_share": (1.0,) * 12})
    assert whole.clearness == pytest.approx((rules.yield_.tilt_kept,) * 12)


def test_a_year_has_twelve_months(own_data: Path) -> None:
    path = own_data / "solar.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[0.46, ", "["), encoding="utf-8")
    with pytest.raises(ValidationError):
        solar_rules()
