"""What came in, month by month and source by source, and is it enough by now?"""

from datetime import date
from decimal import Decimal

import pandas as pd
import plotly.graph_objects as go

from base.formats import month_name
from base.words import _
from charts.amounts import Amount, amounts_of, coloured, lanes
from charts.figure import blank_figure, caption, nothing_yet
from charts.income_bars import PALE, draw_months, draw_spans
from charts.income_sum import draw_sum
from charts.palette import series, surface

# Heights in pixels, from top to bottom; what is not needed is left out.
_SUM, _MONTHS, _LANE = 200, 150, 46
_BETWEEN, _ABOVE, _BELOW, _KEYS = 44, 34, 30, 52


def income_by_month(
    figures: pd.DataFrame, threshold_yuan: Decimal, as_of: date, is_dark: bool = False
) -> go.Figure:
    """Draw the income of a village in a year: added up, by month, and by longer spans.

    Money of a quarter or a year is not spread over months: it is one hatched bar over
    its span, with its amount written on it, and is added in the last month of it.

    Args:
        figures: one row per source and period: source_name, period_start, period_end,
            amount_received_yuan, counts (false: known, but not part of the sum).
        threshold_yuan: the line to reach.
        as_of: periods that ended by this day are added; the year is this day's.
        is_dark: whether the page is dark.

    Returns:
        A figure without a title; where no period ends in the year it says so.
    """
    figure = blank_figure(is_dark)
    amounts = amounts_of(figures, as_of)
    if not amounts:
        return nothing_yet(figure, is_dark)
    colours = coloured(amounts, series(is_dark), _("其他"))
    amounts = [a if a.source in colours else a.of(_("其他")) for a in amounts]
    months = [amount for amount in amounts if not amount.is_long]
    spans = lanes([amount for amount in amounts if amount.is_long])

    tops = _panels(figure, bool(months), len(spans))
    draw_sum(figure, amounts, threshold_yuan, as_of, is_dark)
    caption(figure, _("本年累计（万元）"), tops[0], is_dark)
    if months:
        draw_months(figure, months, colours, is_dark)
        caption(figure, _("各月入账（万元）"), tops[1], is_dark)
    if spans:
        draw_spans(figure, spans, colours, is_dark)
        caption(figure, _("不分月的入账"), tops[-1], is_dark)
    _name_sources(figure, amounts, colours, is_dark)
    return figure


def _panels(figure: go.Figure, has_months: bool, lane_count: int) -> list[float]:
    """Lay out the panels, and return where each ends above: from 0 to 1."""
    pixels = {"yaxis": _SUM}
    if has_months:
        pixels["yaxis2"] = _MONTHS
    if lane_count:
        pixels["yaxis3"] = _LANE * lane_count
    whole = sum(pixels.values()) + _BETWEEN * (len(pixels) - 1)
    axis = figure.layout.yaxis.to_plotly_json()
    top, tops = whole, []
    for name, height in pixels.items():
        domain = [(top - height) / whole, top / whole]
        tops.append(domain[1])
        figure.update_layout({name: {**axis, "domain": domain, "rangemode": "tozero"}})
        top -= height + _BETWEEN
    figure.update_xaxes(
        range=[0.4, 12.6],
        anchor="free",
        position=0,
        tickvals=list(range(1, 13)),
        ticktext=[month_name(month) for month in range(1, 13)],
        tickangle=0,
    )
    figure.update_layout(
        barmode="relative",
        height=whole + _ABOVE + _BELOW + _KEYS,
        margin={"t": _ABOVE, "b": _BELOW + _KEYS},
        legend={"y": -36 / whole},
    )
    return tops


def _name_sources(
    figure: go.Figure, amounts: list[Amount], colours: dict[str, str], is_dark: bool
) -> None:
    keys = {source: (colour, 1.0) for source, colour in colours.items()}
    if not all(amount.counts for amount in amounts):
        keys[_("浅色：不计入累计")] = (surface(is_dark).muted, PALE)
    for name, (colour, opacity) in keys.items():
        marker = {"color": colour, "size": 12, "symbol": "square", "opacity": opacity}
        key = {"mode": "markers", "marker": marker, "showlegend": True}
        figure.add_scatter(x=[None], y=[None], name=name, hoverinfo="skip", **key)
    figure.update_layout(
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "yanchor": "top",
            "itemclick": False,
            "itemdoubleclick": False,
        },
    )
