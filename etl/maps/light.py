"""How much light would a clear sky bring to tilted panels, township by township?

Run as `make light`, it writes `data/geo/expected_light.csv`. Pages read the file: the
library behind it is large, and nothing that is asked every day should wait for it.
"""

import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from base.settings import settings
from base.solar import Panels, solar_rules

HEADINGS = ("township_code", "month", "clear_sky_kwh_per_m2_day")
_ZONE = "Asia/Shanghai"
# Any year that is no leap year: the position of the sun hardly differs between years.
_YEAR = 2019
_STEP_MINUTES = 30
_ALBEDO = 0.20

Floats = npt.NDArray[np.float64]


def clear_sky_light(lat_deg: float, lon_deg: float, panels: Panels) -> Floats:
    """Return the light of a clear sky on tilted panels, January to December.

    Args:
        lat_deg: degrees north (WGS84).
        lon_deg: degrees east.
        panels: how they stand.

    Returns:
        Twelve means, in kWh per m² and day.

    Source:
        pvlib: Ineichen and Perez' clear sky with the library's monthly climate of Linke
        turbidity, Hay and Davies' sky on a tilted plane, ground albedo 0.20; half-hours
        of a whole year.
    """
    # Heavy, and needed for this command alone: nothing else waits for it.
    from pvlib.irradiance import get_extra_radiation, get_total_irradiance
    from pvlib.location import Location

    times = pd.date_range(
        f"{_YEAR}-01-01 00:15",
        f"{_YEAR}-12-31 23:45",
        freq=f"{_STEP_MINUTES}min",
        tz=_ZONE,
    )
    place = Location(lat_deg, lon_deg, tz=_ZONE, altitude=panels.altitude_m)
    sun = place.get_solarposition(times)
    sky = place.get_clearsky(times, model="ineichen", solar_position=sun)
    tilted = get_total_irradiance(
        panels.tilt_deg,
        panels.azimuth_deg,
        sun["apparent_zenith"],
        sun["azimuth"],
        sky["dni"],
        sky["ghi"],
        sky["dhi"],
        dni_extra=get_extra_radiation(times),
        albedo=_ALBEDO,
        model="haydavies",
    )
    watts = tilted["poa_global"].fillna(0)
    by_month: Floats = watts.groupby(times.month).mean().to_numpy() * 24 / 1000
    return by_month


def write_light(folder: Path) -> None:
    """Write the light at each township's seat, one row per township and month.

    Args:
        folder: holds `township_seats.csv` and takes the file.
    """
    seats = pd.read_csv(folder / "township_seats.csv", dtype={"township_code": str})
    panels = solar_rules().light
    target = folder / "expected_light.csv"
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEADINGS)
        for seat in seats.itertuples():
            light = clear_sky_light(seat.lat_deg, seat.lon_deg, panels)
            for month, value in enumerate(light, 1):
                writer.writerow([seat.township_code, month, f"{value:.3f}"])


if __name__ == "__main__":
    write_light(settings().data / "geo")
