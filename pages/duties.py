"""Who answers for which villages, how do they stand, and what is the score made of?"""

from decimal import Decimal
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from base.assessment import assessment
from base.formats import full_date, listed
from base.roles import DUTIES
from base.words import _
from charts.duty_bars import duty_bars
from charts.palette import band_colour, band_word
from office.assessment import ASSESSED, assessed
from office.ranking import passed_share
from office.responsibility import KINDS, SECRETARY, Held, held, units
from reports.tables import TABLES
from reports.tables.duties import (
    KIND_NAMES,
    SCORE_TABLES,
    UNIT_TABLES,
    evidence_of,
    indicators_of,
    narrowed,
    places_of,
)
from ui.answers import key_of, remember
from ui.bits import badge, definition
from ui.duty_rules import band_rules, rank_rule, score_rules, share_words
from ui.frame import ribbon, scope_note
from ui.looking import Looking, is_dark, looking
from ui.shown import show_table

_NAMED = 12
Said = dict[str, str]


def show() -> None:
    """Show how those who answer for villages stand, or how they are assessed."""
    look = looking(may=DUTIES)
    ribbon(look)
    whole: Held = remember(
        key_of(look, look.home, "held"),
        lambda: held(look.store, look.viewer, look.moment, look.target),
    )
    kind = _asked("by", KINDS)
    view = _asked("view", ("state", "score"))
    if view == "score" and kind not in ASSESSED:
        kind = ASSESSED[0]
    head = st.container()
    left, right = st.columns([1.6, 1], vertical_alignment="center")
    with left:
        kinds = ASSESSED if view == "score" else KINDS
        _choice("by", {one: _(KIND_NAMES[one]) for one in kinds}, kind, _("看谁"))
    with right:
        views = {"state": _("责任清单"), "score": _("脱贫攻坚考核")}
        _choice("view", views, view, _("看什么"))
    if view == "score":
        _scores(look, whole, kind, head)
    else:
        _standings(look, whole, kind, head)


def _asked(name: str, known: tuple[str, ...]) -> str:
    asked = str(st.query_params.get(name, ""))
    return asked if asked in known else known[0]


def _choice(name: str, options: dict[str, str], asked: str, label: str) -> None:
    """Let one be chosen; the address keeps it, and forgets whom it was about."""
    chosen = st.segmented_control(
        label,
        list(options),
        default=asked,
        format_func=options.__getitem__,
        key=f"duties_{name}_{asked}_{len(options)}",
        label_visibility="collapsed",
    )
    if chosen and chosen != asked:
        st.query_params[name] = chosen
        for other in ("who", "indicator"):
            st.query_params.pop(other, None)
        st.rerun()


def _say(where: Any, text: str) -> None:
    where.html(f'<div class="v-say">{escape(text)}</div>')


# Who stands how


def _standings(look: Looking, whole: Held, kind: str, head: Any) -> None:
    said: Said = {"poor": "yes"} if _poor() else {}
    seen = narrowed(whole, said)
    found: pd.DataFrame = remember(
        key_of(look, look.home, "units", kind, *said),
        lambda: units(seen, kind, look.moment.as_of),
    )
    _say(head, _headline(look, seen, found, kind, bool(said)))
    with head:
        scope_note(look)
    if found.empty:
        st.caption(_("这里没有这样的责任人。请先收帮扶责任表。"))
        return
    left, right = st.columns([1.25, 1])
    with left:
        if kind == SECRETARY:
            _bands(found)
        else:
            _bars(look, found, kind, said)
    with right:
        if kind != SECRETARY:
            _bands(found)
        _rules(look)
    table = TABLES[UNIT_TABLES[kind]]
    st.caption(_("点一行，看这些村；再点村，打开这个村。"))
    chosen = show_table(
        look, table, look.home, said, key=str(said), is_opening=False, answer=found
    )
    who = _who(found, chosen)
    told = {**said, "by": kind, **({"who": who} if who else {})}
    villages = places_of(whole, told)
    name = _name(found, who)
    st.subheader(
        _("{name}的 {n} 个村", name=name, n=len(villages))
        if who
        else _("全部 {n} 个村", n=len(villages))
    )
    show_table(
        look, TABLES["duties-villages"], look.home, told, key=who, answer=villages
    )


