"""Where do the solar plants stand, and which need a look? The layers of the map."""

from typing import Any

import pandas as pd
import pydeck as pdk

from base.place import prefix_of
from base.words import _
from charts.map_labels import beside
from charts.map_layers import BOX_PX, CompactDeck, fitted, tooltip
from charts.map_text import plain, text_layer
from charts.map_townships import ground_layer, is_in_focus, rings_of
from charts.palette import (
    PLANTS,
    ink_on,
    plant_colour,
    plant_sign,
    plant_word,
    rgb,
    surface,
)

_CITY_DIGITS = 6
_RADIUS_PX, _FOCUS_PX, _SIGN_PX, _NAME_PX = 8, 13, 13, 12
# Which plants are named first where there is no room for all.
_WORST_FIRST = ("outage", "weak", "no_figure", "normal", "not_yet")


def plants_deck(
    townships: pd.DataFrame,
    plants: pd.DataFrame,
    focus: str,
    is_dark: bool = False,
    box_px: tuple[int, int] = BOX_PX,
) -> pdk.Deck:
    """Draw the solar plants of a city, of a township or around a village.

    Args:
        townships: one row per township: township_code, polygons_json.
        plants: as `queries.plant_sums.plant_list` returns them, with lon_deg, lat_deg
            and position_kind.
        focus: the code of the city, of a township or of a village.
        is_dark: whether the page is dark.
        box_px: the smallest width and height in which the map is shown.

    Returns:
        A deck as `map_deck` returns one; objects of the layer `plants` can be picked
        and bear a `place_code`.
    """
    prefix = prefix_of(focus)
    view = fitted(townships, plants, prefix, box_px)
    rows = [row for row in plants.itertuples() if not pd.isna(row.lon_deg)]
    return CompactDeck(
        layers=[
            _ground(townships, prefix, is_dark),
            _discs(rows, prefix, is_dark),
            _signs(rows, is_dark),
            _names(rows, prefix, view.zoom, is_dark),
        ],
        initial_view_state=view,
        map_provider=None,
        tooltip=tooltip(is_dark),
    )


def plants_legend(is_dark: bool = False) -> list[tuple[str, str]]:
    """Return each state's sign on its colour, as HTML, and its word."""
    edge = surface(is_dark).muted
    return [(_chip(state, edge, is_dark), _(PLANTS[state][1])) for state in PLANTS]


def _chip(state: str, edge: str, is_dark: bool) -> str:
    ground = plant_colour(state, is_dark)
    style = (
        "display:inline-block;width:18px;height:18px;border-radius:50%;"
        "text-align:center;line-height:17px;font-size:11px;margin-right:4px;"
        f"border:1px solid {edge};background:{ground};color:{ink_on(ground)}"
    )
    return f'<span aria-hidden="true" style="{style}">{plant_sign(state)}</span>'


def _ground(townships: pd.DataFrame, focus: str, is_dark: bool) -> pdk.Layer:
    page = surface(is_dark)
    rings = [
        {
            "place_code": row.township_code,
            "ring": ring,
            "fill": rgb(page.grid, 70 if is_in_focus(row, focus) else 20),
        }
        for row in townships.itertuples()
        for ring in rings_of(row)
    ]
    return ground_layer(rings, is_dark, is_picked=False)


def _discs(rows: list[Any], focus: str, is_dark: bool) -> pdk.Layer:
    page = surface(is_dark)
    data = [
        {
            "place_code": row.village_code,
            "title": plain(row.village_name),
            "note": plant_words(row),
            "at": _at(row),
            "fill": rgb(plant_colour(row.state, is_dark)),
            "radius": _FOCUS_PX if row.village_code == focus else _RADIUS_PX,
        }
        for row in reversed(rows)
    ]
    return pdk.Layer(
        "ScatterplotLayer",
        data,
        id="plants",
        get_position="at",
        get_radius="radius",
        radius_units=pdk.types.String("pixels"),
        get_fill_color="fill",
        get_line_color=rgb(page.text, 170),
        stroked=True,
        line_width_units=pdk.types.String("pixels"),
        get_line_width=1,
        pickable=True,
        auto_highlight=True,
        highlight_color=rgb(page.strong, 120),
    )


def _signs(rows: list[Any], is_dark: bool) -> pdk.Layer:
    data = [
        {
            "text": plant_sign(row.state),
            "at": _at(row),
            "ink": rgb(ink_on(plant_colour(row.state, is_dark))),
        }
        for row in reversed(rows)
    ]
    return pdk.Layer(
        "TextLayer",
        data,
        id="signs",
        get_text="text",
        get_position="at",
        get_size=_SIGN_PX,
        get_color="ink",
        character_set=pdk.types.String("auto"),
        pickable=False,
    )


def _names(rows: list[Any], focus: str, zoom: float, is_dark: bool) -> pdk.Layer:
    """Return the names that have room; in a whole city only of those to look at."""
    named = [
        row
        for row in rows
        if len(focus) > _CITY_DIGITS or row.state in ("outage", "weak")
    ]

    def rank(row: Any) -> tuple[bool, int, str]:
        return (
            row.village_code != focus,
            _WORST_FIRST.index(row.state),
            row.village_code,
        )

    ranked = sorted(named, key=rank)
    places = [(row.lon_deg, row.lat_deg, plain(row.village_name)) for row in ranked]
    radii = [_FOCUS_PX if row.village_code == focus else _RADIUS_PX for row in ranked]
    offsets = beside(places, _NAME_PX, zoom, radii)
    data = [
        {"text": place[2], "at": _at(row), "by": offset}
        for row, place, offset in zip(ranked, places, offsets, strict=True)
        if offset
    ]
    return text_layer("plant_names", data, _NAME_PX, is_dark, get_pixel_offset="by")


def plant_words(plant: Any) -> str:
    """Return what is shown over a plant: its state, hours, share and size."""
    lines = [
        _(
            "{town} {state}",
            town=plain(plant.township_name),
            state=plant_word(plant.state),
        )
    ]
    if not pd.isna(plant.capacity_kw):
        lines.append(_("装机 {kw} 千瓦", kw=f"{float(plant.capacity_kw):g}"))
    if not pd.isna(plant.full_load_hours):
        lines.append(_("本月满发 {hours} 小时", hours=f"{plant.full_load_hours:.0f}"))
    if not pd.isna(plant.peers_share):
        lines.append(_("为同类电站的 {share}", share=f"{plant.peers_share:.0%}"))
    if plant.position_kind == "laid_out":
        lines.append(_("位置为示意"))
    return "\n".join(lines)


def _at(plant: Any) -> list[float]:
    return [round(plant.lon_deg, 5), round(plant.lat_deg, 5)]
