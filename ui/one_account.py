"""What can be done with one account: a new code, its places, a successor, an end?"""

from urllib.parse import quote

import streamlit as st

from accounts.account import ACTIVE, ERASED, Account, phone_for
from accounts.people import Person, change_scope, give_code, set_enabled, succeed
from base.clock import SystemClock
from base.formats import listed
from base.roles import ERASE, ROLES, SEE
from base.words import _
from ui.erasing import personal_data_of
from ui.looking import Looking
from ui.place_choice import place_choice
from ui.plain import plain
from ui.secrets_once import will_show_code


def one_account(look: Looking, account: Account, names: dict[str, str]) -> None:
    """Show what can be done with an account.

    Args:
        look: who looks after it.
        account: which one.
        names: of places, by code.
    """
    places = listed(names.get(code, code) for code in account.places)
    with st.container(border=True):
        st.markdown(f"**{plain(account.name)}** · `{account.login_name}`")
        role = _(ROLES[account.role].name)
        phone = phone_for(look.viewer, account)
        st.caption(" · ".join(part for part in (role, places, phone) if part))
        if account.state == ERASED:
            st.info(_("这个人已注销，个人数据已抹去；做过的事留在操作记录里。"))
            return
        first, second = st.columns(2)
        with first.popover(_("发新口令"), width="stretch"):
            _new_code(look, account)
        with second.popover(
            _("停用") if _is_on(account) else _("启用"), width="stretch"
        ):
            _turn(look, account)
        if ROLES[account.role].digits:
            first, second = st.columns(2)
            with first.popover(_("改负责范围"), width="stretch"):
                _places(look, account, names)
            with second.popover(_("交接给后任"), width="stretch"):
                _successor(look, account)
        if look.viewer.may(SEE) and account.places:
            st.link_button(_("下载交接材料"), handover_address(account.login_name))
        if look.viewer.may(ERASE):
            personal_data_of(look, account)


def handover_address(login_name: str) -> str:
    """Return where the handover file of an account is fetched."""
    return f"/files/handover/{quote(login_name, safe='')}"


def _is_on(account: Account) -> bool:
    return account.state == ACTIVE


def _new_code(look: Looking, account: Account) -> None:
    st.caption(_("原来的密码马上作废，已登录的设备也会退出。"))
    if st.button(_("发一次性口令"), key=f"code_{account.account_no}", type="primary"):
        now = SystemClock().now()
        given = give_code(look.store, look.viewer, account.login_name, now)
        will_show_code(given)
        st.rerun()


def _turn(look: Looking, account: Account) -> None:
    is_on = _is_on(account)
    if is_on:
        st.caption(_("停用后马上退出，不能再登录；记录都留着。"))
    label = _("停用这个账号") if is_on else _("启用这个账号")
    if st.button(label, key=f"turn_{account.account_no}", type="primary"):
        now = SystemClock().now()
        set_enabled(look.store, look.viewer, account.login_name, not is_on, now)
        st.session_state["told"] = _("已改好。")
        st.rerun()


def _places(look: Looking, account: Account, names: dict[str, str]) -> None:
    key = f"places_{account.account_no}"
    chosen = place_choice(look.viewer, names, account.role, account.places, key)
    if st.button(_("改好"), key=f"do_{key}", type="primary"):
        now = SystemClock().now()
        change_scope(look.store, look.viewer, account.login_name, chosen, now)
        st.session_state["told"] = _("已改好。")
        st.rerun()


def _successor(look: Looking, account: Account) -> None:
    number = account.account_no
    st.caption(_("后任接手负责的村，前任马上停用；以前的记录仍记在前任名下。"))
    name = st.text_input(_("后任姓名"), key=f"heir_name_{number}")
    phone = st.text_input(_("手机"), key=f"heir_phone_{number}")
    login = st.text_input(
        _("登录名"), value=_next_login(account.login_name), key=f"heir_login_{number}"
    )
    if st.button(_("交接"), key=f"heir_do_{number}", type="primary"):
        if not name.strip():
            st.error(_("请填后任姓名。"))
            return
        heir = Person(login, "", (), person_name=name, phone=phone)
        now = SystemClock().now()
        given = succeed(look.store, look.viewer, account.login_name, heir, now)
        sees = look.viewer.may(SEE)
        will_show_code(
            given, handover_address(given.account.login_name) if sees else ""
        )
        st.rerun()


def _next_login(login_name: str) -> str:
    """Return the next name in a row: 410581105200, 410581105200-2, -3."""
    stem, dash, number = login_name.rpartition("-")
    if dash and number.isascii() and number.isdigit():
        return f"{stem}-{int(number) + 1}"
    return f"{login_name}-2"
