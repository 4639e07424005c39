"""Which doubts and warnings are there, by rule, and which of them are open?"""

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from base.formats import listed
from base.place import level_of
from base.roles import DOUBTS
from base.rules import CHECK, WARNING, rule_name, rules_of, state_name
from base.words import _, mark
from queries.table import Table
from reports.tables.matters import LISTS
from ui.answers import answer
from ui.bits import badge
from ui.frame import address, link
from ui.looking import Looking
from ui.matter import panel
from ui.shared import shared
from ui.shown import answer_of, show_table

_RULE, _STATE, _MATTER = "rule", "state", "matter"
_OPEN, _SETTLED, _ALL = "open", "settled", "all"
_CHOICES = {
    _OPEN: mark("未了结"),
    _SETTLED: mark("已了结"),
    _ALL: mark("全部"),
}
_SHOWN = 5


def matters_of_place(look: Looking, table: Table, place_code: str) -> pd.DataFrame:
    """Return the doubts or the warnings of a place, as the table holds them.

    They are asked of the whole scope once, and narrowed here.
    """
    if table is LISTS[WARNING]:
        # a warning speaks of one village alone; a doubt may tell of its neighbours
        return shared(look, place_code, lambda one, code: answer_of(one, table, code))
    found = answer_of(look, table, look.home)
    if place_code == look.home:
        return found
    prefix = "" if level_of(place_code) == "nation" else place_code
    return found[found["village_code"].astype(str).str.startswith(prefix)]


def list_of(
    look: Looking,
    kind: str,
    place_code: str,
    table: Table,
    behind: Mapping[str, Table],
) -> None:
    """Show counts by rule, the list that is asked for, and the matter that is open.

    Args:
        look: who looks.
        kind: `check` or `warning`.
        place_code: of which place; a place within the viewer's scope.
        table: the list of that kind.
        behind: the table of what lies behind, by kind of evidence.
    """
    found = matters_of_place(look, table, place_code)
    _cards(look, kind, found, place_code)
    rule_id = _asked_rule(kind)
    left, right = st.columns([1, 1.2], vertical_alignment="bottom")
    with left:
        state = _state_choice()
    with right:
        _place_choice(look, place_code)
    shown = found if rule_id == "" else found[found["rule_id"] == rule_id]
    is_settled = shown["is_settled"].astype(bool)
    if state != _ALL:
        shown = shown[is_settled == (state == _SETTLED)]
    st.caption(_("点一行，看背后的数、经过和处理。"))
    row = show_table(
        look,
        table,
        place_code,
        rows=shown,
        answer=found,
        # what was chosen is of these rows alone
        key=f"_{rule_id}_{state}_{look.moment.activity_no}",
        most_px=390,
        is_opening=False,
    )
    if row is not None:
        st.query_params[_MATTER] = str(row["matter_id"])
    which = st.query_params.get(_MATTER, "")
    chosen = found[found["matter_id"] == which]
    if not chosen.empty:
        panel(look, chosen.iloc[0], behind)


def _asked_rule(kind: str) -> str:
    asked = str(st.query_params.get(_RULE, ""))
    return asked if asked in [rule.id for rule in rules_of(kind)] else ""


def _cards(look: Looking, kind: str, found: pd.DataFrame, place_code: str) -> None:
    """Show a card for each rule; a card leads to the rule's own list, and back."""
    waiting = found[~found["is_settled"].astype(bool)]
    counts = waiting.groupby("rule_id").size()
    late = waiting[waiting["is_overdue"].astype(bool)].groupby("rule_id").size()
    asked = _asked_rule(kind)
    cards = []
    # of one village only what there is: a row of zeros says nothing
    is_village = level_of(place_code) == "village"
    for rule in rules_of(kind):
        is_asked = rule.id == asked
        if is_village and rule.id not in counts:
            continue
        parts = address(look, place_code) | ({} if is_asked else {_RULE: rule.id})
        overdue = int(late.get(rule.id, 0))
        note = _("其中 {n} 过期", n=overdue) if overdue else _("没有过期")
        current = " aria-current=true" if is_asked else ""
        cards.append(
            f'<a class="v-rule" href="?{escape(urlencode(parts))}" target="_self"'
            f'{current} title="{escape(rule.meaning)}">'
            f"<span>{escape(rule.name)}</span><b>{int(counts.get(rule.id, 0))}</b>"
            f"<small>{escape(note)}</small></a>"
        )
    st.html(f'<div class="v-rules">{"".join(cards)}</div>')
    if asked:
        [rule] = [one for one in rules_of(kind) if one.id == asked]
        st.caption(f"{rule.meaning} {rule.advice}")