def _poor() -> bool:
    """Let the poor villages alone be chosen; the address keeps it."""
    asked = st.query_params.get("poor") == "yes"
    chosen = st.toggle(_("只看贫困村"), value=asked, key=f"duties_poor_{asked}")
    if chosen != asked:
        if chosen:
            st.query_params["poor"] = "yes"
        else:
            st.query_params.pop("poor", None)
        st.rerun()
    return chosen


def _headline(
    look: Looking, seen: Held, found: pd.DataFrame, kind: str, is_poor: bool
) -> str:
    day = full_date(look.moment.as_of)
    places = seen.places
    if is_poor:
        told = places["solar_yuan"].dropna()
        return _(
            "截至{day}，{n} 个贫困村中 {remaining} 个未清零；"
            "其中 {plants} 个村今年有光伏到账，共 {yuan} 元。",
            day=day,
            n=int(places["is_poor"].sum()),
            remaining=int((places["is_poor"] * places["is_remaining"]).sum()),
            plants=len(told),
            yuan=f"{sum(told, Decimal(0)):,.0f}",
        )
    if len(found) == 1:
        only = found.iloc[0]
        return _(
            "截至{day}，{name}的名单村已清零 {share}，{band}。",
            day=day,
            name=only["unit_name"],
            share=share_words(int(only["is_cleared"]), int(only["is_listed"])),
            band=band_word(str(only["band"])),
        )
    ranked = found[found["level_rank"].notna()]
    if ranked.empty:
        return _(
            "截至{day}，名单村已清零 {share}；名单村多不足 {n} 个，只列不排。",
            day=day,
            share=share_words(
                int(places["is_cleared"].sum()), int(places["is_listed"].sum())
            ),
            n=assessment().fewest_villages,
        )
    red = int((found["band"] == "red").sum())
    if ranked["level_rank"].max() == 1:
        return _(
            "截至{day}，各{kind}清零率相同，名单村已清零 {share}；{red} 个列红。",
            day=day,
            kind=_(KIND_NAMES[kind]),
            share=share_words(
                int(places["is_cleared"].sum()), int(places["is_listed"].sum())
            ),
            red=red,
        )
    best = listed(ranked[ranked["level_rank"] == 1]["unit_name"].head(3))
    last = listed(
        ranked[ranked["level_rank"] == ranked["level_rank"].max()]["unit_name"].head(3)
    )
    return _(
        "截至{day}，{kind}中清零率最高的是{best}，最低的是{last}；{red} 个列红。",
        day=day,
        kind=_(KIND_NAMES[kind]),
        best=best,
        last=last,
        red=red,
    )


def _bars(look: Looking, found: pd.DataFrame, kind: str, said: Said) -> None:
    dark = is_dark()
    red, yellow = (int((found["band"] == band).sum()) for band in ("red", "yellow"))
    title = _("清零率：{red} 个列红，{yellow} 个列黄", red=red, yellow=yellow)
    st.subheader(title, anchor=False)
    figure = remember(
        key_of(look, look.home, "duty_bars", kind, dark, *said),
        partial(duty_bars, found, dark),
    )
    st.plotly_chart(figure, theme=None, config={"displayModeBar": False})


def _bands(found: pd.DataFrame) -> None:
    """List who is green, yellow and red."""
    st.subheader(_("绿黄红"), anchor=False)
    dark = is_dark()
    for band in assessment().bands:
        names = found[found["band"] == band.id]["unit_name"]
        words = f"{band_word(band.id)} {len(names)}"
        more = len(names) - _NAMED
        said = listed(names.head(_NAMED))
        if more > 0:
            said = _("{names} 等 {n} 个", names=said, n=len(names))
        mark = badge(words, band_colour(band.id, dark))
        st.html(f'{mark} <span class="v-quiet">{escape(said)}</span>')


def _rules(look: Looking) -> None:
    """Print by which rules ranks and colours are given."""
    passed = passed_share(look.moment.as_of)
    share = Decimal(passed.numerator) / passed.denominator
    heading = _("怎么排、怎么定绿黄红（口径待确认）")
    lines = "<br>".join(escape(line) for line in [rank_rule(), *band_rules(share)])
    st.html(
        f'<div class="v-h">{escape(heading)}</div>'
        f'<div class="v-quiet">{lines}</div>{definition(look.reading)}'
    )


