"""How does the system stand: room, queues, backups, sign-ins, what is slow?"""

import streamlit as st

from base.clock import SystemClock
from base.meters import meters
from base.roles import SYSTEM
from base.words import _
from etl.door import clock_of
from reports.system import BAD, Standing, Trouble, standing, troubles
from ui.frame import ribbon
from ui.looking import looking
from ui.system_parts import done, program, queues, room, sign_ins, slow


def show() -> None:
    """Show how the system stands, to whoever looks after it."""
    look = looking(may=SYSTEM)
    ribbon(look)
    st.title(_("系统状况"))
    now = SystemClock().now()
    found: Standing = standing(look.store, look.viewer, now, clock_of(look.store).now())
    times = meters().table()
    _message(troubles(found, times))
    room(found)
    done(found)
    queues(found)
    sign_ins(look, found)
    slow(times)
    program(found)


def _message(wrong: list[Trouble]) -> None:
    """Say in one message that all is well, or what is wrong, the worst first."""
    if not wrong:
        st.success(_("一切正常。"))
        return
    text = "\n\n".join(one.says for one in wrong)
    (st.error if wrong[0].degree == BAD else st.warning)(text)
