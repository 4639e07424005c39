"""Where are the villages that are not cleared? From city to township to village."""

from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from base.formats import month
from base.month import month_ends
from base.place import LENGTHS, holds_counties, level_of, prefix_of
from base.words import _
from charts.map_layers import legend_entries, map_deck
from ui.action_box import action_box
from ui.answers import (
    Wanted,
    answer,
    children_of,
    key_of,
    month_of,
    remember,
    villages_of,
)
from ui.bits import bar
from ui.county_choice import below
from ui.filters import asked_filters, filter_bar, fitting
from ui.frame import go, link, ribbon, scope_note, told
from ui.looking import Looking, asked_place, is_dark, looking
from ui.tables import village_table

MAP_PX = 600
# So many counties or townships stand beside the map; a city has fewer.
_MOST_BESIDE = 30


def show() -> None:
    """Show the map at the place and month that the address names."""
    look = looking()
    place = asked_place(look.viewer)
    ribbon(look)
    told()
    scope_note(look)
    crumbs, slider, chosen = st.columns([1, 1.4, 0.5], vertical_alignment="center")
    with crumbs:
        _crumbs(look, place)
    with slider:
        _slider(look)
    with chosen:
        wanted = filter_bar(look)
    left, right = st.columns([2.1, 1])
    with left:
        _map(look, place, wanted)
    with right:
        _beside(look, place, wanted)


def _crumbs(look: Looking, place: str) -> None:
    parts = []
    if level_of(look.home) not in ("township", "village"):
        parts.append((look.home, _whole(look.home)))
    for digits in (LENGTHS["county"], LENGTHS["township"], LENGTHS["village"]):
        is_asked = digits > LENGTHS["county"] or holds_counties(look.home)
        if is_asked and len(prefix_of(place)) >= digits:
            found = below(look, place[:digits], digits)
            if len(found):
                parts.append((place[:digits], str(found["place_name"].iloc[0])))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for code, name in parts[:-1]:
            link(look, "map", code, f"{name} ›")
        st.markdown(f"**{parts[-1][1]}**")


def _whole(home: str) -> str:
    """Return what the whole that a viewer sees is called."""
    return {"nation": _("全国"), "province": _("全省")}.get(level_of(home), _("全市"))


def _area(look: Looking, place: str) -> str:
    """Return what is drawn around a place: all that the viewer sees, or its county."""
    is_wide = holds_counties(look.home) and not holds_counties(place)
    return place[: LENGTHS["county"]] if is_wide else look.home


def _slider(look: Looking) -> None:
    """Let a month of the year be chosen; the address keeps it."""
    year = look.moment.as_of.year
    months = month_ends(date(year, 1, 1), min(look.latest, date(year, 12, 31)))
    if len(months) < 2:
        return
    current = look.moment.as_of if look.moment.as_of in months else months[-1]
    chosen = st.select_slider(
        _("截至哪个月"), months, value=current, format_func=month, key="map_month"
    )
    if chosen != look.moment.as_of:
        if chosen == look.latest:
            st.query_params.pop("as_of", None)
        else:
            st.query_params["as_of"] = month_of(chosen)
        st.rerun()


def _map(look: Looking, place: str, wanted: Wanted | None) -> None:
    area = _area(look, place)
    townships = _townships(look, area, wanted)
    if townships.empty:
        _table_instead(look, area, wanted)
        return
    dark = is_dark()
    deck = remember(
        key_of(look, area, "deck", place, dark, *sorted(asked_filters().items())),
        lambda: map_deck(
            townships,
            _villages(look, area, wanted),
            place,
            dark,
            (340, MAP_PX - 10),
        ),
    )
    event = st.pydeck_chart(
        deck,
        height=MAP_PX,
        on_select="rerun",
        selection_mode="single-object",
        key=f"map_{place}_{look.moment.as_of}_{look.moment.version_no}"
        f"_{look.target.id}_{sorted(asked_filters().items())}",
    )
    _follow(look, place, event)
    icons = "".join(
        f"<span>{icon}{escape(word)}</span>" for icon, word in legend_entries()
    )
    st.html(f'<div class="v-legend">{icons}</div>')
    is_computed = "computed" in set(townships["shape_kind"])
    approval = next((n for n in townships["approval_number"] if n), _("待补"))
    note = (
        _(
            "示意图，非法定界线：乡镇范围按驻地推算，村的位置为示意摆放。审图号：{number}",
            number=approval,
        )
        if is_computed
        else _("审图号：{number}", number=approval)
    )
    st.html(f'<div class="v-quiet">{escape(note)}</div>')


