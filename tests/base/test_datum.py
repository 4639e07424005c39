"""Do positions of other maps land where they belong?"""

import math

import eviltransform
import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.datum import datum_name, from_wgs84, in_china, to_wgs84
from base.errors import ShownError

LINZHOU = (113.8, 36.1)
LONGITUDES = st.floats(73.5, 135.0)
LATITUDES = st.floats(3.5, 53.5)
# The oracle takes the radius of WGS84 where the formulas first published have that of
# Krasovsky, 0.002 % more: a centimetre of the shift.
AS_THE_ORACLE_DEG = 5e-7


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two near positions."""
    east = (one[0] - other[0]) * math.cos(math.radians(one[1]))
    return math.hypot(east, one[1] - other[1]) * 111_195


@pytest.mark.parametrize(
    ("place", "lon_deg", "lat_deg"),
    [
        ("Linzhou", 113.8, 36.1),
        ("Kashgar", 75.99, 39.47),
        ("Mohe", 122.54, 53.48),
        ("Sanya", 109.51, 18.25),
        ("Shanghai", 121.47, 31.23),
    ],
)
def test_agrees_with_an_independent_implementation(
    place: str, lon_deg: float, lat_deg: float
) -> None:
    for datum, oracle in [
        ("GCJ-02", eviltransform.wgs2gcj),
        ("BD-09", eviltransform.wgs2bd),
    ]:
        lat_there, lon_there = oracle(lat_deg, lon_deg)
        assert from_wgs84(lon_deg, lat_deg, datum) == pytest.approx(
            (lon_there, lat_there), abs=AS_THE_ORACLE_DEG
        ), place
        assert to_wgs84(lon_there, lat_there, datum) == pytest.approx(
            (lon_deg, lat_deg), abs=AS_THE_ORACLE_DEG
        ), place


def test_shift_near_linzhou_is_about_560_metres() -> None:
    assert metres(LINZHOU, from_wgs84(*LINZHOU, "GCJ-02")) == pytest.approx(560, abs=15)
    assert metres(LINZHOU, to_wgs84(*LINZHOU, "GCJ-02")) == pytest.approx(560, abs=15)
    assert metres(LINZHOU, to_wgs84(*LINZHOU, "BD-09")) > 800


@given(LONGITUDES, LATITUDES, st.sampled_from(["GCJ-02", "BD-09"]))
def test_there_and_back_is_the_same_place(
    lon_deg: float, lat_deg: float, datum: str
) -> None:
    back = to_wgs84(*from_wgs84(lon_deg, lat_deg, datum), datum)
    assert back == pytest.approx((lon_deg, lat_deg), rel=0, abs=1e-7)


@given(LONGITUDES, LATITUDES, st.sampled_from(["WGS84", "CGCS2000"]))
def test_own_datum_is_left_alone(lon_deg: float, lat_deg: float, datum: str) -> None:
    assert to_wgs84(lon_deg, lat_deg, datum) == (lon_deg, lat_deg)
    assert from_wgs84(lon_deg, lat_deg, datum) == (lon_deg, lat_deg)


@pytest.mark.parametrize("datum", ["WGS84", "GCJ-02", "BD-09"])
def test_nothing_is_shifted_abroad(datum: str) -> None:
    assert to_wgs84(2.35, 48.86, datum) == (2.35, 48.86)
    assert from_wgs84(2.35, 48.86, datum) == (2.35, 48.86)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("wgs-84", "WGS84"),
        ("cgcs 2000", "CGCS2000"),
        ("gcj02", "GCJ02"),
        ("GCJ-02", "GCJ02"),
        ("bd09", "BD09"),
        ("Bd_09", "BD09"),
    ],
)
def test_spellings_of_a_datum(written: str, meant: str) -> None:
    assert datum_name(written) == meant


@pytest.mark.parametrize("datum", ["", "火星", "EPSG:4326"])
def test_unknown_datum_is_refused_with_the_known_ones(datum: str) -> None:
    for convert in (to_wgs84, from_wgs84):
        with pytest.raises(ShownError, match="GCJ-02（高德、腾讯）") as refusal:
            convert(*LINZHOU, datum)
        assert f"「{datum}」" in str(refusal.value)


def test_swapped_position_is_not_in_china() -> None:
    assert in_china(*LINZHOU)
    assert not in_china(LINZHOU[1], LINZHOU[0])
    assert not in_china(math.nan, 36.1)
