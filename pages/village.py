"""How does one village stand, why, and from which cell does each figure come?"""

from html import escape

import pandas as pd
import streamlit as st

from base.catalogue import catalogue
from base.formats import wan, yuan
from base.words import _
from charts.income import income_by_month
from charts.palette import standing_word
from reports.tables import TABLES
from reports.tables.matters import LISTS
from ui.action_box import action_box
from ui.answers import answer, answer_of_village, key_of, remember, villages_of
from ui.belongings import (
    attributes_of,
    contracts_of,
    inventory_of,
    people_of,
    projects_of,
)
from ui.bits import definition
from ui.cards import standings_of
from ui.county_choice import county_choice
from ui.frame import go, has_page, link, ribbon, told
from ui.history import history_of
from ui.looking import Looking, asked_place, is_dark, looking
from ui.matters import open_matters_of
from ui.measures import three_measures
from ui.owed import owed_of
from ui.plants import plant_box
from ui.reasons import reason_of
from ui.shown import show_table
from ui.way_out import way_out


def show() -> None:
    """Show the village that the address names, or let one be chosen."""
    # A village's own page speaks of money first; the other readings stand beside it.
    look = looking().at_target(catalogue().headline())
    place = asked_place(look.viewer)
    ribbon(look)
    told()
    chosen = _choose(look, place)
    if chosen is None:
        st.info(_("请在上面选一个村，或从总览、地图点进来。"))
        return
    villages = villages_of(look, chosen[:9])
    row = villages[villages["village_code"] == chosen].iloc[0]
    figures = answer(look, chosen, "village/figures", village_code=chosen)
    owed = answer_of_village(look, chosen, "village/owed")
    _head(look, row)
    suggestions = way_out(look, chosen)
    open_matters_of(look, chosen, LISTS)
    left, right = st.columns([1.6, 1])
    with left:
        _income(look, chosen, figures)
    with right:
        owed_of(owed, str(row["worst_state"]), str(row["township_name"]))
        st.html(definition(look.reading))
    action_box(look, chosen, suggestions, "gap")
    three_measures(look, chosen)
    left, right = st.columns([1.6, 1])
    with left:
        _sources(figures)
        projects_of(look, chosen)
        contracts_of(look, chosen)
    with right:
        people_of(look, chosen)
        inventory_of(look, chosen)
        plant_box(look, chosen)
    _cells(look, chosen, figures)
    history_of(look, chosen)


def _choose(look: Looking, place: str) -> str | None:
    county = county_choice(look, "village_county", place)
    names = answer(look, county, "places/names")
    labels = {
        str(row.village_code): f"{row.township_name} {row.village_name}"
        for row in names.itertuples()
    }
    codes = list(labels)
    current = codes.index(place) if place in labels else None
    chosen = st.selectbox(
        _("村"),
        codes,
        index=current,
        format_func=lambda code: labels[code],
        placeholder=_("输入村名或乡镇"),
        key=f"village_{place}",
        label_visibility="collapsed",
    )
    if chosen is not None and chosen != place:
        go(look, "village", chosen)
    return chosen


def _head(look: Looking, row: pd.Series) -> None:
    standing = standing_word(row["standing"])
    title = f"{row['township_name']} {row['village_name']}"
    if row["standing"] == "remaining":
        say = _(
            "{standing}：离 {line} 的线还差 {gap}。{reason}。",
            standing=standing,
            line=wan(look.reading.line_yuan),
            gap=wan(row["gap_yuan"]),
            reason=reason_of(row),
        )
    elif row["standing"] == "cleared":
        say = _(
            "{standing}：今年经营性收入已过 {line}。",
            standing=standing,
            line=wan(look.reading.line_yuan),
        )
    else:
        say = _(
            "{standing}：去年已过线，不在今年的名单上；今年全年数出来后再判。",
            standing=standing,
        )
    st.title(title)
    attributes_of(look, str(row["village_code"]))
    st.html(f'<div class="v-say">{escape(say)}</div>')
    standings_of(look, row)
    if has_page("map"):
        back = _("← 回到{name}的地图", name=row["township_name"])
        link(look, "map", str(row["township_code"]), back)


def _income(look: Looking, code: str, figures: pd.DataFrame) -> None:
    measure = catalogue().measure_of(look.target)
    is_money = figures["line_kind"] == "income"
    counted = figures[is_money & figures["category"].isin(measure.plus)]
    total = counted.loc[counted["counts"], "amount_received_yuan"].dropna().sum()
    st.subheader(
        _(
            "{year}年{name}到账 {total}",
            year=look.moment.as_of.year,
            name=measure.name,
            total=wan(total or None) if len(counted) else _("未知"),
        )
    )
    if counted.empty:
        st.caption(_("今年还没有已审核的经营性收入。"))
        return
    dark = is_dark()
    named = counted.assign(
        source_name=counted["source_id"].map(catalogue().source_name)
    )
    figure = remember(
        key_of(look, code, "income", dark),
        lambda: income_by_month(
            named, look.reading.line_yuan, look.moment.as_of, is_dark=dark
        ),
    )
    st.plotly_chart(figure, theme=None, config={"displayModeBar": False})


def _sources(figures: pd.DataFrame) -> None:
    counted = figures[figures["counts"] & (figures["line_kind"] == "income")]
    if counted.empty:
        return
    by_source = counted.groupby(
        ["source_id", "category", "is_one_off"], as_index=False
    )["amount_received_yuan"].sum()
    entries = catalogue()
    st.subheader(_("钱从哪里来"))
    st.dataframe(
        pd.DataFrame(
            {
                _("来源"): by_source["source_id"].map(entries.source_name),
                _("会计科目"): by_source["category"].map(entries.categories),
                _("性质"): by_source["is_one_off"].map(
                    {True: _("一次性"), False: _("经常性")}
                ),
                _("到账"): by_source["amount_received_yuan"].map(yuan),
            }
        ),
        hide_index=True,
    )
    st.caption(_("来源归入哪个会计科目为暂定，口径待确认。"))


def _cells(look: Looking, village_code: str, figures: pd.DataFrame) -> None:
    st.subheader(_("每个数出自哪里"))
    if figures.empty:
        st.caption(_("没有已审核的数。请到村里催报，或看上面哪个月未报。"))
        return
    show_table(look, TABLES["figures"], village_code, most_px=520)
