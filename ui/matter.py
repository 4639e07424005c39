"""What lies behind one doubt or warning, what was done about it, and what is next?"""

from collections.abc import Mapping
from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from accounts.account import name_of
from accounts.audit_told import role_name
from base.errors import ShownError
from base.formats import full_date
from base.roles import MATTERS
from base.rules import SETTLED, Rule, rules, state_name, state_told
from base.words import _
from etl.door import clock_of
from office.matters import choices, history, step
from queries.table import Table
from ui.frame import link
from ui.looking import Looking
from ui.plain import plain
from ui.shown import show_table


def panel(look: Looking, row: pd.Series, behind: Mapping[str, Table]) -> None:
    """Show one matter: the rows behind it, its history and what may be decided.

    Args:
        look: who looks.
        row: of the table of matters.
        behind: the table of what lies behind, by kind of evidence.
    """
    rule = rules()[str(row["rule_id"])]
    code = str(row["village_code"])
    with st.container(border=True):
        place = f"{row['township_name']} {row['village_name']}"
        st.subheader(f"{rule.name} · {place}")
        said = f"{state_told(str(row['state']))} · {row['reason']}"
        advice = _("怎么办：{advice}", advice=rule.advice)
        st.html(
            f'<div class="v-pair"><b>{escape(said)}</b></div>'
            f'<div class="v-quiet">{escape(rule.meaning)}<br>'
            f"{escape(advice)}</div>"
        )
        link(look, "village", code, _("打开{name}的一村一档 →", name=place))
        left, right = st.columns([1.7, 1])
        with left:
            table = behind[rule.evidence]
            _heading(_(table.title))
            which = str(row["matter_id"])
            show_table(look, table, code, {"matter": which}, key=which, most_px=320)
        with right:
            _history(look, row)
            _form(look, row, rule)


def _heading(words: str) -> None:
    st.html(f'<div class="v-h">{escape(words)}</div>')


def _history(look: Looking, row: pd.Series) -> None:
    _heading(_("经过"))
    which = str(row["matter_id"])
    steps = history(look.store, look.within(which.split("~")[1]), look.moment, which)
    if not steps:
        st.caption(_("还没有人处理过。"))
        return
    lines = []
    for one in steps:
        who = name_of(look.store, str(one["actor"]))
        said = _(
            "{who}（{role}）改为「{state}」，{owner}负责",
            who=who,
            role=role_name(str(one["role"])),
            state=state_name(str(one["state"])),
            owner=one["owner"],
        )
        if not pd.isna(one["due_date"]):
            said += _("，{day}前办结", day=full_date(one["due_date"]))
        note = (
            f'<div class="v-quiet">{escape(one["note"])}</div>' if one["note"] else ""
        )
        lines.append(
            f"<li><time>{one['decided_at']:%Y-%m-%d %H:%M}</time>"
            f"<div>{escape(said)}{note if one['note'] else ''}</div></li>"
        )
    st.html(f'<ol class="v-history">{"".join(lines)}</ol>')


def _form(look: Looking, row: pd.Series, rule: Rule) -> None:
    """Let whoever may decide on a matter, or answer it."""
    may = choices(look.viewer, rule, str(row["village_code"]))
    if not may or row["state"] == "gone":
        return
    which = str(row["matter_id"])
    is_deciding = look.viewer.may(MATTERS)
    with st.form(f"matter_{which}", border=False):
        state, owner, due = may[0], "", None
        if is_deciding:
            current = may.index(row["state"]) if row["state"] in may else 0
            state = st.radio(
                _("改为"), may, index=current, format_func=state_name, horizontal=True
            )
            left, right = st.columns(2)
            owner = left.text_input(_("责任人"), value=str(row["owner"]))
            due = right.date_input(_("办结期限"), value=_date(row["due_date"]))
        label = _("说明（了结时必填）") if is_deciding else _("处理情况（必填）")
        # what was recorded is not offered again
        key = f"note_{which}_{look.moment.activity_no}"
        note = st.text_area(label, height=80, key=key)
        said = _("记下") if is_deciding else _("答复")
        if st.form_submit_button(said, type="primary"):
            now = clock_of(look.store).now()
            args = (look.store, look.viewer, look.moment, which, state, note, now)
            try:
                step(*args, owner=owner, due_date=due)
            except ShownError as problem:
                st.error(plain(problem))
                return
            st.session_state["told"] = (
                _("已了结。") if state in SETTLED else _("已记下。")
            )
            st.rerun()


def _date(value: object) -> date:
    day: date = pd.Timestamp(str(value)).date()
    return day
