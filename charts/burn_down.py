"""How many villages remain, month by month, and how many should?"""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from base.formats import month_name
from base.month import month_ends
from base.words import _, mark
from charts.burn_points import (
    LATE_MONTH,
    Point,
    gap_of,
    gap_words,
    points_of,
    where_plan_is_free,
)
from charts.figure import blank_figure, caption, note, nothing_yet
from charts.palette import surface

_PLAN_KINDS = {
    "linear": mark("计划（逐月均衡） {count} 村"),
    "last_year_path": mark("计划（按上年进度） {count} 村"),
}
_PLAN = mark("计划 {count} 村")

# What is said of the last point is so wide on a small screen; before the fourth month
# it does not fit on the left.
_WIDE_MONTHS = 5
_EARLY_MONTH = 3


def burn_down(
    path: pd.DataFrame, plan: pd.DataFrame, villages: int, is_dark: bool = False
) -> go.Figure:
    """Draw the villages that remain against the plan that ends at zero.

    Args:
        path: one row per month end so far: as_of_date, remaining, cleared, villages.
        plan: one row per month end up to the deadline: as_of_date, planned, kind.
        villages: how many were on the list on 1 January (N₀).
        is_dark: whether the page is dark.

    Returns:
        A figure without a title; where path and plan are empty it says so.
    """
    figure = blank_figure(is_dark)
    planned = points_of(plan, "planned", villages)
    actual = points_of(path, "remaining", villages)
    if not planned and not actual:
        return nothing_yet(figure, is_dark)
    highest = max(count for _day, count in planned + actual)
    _axes(figure, (planned or actual)[-1][0], highest, is_dark)
    caption(figure, _("未清零村数"), 1, is_dark)
    if planned:
        kind = _PLAN_KINDS.get(str(plan["kind"].iloc[-1]), _PLAN)
        _draw_plan(figure, planned, kind, is_dark)
    if actual:
        _draw_actual(figure, actual, is_dark)
    if planned:
        _say_plan(figure, planned, actual, is_dark)
    if actual:
        _say_last(figure, planned, actual, is_dark)
    return figure


def _axes(figure: go.Figure, last: date, highest: int, is_dark: bool) -> None:
    start = date(last.year, 1, 1)
    ends = month_ends(start, date(last.year, 12, 31))
    names = [month_name(end.month) for end in ends]
    figure.update_xaxes(
        range=[date(last.year - 1, 12, 26), max(last, ends[-1])],
        tickvals=[start, *ends],
        ticktext=[_("年初"), *names],
        tickangle=0,
        hoverformat=_("%Y年%-m月%-d日"),
    )
    top = max(highest, 1)
    figure.update_yaxes(
        range=[-0.02 * top, 1.04 * top],
        dtick=1 if top < 5 else None,
        tickformat=",d",
        zeroline=True,
        zerolinecolor=surface(is_dark).muted,
        zerolinewidth=1.5,
    )
    figure.update_layout(hovermode="x unified")


def _draw_plan(
    figure: go.Figure, planned: list[Point], kind: str, is_dark: bool
) -> None:
    page = surface(is_dark)
    figure.add_scatter(
        x=[day for day, _n in planned],
        y=[count for _d, count in planned],
        name=_("计划"),
        mode="lines",
        line={"color": page.muted, "width": 2, "dash": "dash"},
        hovertext=[_(kind, count=count) for _d, count in planned],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _draw_actual(figure: go.Figure, actual: list[Point], is_dark: bool) -> None:
    page = surface(is_dark)
    figure.add_scatter(
        x=[day for day, _n in actual],
        y=[count for _d, count in actual],
        name=_("实际"),
        mode="lines+markers",
        line={"color": page.strong, "width": 4},
        marker={
            "color": page.strong,
            "size": [5] * (len(actual) - 1) + [12],
            "line": {"color": page.page, "width": [0] * (len(actual) - 1) + [2]},
            "opacity": 1,
        },
        cliponaxis=False,
        hovertext=[_("实际 {count} 村", count=count) for _d, count in actual],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _say_plan(
    figure: go.Figure, planned: list[Point], actual: list[Point], is_dark: bool
) -> None:
    page = surface(is_dark)
    font = {"size": 14, "color": page.muted}
    at = where_plan_is_free(planned, actual)
    below = gap_of(planned, actual[: at + 1]) >= 0
    side = ("right", "top", -4) if below else ("left", "bottom", 4)
    place = {"xanchor": side[0], "yanchor": side[1], "xshift": side[2]}
    note(figure, _("计划"), x=planned[at][0], y=planned[at][1], font=font, **place)
    day, count = planned[-1]
    edge = {"color": page.muted, "width": 2}
    figure.add_scatter(
        x=[day],
        y=[count],
        mode="markers",
        marker={"color": page.page, "size": 9, "line": edge},
        cliponaxis=False,
        hoverinfo="skip",
    )
    place = {"xanchor": "left", "yanchor": "bottom", "xshift": 7}
    note(figure, f"<b>{count}</b>", x=day, y=count, font=font, **place)


def _say_last(
    figure: go.Figure, planned: list[Point], actual: list[Point], is_dark: bool
) -> None:
    page = surface(is_dark)
    day, count = actual[-1]
    gap = gap_of(planned, actual)
    left = _("{count} 村", count=count)
    words = [f"<b>{left}</b>"]
    if planned:
        words.append(f"<span style='font-size:13px'>{gap_words(gap)}</span>")
    line = {"color": page.text, "width": 1.5, "dash": "dot"}
    reach = {"type": "line", "x0": day, "x1": day, "y0": count}
    if gap:
        figure.add_shape(**reach, y1=count - gap, line=line)
    place = {"x": day, "y": count, "font": {"size": 20, "color": page.text}}
    if day.month >= LATE_MONTH:
        # A falling line leaves the upper right free; a thin line leads down from there.
        place["y"] = max(n for _d, n in actual[-_WIDE_MONTHS:])
        figure.add_shape(
            **reach, y1=place["y"], line={"color": page.grid, "width": 1.5}
        )
        side = ("right", "bottom", 4)
    elif gap >= 0:
        side = ("left", "bottom", 8)
    else:
        side = (
            ("left", "top", 8) if day.month <= _EARLY_MONTH else ("right", "top", -10)
        )
    if day.month <= _EARLY_MONTH and side[1] == "bottom":
        figure.update_layout(margin_t=64)
    place |= {"xanchor": side[0], "yanchor": side[1], "xshift": side[2]}
    note(figure, "<br>".join(words), align=side[0], yshift=2, **place)
