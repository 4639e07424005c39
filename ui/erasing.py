"""How does an admin hand out what is held about a person, or erase it?"""

from urllib.parse import quote

import streamlit as st

from accounts.account import Account
from accounts.erasure import erase
from base.clock import SystemClock
from base.errors import ShownError
from base.words import _
from ui.looking import Looking


def data_address(login_name: str) -> str:
    """Return where all that is held about a person is fetched."""
    return f"/files/personal-data/{quote(login_name, safe='')}"


def personal_data_of(look: Looking, account: Account) -> None:
    """Offer the personal data of an account's person, and their erasure."""
    first, second = st.columns(2)
    first.link_button(
        _("导出个人数据"), data_address(account.login_name), width="stretch"
    )
    with second.popover(_("注销并抹去"), width="stretch"):
        _erasing(look, account)


def _erasing(look: Looking, account: Account) -> None:
    number = account.account_no
    st.caption(
        _(
            "登录名、姓名、手机、单位、登录地址都会抹去，账号停用，不能恢复。"
            "报送和审核的记录留着，只显示代号。"
        )
    )
    reason = st.text_input(
        _("原因"), placeholder=_("如：本人申请"), key=f"erase_why_{number}"
    )
    said = st.text_input(
        _("再输入一次登录名「{name}」确认", name=account.login_name),
        key=f"erase_name_{number}",
    )
    if st.button(_("注销并抹去"), key=f"erase_do_{number}", type="primary"):
        if said.strip() != account.login_name:
            st.error(_("登录名和这个账号的不一样，没有注销。"))
            return
        try:
            done = erase(
                look.store,
                look.viewer,
                account.login_name,
                reason,
                SystemClock().now(),
            )
        except ShownError as problem:
            st.error(str(problem))
            return
        st.session_state["told"] = _(
            "已注销，今后显示为「{name}」；另有 {count} 处文字里的姓名已换掉。",
            name=done.account.name,
            count=done.text_count,
        )
        st.rerun()
