"""What did one plant make against its peers and the light, and how old is its debt?"""

import pandas as pd
import plotly.graph_objects as go

from base.formats import month, wan
from base.words import _, mark
from charts.figure import blank_figure, caption, month_axis, nothing_yet
from charts.palette import plant_colour, plant_sign, plant_word, series, surface

PART_WORDS = {
    "electricity": mark("电费"),
    "subsidy": mark("补贴"),
    "unsplit": mark("未分项"),
}
AGE_WORDS = {
    "under_3_yuan": mark("不满3个月"),
    "from_3_yuan": mark("3–6个月"),
    "from_6_yuan": mark("6–12个月"),
    "from_12_yuan": mark("满12个月"),
}
_LEGEND = {"orientation": "h", "x": 0, "y": 1.16, "xanchor": "left"}


def plant_year(months: pd.DataFrame, is_dark: bool = False) -> go.Figure:
    """Draw the energy of a plant as bars, its peers and its expectation as lines.

    Args:
        months: as `queries.plants.plant_months` returns them, of one plant.
        is_dark: whether the page is dark.
    """
    figure = blank_figure(is_dark)
    if months["energy_kwh"].isna().all():
        return nothing_yet(figure, is_dark)
    page = surface(is_dark)
    ticks = month_axis(figure, list(months["period_start"]))
    figure.add_bar(
        x=ticks,
        y=months["energy_kwh"].astype(float),
        name=_("实发电量"),
        marker={
            "color": [plant_colour(state, is_dark) for state in months["state"]],
            "line": {"color": page.muted, "width": 1},
        },
        text=[
            "" if state == "normal" else plant_sign(state) for state in months["state"]
        ],
        textposition="outside",
        cliponaxis=False,
        hovertext=[
            f"{month(row.period_start)} {plant_word(row.state)}"
            for row in months.itertuples()
        ],
        hovertemplate="%{hovertext}<br>%{y:,.0f}<extra></extra>",
    )
    lines = (
        ("peers_kwh", _("同类电站（中位数）"), page.strong, "solid"),
        ("expected_kwh", _("理论值（假设）"), page.muted, "dot"),
    )
    for column, name, colour, dash in lines:
        figure.add_scatter(
            x=ticks,
            y=months[column],
            name=name,
            mode="lines+markers",
            line={"color": colour, "dash": dash, "width": 2},
            marker={"size": 5},
            hovertemplate="%{y:,.0f}<extra></extra>",
        )
    figure.update_layout(showlegend=True, legend=_LEGEND, height=320)
    figure.update_layout(margin={"l": 52, "r": 10, "t": 66, "b": 44})
    caption(figure, _("度"), 1, is_dark)
    return figure


def arrears_by_age(arrears: pd.DataFrame, is_dark: bool = False) -> go.Figure:
    """Draw what is open by its age, electricity and subsidy side by side.

    Args:
        arrears: part, and what is open by age, in yuan: one row per part.
        is_dark: whether the page is dark.
    """
    figure = blank_figure(is_dark)
    known = arrears[arrears["open_yuan"].notna()]
    if known.empty:
        return nothing_yet(figure, is_dark)
    ages = list(AGE_WORDS)
    colours = dict(zip(PART_WORDS, series(is_dark), strict=False))
    for row in known.itertuples():
        amounts = [getattr(row, age) for age in ages]
        figure.add_bar(
            x=[_(AGE_WORDS[age]) for age in ages],
            y=[float(amount) for amount in amounts],
            name=_(PART_WORDS[row.part]),
            marker={"color": colours[row.part]},
            text=[wan(amount) if amount else "" for amount in amounts],
            textposition="outside",
            textangle=0,
            textfont={"size": 12},
            constraintext="none",
            cliponaxis=False,
            hovertext=[wan(amount) for amount in amounts],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    figure.update_layout(showlegend=True, legend=_LEGEND, height=250, barmode="group")
    figure.update_layout(margin={"l": 10, "r": 10, "t": 50, "b": 30})
    figure.update_yaxes(showticklabels=False)
    figure.update_xaxes(type="category")
    return figure
