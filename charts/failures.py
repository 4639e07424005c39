"""At which hours did signing in fail, and was somebody locked out? Stacked bars."""

from datetime import datetime, timedelta

import pandas as pd
import plotly.graph_objects as go

from base.words import _
from charts.figure import blank_figure, caption
from charts.palette import series, surface

_HEIGHT_PX = 190


def failure_bars(
    hours: pd.DataFrame, start: datetime, end: datetime, is_dark: bool = False
) -> go.Figure:
    """Draw failures to sign in by the hour.

    Args:
        hours: hour_at, failed and locked, a row for each hour with any.
        start: the left end, local time in China.
        end: the right end.
        is_dark: whether the page is dark.

    Returns:
        A figure without a title.
    """
    figure = blank_figure(is_dark)
    colours = series(is_dark)
    kinds = (("failed", _("登录失败"), ""), ("locked", _("锁定"), "x"))
    for place, (column, name, pattern) in enumerate(kinds, start=1):
        figure.add_bar(
            x=hours["hour_at"],
            y=hours[column],
            name=name,
            marker={"color": colours[place], "pattern": {"shape": pattern}},
            hovertemplate=_("%{{x|%m-%d %H}} 时　{name} %{{y}} 次", name=name)
            + "<extra></extra>",
        )
    highest = int((hours["failed"] + hours["locked"]).max()) if len(hours) else 0
    figure.update_xaxes(
        range=[start, end + timedelta(hours=2)],
        type="date",
        tickformat="%m-%d",
        dtick=86_400_000,
    )
    figure.update_yaxes(range=[0, max(highest, 4) * 1.1], nticks=4, tickformat="d")
    figure.update_layout(
        barmode="stack",
        height=_HEIGHT_PX,
        showlegend=True,
        legend={
            "orientation": "h",
            "traceorder": "normal",
            "x": 1,
            "xanchor": "right",
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"size": 12, "color": surface(is_dark).text},
        },
    )
    caption(figure, _("次"), 1, is_dark)
    return figure
