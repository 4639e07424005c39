"""How may the year end for the villages of each township, and how right were we?"""

import pandas as pd
import plotly.graph_objects as go

from base.words import _
from charts.figure import blank_figure, caption, note, nothing_yet
from charts.palette import OUTLOOKS, outlook_colour, outlook_word, surface

# From the certain to the doubtful; what is over the line already needs no bar.
OPEN = ("likely", "watch", "at_risk", "unknown")
_BAR_PX = 26
# A step of chance with fewer villages says little.
_FEW = 5


def outlook_bars(villages: pd.DataFrame, is_dark: bool = False) -> go.Figure:
    """Draw the villages that remain, by township and by how their year may end.

    Args:
        villages: township_name and outlook, one row per village that remains.
        is_dark: whether the page is dark.

    Returns:
        A figure without a title, the township with most villages at risk on top.
    """
    figure = blank_figure(is_dark)
    if villages.empty:
        return nothing_yet(figure, is_dark)
    counts = (
        villages.groupby(["township_name", "outlook"])
        .size()
        .unstack(fill_value=0)
        .reindex(columns=list(OPEN), fill_value=0)
    )
    counts = counts.assign(all=counts.sum(axis=1)).sort_values(["at_risk", "all"])
    page = surface(is_dark)
    for code in reversed(OPEN):
        if not counts[code].any():
            continue
        figure.add_bar(
            y=list(counts.index),
            x=list(counts[code]),
            orientation="h",
            name=outlook_word(code),
            marker={
                "color": outlook_colour(code, is_dark),
                "line": {"color": page.page, "width": 1},
            },
            text=[f"{OUTLOOKS[code][0]}{n}" if n else "" for n in counts[code]],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            hovertemplate="%{y} %{x}<extra>" + outlook_word(code) + "</extra>",
        )
    figure.update_layout(
        barmode="stack",
        height=60 + _BAR_PX * len(counts),
        showlegend=True,
        legend={
            "orientation": "h",
            "y": 1,
            "yanchor": "bottom",
            "traceorder": "normal",
        },
        margin={"l": 76, "r": 16, "t": 34, "b": 24},
    )
    figure.update_yaxes(showgrid=False, dtick=1, tickfont={"size": 12})
    figure.update_xaxes(showgrid=True, gridcolor=page.grid, tickformat="d")
    return figure


def calibration_figure(steps: pd.DataFrame, is_dark: bool = False) -> go.Figure:
    """Draw how often what was said came true; on the diagonal all is as said.

    Args:
        steps: chance and share (0 to 1) and village_count, one row per step of chance.
        is_dark: whether the page is dark.

    Returns:
        A figure without a title.
    """
    figure = blank_figure(is_dark)
    if steps.empty:
        return nothing_yet(figure, is_dark)
    page = surface(is_dark)
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        hoverinfo="skip",
        line={"color": page.muted, "width": 2, "dash": "dash"},
    )
    figure.add_scatter(
        x=list(steps["chance"]),
        y=list(steps["share"]),
        mode="lines+markers",
        line={"color": page.strong, "width": 3},
        marker={
            "size": 11,
            "color": [
                page.page if count < _FEW else page.strong
                for count in steps["village_count"]
            ],
            "line": {"color": page.strong, "width": 2},
        },
        hovertext=[
            _(
                "说有 {chance} 把握的 {count} 村，实际 {share} 过线",
                chance=f"{row.chance:.0%}",
                count=row.village_count,
                share=f"{row.share:.0%}",
            )
            for row in steps.itertuples()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    for row in steps.itertuples():
        note(
            figure,
            _("{count} 村", count=row.village_count),
            x=row.chance,
            y=row.share,
            yshift=16,
            font={"size": 11, "color": page.muted},
        )
    caption(figure, _("实际过线的比例"), 1, is_dark)
    figure.update_xaxes(range=[-0.03, 1.03], tickformat=".0%", dtick=0.2)
    figure.update_yaxes(range=[-0.03, 1.08], tickformat=".0%", dtick=0.2)
    figure.update_layout(height=320, margin={"l": 46, "r": 16, "t": 34, "b": 30})
    return figure
