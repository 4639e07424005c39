"""How is something done that a form asks for, and how is it said?"""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from base.errors import ShownError
from etl.door import clock_of
from store.errors import Trouble
from ui.looking import Looking
from ui.plain import plain


def do(look: Looking, act: Callable[[datetime], object], said: str) -> None:
    """Do something and say so; what is wrong stands beside what was written.

    Args:
        look: who does it.
        act: does it, given now in local time of China.
        said: what is said once it is done.
    """
    try:
        act(clock_of(look.store).now())
    except (ShownError, Trouble) as problem:
        st.error(plain(problem))
        return
    st.session_state["told"] = said
    st.rerun()
