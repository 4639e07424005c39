"""Who has an account, for which places, and how is it given, passed on and ended?"""

from datetime import datetime

import pandas as pd
import streamlit as st

from accounts.account import ACTIVE, ERASED, Account, accounts
from accounts.place_names import place_names
from accounts.sessions import last_seen
from base.formats import listed
from base.masking import masked
from base.place import LENGTHS
from base.roles import ACCOUNTS, ROLES
from base.words import _
from ui.answers import key_of, remember
from ui.county_choice import names_offered
from ui.frame import ribbon, told
from ui.looking import Looking, looking
from ui.new_accounts import many_new, one_new
from ui.one_account import one_account
from ui.secrets_once import show_once
from ui.tokens import tokens_of

_ALL = ""


def show() -> None:
    """Show the accounts that the viewer looks after, and what can be done with them."""
    look = looking(may=ACCOUNTS)
    ribbon(look)
    told()
    st.title(_("账号"))
    show_once()
    names: dict[str, str] = remember(
        key_of(look, look.home, "place_names"), lambda: place_names(look.store)
    )
    listing, one, many, programs = st.tabs(
        [_("名单"), _("新建一个"), _("从名单导入"), _("接口口令")]
    )
    with listing:
        _listing(look, names)
    with one:
        one_new(look, names_offered(look, names, "people_county"))
    with many:
        many_new()
    with programs:
        tokens_of(look, names_offered(look, names, "tokens_county"))


def _listing(look: Looking, names: dict[str, str]) -> None:
    known = accounts(look.store, look.viewer)
    found = _filtered(known, names)
    st.caption(_("共 {count} 个账号", count=len(found)))
    if not found:
        st.info(_("没有这样的账号。可在「新建一个」或「从名单导入」里添加。"))
        return
    seen = last_seen(look.store)
    st.dataframe(_table(found, names, seen), hide_index=True)
    by_number = {account.account_no: account for account in found}
    chosen = st.selectbox(
        _("管理哪个账号"),
        list(by_number),
        index=None,
        format_func=lambda no: f"{by_number[no].name} {by_number[no].login_name}",
        placeholder=_("输入姓名或登录名"),
        key="people_one",
    )
    if chosen is not None:
        one_account(look, by_number[chosen], names)


def _filtered(known: list[Account], names: dict[str, str]) -> list[Account]:
    townships = [c for c in sorted(names) if len(c) == LENGTHS["township"]]
    first, second, third = st.columns(3)
    role = first.selectbox(
        _("角色"),
        [_ALL, *ROLES],
        format_func=lambda one: _(ROLES[one].name) if one else _("全部"),
        key="people_role",
    )
    township = second.selectbox(
        _("乡镇"),
        [_ALL, *townships],
        format_func=lambda code: names.get(code, _("全部")),
        key="people_township",
    )
    text = third.text_input(_("姓名、登录名、村名、单位"), key="people_text").strip()
    return [
        account
        for account in known
        if role in (_ALL, account.role)
        and (not township or any(p.startswith(township) for p in account.places))
        and text.casefold() in _all_of(account, names)
    ]


def _all_of(account: Account, names: dict[str, str]) -> str:
    places = [names.get(code, code) for code in account.places]
    said = [account.person_name, account.login_name, account.organisation_name]
    return " ".join([*said, *places, *account.places]).casefold()


def _table(
    found: list[Account], names: dict[str, str], seen: dict[int, datetime]
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("姓名"): [account.person_name for account in found],
            _("登录名"): [account.login_name for account in found],
            _("角色"): [_(ROLES[account.role].name) for account in found],
            _("负责范围"): [
                listed(names.get(code, code) for code in account.places)
                for account in found
            ],
            _("单位"): [account.organisation_name for account in found],
            _("手机"): [masked(account.phone) for account in found],
            _("状态"): [_state(account) for account in found],
            _("上次使用"): [
                f"{seen[account.account_no]:%Y-%m-%d %H:%M}"
                if account.account_no in seen
                else _("没有用过")
                for account in found
            ],
        }
    )


def _state(account: Account) -> str:
    if account.state == ERASED:
        return _("– 已注销")
    if account.state != ACTIVE:
        return _("– 停用")
    is_open = not (account.password_hash or account.oidc_subject)
    return _("… 还没设密码") if is_open else _("✓ 在用")