def _table_instead(look: Looking, area: str, wanted: Wanted | None) -> None:
    """Show the places as a table, where there are no boundaries to draw."""
    st.info(_("这里还没有边界数据，不画图；点下表一行，进到那个地方。"))
    counts = _counts(look, area, wanted)
    event = st.dataframe(
        pd.DataFrame(
            {
                _("地方"): counts["place_name"],
                _("名单"): counts["villages"],
                _("还剩"): counts["remaining"],
                _("已清零"): counts["cleared"],
                _("未报的村"): counts["not_reported"],
                _("待审的村"): counts["in_review"],
                _("退回的村"): counts["returned"],
            }
        ),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        key=f"places_{area}",
        height=MAP_PX,
    )
    chosen = event["selection"]["cells"]
    if chosen:
        go(look, "map", str(counts["place_code"].iloc[chosen[0][0]]))


def _follow(look: Looking, place: str, event: object) -> None:
    """Go where a click points: into a township, or to a village's own page."""
    objects = event["selection"]["objects"]  # type: ignore[index]
    for layer in ("villages", "townships"):
        for chosen in objects.get(layer, []):
            code = str(chosen["place_code"])
            if level_of(code) == "village":
                go(look, "village", code)
            elif code != place:
                go(look, "map", code)


def _counts(look: Looking, area: str, wanted: Wanted | None) -> pd.DataFrame:
    """Return the counts of each county or township, of the villages that are wanted."""
    level = "county" if holds_counties(area) else "township"
    return children_of(look, area, LENGTHS[level], wanted)


def _townships(look: Looking, area: str, wanted: Wanted | None) -> pd.DataFrame:
    """Return the townships that can be drawn; of a province none are."""
    counts = _counts(look, area, wanted).rename(columns={"place_code": "township_code"})
    shapes = answer(look, area, "places/shapes")
    return shapes.merge(counts, on="township_code", how="inner")


def _villages(look: Looking, area: str, wanted: Wanted | None) -> pd.DataFrame:
    positions = answer(look, area, "places/positions")
    shown = fitting(villages_of(look, area), wanted)
    return shown.merge(positions, on="village_code", how="inner")


def _beside(look: Looking, place: str, wanted: Wanted | None) -> None:
    """Show the list beside the map: counties, townships, or the villages of one."""
    if level_of(place) not in ("township", "village"):
        is_wide = holds_counties(place)
        st.subheader(_("各县还剩多少") if is_wide else _("各乡镇还剩多少"))
        counts = _counts(look, place, wanted)
        if not counts["remaining"].sum():
            st.caption(_("没有未清零的村。"))
        for row in counts.head(_MOST_BESIDE).itertuples():
            if not row.remaining:
                continue
            link(
                look,
                "map",
                str(row.place_code),
                _(
                    "**{name}**　{remaining} / {villages} 村",
                    name=row.place_name,
                    remaining=row.remaining,
                    villages=row.villages,
                ),
            )
            st.html(bar(int(row.remaining), int(row.villages)))
        if len(counts) > _MOST_BESIDE:
            st.caption(_("只列最多的 {n} 个，其余见左边的表。", n=_MOST_BESIDE))
        return
    township = place[:9]
    villages = fitting(villages_of(look, township), wanted)
    remaining = villages[villages["standing"] == "remaining"]
    st.subheader(_("还剩 {n} 村", n=len(remaining)))
    village_table(look, remaining, key=f"beside_{township}")
    action_box(look, township)
