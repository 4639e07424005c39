"""Which photos and slips stand beside a submission, and how is one added?"""

from html import escape

import streamlit as st

from base.words import _
from ui.answers import answer
from ui.looking import Looking
from ui.uploader import PICTURES, uploader


def evidence_of(look: Looking, submission_no: int, can_add: bool) -> None:
    """Show what is attached to a submission, and let more be attached.

    Args:
        look: who looks.
        submission_no: of which.
        can_add: whether more may come.
    """
    found = answer(look, look.home, "review/evidence", submission_no=submission_no)
    if len(found):
        links = "".join(
            f'<li><a href="/files/evidence/{row.journal_line}" target="_blank">'
            f"{escape(row.file_name)}</a></li>"
            for row in found.itertuples()
        )
        title = escape(_("附件"))
        st.html(f'<b>{title}</b><ul class="v-links">{links}</ul>')
    if can_add:
        with st.expander(_("附上照片或回单")):
            if uploader(
                f"/evidence/{submission_no}",
                _("照片（jpg、png）或 pdf，每个不超过 10 MB。"),
                key=f"evidence_{submission_no}",
                accept=PICTURES,
                has_camera=False,
            ):
                st.rerun()
