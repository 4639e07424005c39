"""Who has reported for a month? The layers of the map, coloured by state."""

from typing import Any

import pandas as pd
import pydeck as pdk

from base.formats import share
from base.place import prefix_of
from base.words import _
from charts.map_labels import beside, spread
from charts.map_layers import BOX_PX, CompactDeck, fitted, tooltip
from charts.map_text import plain, text_layer
from charts.map_townships import ground_layer, is_in_focus, rings_of
from charts.palette import STATES, rgb, state_colour, state_word, surface

# From the worst to the best: which state of many shows.
_WORST_FIRST = (
    "returned",
    "not_reported",
    "in_review",
    "reported",
    "reported_zero",
    "not_due",
)
_CITY_DIGITS = 6
# How strongly a township is painted, from a single paper in its state to all of them.
_FAINT, _FULL = 70, 235
_BEHIND_VILLAGES = 60
_RADIUS_PX, _FOCUS_PX, _SMALL_PX = 6.5, 14, 2.5
_NAME_PX = 12
_SIGN_PX = 13


def reporting_deck(
    townships: pd.DataFrame,
    villages: pd.DataFrame,
    focus: str,
    is_dark: bool = False,
    box_px: tuple[int, int] = BOX_PX,
) -> pdk.Deck:
    """Draw who has reported, in a city, in a township or around a village.

    A township bears the colour of the worst state of its papers, the stronger the more
    of them are in it; a village the colour and the sign of its own.

    Args:
        townships: one row per township: as `queries/reporting/by_township.sql`, with
            polygons_json, label_lon_deg and label_lat_deg.
        villages: one row per village: as `queries/reporting/by_village.sql`, with
            lon_deg, lat_deg and position_kind.
        focus: the code of the city, of a township or of a village.
        is_dark: whether the page is dark.
        box_px: the smallest width and height in which the map is shown.

    Returns:
        A deck as `map_deck` returns one; places can be picked by `place_code`.
    """
    prefix = prefix_of(focus)
    view = fitted(townships, villages, prefix, box_px)
    return CompactDeck(
        layers=reporting_layers(townships, villages, prefix, view.zoom, is_dark),
        initial_view_state=view,
        map_provider=None,
        tooltip=tooltip(is_dark),
    )


def reporting_layers(
    townships: pd.DataFrame,
    villages: pd.DataFrame,
    focus: str,
    zoom: float,
    is_dark: bool = False,
) -> list[pdk.Layer]:
    """Return the layers of townships and villages by state.

    Args:
        townships: as `reporting_deck` takes them.
        villages: as `reporting_deck` takes them.
        focus: the prefix of a place; in a city small discs of the villages that lack.
        zoom: of the view in which names must not overlap.
        is_dark: whether the page is dark.
    """
    is_city = len(focus) <= _CITY_DIGITS
    shown = [
        row
        for row in villages.itertuples()
        if not pd.isna(row.lon_deg)
        and (
            row.worst_state in _WORST_FIRST[:2]
            if is_city
            else row.village_code.startswith(focus[:9])
        )
    ]
    layers = [_township_layer(townships, focus, is_dark)]
    layers.append(_village_layer(shown, focus, is_city, is_dark))
    if not is_city:
        layers += [_sign_layer(shown, is_dark), _names(shown, focus, zoom, is_dark)]
    layers.append(_township_names(townships, focus, zoom, is_dark))
    return layers


def worst_of(township: Any) -> str:
    """Return the worst state that any paper of a township is in."""
    found = (state for state in _WORST_FIRST if getattr(township, state) > 0)
    return next(found, "not_due")


def reporting_legend(is_dark: bool = False) -> list[tuple[str, str]]:
    """Return the colours of the six states, as HTML, and sign and word of each."""
    size = "display:inline-block;width:16px;height:16px;box-sizing:border-box"
    return [
        (
            f'<span aria-hidden="true" style="{size};'
            f'background:{state_colour(state, is_dark)}"></span>',
            state_word(state),
        )
        for state in _WORST_FIRST
    ]


def _township_layer(townships: pd.DataFrame, focus: str, is_dark: bool) -> pdk.Layer:
    return ground_layer(
        [
            {
                "place_code": row.township_code,
                "title": plain(row.township_name),
                "note": _township_words(row),
                "ring": ring,
                "fill": _fill(row, focus, is_dark),
            }
            for row in townships.itertuples()
            for ring in rings_of(row)
        ],
        is_dark,
    )


def _fill(township: Any, focus: str, is_dark: bool) -> list[int]:
    if not is_in_focus(township, focus):
        return rgb(surface(is_dark).grid, 70)
    worst = worst_of(township)
    colour = state_colour(worst, is_dark)
    if len(focus) > _CITY_DIGITS:
        return rgb(colour, _BEHIND_VILLAGES)
    part, whole = getattr(township, worst), max(township.owed_count, 1)
    return rgb(colour, _FAINT + round((_FULL - _FAINT) * part / whole))


