"""What is to be done, whose is it, and what is late?"""

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from base.action import WORDS
from base.formats import full_date, listed, owner_of
from base.number import number_in
from base.roles import ASSIGN
from base.words import _
from charts.palette import action_word
from reports.tables import TABLES
from reports.tables.actions import ALL, OVERDUE, UNDONE, fitting_actions
from ui.action_form import begin_form, history_of_action, place_words, step_form
from ui.answers import key_of, remember
from ui.frame import has_page, link, ribbon, scope_note, told
from ui.looking import Looking, asked_place, looking
from ui.shown import answer_of, show_table

_NAMED = 3


def show() -> None:
    """Show the actions of the place that the address names."""
    look = looking()
    ribbon(look)
    told()
    place = asked_place(look.viewer)
    actions = answer_of(look, TABLES["actions"], place)
    owners = answer_of(look, TABLES["action-owners"], place)
    st.html(f'<div class="v-say">{escape(_say(actions, owners))}</div>')
    scope_note(look)
    if actions.empty and place == look.home:
        if look.viewer.may(ASSIGN):
            _begin(look, place)
        else:
            st.caption(_("市专班或镇（街）交办后，会出现在这里。"))
        return
    said = _filters(look, place, actions)
    left, right = st.columns([1.9, 1])
    with left:
        chosen = show_table(
            look, TABLES["actions"], place, said, key=str(said), is_opening=False
        )
    with right:
        _panel(look, actions, chosen)
    if look.viewer.may(ASSIGN):
        _begin(look, place)
    st.subheader(_("谁手上有多少"))
    show_table(look, TABLES["action-owners"], place)


def _say(actions: pd.DataFrame, owners: pd.DataFrame) -> str:
    undone = int(actions["is_undone"].sum())
    late = int(actions["is_overdue"].sum())
    if actions.empty:
        return _("还没有督办事项。")
    if not undone:
        return _("{n} 项督办事项都已办结。", n=len(actions))
    if not late:
        return _("{undone} 项督办事项未办结，没有逾期。", undone=undone)
    named = listed(
        _("{owner}（{n} 项）", owner=owner_of(name, of), n=n)
        for name, of, n in owners[["owner_name", "owner_organisation", "overdue_count"]]
        .head(_NAMED)
        .itertuples(index=False)
        if n
    )
    return _(
        "{undone} 项督办事项未办结，其中 {late} 项已逾期，主要是{names}。",
        undone=undone,
        late=late,
        names=named,
    )


def _filters(look: Looking, place: str, actions: pd.DataFrame) -> dict[str, str]:
    """Let township, owner and state be chosen; the address keeps them."""
    where, whose, which = st.columns(3)
    with where:
        _place(look, place)
    owners = sorted({*actions["owner_organisation"], *actions["owner_name"]} - {""})
    owner = str(st.query_params.get("owner", ""))
    with whose:
        owner = _chosen(
            "owner",
            _("责任人或单位"),
            {"": _("全部"), **{one: one for one in owners}},
            owner if owner in owners else "",
            "",
        )
    states = {
        UNDONE: _("未办结"),
        OVERDUE: _("逾期"),
        **{state: action_word(state) for state in WORDS},
        ALL: _("全部"),
    }
    counted = {
        state: f"{word} {len(fitting_actions(actions, owner, state))}"
        for state, word in states.items()
    }
    asked = str(st.query_params.get("state", UNDONE))
    with which:
        state = _chosen(
            "state",
            _("状态"),
            counted,
            asked if asked in states else UNDONE,
            UNDONE,
        )
    return {key: value for key, value in (("owner", owner), ("state", state)) if value}


def _place(look: Looking, place: str) -> None:
    words = {look.home: _("全部"), **place_words(look)}
    townships = {code: word for code, word in words.items() if len(code) <= 9}
    # a village is asked for by its own page
    shown = {**townships, place: words.get(place, place)}
    _chosen("place", _("镇（街）"), shown, place, look.home)


def _chosen(
    name: str, label: str, options: dict[str, str], asked: str, usual: str
) -> str:
    """Let one be chosen; the address keeps what is not the usual."""
    chosen = st.selectbox(
        label,
        list(options),
        index=list(options).index(asked),
        format_func=options.__getitem__,
        key=f"actions_{name}_{asked}",
    )
    if chosen != asked:
        if chosen == usual:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = chosen
        st.rerun()
    return str(chosen)


def _panel(
    look: Looking, actions: pd.DataFrame, chosen: "pd.Series[Any] | None"
) -> None:
    """Show one action: what is asked, what was done, and what may be said now."""
    asked = str(st.query_params.get("action", ""))
    number = int(chosen["action_no"]) if chosen is not None else None
    if number is None:
        number = number_in(asked)
    found = actions[actions["action_no"] == number]
    if found.empty:
        st.caption(_("点一行，看经过、办理。"))
        return
    if asked != str(number):
        st.query_params["action"] = str(number)
    held = found.iloc[0]
    with st.container(border=True):
        _head(look, held)
        step_form(look, held)
        heading = _("经过")
        st.html(f'<div class="v-h">{escape(heading)}</div>')
        history_of_action(look, int(held["action_no"]))


def _head(look: Looking, held: "pd.Series[Any]") -> None:
    where = " ".join(
        str(held[name])
        for name in ("township_name", "village_name")
        if isinstance(held[name], str)
    )
    late = _("，已逾期") if held["is_overdue"] else ""
    lines = [
        where or str(held["place_code"]),
        owner_of(held["owner_name"], held["owner_organisation"]),
        _("{day}前办结{late}", day=full_date(held["due_date"]), late=late),
        action_word(str(held["state"])),
    ]
    st.html(
        f'<div class="v-h">{escape(str(held["what"]))}</div>'
        f'<div class="v-quiet">{"<br>".join(map(escape, lines))}</div>'
    )
    page = "village" if isinstance(held["village_code"], str) else "map"
    if has_page(page):
        link(look, page, str(held["place_code"]), _("打开这个地方 →"))


def _begin(look: Looking, place: str) -> None:
    with st.expander(_("新建督办事项")):
        words: dict[str, str] = remember(
            key_of(look, look.home, "action_places"), lambda: place_words(look)
        )
        codes = list(words)
        chosen = st.selectbox(
            _("哪个镇（街）或村"),
            codes,
            index=codes.index(place) if place in words else None,
            format_func=words.__getitem__,
            placeholder=_("输入村名或乡镇"),
            key=f"action_place_{place}",
        )
        if chosen is None:
            st.caption(_("先选地方，再写办什么、谁办、什么时候办完。"))
        else:
            begin_form(look, chosen, origin="page")
