"""Which solar plants make less than they should? Against their peers and the light."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from base.catalogue import catalogue
from base.month import add_months, first_day
from base.settings import settings
from base.solar import Bounds, SolarRules, price_on, solar_rules
from base.viewer import Viewer, system_viewer
from queries.moment import Moment
from queries.run import run
from store import Store

# From the best to the worst of what can be told, then what cannot.
STATES = ("normal", "weak", "outage", "no_figure", "not_yet")
LOOK_AT = ("weak", "outage")
_COUNTY_DIGITS = 6
# Shares are compared as they are written, so that a bound is met by what shows it.
_PLACES = 4
_FEN = Decimal("0.01")


def first_month(as_of: date) -> date:
    """Return the first day of the window of the plants' page."""
    return add_months(first_day(as_of), 1 - solar_rules().months)


def plant_months(store: Store, viewer: Viewer, moment: Moment) -> pd.DataFrame:
    """Ask what each plant made, what it should have made, and judge it.

    The peers are asked of the whole county, whatever the viewer may see: only medians
    of enough plants come back, and the same month of the same plant is
    judged alike for everybody.

    Args:
        store: where.
        viewer: who asks; narrowed to a place.
        moment: as of when, as known when.

    Returns:
        The columns of `queries/solar/months.sql`, one row per plant and month, and
        expected_kwh, peers_kwh, peers_kind (township, county or None), peers_share,
        expected_share (of one), state, lost_kwh and lost_yuan (of months to look at).
    """
    rules = solar_rules()
    asked: dict[str, Any] = {
        "version_no": moment.version_no,
        "as_of_date": moment.as_of,
        "from_date": first_month(moment.as_of),
        "least_peers": rules.least_peers,
    }
    months = run("solar/months", viewer, store, **asked)
    county = viewer.scope.common[:_COUNTY_DIGITS]
    everybody = system_viewer().within(county) if county else system_viewer()
    peers = run("solar/peers", everybody, store, **asked)
    return judged(months, peers, rules)


def judged(
    months: pd.DataFrame, peers: pd.DataFrame, rules: SolarRules
) -> pd.DataFrame:
    """Return months of plants with what was to be expected, and their state.

    Args:
        months: as `queries/solar/months.sql` returns them.
        peers: as `queries/solar/peers.sql` returns them.
        rules: bounds and assumptions.

    Source:
        expected = capacity × light of a clear sky on the panels × clearness of the
        month × performance ratio × days on the grid; see docs/solar.md.
    """
    found = _with_peers(months, peers)
    kw_days = found["capacity_kw"].astype(float) * found["days_on_grid"]
    energy = found["energy_kwh"].astype(float)
    found["expected_kwh"] = kw_days * _yield_per_day(found, rules)
    found["peers_kwh"] = kw_days * found["hours_per_day"].astype(float)
    for measure in ("peers", "expected"):
        base = found[f"{measure}_kwh"]
        share = energy / base.where(base > 0)
        found[f"{measure}_share"] = share.round(_PLACES)
    found["state"] = _states(found, rules)
    return found.drop(columns="hours_per_day").assign(**_lost(found))


def _with_peers(months: pd.DataFrame, peers: pd.DataFrame) -> pd.DataFrame:
    """Return months with the median of the township, or else of the county."""
    rates = peers.set_index(["place_code", "period_start"])["hours_per_day"]
    found = months.copy()
    found["hours_per_day"] = np.nan
    found["peers_kind"] = None
    for kind, digits in (("county", _COUNTY_DIGITS), ("township", 9)):
        places = found["village_code"].str[:digits]
        keys = pd.MultiIndex.from_arrays([places, found["period_start"]])
        rate = pd.Series(rates.reindex(keys).to_numpy(), index=found.index)
        is_known = rate.notna()
        found.loc[is_known, "hours_per_day"] = rate[is_known].astype(float)
        found.loc[is_known, "peers_kind"] = kind
    return found


@lru_cache(maxsize=2)
def _light(path: str) -> pd.Series:
    light = pd.read_csv(path, dtype={"township_code": str})
    return light.set_index(["township_code", "month"])["clear_sky_kwh_per_m2_day"]


def _yield_per_day(months: pd.DataFrame, rules: SolarRules) -> pd.Series:
    """Return kWh that a kW should make on a day; unknown where no light is known.

    A kW of panels makes a kWh of a kWh per m², by the definition of its capacity.
    """
    light = _light(str(settings().data / "geo" / "expected_light.csv"))
    month = pd.to_datetime(months["period_start"]).dt.month
    keys = pd.MultiIndex.from_arrays([months["township_code"], month])
    clear = pd.Series(light.reindex(keys).to_numpy(), index=months.index)
    clearness = month.map(dict(enumerate(rules.yield_.clearness, 1)))
    return clear * clearness.astype(float) * rules.yield_.performance_ratio


def _states(found: pd.DataFrame, rules: SolarRules) -> pd.Series:
    """Return the worse of what both measures say; what is unknown says nothing."""
    bounds = {"peers": rules.bounds.peers, "expected": rules.bounds.expected}
    weak, outage = (
        np.logical_or.reduce([_under(found, n, bounds[n], word) for n in bounds])
        for word in LOOK_AT
    )
    is_measured = found["energy_kwh"].notna() & found[
        ["peers_share", "expected_share"]
    ].notna().any(axis=1)
    states = np.select(
        [found["days_on_grid"] == 0, ~is_measured, outage, weak],
        ["not_yet", "no_figure", "outage", "weak"],
        default="normal",
    )
    return pd.Series(states, index=found.index, dtype=object)


def _under(found: pd.DataFrame, name: str, bounds: Bounds, word: str) -> pd.Series:
    return found[f"{name}_share"] < getattr(bounds, word)


def _lost(found: pd.DataFrame) -> dict[str, pd.Series]:
    """Return what the months to look at lack of their peers, or of what is expected."""
    measure = found["peers_kwh"].fillna(found["expected_kwh"])
    lack = (measure - found["energy_kwh"].astype(float)).clip(lower=0).round()
    kwh = lack.where(found["state"].isin(LOOK_AT))
    prices = catalogue().solar_prices
    days = found["commissioned_date"]
    price = {day: price_on(prices, day) for day in days.unique()}
    yuan = [
        None if np.isnan(lost) else (Decimal(int(lost)) * price[day]).quantize(_FEN)
        for lost, day in zip(kwh, days, strict=True)
    ]
    return {
        "lost_kwh": kwh,
        "lost_yuan": pd.Series(yuan, index=found.index, dtype=object),
    }
