"""Which papers are there of a meeting, and how far are those being made?"""

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

import queries
from base.meeting import PAPERS, TOWNSHIP
from base.roles import CONVENE
from base.words import _
from etl.door import clock_of
from office.frozen import Frozen
from reports.meeting.papers import WHOLE, Making
from reports.meeting.queue import begin, job_of
from ui.looking import Looking

_KB = 1024
# So often the page looks how far the papers are.
_EVERY_S = 1.0
_AT_WORK = "papers_at_work"


def begin_all(look: Looking, held: "pd.Series[Any]") -> None:
    """Begin to make all papers of a meeting, a page for each township among them."""
    making = _making(look, held)
    codes = making.whole().townships["township_code"]
    begin(making, WHOLE, sorted(map(str, codes)))


def _making(look: Looking, held: "pd.Series[Any]") -> Making:
    now = clock_of(look.store).now()
    return Making(look.store, look.viewer, held, look.is_demo, now)


def papers_panel(look: Looking, held: "pd.Series[Any]", said: Frozen) -> None:
    """Show the papers of a meeting, and let them be made anew.

    Args:
        look: who looks.
        held: the frozen meeting.
        said: its figures, of all that is seen of it.
    """
    making = _making(look, held)
    job = job_of(making)
    is_busy = job is not None and not job.is_over
    st.session_state[_AT_WORK] = is_busy
    st.fragment(_panel, run_every=_EVERY_S if is_busy else None)(look, making, said)


def _panel(look: Looking, making: Making, said: Frozen) -> None:
    job = job_of(making)
    if job is not None and not job.is_over:
        words = _("正在出材料：{done} / {total}", done=job.done, total=job.total)
        st.progress(job.done / max(job.total, 1), text=words)
    elif job is not None and job.problem:
        st.error(job.problem)
    found = queries.run(
        "meetings/papers",
        look.viewer,
        look.store,
        meeting_no=int(making.meeting["meeting_no"]),
    )
    _links(making, found, said)
    if job is not None and not job.is_over:
        return
    if st.session_state.pop(_AT_WORK, False):
        # what ran is over: the whole page is shown anew, without looking on
        st.rerun()
    if look.viewer.may(CONVENE) and look.viewer.scope.holds(making.place):
        label = _("重新出材料") if len(found) else _("出齐材料")
        if st.button(label, key="make_papers"):
            begin_all(look, making.meeting)
            st.rerun()


def _links(making: Making, found: pd.DataFrame, said: Frozen) -> None:
    number = int(making.meeting["meeting_no"])
    if found.empty:
        st.caption(_("还没有材料。"))
        return
    names = said.townships.set_index("township_code")["township_name"]
    whole = [
        _link(f"/files/meeting/{number}/{row.kind}", _(PAPERS[str(row.kind)]), row)
        for row in found.itertuples()
        if row.kind in PAPERS
    ]
    townships = [
        _link(
            f"/files/meeting/{number}/{TOWNSHIP}/{row.place_code}",
            str(names.get(row.place_code, row.place_code)),
            row,
        )
        for row in found.itertuples()
        if row.kind == TOWNSHIP
    ]
    for heading, links in (
        (_("材料"), whole),
        (_("各镇（街）一页（docx）"), townships),
    ):
        if links:
            st.html(
                f'<div class="v-pair"><span>{escape(heading)}</span>'
                + "".join(f"<span>{one}</span>" for one in links)
                + "</div>"
            )


def _link(address: str, label: str, row: Any) -> str:
    size = _("{n} KB", n=-(-int(row.byte_count) // _KB))
    return (
        f'<a href="{escape(address)}" target="_blank">{escape(label)}</a> '
        f'<span class="v-quiet">{escape(size)}</span>'
    )
