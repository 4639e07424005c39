"""From which projects to which villages do shares go? The layers of the map."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
import pydeck as pdk

from base.formats import wan
from base.words import _, mark
from charts.map_labels import beside
from charts.map_layers import BOX_PX, CompactDeck, tooltip
from charts.map_text import plain, text_layer
from charts.map_townships import ground_layer, rings_of
from charts.map_view import view_of
from charts.palette import rgb, surface

# How a village holds its share: sign, word, colour on light and on dark.
KINDS = {
    "away_together": ("◆", mark("异地抱团"), "#1f5f6b", "#5fb0bd"),
    "away": ("●", mark("异地单独"), "#5b2a6e", "#cfa3df"),
    "together": ("▲", mark("本镇抱团"), "#b0812b", "#e0b765"),
    "home": ("○", mark("本镇单独"), "#4b5760", "#9fabb1"),
    "manager": ("■", mark("承办村"), "#9c3d22", "#ec9468"),
}
_SIGN_PX, _SITE_PX, _NAME_PX = 15, 20, 12
_SITE_RADIUS_PX = 10
_TILT_DEG, _HEIGHT = 24, 0.4
_LEAST_WIDTH_PX, _PX_PER_POINT = 1, 0.1


def kind_of(holder: Any) -> str:
    """Return how a village holds its share: where the project stands, with whom.

    异地: the site (the managing village) is of another township than the holder.
    抱团: several holders of the project are of the holder's township. A village may go
    out together with its neighbours; who manages a project holds at its site.

    Args:
        holder: a row with is_manager, is_away and is_together.
    """
    if holder.is_manager:
        return "manager"
    if holder.is_away:
        return "away_together" if holder.is_together else "away"
    return "together" if holder.is_together else "home"


def kind_word(kind: str) -> str:
    """Return sign and word of a way to hold a share: ◆ 异地抱团."""
    sign, word, _light, _dark = KINDS[kind]
    return f"{sign} {_(word)}"


def joint_legend(is_dark: bool = False) -> list[tuple[str, str]]:
    """Return signs, as HTML, and words of the map."""
    return [
        (
            f'<span aria-hidden="true" style="color:{_colour(kind, is_dark)}">'
            f"{sign}</span>",
            _(word),
        )
        for kind, (sign, word, _light, _dark) in KINDS.items()
    ]


def _colour(kind: str, is_dark: bool) -> str:
    return KINDS[kind][3 if is_dark else 2]


def joint_deck(
    shapes: pd.DataFrame,
    projects: pd.DataFrame,
    holders: pd.DataFrame,
    is_dark: bool = False,
    box_px: tuple[int, int] = BOX_PX,
) -> pdk.Deck:
    """Draw arcs from the sites of projects to the villages that hold shares.

    Args:
        shapes: one row per township: township_code, polygons_json.
        projects: project_id, project_name, manager_name, site_township_name,
            site_lon_deg, site_lat_deg, holder_count, received_yuan.
        holders: those that may be seen: project_id, project_name, village_code,
            village_name, township_name, lon_deg, lat_deg, share_pct, is_manager,
            is_away, is_together. Nothing else of a holder gets into the deck.
        is_dark: whether the page is dark.
        box_px: the smallest width and height in which the map is shown.

    Returns:
        A deck; villages can be picked in the layer `holders` by `place_code`.
    """
    located = projects[projects["site_lon_deg"].notna()]
    sites = {
        row.project_id: [round(row.site_lon_deg, 5), round(row.site_lat_deg, 5)]
        for row in located.itertuples()
    }
    seen = [
        row
        for row in holders.itertuples()
        if row.project_id in sites and not pd.isna(row.lon_deg)
    ]
    rings = [ring for row in shapes.itertuples() for ring in rings_of(row)]
    points = [point for ring in rings for point in ring] or list(sites.values())
    view = view_of(points, box_px)
    fill = rgb(surface(is_dark).grid, 70)
    return CompactDeck(
        layers=[
            ground_layer(
                [{"ring": ring, "fill": fill} for ring in rings],
                is_dark,
                is_picked=False,
            ),
            _arcs(seen, sites, is_dark),
            _signs(seen, is_dark),
            *_sites(list(located.itertuples()), sites, view.zoom, is_dark),
        ],
        initial_view_state=view,
        map_provider=None,
        tooltip=tooltip(is_dark),
    )


def _arcs(
    holders: Iterable[Any], sites: dict[str, list[float]], is_dark: bool
) -> pdk.Layer:
    data = [
        {
            "from": sites[row.project_id],
            "to": _at(row),
            "colour": rgb(_colour(kind_of(row), is_dark), 210),
            "width": _LEAST_WIDTH_PX + _PX_PER_POINT * float(row.share_pct),
            **_words(row),
        }
        for row in holders
        if not row.is_manager
    ]
    return pdk.Layer(
        "ArcLayer",
        data,
        id="arcs",
        get_source_position="from",
        get_target_position="to",
        get_source_color="colour",
        get_target_color="colour",
        get_width="width",
        width_units=pdk.types.String("pixels"),
        get_height=_HEIGHT,
        get_tilt=_TILT_DEG,
        pickable=True,
        auto_highlight=True,
        highlight_color=rgb(surface(is_dark).text, 220),
    )


def _signs(holders: Iterable[Any], is_dark: bool) -> pdk.Layer:
    data = [
        {
            "place_code": row.village_code,
            "text": KINDS[kind_of(row)][0],
            "at": _at(row),
            "colour": rgb(_colour(kind_of(row), is_dark)),
            **_words(row),
        }
        for row in holders
        if not row.is_manager
    ]
    return pdk.Layer(
        "TextLayer",
        data,
        id="holders",
        get_text="text",
        get_position="at",
        get_size=_SIGN_PX,
        get_color="colour",
        character_set=pdk.types.String("auto"),
        font_settings={"sdf": True, "fontSize": 64, "buffer": 6},
        pickable=True,
    )


def _words(holder: Any) -> dict[str, str]:
    return {
        "title": plain(f"{holder.township_name} {holder.village_name}"),
        "note": plain(
            _(
                "{project}\n份额 {share}%\n{kind}",
                project=holder.project_name,
                share=f"{float(holder.share_pct):g}",
                kind=kind_word(kind_of(holder)),
            )
        ),
    }


def _sites(
    projects: list[Any], sites: dict[str, list[float]], zoom: float, is_dark: bool
) -> list[pdk.Layer]:
    data = [
        {
            "text": KINDS["manager"][0],
            "at": sites[row.project_id],
            "title": plain(row.project_name),
            "note": plain(
                _(
                    "承办：{town} {village}\n{count} 村持股，今年到账 {amount}",
                    town=row.site_township_name,
                    village=row.manager_name,
                    count=0 if pd.isna(row.holder_count) else int(row.holder_count),
                    amount=wan(
                        None if pd.isna(row.received_yuan) else row.received_yuan
                    ),
                )
            ),
        }
        for row in projects
    ]
    marks = pdk.Layer(
        "TextLayer",
        data,
        id="sites",
        get_text="text",
        get_position="at",
        get_size=_SITE_PX,
        get_color=rgb(_colour("manager", is_dark)),
        character_set=pdk.types.String("auto"),
        font_settings={"sdf": True, "fontSize": 64, "buffer": 6},
        pickable=True,
    )
    named = [
        (sites[row.project_id][0], sites[row.project_id][1], plain(row.project_name))
        for row in projects
    ]
    offsets = beside(named, _NAME_PX, zoom, [_SITE_RADIUS_PX] * len(named))
    names = [
        {"text": place[2], "at": [place[0], place[1]], "by": offset}
        for place, offset in zip(named, offsets, strict=True)
        if offset
    ]
    return [
        marks,
        text_layer("site_names", names, _NAME_PX, is_dark, get_pixel_offset="by"),
    ]


def _at(holder: Any) -> list[float]:
    return [round(holder.lon_deg, 5), round(holder.lat_deg, 5)]
