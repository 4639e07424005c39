"""How does one village stand, why, and from which cell does each figure come?"""

from html import escape

import pandas as pd
import streamlit as st

from base.catalogue import catalogue
from base.formats import period, wan, yuan
from base.words import _
from charts.income import income_by_month
from charts.palette import standing_word
from ui.answers import answer, key_of, remember, villages_of
from ui.belongings import (
    attributes_of,
    contracts_of,
    inventory_of,
    people_of,
    projects_of,
)
from ui.bits import definition, yuan_or_dash
from ui.cards import standings_of
from ui.county_choice import county_choice
from ui.frame import go, has_page, link, ribbon
from ui.history import history_of
from ui.looking import Looking, asked_place, is_dark, looking
from ui.measures import three_measures
from ui.owed import owed_of
from ui.reasons import reason_of


def show() -> None:
    """Show the village that the address names, or let one be chosen."""
    # A village's own page speaks of money first; the other readings stand beside it.
    look = looking().at_target(catalogue().headline())
    place = asked_place(look.viewer)
    ribbon(look)
    chosen = _choose(look, place)
    if chosen is None:
        st.info(_("请在上面选一个村，或从总览、地图点进来。"))
        return
    villages = villages_of(look, chosen[:9])
    row = villages[villages["village_code"] == chosen].iloc[0]
    figures = answer(look, chosen, "village/figures", village_code=chosen)
    owed = answer(look, chosen, "village/owed", village_code=chosen)
    _head(look, row)
    left, right = st.columns([1.6, 1])
    with left:
        _income(look, chosen, figures)
    with right:
        owed_of(owed, str(row["worst_state"]), str(row["township_name"]))
        st.html(definition(look.reading))
    three_measures(look, chosen)
    left, right = st.columns([1.6, 1])
    with left:
        _sources(figures)
        projects_of(look, chosen)
        contracts_of(look, chosen)
    with right:
        people_of(look, chosen)
        inventory_of(look, chosen)
    _cells(figures)
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


def _cells(figures: pd.DataFrame) -> None:
    st.subheader(_("每个数出自哪里"))
    if figures.empty:
        st.caption(_("没有已审核的数。请到村里催报，或看上面哪个月未报。"))
        return
    entries = catalogue()
    st.dataframe(
        pd.DataFrame(
            {
                _("期间"): [
                    period(row.period_start, row.period_end)
                    for row in figures.itertuples()
                ],
                _("来源"): figures["source_id"].map(entries.source_name),
                _("分项"): figures.apply(_item, axis=1),
                _("到账"): figures["amount_received_yuan"].map(yuan_or_dash),
                _("文件"): figures["file_name"],
                _("工作表"): figures["sheet"],
                _("单元格"): figures["cell"],
                _("报送人"): figures["sent_by"],
                _("审核人"): figures["accepted_by"],
                _("审核时间"): figures["accepted_at"].map(
                    lambda at: f"{at:%Y-%m-%d %H:%M}"
                ),
                _("应收"): figures["amount_due_yuan"].map(yuan_or_dash),
                _("计入"): figures.apply(_counted, axis=1),
                _("备注"): figures["remark"].fillna(""),
            }
        ),
        hide_index=True,
        height=min(38 + 35 * len(figures), 520),
    )


def _item(row: pd.Series) -> str:
    """Return which part of a source a line tells, and what it counts."""
    source = catalogue().sources.get(str(row["source_id"]))
    name = ""
    if source is not None and row["item_id"]:
        names = {one: part.name for one, part in source.quantities.items()}
        names |= {one: part.name for one, part in source.items.items()}
        name = names.get(str(row["item_id"]), "")
    if pd.isna(row["quantity"]):
        return name
    return f"{name} {row['quantity']:,.10g} {row['quantity_unit']}".strip()


def _counted(row: pd.Series) -> str:
    if row["line_kind"] not in ("income", "cost") or pd.isna(
        row["amount_received_yuan"]
    ):
        return "–"
    if row["counts"]:
        return "✓"
    if row["is_superseded"]:
        return _("以另一报表或更长期间为准")
    return _("同期有未填的，不计入")
