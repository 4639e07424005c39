"""How are villages marked on the map: by shape, by colour, and by a stroke?"""

from typing import Any

import pandas as pd
import pydeck as pdk

from charts.map_labels import beside
from charts.map_text import plain, text_layer
from charts.map_words import village_words
from charts.palette import rgb, standing_colour, surface

# Radius in pixels: a disc, a ring, and the ground of a small square.
_RADIUS = {"remaining": 6.5, "cleared": 6, "met_last_year": 3}
_FOCUS_RADIUS = 14
_SMALL = 0.42
_STROKE_PX, _RING_PX = 1.2, 2.4
_RANK = {"remaining": 1, "cleared": 2, "met_last_year": 3}
_NAME_PX = 12
_CITY_DIGITS = 6


def village_layers(
    villages: pd.DataFrame, focus: str, zoom: float, is_dark: bool
) -> list[pdk.Layer]:
    """Return the marks of villages, and their names inside a township.

    A disc remains, a ring is cleared, a square met the line last year; a stroke runs
    through a village that has not reported. In the whole city only small discs of
    those that remain are shown, in a township all of its villages.

    Args:
        villages: one row per village, see `map_deck`.
        focus: a place code; that of a village is marked by a circle.
        zoom: of the view in which names must not overlap.
        is_dark: whether the page is dark.
    """
    is_city = len(focus) <= _CITY_DIGITS
    rows = [
        row
        for row in villages.itertuples()
        if not pd.isna(row.lon_deg) and _is_shown(row, focus, is_city)
    ]
    marks = _mark_layer(rows, focus, _SMALL if is_city else 1, is_dark)
    if is_city:
        return [marks]
    return [
        *_focus_layer(rows, focus, is_dark),
        marks,
        _square_layer(rows, is_dark),
        _stroke_layer(rows, is_dark),
        _name_layer(rows, focus, zoom, is_dark),
    ]


def _is_shown(village: Any, focus: str, is_city: bool) -> bool:
    if is_city:
        return bool(village.standing == "remaining")
    return bool(village.village_code.startswith(focus[:9]))


def _at(village: Any) -> list[float]:
    return [round(village.lon_deg, 5), round(village.lat_deg, 5)]


def _mark_layer(rows: list[Any], focus: str, scale: float, is_dark: bool) -> pdk.Layer:
    page = rgb(surface(is_dark).page)
    looks = {}
    for standing in _RADIUS:
        colour = rgb(standing_colour(standing, is_dark))
        # A ring is drawn by its edge; the ground of a square hides under it.
        looks[standing] = {
            "remaining": (colour, page),
            "cleared": (page, colour),
            "met_last_year": (colour, colour),
        }[standing]
    data = [
        {
            "place_code": row.village_code,
            "title": plain(row.village_name),
            "note": village_words(row),
            "at": _at(row),
            "kind": row.standing,
        }
        for row in rows
    ]
    return pdk.Layer(
        "ScatterplotLayer",
        data,
        id="villages",
        get_position="at",
        get_radius=_choice({k: r * scale for k, r in _RADIUS.items()}),
        radius_units=pdk.types.String("pixels"),
        get_fill_color=_choice({k: look[0] for k, look in looks.items()}),
        get_line_color=_choice({k: look[1] for k, look in looks.items()}),
        stroked=True,
        line_width_units=pdk.types.String("pixels"),
        get_line_width=_choice(
            {k: (_RING_PX if k == "cleared" else _STROKE_PX) * scale for k in _RADIUS}
        ),
        pickable=True,
        auto_highlight=True,
        highlight_color=rgb(surface(is_dark).strong, 120),
    )


def _choice(by_kind: dict[str, Any]) -> str:
    """Return an expression of the map's own language: a value by kind."""
    first, second, third = (by_kind[kind] for kind in _RADIUS)
    return f"kind == 'remaining' ? {first} : (kind == 'cleared' ? {second} : {third})"


def _focus_layer(rows: list[Any], focus: str, is_dark: bool) -> list[pdk.Layer]:
    data = [{"at": _at(row)} for row in rows if row.village_code == focus]
    layer = pdk.Layer(
        "ScatterplotLayer",
        data,
        id="focus",
        get_position="at",
        get_radius=_FOCUS_RADIUS,
        radius_units=pdk.types.String("pixels"),
        get_fill_color=rgb(surface(is_dark).page, 150),
        get_line_color=rgb(surface(is_dark).text),
        stroked=True,
        line_width_units=pdk.types.String("pixels"),
        get_line_width=2.5,
    )
    return [layer] if data else []


def _square_layer(rows: list[Any], is_dark: bool) -> pdk.Layer:
    data = [
        {"text": "■", "at": _at(row)} for row in rows if row.standing == "met_last_year"
    ]
    colour = rgb(standing_colour("met_last_year", is_dark))
    return _glyph_layer("squares", data, 15, colour)


def _stroke_layer(rows: list[Any], is_dark: bool) -> pdk.Layer:
    data = [
        {"text": "╱", "at": _at(row)}
        for row in rows
        if row.worst_state == "not_reported"
    ]
    return _glyph_layer("unreported", data, 20, rgb(surface(is_dark).text))


def _glyph_layer(
    layer_id: str, data: list[dict[str, Any]], size_px: int, colour: list[int]
) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        data,
        id=layer_id,
        get_text="text",
        get_position="at",
        get_size=size_px,
        get_color=colour,
        get_pixel_offset=[0, -1],
        character_set=pdk.types.String("auto"),
        font_settings={"sdf": True, "fontSize": 64, "buffer": 6},
        pickable=False,
    )


def _name_layer(rows: list[Any], focus: str, zoom: float, is_dark: bool) -> pdk.Layer:
    ranks = {row.village_code: _RANK[row.standing] for row in rows} | {focus: 0}
    ranked = sorted(rows, key=lambda r: (ranks[r.village_code], r.village_code))
    places = [(row.lon_deg, row.lat_deg, plain(row.village_name)) for row in ranked]
    radii = [
        _FOCUS_RADIUS if row.village_code == focus else _RADIUS["remaining"]
        for row in ranked
    ]
    offsets = beside(places, _NAME_PX, zoom, radii)
    data = [
        {"text": place[2], "at": _at(row), "by": offset}
        for row, place, offset in zip(ranked, places, offsets, strict=True)
        if offset
    ]
    return text_layer("village_names", data, _NAME_PX, is_dark, get_pixel_offset="by")
