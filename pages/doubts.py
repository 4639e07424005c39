"""Which figures are worth a second look, and which villages are visited for it?"""

from datetime import date
from html import escape

import streamlit as st

from base.formats import full_date
from base.number import number_in
from base.roles import DOUBTS
from base.rules import CHECK
from base.words import _
from office.spot_checks import MOST
from reports.tables import TABLES
from reports.tables.matters import BEHIND, LISTS, USUAL_COUNT, drawn_on
from ui.frame import ribbon, scope_note, told
from ui.looking import Looking, asked_place, looking
from ui.matters import headline, list_of, matters_of_place, unconfirmed
from ui.shown import show_table


def show() -> None:
    """Show the doubts of the place that the address names, and draw spot checks."""
    look, table = looking(may=DOUBTS), LISTS[CHECK]
    place = asked_place(look.viewer)
    ribbon(look)
    scope_note(look)
    told()
    say = headline(CHECK, matters_of_place(look, table, place))
    st.html(f'<div class="v-say">{escape(say)}</div>')
    note = _("值得再看，不等于有问题：命中规则只说明该去问一句，不作结论。")
    st.html(f'<div class="v-quiet"><b>{escape(note)}</b> {unconfirmed()}</div>')
    list_of(look, CHECK, place, table, BEHIND)
    _spot_checks(look, place)


def _spot_checks(look: Looking, place: str) -> None:
    """Draw villages by risk, once asked to; the address holds what a draw hangs on."""
    st.subheader(_("抽查：按风险随机抽村"))
    today = look.moment.today
    drawn = drawn_on(str(st.query_params.get("drawn", "")), today)
    seed = str(st.query_params.get("seed", "")) or f"{drawn:%Y%m%d}"
    count = _count(str(st.query_params.get("count", "")))
    with st.form("spot_checks", border=False):
        columns = st.columns([1, 1, 1, 1], vertical_alignment="bottom")
        new_seed = columns[0].text_input(_("种子"), value=seed)
        new_day = columns[1].date_input(_("抽签日期"), value=drawn, max_value=today)
        new_count = columns[2].number_input(_("抽几个村"), 1, MOST, count)
        if columns[3].form_submit_button(_("抽签"), width="stretch"):
            _remember(new_seed.strip() or seed, new_day, int(new_count))
    if "seed" not in st.query_params:
        st.caption(_("未了事项多、规模大、漏报多的村更容易抽中，每个村都有可能。"))
        return
    said = _(
        "种子「{seed}」、{day}、{count} 个村：同一范围、同样三项，任何时候、"
        "任何电脑抽出的都一样。",
        seed=seed,
        day=full_date(drawn),
        count=count,
    )
    st.caption(said)
    asked = {"seed": seed, "count": str(count), "drawn": drawn.isoformat()}
    show_table(look, TABLES["spot-checks"], place, asked)


def _count(said: str) -> int:
    count = number_in(said)
    return count if count and count <= MOST else USUAL_COUNT


def _remember(seed: str, day: date, count: int) -> None:
    st.query_params.update(
        {"seed": seed, "drawn": day.isoformat(), "count": str(count)}
    )
    st.rerun()
