"""How is a secret shown that nobody can ask for again?"""

import streamlit as st

from accounts.people import Given
from base.settings import settings
from base.words import _
from ui.plain import plain

_KEY = "shown_once"


def will_show(what: str, secret: str, link: str = "") -> None:
    """Have a secret shown at the next run, and at no other.

    Args:
        what: whose secret it is, in words.
        secret: to copy or write down.
        link: the address of a file that goes with it; empty for none.
    """
    st.session_state[_KEY] = (what, secret, link)


def will_show_code(given: Given, link: str = "") -> None:
    """Have the one-time code of an account shown once.

    Args:
        given: the account and its code.
        link: the address of a file that goes with it; empty for none.
    """
    what = _(
        "{name} 的登录名是 {login}，一次性口令如下（{days} 天内有效，只能用一次）。",
        name=given.account.name,
        login=given.account.login_name,
        days=settings().code_days,
    )
    will_show(what, given.code, link)


def show_once() -> None:
    """Show the secret that waits, and forget it."""
    what, secret, link = st.session_state.pop(_KEY, ("", "", ""))
    if not secret:
        return
    with st.container(border=True):
        st.success(plain(what))
        st.code(secret, language=None)
        st.caption(_("只显示这一次，请现在抄下或复制。"))
        if link:
            st.link_button(_("下载交接材料"), link)
