"""How is a township drawn, schematically, as long as nobody has its boundary?

Degrees are WGS84. A village belongs to a township by its code, never by geometry.
"""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
import shapely
from shapely import LineString, MultiPoint, MultiPolygon, Polygon, affinity
from shapely.geometry.base import BaseGeometry

from base.errors import ShownError
from base.formats import listed
from base.words import _

_TIGHTER = 0.98
_OFF_THE_BORDER = 0.45


def township_cells(
    outline: Polygon | MultiPolygon, seats: pd.DataFrame
) -> dict[str, BaseGeometry]:
    """Divide an outline among townships: each point goes to the nearest seat.

    Args:
        outline: the outline of the county, in degrees.
        seats: one row per township: township_code, lon_deg, lat_deg.

    Returns:
        A cell per township_code; together they cover the outline without overlap.

    Raises:
        ShownError: when a seat lies outside the outline or on another seat.
    """
    inside = shapely.contains_xy(outline, seats["lon_deg"], seats["lat_deg"])
    doubled = seats.duplicated(["lon_deg", "lat_deg"], keep=False)
    wrong = listed(seats.loc[doubled | ~inside, "township_code"])
    if wrong:
        raise ShownError(
            _("驻地在县界之外，或两处重合：{codes}。请改正驻地表。", codes=wrong)
        )
    flat, squeeze = _flattened(outline)
    points = MultiPoint(seats[["lon_deg", "lat_deg"]].to_numpy() * [squeeze, 1])
    nearest = shapely.voronoi_polygons(points, extend_to=flat, ordered=True)
    clipped = shapely.intersection(shapely.get_parts(nearest), flat)
    return {
        code: affinity.scale(cell, xfact=1 / squeeze, origin=(0, 0))
        for code, cell in zip(seats["township_code"], clipped, strict=True)
    }


def hatch_lines(shape: BaseGeometry, spacing_deg: float) -> list[list[list[float]]]:
    """Return parallel lines at 45° inside a shape, the pattern of "not reported".

    Args:
        shape: a polygon or several, in degrees.
        spacing_deg: from line to line, in degrees of latitude, above zero.

    Returns:
        Lines of two positions, each [longitude, latitude].
    """
    flat, squeeze = _flattened(shape)
    west, south, east, north = flat.bounds
    step = spacing_deg * math.sqrt(2)
    first, last = math.ceil((west - north) / step), math.floor((east - south) / step)
    lines = [
        LineString([(south + n * step, south), (north + n * step, north)])
        for n in range(first, last + 1)
    ]
    return [
        [[round(x / squeeze, 5), round(y, 5)] for x, y in part.coords]
        for part in shapely.get_parts(shapely.intersection(lines, flat))
        if part.length > 0
    ]


def lay_out(shape: BaseGeometry, village_codes: Sequence[str]) -> pd.DataFrame:
    """Give villages without a position places of their own inside a shape.

    The places are knots of a triangular grid, as wide as the shape allows; the codes
    take them in ascending order, row by row from the north-west.

    Args:
        shape: the cell of their township, in degrees.
        village_codes: the villages to lay out, in any order.

    Returns:
        One row per village, by code: village_code, lon_deg, lat_deg.
    """
    codes = sorted(set(village_codes))
    flat, squeeze = _flattened(shape)
    spacing = 2 * math.sqrt(flat.area / max(len(codes), 1))
    while len(places := _grid_inside(flat, spacing)) < len(codes):
        spacing *= _TIGHTER
    inward = shapely.distance(shapely.points(places), flat.boundary).round(9)
    places = places[np.sort(np.argsort(-inward, kind="stable")[: len(codes)])]
    table = pd.DataFrame({"village_code": pd.Series(codes, dtype="str")})
    table[["lon_deg", "lat_deg"]] = (places / [squeeze, 1]).round(5)
    return table


def label_point(shape: BaseGeometry) -> tuple[float, float]:
    """Return where the name goes: the point inside farthest from the border.

    Args:
        shape: a polygon or several, in degrees.

    Returns:
        Longitude and latitude.
    """
    flat, squeeze = _flattened(shape)
    x, y = _centre(flat)
    return x / squeeze, y


def as_polygons(shape: BaseGeometry, digits: int = 5) -> list[list[list[float]]]:
    """Return a shape as outer rings, cut at its holes so that these stay unpainted.

    Args:
        shape: a polygon or several, in degrees.
        digits: decimals of a degree; five are about a metre.

    Returns:
        Closed rings of positions, each [longitude, latitude].
    """
    return [
        [[round(x, digits), round(y, digits)] for x, y in piece.exterior.coords]
        for part in shapely.get_parts(shape)
        if isinstance(part, Polygon)
        for piece in _cut_at_holes(part)
    ]


def _flattened(shape: BaseGeometry) -> tuple[BaseGeometry, float]:
    """Return a shape as wide as it is on the ground, and the factor of its width."""
    squeeze = math.cos(math.radians((shape.bounds[1] + shape.bounds[3]) / 2))
    return affinity.scale(shape, xfact=squeeze, origin=(0, 0)), squeeze


def _centre(flat: BaseGeometry) -> tuple[float, float]:
    [radius] = shapely.maximum_inscribed_circle([flat])
    x, y = radius.coords[0]
    return x, y


def _grid_inside(flat: BaseGeometry, spacing: float) -> np.ndarray:
    west, south, east, north = flat.bounds
    height = spacing * math.sqrt(3) / 2
    reach = math.ceil(max(east - west, north - south) / height) + 1
    row, column = np.mgrid[-reach : reach + 1, -reach : reach + 1].reshape(2, -1)
    middle_x, middle_y = _centre(flat)
    x = middle_x + (column + row % 2 / 2) * spacing
    y = middle_y - row * height
    kept = shapely.contains_xy(flat.buffer(-_OFF_THE_BORDER * spacing), x, y)
    return np.column_stack([x[kept], y[kept]])


def _cut_at_holes(polygon: Polygon) -> list[Polygon]:
    _west, south, _east, north = polygon.bounds
    middles = [hole.centroid.x for hole in polygon.interiors]
    cuts = [LineString([(x, south), (x, north)]) for x in middles]
    seams = shapely.union_all([polygon.boundary, *cuts])
    pieces = shapely.get_parts(shapely.polygonize([seams]))
    return [p for p in pieces if polygon.covers(p.representative_point())]
