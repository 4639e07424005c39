"""How far is each target? A card a target, each leading to its own villages."""

from html import escape

import pandas as pd
import streamlit as st

from base.catalogue import Target, catalogue
from base.formats import full_date, wan
from base.words import _
from charts.palette import standing_colour, standing_word
from ui.answers import counts_of, progress_of, villages_of
from ui.bits import badge, pace_badge
from ui.frame import link
from ui.looking import Looking, is_dark
from ui.reasons import reason_of


def target_cards(look: Looking) -> None:
    """Show a card for each target; the one that the page is about is marked."""
    st.subheader(_("「五清零」的五种读法"))
    st.caption(_("原文没有说明是哪五项；以下都是待确认的读法，点开可看名单。"))
    columns = st.columns(len(catalogue().targets), border=True)
    for column, target in zip(columns, catalogue().targets, strict=True):
        with column:
            _card(look.at_target(target), target.id == look.target.id)


def _card(look: Looking, is_current: bool) -> None:
    city = look.home
    progress = progress_of(look, city)
    waiting = counts_of(look, city).unreported
    notes = [
        _("名单 {n} · 已清零 {cleared}", n=progress.villages, cleared=progress.cleared)
    ]
    if waiting:
        notes.append(_("其中 {n} 村有未报、退回或待审", n=waiting))
    if not look.target.confirmed:
        notes.append(_("口径待确认"))
    unit = escape(_("村未清零"))
    st.html(
        f'<div class="v-h">{escape(look.target.name)}</div>'
        f'<div class="v-count">{progress.remaining}'
        f"<small>{unit}</small></div>"
        f"{pace_badge(progress.pace.state)}"
        f'<div class="v-quiet">{"<br>".join(map(escape, notes))}</div>'
    )
    if is_current:
        st.caption(_("正在看这一项"))
    else:
        link(look, "overview", city, _("看名单 →"))


def standings_of(look: Looking, village: pd.Series) -> None:
    """Show where a village stands by each target, and why it remains."""
    words = []
    for target in catalogue().targets:
        found = villages_of(look.at_target(target), str(village["township_code"]))
        row = found[found["village_code"] == village["village_code"]].iloc[0]
        standing = str(row["standing"])
        why = reason_of(row) if standing == "remaining" else ""
        colour = standing_colour(standing, is_dark())
        words.append(
            f"<tr><td>{escape(target.name)}</td>"
            f"<td>{badge(standing_word(standing), colour)}</td>"
            f'<td class="v-quiet">{escape(why)}</td></tr>'
        )
    st.html(f'<table class="v-standings">{"".join(words)}</table>')


def definition_changed(look: Looking) -> str:
    """Say since when the definition holds, where it changed within the year."""
    progress = progress_of(look, look.home)
    if progress.changed_after is None or progress.earlier is None:
        return ""
    return _(
        "口径在{day}之后改过：此前是「{earlier}」（线 {line}）。全年按现口径重算。",
        day=full_date(progress.changed_after),
        earlier=progress.earlier.definition,
        line=_line(progress.earlier),
    )


def _line(target: Target) -> str:
    return wan(target.threshold_yuan) if target.threshold_yuan is not None else "–"
