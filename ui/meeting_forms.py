"""How is a meeting called, changed, frozen and called off, and how is appealed?"""

from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from base.formats import month
from base.words import _
from office import meetings
from office.frozen import Frozen
from office.meetings import Plan, meeting_of
from ui.doing import do
from ui.looking import Looking
from ui.meeting_papers import begin_all


def call_form(look: Looking) -> None:
    """Let a meeting be called; one button freezes and makes all papers besides."""
    with st.form("call_meeting", border=False):
        title = st.text_input(
            _("会议名称"),
            value=_("{month}“369”推进会", month=month(look.moment.today)),
            max_chars=60,
        )
        day = st.date_input(_("会议日期"), value=look.moment.today, format="YYYY-MM-DD")
        agenda = st.text_area(_("议程（一行一项）"), height=110)
        left, right = st.columns(2)
        is_all = left.form_submit_button(
            _("一键准备：新建、冻结数据、出齐材料"), type="primary"
        )
        is_plain = right.form_submit_button(_("只新建，先不冻结"))
    if not (is_all or is_plain):
        return
    plan = Plan(look.home, title, day, agenda)

    def act(at: datetime) -> None:
        number = meetings.call(look.store, look.viewer, plan, at)
        st.query_params["meeting"] = str(number)
        if is_all:
            _freeze(look, number, at)

    said = _("数据已冻结，材料在后台做。") if is_all else _("会议已新建。")
    do(look, act, said)


def _freeze(look: Looking, number: int, at: datetime) -> None:
    meetings.freeze(look.store, look.viewer, number, at, look.moment.as_of)
    begin_all(look, meeting_of(look.store, look.viewer, number))


def freeze_form(look: Looking, held: "pd.Series[Any]") -> None:
    """Let the figures of a meeting be frozen, once and for good."""
    st.info(
        _(
            "会冻结截至{month}的全部数：各目标、各镇（街）、各村、各来源和督办事项。"
            "冻结以后不能改，之后到的更正只另列。",
            month=month(look.moment.as_of),
        )
    )
    number = int(held["meeting_no"])
    if st.button(_("冻结数据、出齐材料"), type="primary", key=f"freeze_{number}"):
        do(
            look,
            lambda at: _freeze(look, number, at),
            _("数据已冻结，材料在后台做。"),
        )


def edit_form(look: Looking, held: "pd.Series[Any]") -> None:
    """Let title, day and agenda of a meeting be changed."""
    number = int(held["meeting_no"])
    with st.form(f"edit_meeting_{number}", border=False):
        title = st.text_input(_("会议名称"), value=str(held["title"]), max_chars=60)
        day = st.date_input(_("会议日期"), value=held["held_date"], format="YYYY-MM-DD")
        agenda = st.text_area(
            _("议程（一行一项）"), value=str(held["agenda"]), height=110
        )
        if st.form_submit_button(_("保存")):
            plan = Plan(str(held["place_code"]), title, day, agenda)
            do(
                look,
                lambda at: meetings.change(look.store, look.viewer, number, plan, at),
                _("会议已改。"),
            )


def drop_form(look: Looking, held: "pd.Series[Any]") -> None:
    """Let a meeting be called off, with the reason."""
    number = int(held["meeting_no"])
    with st.form(f"drop_meeting_{number}", border=False):
        reason = st.text_input(_("取消的原因"))
        if st.form_submit_button(_("取消这次会议")):
            do(
                look,
                lambda at: meetings.drop(look.store, look.viewer, number, reason, at),
                _("会议已取消。"),
            )


def appeal_form(
    look: Looking,
    held: "pd.Series[Any]",
    place_code: str,
    said: Frozen,
) -> None:
    """Let a word be put beside the line of a township."""
    number = int(held["meeting_no"])
    before = str(said.notes["note"].iloc[0]) if len(said.notes) else ""
    with st.form(f"appeal_{number}_{place_code}", border=False):
        words = st.text_input(
            _("申诉、说明（印在排名那一行后面；清空就是撤回）"), value=before
        )
        if st.form_submit_button(_("保存说明")):
            do(
                look,
                lambda at: meetings.appeal(
                    look.store, look.viewer, number, place_code, words, at
                ),
                _("说明已保存，重新出材料后印在排名里。"),
            )
