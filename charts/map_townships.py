"""How are townships painted, hatched and named on the map?"""

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pydeck as pdk

from base.words import _
from charts.map_labels import spread
from charts.map_text import plain, text_layer
from charts.map_words import township_words
from charts.palette import ramp, rgb, surface

# Four decimals are some ten metres, less than a pixel of any view of a township.
_DIGITS = 4
# From this share on, what is not reported makes the colour of a township doubtful.
_HATCHED_FROM = 4
_CITY_DIGITS = 6
# Inside a township its colour is a ground for marks and names.
_BEHIND_VILLAGES = 90
_CITY_NAME_PX, _NEIGHBOUR_NAME_PX = 14, 12


def ramp_step(remaining: int, villages: int) -> int:
    """Return the step of the ramp: 0 for none, 1 to 4 for each further quarter."""
    if remaining <= 0 or villages <= 0:
        return 0
    return min(-(-4 * remaining // villages), 4)


def is_hatched(not_reported: int, village_count: int) -> bool:
    """Tell whether at least a quarter of a township's villages have not reported."""
    return not_reported > 0 and not_reported * _HATCHED_FROM >= village_count


def is_in_focus(township: Any, prefix: str) -> bool:
    """Tell whether a township lies inside a place, is it, or holds it."""
    code: str = township.township_code
    return code.startswith(prefix) or prefix.startswith(code)


def rings_of(township: Any) -> list[list[list[float]]]:
    """Return the outer rings of a township, in degrees, rounded; none if unknown."""
    return [_rounded(ring) for ring in _lines(township.polygons_json)]


def _lines(written: Any) -> list[list[list[float]]]:
    lines: list[list[list[float]]] = (
        json.loads(written) if isinstance(written, str) else []
    )
    return lines


def polygon_layer(townships: pd.DataFrame, focus: str, is_dark: bool) -> pdk.Layer:
    """Return townships painted by the share that remains; all can be picked.

    Args:
        townships: one row per township, see `map_deck`.
        focus: a place code; inside a township, only that one is painted.
        is_dark: whether the page is dark.
    """
    page = surface(is_dark)
    opacity = 255 if len(focus) <= _CITY_DIGITS else _BEHIND_VILLAGES
    steps = [rgb(colour, opacity) for colour in ramp(is_dark)]
    unpainted = rgb(page.grid, 70)
    return ground_layer(
        [
            {
                "place_code": row.township_code,
                "title": plain(row.township_name),
                "note": township_words(row),
                "ring": ring,
                "fill": (
                    steps[ramp_step(row.remaining, row.villages)]
                    if is_in_focus(row, focus)
                    else unpainted
                ),
            }
            for row in townships.itertuples()
            for ring in rings_of(row)
        ],
        is_dark,
    )


def ground_layer(
    rings: list[dict[str, Any]], is_dark: bool, is_picked: bool = True
) -> pdk.Layer:
    """Return the townships that a map lies on.

    Args:
        rings: `ring` and `fill` of each outer ring, and what the tooltip says.
        is_dark: whether the page is dark.
        is_picked: whether a township can be chosen; if not, its edge is fainter.
    """
    page = surface(is_dark)
    picking = {"auto_highlight": True, "highlight_color": rgb(page.strong, 60)}
    return pdk.Layer(
        "PolygonLayer",
        rings,
        id="townships",
        get_polygon="ring",
        get_fill_color="fill",
        get_line_color=rgb(page.muted, 190 if is_picked else 140),
        line_width_units=pdk.types.String("pixels"),
        get_line_width=1,
        stroked=True,
        pickable=is_picked,
        **(picking if is_picked else {}),
    )


def hatch_layer(townships: pd.DataFrame, focus: str, is_dark: bool) -> pdk.Layer:
    """Return the hatching of townships where a quarter or more have not reported."""
    data = [
        {"path": _rounded(line)}
        for row in townships.itertuples()
        if is_hatched(int(row.not_reported), int(row.village_count))
        and is_in_focus(row, focus)
        for line in _lines(row.hatch_json)
    ]
    return pdk.Layer(
        "PathLayer",
        data,
        id="hatching",
        get_path="path",
        get_color=rgb(surface(is_dark).text, 120),
        width_units=pdk.types.String("pixels"),
        get_width=1,
    )


def name_layer(
    townships: pd.DataFrame, focus: str, zoom: float, is_dark: bool
) -> pdk.Layer:
    """Return the names of townships, each with the number that remains.

    In a township, only its neighbours are named: its own name is the page's title.

    Args:
        townships: one row per township, see `map_deck`.
        focus: a place code.
        zoom: of the view in which the names of a whole city must not overlap.
        is_dark: whether the page is dark.
    """
    is_city = len(focus) <= _CITY_DIGITS
    size_px = _CITY_NAME_PX if is_city else _NEIGHBOUR_NAME_PX
    named = [
        (
            round(row.label_lon_deg, _DIGITS),
            round(row.label_lat_deg, _DIGITS),
            _("{name} {count}", name=plain(row.township_name), count=row.remaining),
        )
        for row in townships.itertuples()
        if (is_city or not is_in_focus(row, focus)) and not pd.isna(row.label_lon_deg)
    ]
    offsets = spread(named, size_px, zoom)
    data = [
        {"text": text, "at": [lon, lat], "by": offset}
        for (lon, lat, text), offset in zip(named, offsets, strict=True)
    ]
    muted = not is_city
    return text_layer("names", data, size_px, is_dark, muted, get_pixel_offset="by")


def _rounded(line: list[list[float]]) -> list[list[float]]:
    return list(_distinct([[round(x, _DIGITS), round(y, _DIGITS)] for x, y in line]))


def _distinct(line: list[list[float]]) -> Iterator[list[float]]:
    last: list[float] = []
    for point in line:
        if point != last:
            yield point
        last = point
