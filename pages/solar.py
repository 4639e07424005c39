"""Which solar plants need a look, and which money for their energy has not come?"""

from html import escape

import pandas as pd
import streamlit as st

from base.formats import month, wan
from base.month import add_months, first_day, month_ends
from base.place import level_of
from base.solar import solar_rules
from base.words import _
from charts.figure import PLOTLY_CONFIG
from charts.map_plants import plants_deck, plants_legend
from charts.plant_heat import plant_heat
from charts.plant_year import arrears_by_age
from queries.plants import LOOK_AT
from reports.tables import TABLES
from ui.answers import answer, key_of, month_of, remember
from ui.frame import go, link, ribbon, scope_note
from ui.looking import Looking, asked_place, is_dark, looking
from ui.plants import (
    arrears_of,
    cards,
    months_of,
    one_plant,
    owed_words,
    plants_of,
    rule_words,
    said,
    summary_of,
)
from ui.shown import show_table

MAP_PX = 480
# So many months before the latest can be picked.
_PICKED_BACK = 23


def show() -> None:
    """Show the solar plants of the place that the address names, and one of them."""
    look = looking()
    place = asked_place(look.viewer)
    is_village = level_of(place) == "village"
    area = place if level_of(place) == "township" else look.home
    ribbon(look)
    scope_note(look)
    plants = plants_of(look, area)
    if plants.empty:
        st.title(_("光伏富村"))
        st.info(
            _(
                "这里还没有光伏电站的数。有电站的，请在村情属性表里填「光伏电站容量」和"
                "「并网日期」，并报送电站发电量月报和电网结算单。"
            )
        )
        return
    found = summary_of(look, area)
    st.html(f'<div class="v-say">{escape(said(look, found))}</div>')
    _choose(look, area, place, plants)
    cards(found, months_of(look, area))
    if is_village and place in set(plants["village_code"]):
        one_plant(look, place)
        show_table(look, TABLES["solar-months"], place, key="one", most_px=300)
        show_table(look, TABLES["solar-arrears"], place, key="one")
        link(look, "village", place, _("每个数出自哪里：看一村一档 →"))
    elif is_village:
        st.info(_("这个村没有光伏电站。"))
    left, right = st.columns([1, 1.25])
    with left:
        _map(look, area, place, plants)
    with right:
        _heat(look, area, plants)
        _arrears(look, area)
    _maintenance(look, area)
    st.subheader(_("全部电站：点一行看一村一档"))
    show_table(look, TABLES["solar-plants"], area)
    st.subheader(_("欠款账龄，电费和补贴分列"))
    show_table(look, TABLES["solar-arrears"], area, most_px=300)
    _rules()


def _choose(look: Looking, area: str, place: str, plants: pd.DataFrame) -> None:
    """Let a month and a plant be chosen; the address keeps both."""
    latest = look.latest
    back = add_months(first_day(latest), -_PICKED_BACK)
    # a month of long ago, which an address may name, can be left but stays in sight
    months = sorted({*month_ends(back, latest), look.moment.as_of}, reverse=True)
    labels = {
        str(row.village_code): f"{row.township_name} {row.village_name}"
        for row in plants.sort_values("village_code").itertuples()
    }
    first, second = st.columns(2)
    with first:
        day = st.selectbox(
            _("哪个月"),
            months,
            index=months.index(look.moment.as_of),
            format_func=month,
            key=f"solar_month_{look.moment.as_of}",
        )
    with second:
        codes = list(labels)
        chosen = st.selectbox(
            _("哪座电站"),
            codes,
            index=codes.index(place) if place in labels else None,
            format_func=lambda code: labels[code],
            placeholder=_("全部（选一座看逐月）"),
            key=f"solar_plant_{place}",
        )
    if day is not None and day != look.moment.as_of:
        st.query_params["as_of"] = month_of(day)
        st.rerun()
    if chosen != place and (chosen or place in labels):
        go(look, "solar", chosen or area)


