"""Where are the villages that remain? The layers of the map, for any place in focus."""

import json
from typing import Any

import pandas as pd
import pydeck as pdk

from base.place import prefix_of
from charts.map_legend import legend_entries
from charts.map_townships import (
    hatch_layer,
    is_in_focus,
    name_layer,
    polygon_layer,
    rings_of,
)
from charts.map_view import view_of
from charts.map_villages import village_layers
from charts.palette import FONT, surface

__all__ = ["legend_entries", "map_deck"]

# The width of a small telephone, and a height that leaves room for a title.
BOX_PX = (360, 520)
# Around a village, so many steps of zoom closer than its township.
_CLOSER = 1.0


class CompactDeck(pdk.Deck):  # type: ignore[misc]  # pydeck brings no types
    """A deck that is sent without the blanks and escapes that triple its size."""

    def to_json(self) -> str:
        """Return the deck as its JSON, on one line and in UTF-8."""
        content = json.loads(super().to_json())
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def map_deck(
    townships: pd.DataFrame,
    villages: pd.DataFrame,
    focus: str,
    is_dark: bool = False,
    box_px: tuple[int, int] = BOX_PX,
) -> pdk.Deck:
    """Draw the map of a city, of a township or around a village.

    Nothing is fetched: there is no basemap, and marks are drawn, not loaded. Objects
    of the layers `townships` and `villages` can be picked and bear a `place_code`.

    Args:
        townships: one row per township: township_code, township_name, polygons_json
            (outer rings), hatch_json (lines), label_lon_deg, label_lat_deg, remaining,
            villages (on the list), not_reported, village_count; degrees of WGS84.
        villages: one row per village: village_code, village_name, township_code,
            township_name, lon_deg, lat_deg, position_kind, standing, worst_state,
            amount_yuan, gap_yuan.
        focus: the code of the city, of a township or of a village.
        is_dark: whether the page is dark.
        box_px: the smallest width and height in which the map is shown; it fits.

    Returns:
        A deck for `st.pydeck_chart`, seen from above.
    """
    prefix = prefix_of(focus)
    view = fitted(townships, villages, prefix, box_px)
    return CompactDeck(
        layers=[
            polygon_layer(townships, prefix, is_dark),
            hatch_layer(townships, prefix, is_dark),
            *village_layers(villages, prefix, view.zoom, is_dark),
            name_layer(townships, prefix, view.zoom, is_dark),
        ],
        initial_view_state=view,
        map_provider=None,
        tooltip=tooltip(is_dark),
    )


def fitted(
    townships: pd.DataFrame,
    villages: pd.DataFrame,
    prefix: str,
    box_px: tuple[int, int],
) -> pdk.ViewState:
    """Return the view of a place; of a village, the middle of its township."""
    inside = [row for row in townships.itertuples() if is_in_focus(row, prefix)]
    shown = inside or list(townships.itertuples())
    view = view_of((p for row in shown for ring in rings_of(row) for p in ring), box_px)
    own = villages[(villages["village_code"] == prefix) & villages["lon_deg"].notna()]
    for row in own.itertuples():
        view.longitude, view.latitude = round(row.lon_deg, 5), round(row.lat_deg, 5)
        view.zoom = min(view.zoom + _CLOSER, view.max_zoom)
    return view


def tooltip(is_dark: bool) -> dict[str, Any]:
    """Return how the words over a place are shown, without markup of their own."""
    page = surface(is_dark)
    return {
        "html": "<b>{title}</b>\n{note}",
        "style": {
            "whiteSpace": "pre-line",
            "fontFamily": FONT,
            "fontSize": "14px",
            "lineHeight": "1.6",
            "padding": "8px 12px",
            "borderRadius": "4px",
            "border": f"1px solid {page.muted}",
            "backgroundColor": page.page,
            "color": page.text,
        },
    }
