"""How do two amounts stand to each other, one over the other: now and before?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from base.formats import wan
from base.money import WAN
from base.words import _
from charts.figure import blank_figure, nothing_yet
from charts.palette import surface

_ROW_PX, _FRAME_PX = 34, 74
_WIDE, _NARROW = 0.72, 0.34
# So much longer than the longest bar is the axis: words stand behind the bars.
_ROOM = 1.95


@dataclass(frozen=True)
class Pair:
    """Two amounts of one name in yuan, and what is written beside them."""

    name: str
    part: Decimal
    whole: Decimal
    said: str


def pairs_figure(
    pairs: Sequence[Pair], part_name: str, whole_name: str, is_dark: bool = False
) -> go.Figure:
    """Draw a narrow dark bar over a wide hollow one, row by row.

    Args:
        pairs: in the order in which they are drawn, from the top.
        part_name: what the narrow bar is: this year, arrived.
        whole_name: what the wide bar is: last year, due.
        is_dark: whether the page is dark.
    """
    figure = blank_figure(is_dark)
    if not pairs:
        return nothing_yet(figure, is_dark)
    page = surface(is_dark)
    names = [pair.name for pair in pairs]
    wide = [float(pair.whole / WAN) for pair in pairs]
    narrow = [float(pair.part / WAN) for pair in pairs]
    figure.add_bar(
        x=wide,
        y=names,
        orientation="h",
        name=whole_name,
        width=_WIDE,
        marker={"color": page.grid, "line": {"color": page.muted, "width": 1}},
        hovertext=[_said(pair.name, whole_name, pair.whole) for pair in pairs],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    figure.add_bar(
        x=narrow,
        y=names,
        orientation="h",
        name=part_name,
        width=_NARROW,
        marker={"color": page.strong},
        hovertext=[_said(pair.name, part_name, pair.part) for pair in pairs],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    for pair, one, other in zip(pairs, wide, narrow, strict=True):
        figure.add_annotation(
            x=max(one, other, 0.0),
            y=pair.name,
            text=pair.said,
            showarrow=False,
            xanchor="left",
            xshift=6,
            font={"size": 12, "color": page.text},
        )
    figure.update_layout(
        barmode="overlay",
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1,
            "xanchor": "left",
            "yanchor": "bottom",
            "font": {"size": 12, "color": page.text},
        },
        margin={"l": 96, "r": 12, "t": 32, "b": 26},
        height=_ROW_PX * len(pairs) + _FRAME_PX,
        xaxis={
            "range": [min(0.0, *wide, *narrow), max(1.0, *wide, *narrow) * _ROOM],
            "showgrid": True,
            "gridcolor": page.grid,
            "nticks": 4,
            "ticksuffix": _(" 万元"),
        },
        yaxis={
            "categoryorder": "array",
            "categoryarray": names[::-1],
            "showgrid": False,
            "dtick": 1,
            "tickfont": {"size": 12, "color": page.text},
        },
    )
    return figure


def _said(name: str, which: str, amount: Decimal) -> str:
    return _("{name} {which} {amount}", name=name, which=which, amount=wan(amount))
