"""What is being done about this place, and what should be begun?"""

from collections.abc import Sequence

import streamlit as st

from base.roles import ASSIGN
from base.words import _
from ui.action_form import action_line, begin_form
from ui.answers import actions_of
from ui.frame import link
from ui.looking import Looking
from ui.plain import plain

_SHOWN = 5


def action_box(
    look: Looking,
    place_code: str,
    suggestions: Sequence[str] = (),
    origin: str = "",
) -> None:
    """Show the open actions of a place, and let one be begun by whoever may.

    Args:
        look: who looks.
        place_code: of a village or a township; its villages are part of it.
        suggestions: what might be done, as texts; the first is filled in.
        origin: what gives rise to it: `gap:solar_subsidy`, `alert:…`.
    """
    if not look.viewer.scope.holds(place_code):
        return
    actions = actions_of(look, look.home)
    is_here = actions["place_code"].str.startswith(place_code)
    undone = actions[is_here & actions["is_undone"].astype(bool)]
    late = int(undone["is_overdue"].sum())
    title = _("督办事项：没有未办结的")
    if late:
        title = _("督办事项：{n} 项未办结，{late} 项逾期", n=len(undone), late=late)
    elif len(undone):
        title = _("督办事项：{n} 项未办结", n=len(undone))
    with st.expander(title):
        for row in undone.head(_SHOWN).itertuples():
            st.markdown(f"- {plain(action_line(row))}")
        if len(undone):
            link(look, "actions", place_code, _("办理、看经过 →"))
        if look.viewer.may(ASSIGN):
            begin_form(look, place_code, tuple(suggestions), origin)
