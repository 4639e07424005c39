"""How do the frozen figures of a meeting look, with what came later beside them?"""

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from base.catalogue import catalogue
from base.formats import listed, wan
from base.meeting import CLEARED, FALLEN
from base.words import _
from office.freezing import later_figures
from office.frozen import (
    IMPROVEMENT,
    LEVEL,
    Frozen,
    best_and_worst,
    board,
    board_rule,
    frozen,
    sentences,
)
from office.meetings import meetings
from ui.answers import key_of, remember
from ui.frame import link
from ui.looking import Looking


def meetings_of(look: Looking) -> pd.DataFrame:
    """Return the meetings that whoever looks may know of, the latest first."""
    return remember(
        key_of(look, look.home, "meetings"), lambda: meetings(look.store, look.viewer)
    )


def frozen_of(look: Looking, held: "pd.Series[Any]", place_code: str) -> Frozen:
    """Return the frozen figures of a place by the target that is looked at."""
    number = int(held["meeting_no"])
    found: Frozen = remember(
        key_of(look, place_code, "frozen", number),
        lambda: frozen(look.store, look.viewer, held, place_code, look.target.id),
    )
    return found


def later_of(look: Looking, held: "pd.Series[Any]", place_code: str) -> pd.DataFrame:
    """Return which frozen figures of a place would be others as known now."""
    number = int(held["meeting_no"])
    return remember(
        key_of(look, place_code, "later", number),
        lambda: later_figures(
            look.store, look.within(place_code), look.moment, _target(look), held
        ),
    )


def _target(look: Looking) -> Any:
    known = {target.id: target for target in catalogue().targets}
    return known[look.target.id]


def meeting_cards(said: Frozen, later: pd.DataFrame) -> None:
    """Show the frozen numbers; what corrections would make of them stands beside."""
    now = said.total("remaining") + _moved(later, "remaining")
    corrected = _("更正后 {n}", n=now) if len(later) else ""
    planned = said.target["planned"]
    entries = [
        (_("未清零（冻结）"), str(said.total("remaining")), corrected),
        (
            _("已清零"),
            str(said.total("cleared")),
            "" if pd.isna(planned) else _("计划此时应剩 {n}", n=int(planned)),
        ),
        (
            _("新清零、退回"),
            _(
                "{newly}、{fallen}",
                newly=said.counted(CLEARED),
                fallen=said.counted(FALLEN),
            ),
            said.since,
        ),
        (
            _("台账报到"),
            said.papers_words,
            _("{n} 个未清零村不全", n=said.total("unreported")),
        ),
        (
            _("督办未办结"),
            str(len(said.undone)),
            _actions_note(said),
        ),
    ]
    blocks = "".join(
        f'<div class="v-card"><div class="v-h">{escape(heading)}</div>'
        f'<div class="v-amount">{escape(number)}</div>'
        f'<div class="v-quiet">{escape(note)}</div></div>'
        for heading, number, note in entries
    )
    columns = "grid-template-columns:repeat(auto-fit,minmax(150px,1fr))"
    st.html(f'<div class="v-grid" style="{columns}">{blocks}</div>')


def _actions_note(said: Frozen) -> str:
    late = int(said.undone["is_overdue"].sum())
    if not said.has_last:
        return _("{late} 项逾期", late=late)
    return _(
        "{late} 项逾期；上次会后办结 {done}，结转 {carried}",
        late=late,
        done=len(said.done_since),
        carried=len(said.carried),
    )


def _moved(later: pd.DataFrame, standing: str) -> int:
    """Return by how many villages a standing has grown through corrections."""
    now = int((later["standing_now"] == standing).sum())
    return now - int((later["standing_then"] == standing).sum())


def boards(said: Frozen) -> None:
    """Show the red list and the black one, by level and by improvement."""
    since = _("比上次会的进步") if said.has_last else _("比上月末的进步")
    for by, what in ((LEVEL, _("清零比例")), (IMPROVEMENT, since)):
        words = []
        for sign, rows in zip(
            (_("▲ 红榜"), _("▽ 黑榜")), board(said.townships, by), strict=True
        ):
            names = listed(
                _(
                    "{name}（{share}）",
                    name=row["township_name"],
                    share=f"{row[by]:.0%}",
                )
                for _place, row in rows.iterrows()
            )
            told = names or _("无")
            words.append(f"<span><b>{escape(sign)}</b> {escape(told)}</span>")
        st.html(
            f'<div class="v-pair"><span>{escape(what)}</span>{"".join(words)}</div>'
        )
    st.caption(board_rule())


def township_panel(look: Looking, said: Frozen, whole: pd.DataFrame | None) -> None:
    """Show the page of a township: three sentences, its best and its worst village."""
    st.subheader(
        _(
            "{place}：还剩 {n} 村",
            place=said.townships["township_name"].iloc[0],
            n=said.total("remaining"),
        )
    )
    lines = "".join(f"<li>{escape(one)}</li>" for one in sentences(said, whole))
    st.html(f'<ol class="v-todo">{lines}</ol>')
    best, worst = best_and_worst(said.villages)
    for village, words in ((best, _("最好")), (worst, _("最难"))):
        if village is None:
            continue
        gap = village["gap_yuan"]
        if village["standing"] == "cleared":
            what = _("到账 {amount}", amount=wan(village["amount_yuan"]))
        elif pd.isna(gap):
            what = _("还没有数")
        else:
            what = _("还差 {gap}", gap=wan(gap))
        label = _(
            "{words}的村：{village}，{what} →",
            words=words,
            village=village["village_name"],
            what=what,
        )
        link(look, "village", str(village["village_code"]), label)
    if len(said.notes):
        note = said.notes.iloc[0]
        st.html(
            '<div class="v-quiet">'
            + escape(_("申诉、说明：{note}", note=note["note"]))
            + "</div>"
        )
