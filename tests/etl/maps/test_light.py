"""Is the kept light what pvlib computes, and does it follow how the panels stand?"""

import csv
from pathlib import Path

import pandas as pd
import pytest
from pvlib.irradiance import get_extra_radiation, get_total_irradiance
from pvlib.location import Location

from base.solar import solar_rules
from etl.maps.light import HEADINGS, clear_sky_light, write_light
from tests.making import shipped

KEPT = shipped("geo/expected_light.csv")
SEATS = shipped("geo/township_seats.csv")


def kept() -> dict[tuple[str, int], float]:
    with KEPT.open(encoding="utf-8") as source:
        rows = list(csv.reader(source))
    assert tuple(rows[0]) == HEADINGS
    return {(code, int(month)): float(light) for code, month, light in rows[1:]}


def seat(code: str) -> tuple[float, float]:
    seats = pd.read_csv(SEATS, dtype={"township_code": str}).set_index("township_code")
    return seats.at[code, "lat_deg"], seats.at[code, "lon_deg"]


def test_every_township_has_its_months() -> None:
    seats = pd.read_csv(SEATS, dtype={"township_code": str})
    expected = {(code, n) for code in seats["township_code"] for n in range(1, 13)}
    assert set(kept()) == expected


@pytest.mark.parametrize("code", ["410581101", "410581115"])
def test_the_kept_light_is_what_is_computed_now(code: str) -> None:
    now = clear_sky_light(*seat(code), solar_rules().light)
    found = [kept()[code, month] for month in range(1, 13)]
    assert found == pytest.approx(list(now), abs=0.0006)


def test_one_month_by_hand_in_steps_of_five_minutes() -> None:
    lat, lon = seat("410581101")
    panels = solar_rules().light
    times = pd.date_range(
        "2018-03-01", "2018-03-31 23:55", freq="5min", tz="Asia/Shanghai"
    )
    place = Location(lat, lon, tz="Asia/Shanghai", altitude=panels.altitude_m)
    sun, sky = place.get_solarposition(times), place.get_clearsky(times)
    tilted = get_total_irradiance(
        panels.tilt_deg,
        panels.azimuth_deg,
        sun["apparent_zenith"],
        sun["azimuth"],
        sky["dni"],
        sky["ghi"],
        sky["dhi"],
        dni_extra=get_extra_radiation(times),
        albedo=0.2,
        model="haydavies",
    )
    by_day = tilted["poa_global"].fillna(0).sum() * 5 / 60 / 1000 / 31
    assert kept()["410581101", 3] == pytest.approx(by_day, rel=0.005)


def test_panels_that_lie_flat_get_less_in_winter() -> None:
    tilted = solar_rules().light
    flat = tilted.model_copy(update={"tilt_deg": 0})
    lat, lon = seat("410581101")
    slope, level = (clear_sky_light(lat, lon, one) for one in (tilted, flat))
    assert slope[0] > 1.5 * level[0]
    assert slope[5] < level[5]


def test_the_file_is_written_as_it_is_kept(tmp_path: Path) -> None:
    first = SEATS.read_text(encoding="utf-8").splitlines()[:2]
    (tmp_path / "township_seats.csv").write_text("\n".join(first), encoding="utf-8")
    write_light(tmp_path)
    written = (tmp_path / "expected_light.csv").read_text(encoding="utf-8")
    assert KEPT.read_text(encoding="utf-8").startswith(written)
