"""Of what does income consist: one stacked bar per class of villages?"""

from decimal import Decimal
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from base.formats import wan
from base.money import WAN
from base.words import _
from charts.figure import blank_figure, nothing_yet
from charts.palette import series, surface

# Beside their colours, so that neighbours stay apart in greyscale.
_PATTERNS = ("", "/", "", ".", "", "x")
_ROW_PX, _FRAME_PX, _LEAST_PX = 30, 92, 190
# So much longer than the longest bar is the axis: words stand behind the bars.
_ROOM_FOR_WORDS = 1.6


def composition_figure(
    parts: pd.DataFrame, names: dict[str, str], is_dark: bool = False
) -> go.Figure:
    """Draw what each class of villages received, stacked by source.

    A single class is drawn as one bar per source, the largest on top.

    Args:
        parts: one row per class and source: class_name, class_village_count, source_id,
            village_count, received_yuan; classes in the order in which they are drawn.
        names: of sources, by their ids.
        is_dark: whether the page is dark.

    Returns:
        Horizontal bars in ten thousands of yuan; at most five sources stand by
        themselves, the rest together.
    """
    figure = blank_figure(is_dark)
    if parts.empty:
        return nothing_yet(figure, is_dark)
    if parts["class_name"].nunique() == 1:
        return _by_source(figure, parts, names, is_dark)
    totals = parts.groupby("source_id")["received_yuan"].sum().astype(float)
    largest = list(totals.sort_values(ascending=False).index)
    colours = series(is_dark)
    own = largest if len(largest) <= len(colours) else largest[: len(colours) - 1]
    classes = list(dict.fromkeys(parts["class_name"]))
    shown = parts.assign(
        shown_id=parts["source_id"].where(parts["source_id"].isin(own))
    )
    for place, source_id in enumerate([*own, None]):
        is_of = (
            shown["shown_id"].isna()
            if source_id is None
            else (shown["shown_id"] == source_id)
        )
        if is_of.any():
            name = _("其余来源") if source_id is None else names[source_id]
            look = (colours[place], _PATTERNS[place])
            _stack(figure, shown[is_of], name, look, is_dark)
    _say_totals(figure, parts, classes, is_dark)
    return _laid_out(figure, classes, is_dark)


def _stack(
    figure: go.Figure,
    rows: pd.DataFrame,
    name: str,
    look: tuple[str, str],
    is_dark: bool,
) -> None:
    sums = rows.groupby("class_name", sort=False)["received_yuan"].sum()
    figure.add_bar(
        x=[_height(amount) for amount in sums],
        y=list(sums.index),
        orientation="h",
        name=name,
        marker={
            "color": look[0],
            "line": {"color": surface(is_dark).page, "width": 1},
            "pattern": {
                "shape": look[1],
                "fillmode": "overlay",
                "fgcolor": surface(is_dark).text,
                "fgopacity": 0.55,
                "size": 7,
                "solidity": 0.25,
            },
        },
        hovertext=[
            _(
                "{place} {source} {amount}",
                place=place,
                source=name,
                amount=wan(amount),
            )
            for place, amount in sums.items()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _say_totals(
    figure: go.Figure, parts: pd.DataFrame, classes: list[str], is_dark: bool
) -> None:
    sums = parts.groupby("class_name")["received_yuan"].sum()
    sizes = parts.groupby("class_name")["class_village_count"].max()
    for name in classes:
        each = sums[name] / int(sizes[name])
        figure.add_annotation(
            x=max(_height(sums[name]), 0.0),
            y=name,
            text=_("{total}，每村 {each}", total=_short(sums[name]), each=_short(each)),
            showarrow=False,
            xanchor="left",
            xshift=6,
            font={"size": 12, "color": surface(is_dark).text},
        )


def _by_source(
    figure: go.Figure, parts: pd.DataFrame, names: dict[str, str], is_dark: bool
) -> go.Figure:
    ordered = parts.sort_values("received_yuan", ascending=False, kind="stable")
    labels = [names[source_id] for source_id in ordered["source_id"]]
    total = ordered["received_yuan"].sum()
    figure.add_bar(
        x=[_height(amount) for amount in ordered["received_yuan"]],
        y=labels,
        orientation="h",
        showlegend=False,
        marker={"color": surface(is_dark).strong},
        cliponaxis=False,
        text=[
            _(
                "{amount}，{share}，{villages} 村",
                amount=_short(row.received_yuan),
                share=f"{row.received_yuan / total:.1%}" if total else "–",
                villages=row.village_count,
            )
            for row in ordered.itertuples()
        ],
        textposition="outside",
        textfont={"size": 12, "color": surface(is_dark).text},
        hovertext=[
            _("{source} {amount}", source=label, amount=wan(amount))
            for label, amount in zip(labels, ordered["received_yuan"], strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    laid_out = _laid_out(figure, labels, is_dark)
    heights = [_height(amount) for amount in ordered["received_yuan"]]
    low, high = min(0.0, *heights), max(0.0, *heights)
    return laid_out.update_xaxes(range=[low, high * _ROOM_FOR_WORDS or 1])


def _laid_out(figure: go.Figure, rows: list[str], is_dark: bool) -> go.Figure:
    sums: dict[Any, float] = {}
    losses: dict[Any, float] = {}
    for bar in figure.data:
        for place, amount in zip(bar.y, bar.x, strict=True):
            side = sums if amount >= 0 else losses
            side[place] = side.get(place, 0.0) + amount
    page = surface(is_dark)
    figure.update_layout(
        barmode="relative",
        bargap=0.28,
        showlegend=len(figure.data) > 1,
        legend={
            "orientation": "h",
            "traceorder": "normal",
            "x": 0,
            "y": 1,
            "xanchor": "left",
            "yanchor": "bottom",
            "font": {"size": 12, "color": page.text},
        },
        margin={"l": 96, "r": 12, "t": 56 if len(figure.data) > 1 else 8, "b": 26},
        height=max(_ROW_PX * len(rows) + _FRAME_PX, _LEAST_PX),
        xaxis={
            "range": [
                min(losses.values(), default=0.0),
                max(sums.values(), default=0.0) * _ROOM_FOR_WORDS or 1,
            ],
            "showgrid": True,
            "gridcolor": page.grid,
            "nticks": 4,
            "ticksuffix": _(" 万元"),
        },
        yaxis={
            "categoryorder": "array",
            "categoryarray": rows[::-1],
            "showgrid": False,
            "nticks": len(rows),
            "dtick": 1,
            "tickfont": {"size": 12, "color": page.text},
        },
    )
    return figure


def _height(amount: Decimal) -> float:
    return float(amount / WAN)


def _short(amount: Decimal) -> str:
    wans = amount / WAN
    places = 0 if abs(wans) >= 100 else 1
    return _("{count} 万元", count=f"{wans:,.{places}f}")