def _map(look: Looking, area: str, place: str, plants: pd.DataFrame) -> None:
    dark = is_dark()
    st.subheader(_("电站在哪里，哪些要看"))

    def draw() -> object:
        shapes = answer(look, area, "places/shapes")
        positions = answer(look, area, "places/positions")
        located = plants.merge(positions, on="village_code")
        return plants_deck(shapes, located, place, dark, (340, MAP_PX - 10))

    event = st.pydeck_chart(
        remember(key_of(look, area, "plants_deck", place, dark), draw),
        height=MAP_PX,
        on_select="rerun",
        selection_mode="single-object",
        key=f"solar_map_{place}_{look.moment.as_of}_{look.moment.version_no}",
    )
    for chosen in event["selection"]["objects"].get("plants", []):
        if str(chosen["place_code"]) != place:
            go(look, "solar", str(chosen["place_code"]))
    icons = "".join(
        f"<span>{icon}{escape(word)}</span>" for icon, word in plants_legend(dark)
    )
    note = escape(_("示意图，非法定界线；电站画在村的位置，村的位置为示意摆放。"))
    st.html(f'<div class="v-legend">{icons}</div><div class="v-quiet">{note}</div>')
    if level_of(place) == "village" or area != look.home:
        link(look, "solar", look.home, _("← 全部电站"))


def _heat(look: Looking, area: str, plants: pd.DataFrame) -> None:
    """Draw the plants that need or needed a look; all of them where it is asked for."""
    months = months_of(look, area)
    bad = months[months["state"].isin(LOOK_AT)]
    count = bad["village_code"].nunique()
    n = solar_rules().months
    if count:
        st.subheader(
            _(
                "近 {n} 个月有 {count} 座电站发电异常，共 {months} 个月，"
                "少收约 {amount}",
                n=n,
                count=count,
                months=len(bad),
                amount=wan(bad["lost_yuan"].dropna().sum()),
            )
        )
    else:
        st.subheader(_("近 {n} 个月有数的电站发电都正常", n=n))
    unsettled = plants[
        (plants["looked_at_months"] > 0) | plants["state"].isin([*LOOK_AT, "no_figure"])
    ]["village_code"]
    is_all = count == 0 or st.toggle(
        _("显示全部 {n} 座", n=len(plants)), key="solar_heat_all"
    )
    codes = list(plants["village_code"] if is_all else unsettled)
    dark = is_dark()

    def draw() -> object:
        order = {code: turn for turn, code in enumerate(codes)}
        shown = months[months["village_code"].isin(order)]
        turns = shown["village_code"].map(order)
        return plant_heat(shown.assign(turn=turns).sort_values("turn"), dark)

    figure = remember(key_of(look, area, "plant_heat", is_all, dark), draw)
    st.plotly_chart(figure, theme=None, config=PLOTLY_CONFIG, key="solar_heat")
    st.caption(
        _("格里的数：为同类电站的百分之几。◆ 疑似停机，△ 偏弱，× 没有数，… 未并网。")
    )


def _arrears(look: Looking, area: str) -> None:
    """Show what is open in the whole place by its age."""
    arrears = arrears_of(look, area)
    if arrears.empty:
        return
    amounts = [name for name in arrears if name.endswith("_yuan")]
    sums = arrears.groupby("part", as_index=False)[amounts].sum(min_count=1)
    st.subheader(owed_words(sums))
    dark = is_dark()
    figure = remember(
        key_of(look, area, "arrears_by_age", dark), lambda: arrears_by_age(sums, dark)
    )
    st.plotly_chart(figure, theme=None, config=PLOTLY_CONFIG, key="solar_arrears")


def _maintenance(look: Looking, area: str) -> None:
    st.subheader(_("给维护单位的检修清单"))
    st.caption(
        _(
            "近 {n} 个月发电异常的电站；电量都只合计异常的月份。"
            "可下载后直接发给维护单位。",
            n=solar_rules().months,
        )
    )
    show_table(look, TABLES["solar-maintenance"], area)


def _rules() -> None:
    with st.expander(_("怎么判的（规则和假设，待确认）")):
        st.html(
            '<ul class="v-links">'
            + "".join(f"<li>{escape(one)}</li>" for one in rule_words() if one)
            + "</ul>"
        )
