"""Are we at zero, who is in the way, and what now?"""

from decimal import Decimal
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from base.catalogue import catalogue
from base.formats import listed, share, wan
from base.place import digits_below, holds_counties, level_of
from base.words import _
from charts.burn_down import burn_down
from queries import Progress
from reports.tables import TABLES
from ui.answers import (
    GroupCounts,
    children_of,
    completeness_of,
    counts_of,
    key_of,
    listed_of,
    progress_of,
    remember,
    restated_of,
    villages_of,
)
from ui.bits import bar, definition, pace_badge
from ui.cards import definition_changed, target_cards
from ui.filters import filter_bar
from ui.frame import link, ribbon, scope_note
from ui.looking import Looking, is_dark, looking
from ui.one_of import one_of
from ui.sentences import headline, in_the_way, to_do
from ui.shown import take_away
from ui.tables import village_table
from ui.year_end import at_money, outlook_of

_SHOWN, _ALL_OF_A_COUNTY = 200, 2000


def show() -> None:
    """Show the overview of the city."""
    look = looking()
    city = look.home
    progress = progress_of(look, city)
    children = _children(look, city)
    groups = counts_of(look, city)
    ribbon(look)
    scope_note(look)
    say = headline(look, progress, children, _is_complete(look))
    st.html(f'<div class="v-say">{escape(say)}</div>')
    first, second, third = st.columns([1.05, 1.35, 1.3], border=True)
    with first:
        _count(look, progress)
    with second:
        _townships(look, children)
    with third:
        _next_steps(groups, look)
    target_cards(look)
    _way(look, progress)
    _lists(look, city)


def _children(look: Looking, place_code: str) -> pd.DataFrame:
    """Return the places one level down; of a township, its villages by their names."""
    if level_of(place_code) in ("township", "village"):
        found = children_of(look, place_code, 12)
        gaps = villages_of(look, place_code).set_index("village_code")["gap_yuan"]
        # whoever lacks most stands first; a target that counts no money has no gaps
        return found.assign(
            gap_yuan=found["place_code"].map(gaps).astype(float),
        ).sort_values(
            ["remaining", "gap_yuan"], ascending=[False, False], kind="stable"
        )
    return children_of(look, place_code, digits_below(place_code))


def _is_complete(look: Looking) -> bool:
    done = completeness_of(look, look.home).iloc[0]
    return bool(done["due_count"] == done["reported_count"])


def _count(look: Looking, progress: Progress) -> None:
    done = completeness_of(look, look.home).iloc[0]
    due, reported = int(done["due_count"]), int(done["reported_count"])
    unit, on_list, cleared = _("村未清零"), _("名单"), _("已清零")
    notes = [
        _(
            "{papers}完整度 {share}（应报 {due} 份，已审核 {reported} 份）。",
            papers=listed(
                catalogue().statements[one].name for one in look.target.statements
            ),
            share=share(reported, due),
            due=f"{due:,}",
            reported=f"{reported:,}",
        )
    ]
    if not look.target.confirmed:
        notes.append(_("口径待确认"))
    st.html(
        f'<div class="v-h">{escape(look.target.name)}</div>'
        f'<div class="v-number">{progress.remaining}'
        f"<small>{escape(unit)}</small></div>"
        f'<div class="v-pair"><span>{escape(on_list)} '
        f"<b>{progress.villages}</b></span>"
        f"<span>{escape(cleared)} <b>{progress.cleared}</b></span>"
        f"{pace_badge(progress.pace.state)}</div>"
        f'<div class="v-quiet" style="margin-top:.5rem">{escape(" ".join(notes))}</div>'
    )
    _likely_end(look)


def _likely_end(look: Looking) -> None:
    """Say how many may remain at the year's end; targets without money say nothing."""
    if at_money(look) is not look:
        return
    remaining = outlook_of(look, look.home).remaining
    if remaining is None:
        return
    label = _(
        "预计年底还剩 **{mean}** 村（{low}–{high}）›",
        mean=round(remaining.mean),
        low=remaining.low,
        high=remaining.high,
    )
    link(look, "outlook", look.home, label)


def _townships(look: Looking, children: pd.DataFrame) -> None:
    heading = _("卡在哪里")
    st.html(f'<div class="v-h">{escape(heading)}</div>')
    blocking = in_the_way(children)
    if blocking.empty:
        st.caption(_("没有未清零的地方。"))
    for row in blocking.itertuples():
        if level_of(str(row.place_code)) == "village":
            _village_in_the_way(look, row)
            continue
        link(
            look,
            "map",
            str(row.place_code),
            _(
                "**{name}**　还剩 **{remaining}** 村（名单 {villages} 村），"
                "{missing} 村台账不全 ›",
                name=row.place_name,
                remaining=row.remaining,
                villages=row.villages,
                missing=int(row.not_reported + row.in_review + row.returned),
            ),
        )
        st.html(bar(int(row.remaining), int(row.villages)))


