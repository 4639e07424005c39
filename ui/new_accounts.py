"""How do people get accounts: one by one, or all from a list?"""

import streamlit as st

from accounts.handing_out import waiting
from accounts.people import Person, create
from base.clock import SystemClock
from base.roles import OF_THE_OFFICE, ROLES
from base.viewer import Viewer
from base.words import _
from ui.looking import Looking, session_key
from ui.place_choice import place_choice
from ui.secrets_once import will_show_code
from ui.uploader import uploader


def roles_for(viewer: Viewer) -> list[str]:
    """Return the roles that somebody may give; a secretary's first."""
    may = [one for one in ROLES if viewer.role == "admin" or one in OF_THE_OFFICE]
    return sorted(may, key=lambda one: one != "secretary")


def one_new(look: Looking, names: dict[str, str]) -> None:
    """Let one account be added.

    Args:
        look: who adds it.
        names: of places, by code.
    """
    role = st.selectbox(
        _("角色"),
        roles_for(look.viewer),
        format_func=lambda one: _(ROLES[one].name),
        key="new_role",
    )
    places = place_choice(look.viewer, names, role, (), f"new_places_{role}")
    left, right = st.columns(2)
    name = left.text_input(_("姓名"), key="new_name")
    login = right.text_input(
        _("登录名（不填就用第一个负责地方的代码）"), key="new_login"
    )
    organisation = left.text_input(_("单位"), key="new_organisation")
    phone = right.text_input(_("手机"), key="new_phone")
    if st.button(_("新建账号"), type="primary", key="new_do"):
        login = login.strip() or next(iter(places), "")
        person = Person(login, role, places, name, organisation, phone)
        given = create(look.store, look.viewer, person, SystemClock().now())
        will_show_code(given)
        st.rerun()


def many_new() -> None:
    """Let a list of people be taken in, and its codes be fetched once."""
    st.caption(_("先下载名单，填好姓名，再传上来；有一格不对就一个也不建。"))
    st.link_button(_("下载名单（各村已填好）"), "/files/accounts-template.xlsx")
    uploader(
        "/people/import",
        _("xlsx 或 xls，表头要有「姓名」和「负责村」或「村代码」"),
        key="people_list",
        accept=".xlsx,.xls",
        is_several=False,
    )
    for one in waiting(session_key(), SystemClock().now()):
        st.success(
            _(
                "新建 {new} 个账号，已有 {known} 个",
                new=one.new_count,
                known=one.known_count,
            )
        )
        if one.has_codes:
            st.link_button(
                _("下载一次性口令"), f"/files/codes/{one.handle}", type="primary"
            )
            st.caption(
                _(
                    "只能下载一次，{time} 前有效；打印剪开发给本人。",
                    time=f"{one.until:%H:%M}",
                )
            )