def _state_choice() -> str:
    asked = str(st.query_params.get(_STATE, _OPEN))
    asked = asked if asked in _CHOICES else _OPEN
    chosen = st.segmented_control(
        _("状态"),
        list(_CHOICES),
        default=asked,
        format_func=lambda one: _(_CHOICES[one]),
        key=f"matter_state_{asked}",
        label_visibility="collapsed",
    )
    if chosen is not None and chosen != asked:
        st.query_params[_STATE] = chosen
        st.rerun()
    return asked


def _place_choice(look: Looking, place_code: str) -> None:
    names = answer(look, look.home, "places/names")
    places = dict(zip(names["township_code"], names["township_name"], strict=True))
    if len(places) < 2:
        return
    options = {look.home: _("全部乡镇"), **places}
    if place_code not in options:
        own = names[names["village_code"] == place_code]
        options |= dict(zip(own["village_code"], own["village_name"], strict=True))
    chosen = st.selectbox(
        _("乡镇"),
        list(options),
        index=list(options).index(place_code),
        format_func=options.__getitem__,
        key=f"matter_place_{place_code}",
        label_visibility="collapsed",
    )
    if chosen != place_code:
        st.query_params["place"] = str(chosen)
        st.query_params.pop(_MATTER, None)
        st.rerun()


def headline(kind: str, found: pd.DataFrame) -> str:
    """Say in one sentence how many are open, where most are, and how many are late."""
    waiting = found[~found["is_settled"].astype(bool)]
    if waiting.empty:
        return _("没有待核实的疑点。") if kind == CHECK else _("没有未销号的预警。")
    counts = waiting["rule_id"].value_counts()
    parts: dict[str, Any] = {
        "n": len(waiting),
        "villages": waiting["village_code"].nunique(),
        "rule": rule_name(str(counts.index[0])),
        "count": int(counts.iloc[0]),
        "late": int(waiting["is_overdue"].astype(bool).sum()),
    }
    if parts["villages"] == 1:
        names = listed(map(rule_name, counts.index))
        return _("这个村有 {n} 件没有了结：{rules}。", n=len(waiting), rules=names)
    if kind == CHECK:
        return _(
            "有 {n} 处值得再看，涉及 {villages} 个村，最多的是「{rule}」{count} 处；"
            "{late} 处已过核实期限。",
            **parts,
        )
    return _(
        "{n} 件预警还没有销号，涉及 {villages} 个村，最多的是「{rule}」{count} 件；"
        "{late} 件已过办结期限。",
        **parts,
    )


def open_matters_of(
    look: Looking, village_code: str, lists: Mapping[str, Table]
) -> None:
    """Show what is open about a village, with links; nothing where nothing is.

    Args:
        look: who looks; doubts are shown to those who may see them.
        village_code: which village.
        lists: the table of each kind; the page of a kind has its table's name.
    """
    frames = []
    for kind, table in lists.items():
        if kind == CHECK and not look.viewer.may(DOUBTS):
            continue
        found = matters_of_place(look, table, village_code)
        is_open = ~found["is_settled"].astype(bool)
        frames.append(found[is_open].assign(page=table.table_id))
    waiting = pd.concat(frames)
    if waiting.empty:
        return
    with st.container(border=True):
        heading = _("这个村有 {n} 件没有了结", n=len(waiting))
        st.html(f'<div class="v-h">{escape(heading)}</div>')
        for row in waiting.head(_SHOWN).itertuples():
            late = _("已过期") if row.is_overdue else state_name(str(row.state))
            label = f"**{rule_name(str(row.rule_id))}** · {late} →"
            link(look, str(row.page), village_code, label, matter=str(row.matter_id))
            st.html(f'<div class="v-quiet v-under">{escape(str(row.reason))}</div>')
        if len(waiting) > _SHOWN:
            st.caption(_("另有 {n} 件，见预警和值得再看。", n=len(waiting) - _SHOWN))


def unconfirmed() -> str:
    """Return the badge of limits that nobody has confirmed, as HTML."""
    return badge(_("限值待确认"), "#8b6d2f")