def _village_layer(
    rows: list[Any], focus: str, is_city: bool, is_dark: bool
) -> pdk.Layer:
    page = surface(is_dark)
    data = [
        {
            "place_code": row.village_code,
            "title": plain(row.village_name),
            "note": _village_words(row),
            "at": _at(row),
            "fill": rgb(state_colour(row.worst_state, is_dark)),
            "radius": (
                _SMALL_PX
                if is_city
                else _FOCUS_PX
                if row.village_code == focus
                else _RADIUS_PX
            ),
        }
        for row in rows
    ]
    return pdk.Layer(
        "ScatterplotLayer",
        data,
        id="villages",
        get_position="at",
        get_radius="radius",
        radius_units=pdk.types.String("pixels"),
        get_fill_color="fill",
        get_line_color=rgb(page.page),
        stroked=True,
        line_width_units=pdk.types.String("pixels"),
        get_line_width=1,
        pickable=True,
        auto_highlight=True,
        highlight_color=rgb(page.strong, 120),
    )


def _sign_layer(rows: list[Any], is_dark: bool) -> pdk.Layer:
    """Return the signs of the states: colour never stands alone."""
    data = [{"text": STATES[row.worst_state][0], "at": _at(row)} for row in rows]
    return pdk.Layer(
        "TextLayer",
        data,
        id="signs",
        get_text="text",
        get_position="at",
        get_size=_SIGN_PX,
        get_color=rgb(surface(is_dark).page),
        character_set=pdk.types.String("auto"),
        pickable=False,
    )


def _names(rows: list[Any], focus: str, zoom: float, is_dark: bool) -> pdk.Layer:
    def rank(row: Any) -> tuple[bool, int, str]:
        worst = _WORST_FIRST.index(row.worst_state)
        return row.village_code != focus, worst, row.village_code

    ranked = sorted(rows, key=rank)
    places = [(row.lon_deg, row.lat_deg, plain(row.village_name)) for row in ranked]
    radii = [_FOCUS_PX if row.village_code == focus else _RADIUS_PX for row in ranked]
    offsets = beside(places, _NAME_PX, zoom, radii)
    data = [
        {"text": place[2], "at": _at(row), "by": offset}
        for row, place, offset in zip(ranked, places, offsets, strict=True)
        if offset
    ]
    return text_layer("village_names", data, _NAME_PX, is_dark, get_pixel_offset="by")


def _township_names(
    townships: pd.DataFrame, focus: str, zoom: float, is_dark: bool
) -> pdk.Layer:
    is_city = len(focus) <= _CITY_DIGITS
    named = [
        (
            round(row.label_lon_deg, 4),
            round(row.label_lat_deg, 4),
            _(
                "{name} {part}/{whole}",
                name=plain(row.township_name),
                part=row.filled_count,
                whole=row.due_count,
            ),
        )
        for row in townships.itertuples()
        if (is_city or not is_in_focus(row, focus)) and not pd.isna(row.label_lon_deg)
    ]
    offsets = spread(named, _NAME_PX, zoom)
    data = [
        {"text": text, "at": [lon, lat], "by": offset}
        for (lon, lat, text), offset in zip(named, offsets, strict=True)
    ]
    return text_layer(
        "names", data, _NAME_PX, is_dark, not is_city, get_pixel_offset="by"
    )


def _township_words(township: Any) -> str:
    due, filled = int(township.due_count), int(township.filled_count)
    punctual = int(township.on_time_count)
    lines = [
        _(
            "应报 {due} 份，已报送 {filled} 份（{share}）",
            due=due,
            filled=filled,
            share=share(filled, due),
        ),
        _("按时 {count} 份（{share}）", count=punctual, share=share(punctual, due)),
    ]
    lines += [
        _("{state} {count} 份", state=state_word(state), count=getattr(township, state))
        for state in _WORST_FIRST
        if getattr(township, state) > 0
    ]
    return "\n".join(lines)


def _village_words(village: Any) -> str:
    lines = [
        _(
            "{town} {state}",
            town=plain(village.township_name),
            state=state_word(village.worst_state),
        )
    ]
    if village.due_count > 0:
        lines.append(
            _(
                "应报 {due} 份，已报送 {filled} 份（{share}）",
                due=village.due_count,
                filled=village.filled_count,
                share=share(int(village.filled_count), int(village.due_count)),
            )
        )
    if village.position_kind == "laid_out":
        lines.append(_("位置为示意"))
    return "\n".join(lines)


def _at(village: Any) -> list[float]:
    return [round(village.lon_deg, 5), round(village.lat_deg, 5)]
