"""Where are the villages that are not cleared? From city to township to village."""

from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from base.formats import month
from base.month import month_ends
from base.place import level_of
from base.words import _
from charts.map_layers import legend_entries, map_deck
from ui.action_box import action_box
from ui.answers import answer, children_of, key_of, month_of, remember, villages_of
from ui.bits import bar
from ui.filters import asked_filters, filter_bar, fitting
from ui.frame import go, link, ribbon, scope_note, told
from ui.looking import Looking, asked_place, is_dark, looking
from ui.sentences import groups_of
from ui.tables import village_table

MAP_PX = 600


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
        codes = filter_bar(look)
    left, right = st.columns([2.1, 1])
    with left:
        _map(look, place, codes)
    with right:
        _beside(look, place, codes)


def _crumbs(look: Looking, place: str) -> None:
    names = answer(look, look.home, "places/names")
    township = names[names["township_code"] == place[:9]]
    parts = [(look.home, _("全市"))] if level_of(look.home) == "county" else []
    if len(place) >= 9 and len(township):
        parts.append((place[:9], str(township["township_name"].iloc[0])))
    if len(place) == 12:
        village = township[township["village_code"] == place]
        if len(village):
            parts.append((place, str(village["village_name"].iloc[0])))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for code, name in parts[:-1]:
            link(look, "map", code, f"{name} ›")
        st.markdown(f"**{parts[-1][1]}**")


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


def _map(look: Looking, place: str, codes: set[str] | None) -> None:
    dark = is_dark()
    city = look.home
    deck = remember(
        key_of(look, city, "deck", place, dark, *sorted(asked_filters().items())),
        lambda: map_deck(
            _townships(look, codes),
            _villages(look, codes),
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
    shapes = answer(look, city, "places/shapes")
    is_computed = "computed" in set(shapes["shape_kind"])
    approval = next((n for n in shapes["approval_number"] if n), _("待补"))
    note = (
        _(
            "示意图，非法定界线：乡镇范围按驻地推算，村的位置为示意摆放。审图号：{number}",
            number=approval,
        )
        if is_computed
        else _("审图号：{number}", number=approval)
    )
    st.html(f'<div class="v-quiet">{escape(note)}</div>')


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


def _counts(look: Looking, codes: set[str] | None) -> pd.DataFrame:
    """Return the counts of each township, of the villages that are wanted."""
    if codes is None:
        return children_of(look, look.home, 9)
    villages = villages_of(look, look.home)
    # A township without any of them stays on the map, with counts of zero.
    is_wanted = villages["village_code"].isin(codes)
    standing = villages["standing"]
    counts = (
        villages[["township_code", "township_name"]]
        .assign(
            village_count=is_wanted,
            villages=is_wanted & (standing != "met_last_year"),
            remaining=is_wanted & (standing == "remaining"),
            cleared=is_wanted & (standing == "cleared"),
            not_reported=is_wanted & (villages["worst_state"] == "not_reported"),
        )
        .groupby(["township_code", "township_name"], as_index=False)
        .sum()
        .rename(columns={"township_code": "place_code"})
    )
    return counts.sort_values(["remaining", "place_code"], ascending=[False, True])


def _townships(look: Looking, codes: set[str] | None) -> pd.DataFrame:
    counts = _counts(look, codes).rename(columns={"place_code": "township_code"})
    shapes = answer(look, look.home, "places/shapes")
    return shapes.merge(counts, on="township_code", how="inner")


def _villages(look: Looking, codes: set[str] | None) -> pd.DataFrame:
    city = look.home
    positions = answer(look, city, "places/positions")
    wanted = fitting(villages_of(look, city), codes)
    return wanted.merge(positions, on="village_code", how="inner")


def _beside(look: Looking, place: str, codes: set[str] | None) -> None:
    """Show the list beside the map: townships, or the villages of one."""
    if level_of(place) == "county":
        st.subheader(_("各乡镇还剩多少"))
        counts = _counts(look, codes)
        if not counts["remaining"].sum():
            st.caption(_("没有未清零的村。"))
        for row in counts.itertuples():
            if not row.remaining:
                continue
            link(
                look,
                "map",
                str(row.place_code),
                _(
                    "**{name}**　{remaining} / {villages} 村",
                    name=row.township_name,
                    remaining=row.remaining,
                    villages=row.villages,
                ),
            )
            st.html(bar(int(row.remaining), int(row.villages)))
        return
    township = place[:9]
    villages = fitting(villages_of(look, township), codes)
    groups = groups_of(villages, look.reading.line_yuan)
    st.subheader(_("还剩 {n} 村", n=len(groups.remaining)))
    village_table(look, groups.remaining, key=f"beside_{township}")
    action_box(look, township)
