"""What does the progress meeting stand on, and what changed since the last one?"""

from datetime import date
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from base.formats import full_date
from base.meeting import FROZEN, PLANNED, WORDS
from base.number import number_in
from base.place import level_of
from base.roles import APPEAL, CONVENE, MEETINGS
from base.words import _
from office.frozen import Frozen, sentences
from reports.tables import TABLES
from ui.action_box import action_box
from ui.frame import link, ribbon, told
from ui.looking import Looking, looking
from ui.meeting_figures import (
    boards,
    frozen_of,
    later_of,
    meeting_cards,
    meetings_of,
    township_panel,
)
from ui.meeting_forms import appeal_form, call_form, drop_form, edit_form, freeze_form
from ui.meeting_papers import papers_panel
from ui.plain import plain
from ui.shown import show_table


def show() -> None:
    """Show the meeting that the address names (`?meeting=7`), else the latest."""
    look = looking(may=MEETINGS)
    ribbon(look)
    told()
    found = meetings_of(look)
    held = _chosen(found)
    if held is None:
        st.title(_("“369”推进会"))
        st.info(_("还没有会议。新建一次，一键冻结数据、出齐材料。"))
    else:
        _one(look, held)
    if look.viewer.may(CONVENE):
        with st.expander(_("新建会议"), expanded=held is None):
            call_form(look)


def _chosen(found: pd.DataFrame) -> "pd.Series[Any] | None":
    """Let a meeting be chosen; the address keeps it."""
    if found.empty:
        return None
    numbers = [int(number) for number in found["meeting_no"]]
    said = number_in(str(st.query_params.get("meeting", "")))
    asked = said if said in numbers else numbers[0]
    words = {
        int(row.meeting_no): _(
            "{title}（{day}，{state}）",
            title=row.title,
            day=full_date(row.held_date),
            state=_(WORDS[str(row.state)]),
        )
        for row in found.itertuples()
    }
    chosen = st.selectbox(
        _("哪次会议"),
        numbers,
        index=numbers.index(asked),
        format_func=words.__getitem__,
        key=f"meeting_{asked}_{len(numbers)}",
    )
    if chosen != asked:
        st.query_params["meeting"] = str(chosen)
        st.rerun()
    return found[found["meeting_no"] == asked].iloc[0]


def _one(look: Looking, held: "pd.Series[Any]") -> None:
    state = str(held["state"])
    if state == FROZEN:
        _frozen(look, held)
        return
    st.title(plain(held["title"]))
    st.caption(_(WORDS[state]))
    _agenda(held)
    if state == PLANNED and look.viewer.may(CONVENE):
        freeze_form(look, held)
        with st.expander(_("改会议")):
            edit_form(look, held)
            drop_form(look, held)


def _frozen(look: Looking, held: "pd.Series[Any]") -> None:
    place = str(held["place_code"])
    home = look.home if look.home.startswith(place) else place
    said = frozen_of(look, held, home)
    later = later_of(look, held, home)
    st.html(f'<div class="v-say">{escape(sentences(said)[0])}</div>')
    st.html(f'<div class="v-quiet">{escape(_freeze_line(held))}</div>')
    meeting_cards(said, later)
    st.link_button(
        _("打开大屏（新窗口，F 全屏，← → 翻页）"),
        f"/meetings/{int(held['meeting_no'])}/screen",
        type="primary",
    )
    papers_panel(look, held, said)
    told_of = {"meeting": str(int(held["meeting_no"]))}
    _changed(look, home, said, later, told_of)
    _townships(look, held, home, said, told_of)
    _actions(look, home, said, told_of)
    _agenda(held)
    if look.viewer.may(CONVENE):
        with st.expander(_("改会议")):
            edit_form(look, held)
            drop_form(look, held)


def _freeze_line(held: "pd.Series[Any]") -> str:
    return _(
        "数据截至{day}，冻结于 {at}；版本 {version}，口径 {data}，程序 {code}。"
        "之后到的更正只另列，不改这里的数。",
        day=full_date(held["as_of_date"]),
        at=f"{held['frozen_at']:%Y-%m-%d %H:%M}",
        version=int(held["version_no"]),
        data=held["fingerprint"],
        code=held["code_version"],
    )


def _changed(
    look: Looking,
    home: str,
    said: Frozen,
    later: pd.DataFrame,
    told_of: dict[str, str],
) -> None:
    since = _("与上次会议相比") if said.has_last else _("与上月末相比")
    st.subheader(
        _("{since}，{n} 村有变化", since=since, n=len(said.changes))
        if len(said.changes)
        else _("{since}，没有变化", since=since)
    )
    show_table(look, TABLES["meeting-changes"], home, told_of, most_px=320)
    if said.has_last:
        st.subheader(_("上次会上的数，有 {n} 村更正", n=len(said.restated)))
        show_table(look, TABLES["meeting-restated"], home, told_of, most_px=240)
    st.subheader(_("冻结后到的更正：{n} 村", n=len(later)))
    show_table(look, TABLES["meeting-later"], home, told_of, most_px=240, answer=later)


def _townships(
    look: Looking,
    held: "pd.Series[Any]",
    home: str,
    said: Frozen,
    told_of: dict[str, str],
) -> None:
    first = said.townships.iloc[0]
    st.subheader(
        _(
            "清零比例最高的是{place}（{share}）",
            place=first["township_name"],
            share="–" if pd.isna(first["level"]) else f"{first['level']:.0%}",
        )
        if len(said.townships) > 1
        else _("本镇（街）的数")
    )
    chosen = show_table(
        look, TABLES["meeting-townships"], home, told_of, is_opening=False
    )
    if len(said.townships) > 1:
        boards(said)
    codes = [str(code) for code in said.townships["township_code"]]
    code = str(chosen["township_code"]) if chosen is not None else _asked(codes)
    if code:
        st.query_params["township"] = code
        one = frozen_of(look, held, code)
        whole = said.townships if len(codes) > 1 else None
        with st.container(border=True):
            township_panel(look, one, whole)
            if look.viewer.may(APPEAL):
                appeal_form(look, held, code, one)
            origin = f"meeting:{int(held['meeting_no'])}"
            action_box(look, code, (), origin)
    elif len(codes) > 1:
        st.caption(_("点一行，看这个镇（街）的一页：数、三句话、最好和最难的村。"))


def _asked(codes: list[str]) -> str:
    asked = str(st.query_params.get("township", ""))
    if len(codes) == 1:
        return codes[0]
    return asked if asked in codes else ""


def _actions(look: Looking, home: str, said: Frozen, told_of: dict[str, str]) -> None:
    late = int(said.undone["is_overdue"].sum())
    st.subheader(
        _("督办 {n} 项没有办结，{late} 项逾期", n=len(said.undone), late=late)
        if len(said.undone)
        else _("没有未办结的督办事项")
    )
    st.caption(_("没办结的自动结转到下一次会议；退回线下的自动重新打开。"))
    show_table(look, TABLES["meeting-actions"], home, told_of, most_px=320)
    link(look, "actions", home, _("办理、按责任人看 →"))
    if level_of(home) in ("township", "village") or not look.viewer.may(CONVENE):
        return
    link(look, "strategy", home, _("战略工作项 →"))


def _agenda(held: "pd.Series[Any]") -> None:
    lines = [line for line in str(held["agenda"]).splitlines() if line.strip()]
    day: date = held["held_date"]
    st.subheader(_("议程（{day}）", day=full_date(day)))
    if not lines:
        st.caption(_("还没有写议程。"))
    for line in lines:
        # as a text, never as markup
        st.text(line)
