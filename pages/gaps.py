"""What would clear each village that remains, and where is it cheapest to begin?"""

from decimal import Decimal
from html import escape

import pandas as pd
import streamlit as st

from base.formats import wan
from base.words import _
from office.gaps import WAYS
from reports.tables import TABLES
from ui.action_box import action_box
from ui.frame import link, ribbon, scope_note
from ui.looking import Looking, looking
from ui.one_of import one_of
from ui.shown import answer_of, show_table
from ui.year_end import at_money, offers_of, ways_of

_ALL = ""


def show() -> None:
    """Show what closes the gaps."""
    look = at_money(looking())
    ribbon(look)
    scope_note(look)
    ways = ways_of(look, look.home)
    st.title(_("补缺口"))
    st.html(f'<div class="v-say">{escape(_sentence(look, ways))}</div>')
    _cards(ways)
    _steps(look)
    _villages(look, ways)


def _sentence(look: Looking, ways: pd.DataFrame) -> str:
    if ways.empty:
        return _("没有未清零的村，没有缺口要补。")
    short = sum(ways["gap_yuan"], Decimal(0))
    collect = int((ways["way"] == "collect").sum())
    new = int((ways["way"] == "new").sum())
    months = look.target.deadline_in(look.moment.as_of.year).month
    return _(
        "还剩 {n} 村共差 {short}，离年底还有 {months} 个月："
        "{collect} 村把应收的收回来就过线，{new} 村要靠新增项目。",
        n=len(ways),
        short=wan(short),
        months=months - look.moment.as_of.month,
        collect=collect,
        new=new,
    )


def _cards(ways: pd.DataFrame) -> None:
    columns = st.columns(len(WAYS), border=True)
    unit = escape(_("村"))
    for column, (code, (short, says)) in zip(columns, WAYS.items(), strict=True):
        rows = ways[ways["way"] == code]
        lack = escape(_("共差 {yuan}", yuan=wan(sum(rows["gap_yuan"], Decimal(0)))))
        name, why = escape(_(short)), escape(_(says))
        column.html(
            f'<div class="v-h">{name}</div><div class="v-quiet">{why}</div>'
            f'<div class="v-count">{len(rows)}<small>{unit}</small></div>'
            f'<div class="v-quiet">{lack}</div>'
        )


def _steps(look: Looking) -> None:
    table = TABLES["steps"]
    rows = answer_of(look, table, look.home)
    clears = rows[rows["clears_count"] > 0]
    st.subheader(_("先做哪一件：每清零一村花钱最少的排在前面"))
    if not clears.empty:
        first = clears.iloc[0]
        st.caption(
            _(
                "最省力的一件：{township}{step}，平均收回 {each} 就清零一村。",
                township=first["township_name"],
                step=first["step"],
                each=wan(Decimal(str(first["yuan_per_village"]))),
            )
        )
    st.caption(_("点一行，看是哪些村，交给谁办。"))
    row = show_table(look, table, look.home, is_opening=False)
    if row is not None:
        _one_step(look, row)
    st.caption(
        _(
            "应收未收按已审核的合同、结算单、分配表和清查表算，只列计入目标口径的；"
            "同一个村可列在几件事里，村数不能相加。"
        )
    )


def _one_step(look: Looking, step: pd.Series) -> None:
    """Show whose dues a step would collect, and let it be given to somebody."""
    township = str(step["township_code"])
    named = {"source": str(step["source_id"]), "item": str(step["item_id"] or "")}
    st.markdown(f"**{step['township_name']} {step['step']}**")
    show_table(look, TABLES["dues"], township, named, key="_step", most_px=250)
    says = _(
        "{step}：涉及 {count} 个未清零村，应收未收 {open}",
        step=step["step"],
        count=int(step["village_count"]),
        open=wan(step["open_yuan"]),
    )
    origin = f"gap:{named['source']}_{named['item']}".rstrip("_")
    action_box(look, township, [says], origin)


def _villages(look: Looking, ways: pd.DataFrame) -> None:
    st.subheader(_("逐村看出路"))
    words = {way: _(named[0]) for way, named in WAYS.items()}
    word = one_of("way", _("看哪些村"), {_ALL: _("全部"), **words}, _ALL)
    table = TABLES["gaps"]
    rows = answer_of(look, table, look.home)
    show_table(
        look,
        table,
        look.home,
        rows=rows[rows["way"] == word] if word else rows,
        key=word,
    )
    for offer in offers_of(look):
        st.caption(offer)
    link(look, "joint", look.home, _("看联建项目 →"))
    link(look, "outlook", look.home, _("年底会怎样 →"))
