"""Whose villages are cleared to which share? One bar each, in the order of the rank."""

import pandas as pd
import plotly.graph_objects as go

from base.formats import share
from base.words import _
from charts.figure import blank_figure
from charts.palette import band_colour, band_sign, surface

_BAR_PX = 25


def duty_bars(units: pd.DataFrame, is_dark: bool = False) -> go.Figure:
    """Draw the share of cleared villages of each unit, coloured by its band.

    Args:
        units: as `office.responsibility.units` returns them, the best first; those
            without a village on the list are left out.
        is_dark: whether the page is dark.

    Returns:
        A figure without a title.
    """
    shown = units[units["is_listed"] > 0].iloc[::-1]
    names = [
        row.unit_name if row.is_ranked else _("{name}（不排）", name=row.unit_name)
        for row in shown.itertuples()
    ]
    figure = blank_figure(is_dark)
    page = surface(is_dark)
    words = [
        _(
            "{band} {share}（{cleared}/{listed}）",
            share=share(row.is_cleared, row.is_listed),
            cleared=row.is_cleared,
            listed=row.is_listed,
            band=band_sign(row.band),
        )
        for row in shown.itertuples()
    ]
    figure.add_bar(
        x=shown["level"],
        y=names,
        orientation="h",
        marker={"color": [band_colour(band, is_dark) for band in shown["band"]]},
        text=words,
        textposition="outside",
        cliponaxis=False,
        textfont={"color": page.text, "size": 12},
        hoverinfo="skip",
    )
    figure.update_xaxes(range=[0, 1.5], visible=False)
    figure.update_yaxes(
        type="category",
        dtick=1,
        automargin=True,
        showgrid=False,
        tickfont={"size": 12, "color": page.text},
    )
    figure.update_layout(
        height=40 + _BAR_PX * max(len(shown), 1),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        bargap=0.32,
    )
    return figure