def _who(found: pd.DataFrame, chosen: "pd.Series[Any] | None") -> str:
    """Return whom the address or the chosen row names; the address keeps it."""
    asked = str(st.query_params.get("who", ""))
    who = str(chosen["unit_id"]) if chosen is not None else asked
    if who not in set(found["unit_id"]):
        return ""
    if who != asked:
        st.query_params["who"] = who
        st.query_params.pop("indicator", None)
    return who


def _name(found: pd.DataFrame, who: str) -> str:
    names = found[found["unit_id"] == who]["unit_name"]
    return str(names.iloc[0]) if len(names) else ""


# How they are assessed


def _scores(look: Looking, whole: Held, kind: str, head: Any) -> None:
    found: pd.DataFrame = remember(
        key_of(look, look.home, "assessed", kind), partial(assessed, whole, kind)
    )
    _say(head, _score_line(look, found, kind))
    with head:
        scope_note(look)
    if found.empty:
        st.caption(_("这里没有这样的责任人。请先收帮扶责任表。"))
        return
    left, right = st.columns([1, 1.25])
    with left:
        st.subheader(_("总分"), anchor=False)
        st.caption(_("点一行，看每项指标怎么得分。"))
        table = TABLES[SCORE_TABLES[kind]]
        chosen = show_table(look, table, look.home, is_opening=False, answer=found)
        who = _who(found, chosen) or str(found["unit_id"].iloc[0])
    said = {"by": kind, "who": who}
    rows: pd.DataFrame = remember(
        key_of(look, look.home, "indicators", *said.values()),
        partial(indicators_of, whole, said),
    )
    with right:
        st.subheader(_("{name}：每项怎么得分", name=_name(found, who)), anchor=False)
        st.caption(_("点一行，看依据是哪些村；再点村，打开这个村。"))
        missing = int(rows["marks"].isna().sum())
        if missing:
            st.caption(_("{n} 项缺数据，未计分；其余指标的权重按比例放大。", n=missing))
        indicators = TABLES["assessment-indicators"]
        picked = show_table(
            look, indicators, look.home, said, key=who, is_opening=False, answer=rows
        )
    _evidence(look, whole, said, rows, picked)
    with st.expander(_("考核怎么算（口径待确认）")):
        score_rules(kind)


def _score_line(look: Looking, found: pd.DataFrame, kind: str) -> str:
    day = full_date(look.moment.as_of)
    ranked = found[found["score_rank"].notna()]
    if len(found) == 1 and found["total"].notna().all():
        return _(
            "截至{day}，{name}考核得分 {total} 分；口径待确认。",
            day=day,
            name=found["unit_name"].iloc[0],
            total=found["total"].iloc[0],
        )
    if ranked.empty:
        return _("截至{day}，没有可以排名的考核得分（口径待确认）。", day=day)
    first, last = ranked.iloc[0], ranked.iloc[-1]
    return _(
        "截至{day}，{kind}考核得分最高的是{best}（{high} 分），"
        "最低的是{last}（{low} 分）；口径待确认。",
        day=day,
        kind=_(KIND_NAMES[kind]),
        best=first["unit_name"],
        high=first["total"],
        last=last["unit_name"],
        low=last["total"],
    )


def _evidence(
    look: Looking,
    whole: Held,
    said: Said,
    rows: pd.DataFrame,
    picked: "pd.Series[Any] | None",
) -> None:
    """Show the villages behind a score; the address keeps which."""
    asked = str(st.query_params.get("indicator", ""))
    known = list(rows["indicator_id"])
    which = str(picked["indicator_id"]) if picked is not None else asked
    if which not in known:
        which = known[0]
    elif which != asked:
        st.query_params["indicator"] = which
    row = rows[rows["indicator_id"] == which].iloc[0]
    st.subheader(
        _("{name}的依据：{counted}", name=row["name"], counted=row["counted"]),
        anchor=False,
    )
    told = {**said, "indicator": which}
    places: pd.DataFrame = remember(
        key_of(look, look.home, "evidence", *told.values()),
        partial(evidence_of, whole, told),
    )
    show_table(
        look,
        TABLES["assessment-evidence"],
        look.home,
        told,
        key=f"{said['who']}{which}",
        answer=places,
    )
