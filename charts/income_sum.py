"""How much has come in by each month, and how far is it from the line?"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go

from base.formats import wan
from base.words import _
from charts.amounts import Amount, height
from charts.figure import note
from charts.palette import surface

# From here on words about the last month stand on its left.
_LATE_MONTH = 8
_HALF_YEAR = 6
# Nearer than this share to the line, words about the last month go to its other side.
_NEAR = 0.35


def draw_sum(
    figure: go.Figure,
    amounts: Sequence[Amount],
    threshold_yuan: Decimal,
    as_of: date,
    is_dark: bool,
) -> None:
    """Draw the income added up month by month, and the line to reach.

    Args:
        figure: it is changed; its first y axis is theirs.
        amounts: those that count are added in the last month of their period.
        threshold_yuan: the line to reach.
        as_of: its month is the last one.
        is_dark: whether the page is dark.
    """
    page = surface(is_dark)
    months = list(range(1, as_of.month + 1))
    sums = [
        sum((a.yuan for a in amounts if a.counts and a.last <= month), Decimal(0))
        for month in months
    ]
    before = len(months) - 1
    figure.add_scatter(
        x=months,
        y=[height(total) for total in sums],
        mode="lines+markers",
        line={"color": page.strong, "width": 3.5},
        marker={
            "color": page.strong,
            "size": [4] * before + [12],
            "line": {"color": page.page, "width": [0] * before + [2]},
            "opacity": 1,
        },
        cliponaxis=False,
        showlegend=False,
        hovertext=[
            _("1–{month}月累计 {amount}", month=month, amount=wan(total))
            for month, total in zip(months, sums, strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    highest = max(threshold_yuan, *sums)
    figure.update_layout(
        yaxis={
            "range": [min(0.0, *map(height, sums)), 1.25 * height(highest)],
            "nticks": 4,
            "zeroline": True,
            "zerolinecolor": page.muted,
        }
    )
    _say_line(figure, sums, threshold_yuan, is_dark)
    _say_last(figure, sums, threshold_yuan, is_dark)


def _say_line(
    figure: go.Figure, sums: list[Decimal], threshold_yuan: Decimal, is_dark: bool
) -> None:
    page = surface(is_dark)
    line = height(threshold_yuan)
    dashed = {"color": page.text, "width": 1.5, "dash": "dash"}
    ends = {"x0": 0.4, "x1": 12.6, "y0": line, "y1": line}
    figure.add_shape(type="line", **ends, line=dashed)
    below = [total for total in sums if total < threshold_yuan]
    is_crossed_early = len(below) < min(len(sums), _HALF_YEAR)
    place = {"x": 12.6, "xanchor": "right", "yanchor": "bottom"}
    if is_crossed_early:
        place["yanchor"] = "top"
    elif len(sums) > _LATE_MONTH:
        place |= {"x": 0.4, "xanchor": "left"}
    text = _("{count}万元线", count=f"{line:g}")
    note(figure, text, y=line, **place, font={"size": 13, "color": page.text})


def _say_last(
    figure: go.Figure, sums: list[Decimal], threshold_yuan: Decimal, is_dark: bool
) -> None:
    total = sums[-1]
    missing = threshold_yuan - total
    words = _("已过线") if missing <= 0 else _("还差 {amount}", amount=wan(missing))
    is_late = len(sums) > _LATE_MONTH
    is_near_below = 0 < missing < threshold_yuan * Decimal(str(_NEAR))
    side = "right" if is_late else "left"
    note(
        figure,
        f"<b>{wan(total)}</b><br><span style='font-size:12px'>{words}</span>",
        x=len(sums),
        y=height(total),
        xanchor=side,
        yanchor="top" if is_near_below else "bottom",
        align=side,
        xshift=4 if is_late else 8,
        yshift=-6 if is_near_below else 4,
        font={"size": 18, "color": surface(is_dark).text},
    )
