"""How much do the plants make, month by month, and what is paid for it, and when?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from base.settings import settings
from etl.demo.months import COUNT, YEARS, at, day_of
from etl.demo.world import World

Fen = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
BENCHMARK_FEN, SUBSIDY_FEN = 37.79, 47.21  # per kWh
_ZONE = "Asia/Shanghai"
_ALTITUDE_M, _TILT_DEG, _SOUTH_DEG = 400, 28, 180
# What is left of a clear sky's light: haze in winter, rain in July and August.
CLEARNESS = (0.60, 0.60, 0.62, 0.64, 0.65, 0.62, 0.54, 0.55, 0.57, 0.60, 0.58, 0.57)
_PERFORMANCE = 0.78
# The subsidy of the months (from, to), counted back from the month in which it comes.
SUBSIDY_COMES = {3: (8, 3), 7: (6, 4), 10: (6, 4)}
_FAULTY = 3


@dataclass(frozen=True)
class Solar:
    """The plants' months, one row per village of `plants`, one column per month.

    Energy in kWh as fed into the grid; money in fen. `due` of the month that made the
    energy, `received` of the month in which it came.
    """

    plants: list[int]
    energy_kwh: npt.NDArray[np.int64]
    light_kwh_per_m2: Floats
    electricity_due: Fen
    electricity_received: Fen
    subsidy_due: Fen
    subsidy_received: Fen

    @property
    def received(self) -> Fen:
        """Return all money that came, in fen."""
        return self.electricity_received + self.subsidy_received


def solar(world: World, seed: int) -> Solar:
    """Work out what the plants make and bring.

    Args:
        world: where the plants stand, how large they are and since when.
        seed: of weather, dust and faults.

    Source:
        pvlib: position of the sun, simplified Solis clear sky, isotropic sky on a
        tilted plane; one day in the middle of each month stands for it.
    """
    chance = np.random.default_rng([seed, 3])
    plants = world.plants
    by_township = light_on_the_panels()
    towns = world.villages["township_code"].to_numpy(str)[plants]
    days = np.array([pd.Timestamp(day_of(n)).days_in_month for n in range(COUNT)])
    weather = np.tile(CLEARNESS, len(YEARS)) * chance.normal(1, 0.05, COUNT)
    clear = np.tile(np.array([by_township[town] for town in towns]), len(YEARS))
    light = clear * days * weather * chance.normal(1, 0.02, clear.shape)
    health = chance.normal(1, 0.03, (len(plants), 1)) * np.ones(COUNT)
    for plant in chance.permutation(len(plants))[:_FAULTY]:
        first = at(2018, int(chance.integers(2, 8)))
        health[plant, first : first + 3] *= 0.55
    capacity = world.capacity_kw[plants][:, None]
    running = np.array([_running(world, plant) for plant in plants])
    energy = light * _PERFORMANCE * health * capacity * running
    kwh = np.rint(energy).astype(np.int64)
    electricity = np.rint(kwh * BENCHMARK_FEN).astype(np.int64)
    subsidy = np.rint(kwh * SUBSIDY_FEN).astype(np.int64)
    return Solar(
        plants,
        kwh,
        light,
        electricity,
        np.pad(electricity, ((0, 0), (1, 0)))[:, :COUNT],
        subsidy,
        _late(subsidy),
    )


def light_on_the_panels() -> dict[str, Floats]:
    """Return kWh per m² and day under a clear sky, by township code and month."""
    seats = pd.read_csv(
        settings().data / "geo" / "township_seats.csv", dtype={"township_code": str}
    )
    middles = [f"2018-{month:02}-15 00:30" for month in range(1, 13)]
    times = pd.DatetimeIndex(
        [
            time
            for middle in middles
            for time in pd.date_range(middle, periods=24, freq="h", tz=_ZONE)
        ]
    )
    places = zip(
        seats["township_code"], seats["lat_deg"], seats["lon_deg"], strict=True
    )
    return {code: _light(lat, lon, times) for code, lat, lon in places}


def _light(lat_deg: float, lon_deg: float, times: pd.DatetimeIndex) -> Floats:
    # Heavy, and needed for the demonstration alone: nothing else waits for it.
    from pvlib.irradiance import get_total_irradiance
    from pvlib.location import Location

    place = Location(lat_deg, lon_deg, tz=_ZONE, altitude=_ALTITUDE_M)
    sun = place.get_solarposition(times)
    sky = place.get_clearsky(times, model="simplified_solis", solar_position=sun)
    tilted = get_total_irradiance(
        _TILT_DEG,
        _SOUTH_DEG,
        sun["apparent_zenith"],
        sun["azimuth"],
        sky["dni"],
        sky["ghi"],
        sky["dhi"],
    )
    by_day: Floats = tilted["poa_global"].to_numpy().reshape(12, 24).sum(axis=1) / 1000
    return by_day


def _running(world: World, plant: int) -> Floats:
    """Return which share of each month a plant was on the grid."""
    since = world.commissioned[plant]
    assert since is not None
    share = np.zeros(COUNT)
    start = at(since.year, since.month)
    share[start + 1 :] = 1
    share[start] = 1 - (since.day - 1) / pd.Timestamp(since).days_in_month
    return share


def _late(subsidy: Fen) -> Fen:
    received = np.zeros_like(subsidy)
    for place in range(COUNT):
        back = SUBSIDY_COMES.get(place % 12 + 1)
        if back:
            months = slice(max(place - back[0], 0), max(place - back[1] + 1, 0))
            received[:, place] = subsidy[:, months].sum(axis=1)
    return received
