"""Which plants made too little, and when? A field per plant and month."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from base.formats import month
from base.words import _
from charts.figure import blank_figure, month_axis, nothing_yet
from charts.map_text import plain
from charts.palette import PLANTS, plant_colour, plant_sign, plant_word

_ROW_PX, _AROUND_PX = 23, 56


def plant_heat(months: pd.DataFrame, is_dark: bool = False) -> go.Figure:
    """Draw a table of shares: one row per plant, one column per month.

    Each field bears the sign of its state and the plant's share of what its peers made
    in per cent (of what was expected where it has no peers), so that it can be read
    without colour.

    Args:
        months: as `queries.plants.plant_months` returns them, the plants in the order
            in which they are drawn from the top.
        is_dark: whether the page is dark.

    Returns:
        The figure, as high as its rows need.
    """
    figure = blank_figure(is_dark)
    if months.empty:
        return nothing_yet(figure, is_dark)
    codes = list(PLANTS)
    names = months["township_name"] + " " + months["village_name"]
    shown = months.assign(
        plant=[plain(name) for name in names],
        column=[f"{day:%Y-%m}" for day in months["period_start"]],
        level=months["state"].map(codes.index),
        text=[_text(row) for row in months.itertuples()],
        said=[_said(row) for row in months.itertuples()],
    )
    rows = list(dict.fromkeys(shown["village_code"]))
    columns = month_axis(figure, sorted(set(shown["period_start"])), side="top")

    def grid(name: str) -> Any:
        wide = shown.pivot(index="village_code", columns="column", values=name)
        return wide.reindex(index=rows, columns=columns).to_numpy()

    steps = len(codes)
    scale = [
        [edge / steps, plant_colour(code, is_dark)]
        for place, code in enumerate(codes)
        for edge in (place, place + 1)
    ]
    figure.add_heatmap(
        x=columns,
        y=rows,
        z=grid("level"),
        zmin=-0.5,
        zmax=steps - 0.5,
        colorscale=scale,
        showscale=False,
        xgap=2,
        ygap=2,
        text=grid("text"),
        texttemplate="%{text}",
        textfont={"size": 10},
        customdata=grid("said"),
        hovertemplate="%{customdata}<extra></extra>",
    )
    labels = shown.drop_duplicates("village_code").set_index("village_code")["plant"]
    figure.update_yaxes(
        autorange="reversed",
        showgrid=False,
        tickmode="array",
        tickvals=rows,
        ticktext=[labels[code] for code in rows],
        type="category",
        automargin=True,
    )
    figure.update_layout(
        height=_ROW_PX * len(rows) + _AROUND_PX,
        margin={"l": 10, "r": 6, "t": 44, "b": 6},
    )
    return figure


def _share(row: Any) -> float | None:
    found = row.peers_share if not pd.isna(row.peers_share) else row.expected_share
    return None if pd.isna(found) else float(found)


def _text(row: Any) -> str:
    share = _share(row)
    if row.state in ("no_figure", "not_yet") or share is None:
        return plant_sign(row.state)
    per_cent = f"{share * 100:.0f}"
    return per_cent if row.state == "normal" else f"{plant_sign(row.state)}{per_cent}"


def _said(row: Any) -> str:
    lines = [
        f"<b>{plain(row.village_name)}</b> {month(row.period_start)}",
        plant_word(row.state),
    ]
    if not pd.isna(row.full_load_hours):
        energy, hours = f"{row.energy_kwh:,.0f}", f"{row.full_load_hours:.0f}"
        lines.append(_("{energy} 度，满发 {hours} 小时", energy=energy, hours=hours))
    if not pd.isna(row.peers_share):
        lines.append(_("为同类电站的 {share}", share=f"{row.peers_share:.0%}"))
    if not pd.isna(row.expected_share):
        lines.append(_("为理论值的 {share}", share=f"{row.expected_share:.0%}"))
    if row.is_partly_told:
        lines.append(_("村里有的电站没有报数"))
    return "<br>".join(lines)
