"""Which programs may come in, and how does one get or lose its token?"""

import pandas as pd
import streamlit as st

from accounts import tokens
from accounts.account import name_of
from base.clock import SystemClock
from base.formats import listed
from base.roles import OF_THE_OFFICE, ROLES
from base.words import _
from ui.looking import Looking
from ui.place_choice import place_choice
from ui.secrets_once import will_show

_DAYS = 365


def tokens_of(look: Looking, names: dict[str, str]) -> None:
    """Show the tokens of programs, and let one be made or ended.

    Args:
        look: who looks after them.
        names: of places, by code.
    """
    now = SystemClock().now()
    found = tokens.tokens(look.store, look.viewer)
    if found:
        st.dataframe(
            pd.DataFrame(
                {
                    _("编号"): [one.token_no for one in found],
                    _("名称"): [one.token_name for one in found],
                    _("角色"): [_(ROLES[one.role].name) for one in found],
                    _("负责范围"): [
                        listed(names.get(code, code) for code in one.places)
                        for one in found
                    ],
                    _("谁建的"): [name_of(look.store, one.created_by) for one in found],
                    _("有效期到"): [one.expires_at.date() for one in found],
                    _("状态"): [
                        _("停用")
                        if one.ended_at or one.expires_at <= now
                        else _("在用")
                        for one in found
                    ],
                }
            ),
            hide_index=True,
        )
    else:
        st.caption(_("还没有接口口令。光伏平台等系统自动报数时才需要。"))
    with st.expander(_("新建接口口令")):
        _make(look, names)
    live = {one.token_no: one.token_name for one in found if one.ended_at is None}
    if live:
        with st.expander(_("停用接口口令")):
            _end(look, live)


def _make(look: Looking, names: dict[str, str]) -> None:
    name = st.text_input(_("给哪个系统用"), key="token_name")
    role = st.selectbox(
        _("角色"),
        sorted(OF_THE_OFFICE),
        index=sorted(OF_THE_OFFICE).index("township"),
        format_func=lambda one: _(ROLES[one].name),
        key="token_role",
    )
    places = place_choice(look.viewer, names, role, (), f"token_places_{role}")
    days = st.number_input(_("有效天数"), min_value=1, value=_DAYS, key="token_days")
    if st.button(_("新建"), type="primary", key="token_do"):
        now = SystemClock().now()
        made, secret = tokens.make(
            look.store, look.viewer, name, role, places, int(days), now
        )
        will_show(_("「{name}」的接口口令：", name=made.token_name), secret)
        st.rerun()


def _end(look: Looking, live: dict[int, str]) -> None:
    number = st.selectbox(
        _("哪一个"),
        list(live),
        format_func=lambda one: f"{one} {live[one]}",
        key="token_ended",
    )
    if st.button(_("马上停用"), type="primary", key="token_end"):
        tokens.end(look.store, look.viewer, number, SystemClock().now())
        st.session_state["told"] = _("已停用。")
        st.rerun()