def _village_in_the_way(look: Looking, row: Any) -> None:
    gap = row.gap_yuan
    lack = _("还差 {gap}", gap=wan(Decimal(f"{gap:.2f}"))) if gap == gap else ""
    name = _("**{name}**　{lack} ›", name=row.place_name, lack=lack)
    link(look, "village", str(row.place_code), name)


def _next_steps(groups: GroupCounts, look: Looking) -> None:
    lines = "".join(
        f"<li>{escape(line)}</li>" for line in to_do(groups, look.reading.line_yuan)
    )
    heading = _("下一步")
    st.html(f'<div class="v-h">{escape(heading)}</div><ol class="v-todo">{lines}</ol>')
    left, right = st.columns(2)
    with left:
        link(look, "map", look.home, _("在地图上看 →"))
    with right:
        link(look, "gaps", look.home, _("怎么补缺口 →"))


def _way(look: Looking, progress: Progress) -> None:
    left, right = st.columns([2.2, 1])
    dark = is_dark()
    with left:
        st.subheader(_way_title(progress))
        figure = remember(
            key_of(look, look.home, "burn_down", dark),
            lambda: burn_down(
                progress.path, progress.plan, progress.villages, is_dark=dark
            ),
        )
        st.plotly_chart(figure, theme=None, config={"displayModeBar": False})
    with right:
        st.subheader(_("怎么算的"))
        kind = progress.plan["kind"].iloc[0]
        plan = {
            "last_year_path": _("计划线：照去年各月清零的快慢，到年底减为零。"),
            "linear": _("计划线：按月均匀减到年底为零。"),
        }[kind]
        notes = [plan, definition_changed(look), _restated(look)]
        said = "".join(
            f'<div class="v-quiet">{escape(note)}</div>' for note in notes if note
        )
        st.html(definition(look.reading) + said)
        if progress.pace.share is not None:
            st.html(
                '<div class="v-quiet">'
                + escape(
                    _(
                        "进度 {share}＝（名单−未清零）÷（名单−计划剩余）；"
                        "95% 以上正常，60% 以上偏慢，30% 以上滞后。",
                        share=f"{progress.pace.share:.0%}",
                    )
                )
                + "</div>"
            )


def _restated(look: Looking) -> str:
    """Say what corrections after last year's close would change; or nothing."""
    found = restated_of(look, look.home)
    if not found.joining and not found.leaving:
        return ""
    return _(
        "名单按去年年底关账时所知，不再变动；年后更正若计入，会有 {joining} 村进名单、"
        "{leaving} 村出名单。",
        joining=found.joining,
        leaving=found.leaving,
    )


def _way_title(progress: Progress) -> str:
    planned = [
        int(row.planned)
        for row in progress.plan.itertuples()
        if row.as_of_date <= progress.path["as_of_date"].iloc[-1]
    ]
    ahead = (planned[-1] if planned else progress.villages) - progress.remaining
    if ahead >= 0:
        return _("今年的进度：比计划多清零 {n} 村", n=ahead)
    return _("今年的进度：比计划少清零 {n} 村", n=-ahead)


def _lists(look: Looking, city: str) -> None:
    """Show one group of villages; the address keeps which (`?list=near`)."""
    wanted = filter_bar(look)
    groups = counts_of(look, city, wanted)
    lists = {
        "remaining": (_("还剩 {n}", n=groups.remaining), groups.remaining),
        "near": (_("差一点 {n}", n=groups.near), groups.near),
        "unreported": (_("台账不全 {n}", n=groups.unreported), groups.unreported),
        "newly": (_("新清零 {n}", n=groups.newly_cleared), groups.newly_cleared),
        "fallen": (_("退回线下 {n}", n=groups.fallen_back), groups.fallen_back),
    }
    words = {group: word for group, (word, _count) in lists.items()}
    name = one_of("list", _("看哪些村"), words, "remaining", is_said=True)
    shown = listed_of(look, city, name, _most(city), wanted)
    if len(shown) < lists[name][1]:
        st.caption(
            _(
                "共 {count} 村，这里列差得最少的 {shown} 村。点一行，打开这个村。",
                count=f"{lists[name][1]:,}",
                shown=len(shown),
            )
        )
    else:
        st.caption(_("点一行，打开这个村。"))
    village_table(look, shown, key=f"villages_{name}")
    total = int(_children(look, city)["village_count"].sum())
    take_away(look, TABLES["villages"], city, {}, lists[name][1], total)


def _most(city: str) -> int:
    """Return how many villages a list shows; of a province nobody reads them all."""
    return _SHOWN if holds_counties(city) else _ALL_OF_A_COUNTY
