"""Which part of the map is shown, so that a place just fits?"""

import math
from collections.abc import Iterable, Sequence

import pydeck as pdk

_TILE_PX = 512
_MARGIN_PX = 22
_CLOSEST_ZOOM, _FARTHEST_ZOOM = 14.0, 4.0

Position = Sequence[float]


def view_of(positions: Iterable[Position], box_px: tuple[int, int]) -> pdk.ViewState:
    """Return a view from above that shows all positions.

    Args:
        positions: longitude and latitude in degrees.
        box_px: the smallest width and height in which the map is shown.

    Returns:
        The view; of a single position a close one, of none the whole of China.
    """
    points = list(positions)
    if not points:
        return pdk.ViewState(longitude=104, latitude=35.5, zoom=3, pitch=0, bearing=0)
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south = _mercator(min(p[1] for p in points))
    north = _mercator(max(p[1] for p in points))
    wide, high = (max(side - 2 * _MARGIN_PX, 1) / _TILE_PX for side in box_px)
    zooms = [_CLOSEST_ZOOM]
    if east > west:
        zooms.append(math.log2(wide / ((east - west) / 360)))
    if north > south:
        zooms.append(math.log2(high / (north - south)))
    return pdk.ViewState(
        longitude=round((west + east) / 2, 5),
        latitude=round(_latitude((south + north) / 2), 5),
        zoom=round(max(min(zooms), _FARTHEST_ZOOM), 3),
        min_zoom=_FARTHEST_ZOOM,
        max_zoom=16,
        pitch=0,
        bearing=0,
    )


def _mercator(lat_deg: float) -> float:
    return math.asinh(math.tan(math.radians(lat_deg))) / (2 * math.pi)


def _latitude(mercator: float) -> float:
    return math.degrees(math.atan(math.sinh(mercator * 2 * math.pi)))
