"""Which places may be given to a role, by whoever gives them?"""

import streamlit as st

from base.place import prefix_of
from base.roles import ROLES
from base.viewer import Viewer
from base.words import _


def place_choice(
    viewer: Viewer,
    names: dict[str, str],
    role: str,
    chosen: tuple[str, ...],
    key: str,
) -> tuple[str, ...]:
    """Let the places of a role be chosen, by name; a role without places has none.

    Args:
        viewer: who gives them: an admin all there are, an office those in its scope.
        names: of places, by code.
        role: whose they are to be.
        chosen: what is chosen at first.
        key: of the widget.
    """
    digits = ROLES[role].digits
    if not digits:
        return ()
    is_all = viewer.role == "admin"
    codes = [
        code
        for code in names
        if len(prefix_of(code)) in digits and (is_all or viewer.scope.holds(code))
    ]
    # what an account holds stays, even where the registry no longer names it
    options = [*codes, *(code for code in chosen if code not in codes)]
    picked: list[str] = st.multiselect(
        _("负责范围"),
        options,
        default=list(chosen),
        format_func=lambda code: names.get(code, code),
        placeholder=_("输入村名或乡镇"),
        key=key,
    )
    return tuple(picked)
