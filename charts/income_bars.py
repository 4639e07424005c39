"""How are amounts of a month drawn, and how those of a quarter or a year?"""

from collections.abc import Sequence

import plotly.graph_objects as go

from base.formats import wan
from charts.amounts import Amount, height
from charts.figure import note
from charts.palette import surface

PALE = 0.35
_MONTH_WIDTH = 0.66
_SPAN_MARGIN = 0.12
_LANE_FILL = 0.86
# A longer bar has room for its words in one line, even on a small screen.
_ONE_LINE_MONTHS = 5


def draw_months(
    figure: go.Figure,
    amounts: Sequence[Amount],
    colours: dict[str, str],
    is_dark: bool,
) -> None:
    """Draw amounts of single months as bars, one on top of the other by source.

    Args:
        figure: it is changed; its second y axis is theirs.
        amounts: of single months; those that do not count are pale.
        colours: by source, in the order in which they are stacked.
        is_dark: whether the page is dark.
    """
    edge = {"color": surface(is_dark).page, "width": 1}
    for counts in (True, False):
        for source, colour in colours.items():
            chosen = [a for a in amounts if (a.source, a.counts) == (source, counts)]
            if not chosen:
                continue
            figure.add_bar(
                x=[amount.last for amount in chosen],
                y=[height(amount.yuan) for amount in chosen],
                yaxis="y2",
                width=_MONTH_WIDTH,
                name=source,
                showlegend=False,
                marker={"color": colour, "line": edge},
                opacity=1 if counts else PALE,
                hovertext=[amount.said() for amount in chosen],
                hovertemplate="%{hovertext}<extra></extra>",
            )
    figure.update_layout(yaxis2={"nticks": 4})


def draw_spans(
    figure: go.Figure,
    lanes: Sequence[Sequence[Amount]],
    colours: dict[str, str],
    is_dark: bool,
) -> None:
    """Draw amounts of longer periods as hatched bars over their months.

    Args:
        figure: it is changed; its third y axis is theirs.
        lanes: amounts that do not overlap within a lane; the first lane is on top.
        colours: by source.
        is_dark: whether the page is dark.
    """
    page = surface(is_dark)
    for row, lane in enumerate(reversed(lanes)):
        for amount in lane:
            colour = colours[amount.source]
            figure.add_bar(
                x=[(amount.first + amount.last) / 2],
                y=[_LANE_FILL],
                base=[row],
                yaxis="y3",
                width=[amount.last - amount.first + 1 - _SPAN_MARGIN],
                name=amount.source,
                showlegend=False,
                marker={
                    "color": "rgba(0,0,0,0)",
                    "line": {"color": colour, "width": 2},
                    "pattern": {
                        "shape": "/",
                        "fgcolor": colour,
                        "fgopacity": 0.55,
                        "size": 8,
                        "solidity": 0.15,
                    },
                },
                opacity=1 if amount.counts else PALE,
                hovertext=[amount.said()],
                hovertemplate="%{hovertext}<extra></extra>",
            )
            is_long = amount.last - amount.first + 1 > _ONE_LINE_MONTHS
            note(
                figure,
                (" " if is_long else "<br>").join(
                    [amount.span_word(), wan(amount.yuan)]
                ),
                x=(amount.first + amount.last) / 2,
                y=row + _LANE_FILL / 2,
                yref="y3",
                bgcolor=page.page,
                borderpad=1,
                font={"size": 11, "color": page.text},
            )
    bare = {"showgrid": False, "showticklabels": False, "zeroline": False}
    figure.update_layout(yaxis3={**bare, "range": [-0.1, len(lanes)]})
