"""Which place is looked at, and which townships may be looked at instead?"""

import streamlit as st

from base.place import level_of
from base.words import _
from ui.answers import answer
from ui.frame import go
from ui.looking import Looking


def place_line(look: Looking, page: str, place: str) -> None:
    """Let the whole scope or one of its townships be chosen; the address keeps it.

    Args:
        look: who looks.
        page: the page that is asked for again.
        place: the place that is looked at.
    """
    names = answer(look, look.home, "places/names")
    townships = dict(zip(names["township_code"], names["township_name"], strict=True))
    if len(townships) < 2:
        return
    labels = {look.home: _("全部乡镇"), **townships}
    current = place if level_of(place) == "township" else look.home
    chosen = st.selectbox(
        _("看哪里"),
        list(labels),
        index=list(labels).index(current if current in labels else look.home),
        format_func=labels.__getitem__,
        key=f"place_{page}_{place}",
    )
    if chosen != current:
        go(look, page, chosen)
