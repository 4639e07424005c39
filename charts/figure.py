"""What have all figures in common: type, background, axes, and no tools?"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from base.words import _
from charts.palette import FONT, surface

# For the page that shows a figure: no tool bar, no zoom by accident.
PLOTLY_CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def blank_figure(is_dark: bool = False) -> go.Figure:
    """Return a figure without data, transparent, in the type of the dashboard."""
    page = surface(is_dark)
    axis = {"fixedrange": True, "showgrid": False, "zeroline": False, "ticks": ""}
    return go.Figure(
        layout={
            "template": "none",
            "font": {"family": FONT, "size": 13, "color": page.text},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 38, "r": 24, "t": 34, "b": 32},
            "height": 400,
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": page.page,
                "bordercolor": page.grid,
                "font": {"family": FONT, "size": 13, "color": page.text},
                "align": "left",
            },
            "xaxis": {
                **axis,
                "tickfont": {"size": 11, "color": page.muted},
                "ticklabelstandoff": 6,
            },
            "yaxis": {
                **axis,
                "tickfont": {"size": 12, "color": page.muted},
                "showgrid": True,
                "gridcolor": page.grid,
                "nticks": 5,
            },
        }
    )


def note(figure: go.Figure, text: str, **place: Any) -> None:
    """Write a text into a figure, without an arrow.

    Args:
        figure: it is changed.
        text: what to write.
        place: where and how, as an annotation of plotly takes it.
    """
    figure.add_annotation(text=text, **{"showarrow": False, **place})


def caption(figure: go.Figure, text: str, y: float, is_dark: bool) -> None:
    """Write what an axis counts above its upper end.

    Args:
        figure: it is changed.
        text: the quantity and its unit.
        y: the upper end of the axis, from 0 (bottom of the figure) to 1.
        is_dark: whether the page is dark.
    """
    place = {"x": 0, "xanchor": "left", "xref": "paper", "xshift": -32}
    font = {"size": 12, "color": surface(is_dark).muted}
    note(
        figure, text, **place, y=y, yanchor="bottom", yref="paper", yshift=8, font=font
    )


def nothing_yet(figure: go.Figure, is_dark: bool) -> go.Figure:
    """Say in the middle of a figure that there is nothing to draw, and return it."""
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    font = {"size": 15, "color": surface(is_dark).muted}
    note(figure, _("暂无数据"), x=0.5, y=0.5, xref="paper", yref="paper", font=font)
    return figure


def month_axis(figure: go.Figure, starts: Sequence[date], **more: Any) -> list[str]:
    """Name months on the x axis so that a telephone has room: the year only once.

    Args:
        figure: it is changed.
        starts: first days of the months, in order.
        more: of the axis, as plotly takes it.

    Returns:
        What each month is called on the axis, for the traces: 2018-06.
    """
    ids = [f"{day:%Y-%m}" for day in starts]
    texts = [
        f"{day.month}<br>{day.year}" if place == 0 or day.month == 1 else str(day.month)
        for place, day in enumerate(starts)
    ]
    figure.update_xaxes(
        type="category",
        tickmode="array",
        tickvals=ids,
        ticktext=texts,
        tickangle=0,
        **more,
    )
    return ids


def days(column: "pd.Series[Any]") -> list[date]:
    """Return a column of dates or of timestamps as dates."""
    return [moment.date() for moment in pd.to_datetime(column)]
