"""Where does a position of another Chinese map lie in WGS84?

AMap and Tencent write GCJ-02, Baidu BD-09, GPS and this project WGS84; near Linzhou
they differ by some 560 m and more. Positions are longitude and latitude in degrees.
"""

import math

from base.errors import ShownError
from base.words import _

# CGCS2000 and WGS84 differ by less than a metre, finer than any position here.
_OFFSETS = {"WGS84": (), "CGCS2000": (), "GCJ02": ("gcj",), "BD09": ("gcj", "bd")}
_SEMI_MAJOR_M = 6378245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_BAIDU_WAVE = math.pi * 3000 / 180
_CLOSE_ENOUGH_DEG = 1e-10
_MOST_ROUNDS = 50


def in_china(lon_deg: float, lat_deg: float) -> bool:
    """Tell whether a position lies in the box outside which GCJ-02 shifts nothing.

    Source: the function outOfChina of the published formulas, see `from_wgs84`.
    """
    return 72.004 <= lon_deg <= 137.8347 and 0.8293 <= lat_deg <= 55.8271


def datum_name(datum: str) -> str:
    """Return the one spelling of a datum: WGS84, CGCS2000, GCJ02 or BD09.

    Args:
        datum: its name in any case, with or without hyphens and blanks.

    Raises:
        ShownError: when no such datum is known.
    """
    name = datum.upper().replace("-", "").replace("_", "").replace(" ", "")
    if name not in _OFFSETS:
        raise ShownError(
            _(
                "坐标系「{found}」无法识别。请写 WGS84、CGCS2000、"
                "GCJ-02（高德、腾讯）或 BD-09（百度）。",
                found=datum,
            )
        )
    return name


def from_wgs84(lon_deg: float, lat_deg: float, datum: str) -> tuple[float, float]:
    """Return longitude and latitude in another datum, in degrees.

    Args:
        lon_deg: longitude in WGS84, degrees.
        lat_deg: latitude in WGS84, degrees.
        datum: WGS84, CGCS2000, GCJ-02 or BD-09, in any spelling of `datum_name`.

    Returns:
        The shifted position; outside the box of `in_china` the position itself.

    Raises:
        ShownError: when the datum is unknown.

    Source:
        The formulas published as EvilTransform (coolypf, 2013) for GCJ-02 and as
        bd_encrypt for BD-09, collected in github.com/wandergis/coordtransform.
    """
    name = datum_name(datum)
    if not in_china(lon_deg, lat_deg):
        return lon_deg, lat_deg
    return _shifted(lon_deg, lat_deg, name)


def to_wgs84(lon_deg: float, lat_deg: float, datum: str) -> tuple[float, float]:
    """Return longitude and latitude in WGS84, in degrees.

    The published inverses are off by metres; this one repeats the forward formula
    until it meets the given position, to less than 0.0000001 degrees.

    Args:
        lon_deg: longitude in `datum`, degrees.
        lat_deg: latitude in `datum`, degrees.
        datum: WGS84, CGCS2000, GCJ-02 or BD-09, in any spelling of `datum_name`.

    Returns:
        The position in WGS84; outside the box of `in_china` the position itself.

    Raises:
        ShownError: when the datum is unknown.
    """
    name = datum_name(datum)
    if not _OFFSETS[name] or not in_china(lon_deg, lat_deg):
        return lon_deg, lat_deg
    lon, lat = lon_deg, lat_deg
    for _round in range(_MOST_ROUNDS):
        reached_lon, reached_lat = _shifted(lon, lat, name)
        missed_lon, missed_lat = reached_lon - lon_deg, reached_lat - lat_deg
        if max(abs(missed_lon), abs(missed_lat)) < _CLOSE_ENOUGH_DEG:
            break
        lon, lat = lon - missed_lon, lat - missed_lat
    return lon, lat


def _shifted(lon: float, lat: float, name: str) -> tuple[float, float]:
    if "gcj" in _OFFSETS[name]:
        lon, lat = _gcj_shifted(lon, lat)
    if "bd" in _OFFSETS[name]:
        lon, lat = _baidu_shifted(lon, lat)
    return lon, lat


def _gcj_shifted(lon: float, lat: float) -> tuple[float, float]:
    x, y = lon - 105.0, lat - 35.0
    ripple = 20 * _wave(x, 1 / 6) + 20 * _wave(x, 1 / 2)
    root, product = math.sqrt(abs(x)), x * y
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * product + 0.1 * root
    east += (ripple + 20 * _wave(x, 1) + 40 * _wave(x, 3)) * 2 / 3
    east += (150 * _wave(x, 12) + 300 * _wave(x, 30)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * product + 0.2 * root
    north += (ripple + 20 * _wave(y, 1) + 40 * _wave(y, 3)) * 2 / 3
    north += (160 * _wave(y, 12) + 320 * _wave(y, 30)) * 2 / 3

    latitude = math.radians(lat)
    curve = 1 - _ECCENTRICITY_SQUARED * math.sin(latitude) ** 2
    north_radius = _SEMI_MAJOR_M * (1 - _ECCENTRICITY_SQUARED) / curve**1.5
    east_radius = _SEMI_MAJOR_M / math.sqrt(curve) * math.cos(latitude)
    lon += math.degrees(east / east_radius)
    lat += math.degrees(north / north_radius)
    return lon, lat


def _wave(degrees: float, half_length: float) -> float:
    return math.sin(degrees * math.pi / half_length)


def _baidu_shifted(lon: float, lat: float) -> tuple[float, float]:
    distance = math.hypot(lon, lat) + 0.00002 * math.sin(lat * _BAIDU_WAVE)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * _BAIDU_WAVE)
    return distance * math.cos(angle) + 0.0065, distance * math.sin(angle) + 0.006
