"""Where does the money come from, by every income model, and how does each stand?"""

from html import escape

import streamlit as st

from base.catalogue import catalogue
from base.formats import wan
from base.words import _
from queries.source_asked import growth
from reports.tables import TABLES
from ui.ends import both_ends
from ui.frame import ribbon, scope_note
from ui.looking import Looking, asked_place, looking
from ui.places import place_line
from ui.shown import answer_of, show_table
from ui.source_own import own_quantity
from ui.sources_all import (
    asked_split,
    composition,
    growth_and_due,
    headline,
    leaning,
    per_cent,
    sign_per_cent,
)

_ALL = ""


def show() -> None:
    """Show all sources, or the one that the address names (`?source=cooperative`)."""
    look = looking()
    place = asked_place(look.viewer)
    ribbon(look)
    scope_note(look)
    source_id = _asked_source()
    say = (
        headline(look, TABLES, place)
        if source_id == _ALL
        else _one(look, place, source_id)
    )
    st.html(f'<div class="v-say">{escape(say)}</div>')
    left, right = st.columns([1, 1.6], vertical_alignment="bottom")
    with left:
        _choose(source_id)
    with right:
        place_line(look, "sources", place)
    if source_id == _ALL:
        composition(look, TABLES, place, asked_split())
        growth_and_due(look, TABLES, place)
        leaning(look, TABLES, place)
    else:
        own_quantity(look, TABLES, place, source_id)
    _villages(look, place, source_id)


def _asked_source() -> str:
    asked = str(st.query_params.get("source", _ALL))
    return asked if asked in catalogue().sources else _ALL


def _choose(source_id: str) -> None:
    names = {one: source.name for one, source in catalogue().sources.items()}
    chosen = st.selectbox(
        _("看哪个来源"),
        [_ALL, *names],
        index=[_ALL, *names].index(source_id),
        format_func=lambda one: names.get(one, _("全部来源")),
        key=f"source_{source_id}",
    )
    if chosen == source_id:
        return
    if chosen == _ALL:
        st.query_params.pop("source", None)
    else:
        st.query_params["source"] = chosen
    st.rerun()


def _one(look: Looking, place: str, source_id: str) -> str:
    """Return the sentence of one source: how much, in how many villages, growing."""
    sources = answer_of(look, TABLES["sources"], place).set_index("source_id")
    name = catalogue().source_name(source_id)
    if source_id not in sources.index:
        return _("{name}：今年和去年同月都没有已审核的数。", name=name)
    row = sources.loc[source_id]
    if row["received_yuan"] is None:
        return _("{name}：今年还没有已审核的到账。", name=name)
    parts = [
        _(
            "{name}今年到账 {amount}，{count} 村有，占全部 {share}",
            name=name,
            amount=wan(row["received_yuan"]),
            count=row["village_count"],
            share=per_cent(row["part_share"]),
        )
    ]
    grown = growth(row["now_yuan"], row["before_yuan"])
    if grown is not None:
        parts.append(_("同月同口径比去年 {growth}", growth=sign_per_cent(grown)))
    own = catalogue().sources[source_id].own
    # rents are held against contracts, further down
    if row["open_yuan"] is not None and (own is None or own.view != "rents"):
        parts.append(_("应收还差 {open}", open=wan(row["open_yuan"])))
    return _("；").join(parts) + _("。")


def _villages(look: Looking, place: str, source_id: str) -> None:
    table = TABLES["source-villages"]
    said = {"source": source_id} if source_id else {}
    found = answer_of(look, table, place, said)
    if found.empty:
        return
    st.subheader(_("哪些村多，哪些村少"))
    has = found[found["received_yuan"].notna()]
    both_ends(look, has, "received_yuan", (_("到账最多"), _("到账最少")))
    both_ends(
        look,
        found,
        "change_yuan",
        (_("比去年同月增加最多"), _("减少最多（或增加最少）")),
    )
    st.caption(_("到账只排报了数的村，没有报的不当作零；增减只比两年都报了的月份。"))
    show_table(look, table, place, said)
