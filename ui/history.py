"""What was done with the papers of a village, step by step, the latest first?"""

from collections.abc import Hashable
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from accounts.audit_read import as_shown, hidden_texts
from accounts.audit_told import action_name, role_name, said, way_name
from base.words import _
from ui.answers import answer
from ui.looking import Looking
from ui.submissions import statement_name

_SHOWN = 12


def history_of(look: Looking, village_code: str) -> None:
    """Show the acts on a village's papers as a timeline in words.

    Args:
        look: who looks; sees the acts on papers that tell of this village.
        village_code: which village.
    """
    st.subheader(_("经过"))
    # asked of the whole scope: by it hangs which reasons the viewer may read
    acts = answer(look, look.home, "review/history", village_code=village_code)
    if acts.empty:
        st.caption(_("还没有报送过，也就没有经过。"))
        return
    hidden = hidden_texts(look.store)
    acts = acts.assign(
        said=[
            said(as_shown(hidden, int(row.journal_line), "detail", str(row.told)))
            for row in acts.itertuples()
        ]
    )
    _timeline(acts.head(_SHOWN))
    if len(acts) > _SHOWN:
        with st.expander(_("更早的 {count} 步", count=len(acts) - _SHOWN)):
            _timeline(acts.iloc[_SHOWN:])
    if look.viewer.role == "secretary":
        # whoever takes over finds here what was reported and what is open
        st.link_button(_("下载交接材料"), "/files/handover")


def _timeline(acts: pd.DataFrame) -> None:
    steps = "".join(
        f"<li><time>{row['acted_at']:%Y-%m-%d %H:%M}</time><div>{_step(row)}</div></li>"
        for row in acts.to_dict("records")
    )
    st.html(f'<ol class="v-history">{steps}</ol>')


def _step(told: dict[Hashable, Any]) -> str:
    line = _(
        "{who}（{role}，{way}）{what}第 {number} 号 {paper}《{file}》",
        who=told["acted_by"],
        role=role_name(told["role"]),
        way=way_name(told["way"]),
        what=action_name(told["action"]),
        number=told["submission_no"],
        paper=statement_name(told["statement"]),
        file=told["file_name"],
    )
    more = told["said"]
    note = f'<div class="v-quiet">{escape(more)}</div>' if more else ""
    return escape(line) + note
