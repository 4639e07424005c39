"""What is held about one person, in words that she can read?"""

import json
from datetime import datetime
from typing import Any

from accounts.account import Account, account_of, name_of
from accounts.audit_told import action_name, role_name, way_name
from accounts.mentions import mentions
from accounts.place_names import place_names
from base.errors import ShownError
from base.roles import ERASE
from base.viewer import Viewer
from base.words import _
from store import Store
from store.audit import record

Section = list[dict[str, Any]]
_SCOPES = """
select place_code, from_at, to_at
from ops.account_scope
where account_no = $no
order by from_at, place_code
"""
_SESSIONS = """
select created_at, seen_at, ended_at, address, agent
from ops.session
where account_no = $no
order by created_at
"""
_TOKENS = """
select token_no, token_name, created_at, expires_at, ended_at
from ops.api_token
where created_by = $actor
order by token_no
"""
_DRAFTS = """
select file_name, place_code, changed_at
from ops.draft
where actor = $actor
order by changed_at
"""
_SENT = """
select submission_no, submitted_at, file_name, state
from ops.submission
where actor = $actor
order by submission_no
"""
_ACTS = """
select audit_no, acted_at, action, submission_no, place_code, way, address
from ops.audit
where actor = $actor
order by audit_no
"""
_ABOUT = """
select audit_no, acted_at, action, actor
from ops.audit
where subject = $actor and actor <> $actor
order by audit_no
"""


def personal_data(store: Store, by: Viewer, login_name: str, at: datetime) -> str:
    """Return all that is held about a person, as JSON with Chinese names.

    Figures of villages are not hers: of what she sent and decided, numbers and times.

    Args:
        store: where.
        by: who asks: an admin, or the person herself.
        login_name: of the person's account.
        at: when, local time in China.

    Raises:
        ShownError: when there is no such account, or `by` may not.
    """
    account = account_of(store, login_name)
    is_own = account is not None and by.actor == account.actor
    if not (by.may(ERASE) or is_own):
        raise ShownError(_("只有管理员能导出或注销个人数据。"))
    if account is None:
        raise ShownError(_("没有登录名「{name}」。", name=login_name))
    told = {_("导出时间"): at, **_account(store, account), **_deeds(store, account)}
    record(store, by, "exported", at, subject=account.actor)
    return json.dumps(told, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return str(value)


def _account(store: Store, account: Account) -> dict[str, Any]:
    places = place_names(store)
    who = {"no": account.account_no}
    about = {
        _("编号"): account.actor,
        _("登录名"): account.login_name,
        _("姓名"): account.person_name,
        _("单位"): account.organisation_name,
        _("手机"): account.phone,
        _("角色"): role_name(account.role),
        _("状态"): account.state,
        _("统一身份"): account.oidc_subject,
        _("新建时间"): account.created_at,
        _("由谁新建"): name_of(store, account.created_by),
        _("设密码时间"): account.password_set_at,
    }
    scopes: Section = [
        {_("地方"): places.get(code, code), _("从"): start, _("到"): end}
        for code, start, end in store.rows(_SCOPES, who)
    ]
    sessions: Section = [
        {
            _("登录时间"): began,
            _("上次使用"): seen,
            _("退出时间"): ended,
            _("地址"): address,
            _("浏览器"): agent,
        }
        for began, seen, ended, address, agent in store.rows(_SESSIONS, who)
    ]
    return {_("账号"): about, _("负责范围"): scopes, _("登录"): sessions}


def _deeds(store: Store, account: Account) -> dict[str, Section]:
    places = place_names(store)
    who = {"actor": account.actor}
    tokens: Section = [
        {_("编号"): number, _("名称"): name, _("新建时间"): made, _("有效期到"): end}
        | {_("停用时间"): ended}
        for number, name, made, end, ended in store.rows(_TOKENS, who)
    ]
    drafts: Section = [
        {_("文件"): name, _("地方"): places.get(code, code), _("时间"): changed}
        for name, code, changed in store.rows(_DRAFTS, who)
    ]
    sent: Section = [
        {_("编号"): number, _("报送时间"): at, _("文件"): name, _("状态"): state}
        for number, at, name, state in store.rows(_SENT, who)
    ]
    acts: Section = [
        {
            _("编号"): number,
            _("时间"): at,
            _("做了什么"): action_name(action),
            _("报送编号"): submission_no,
            _("地方"): places.get(code, code),
            _("从哪里"): way_name(way),
            _("地址"): address,
        }
        for number, at, action, submission_no, code, way, address in store.rows(
            _ACTS, who
        )
    ]
    about: Section = [
        {_("编号"): number, _("时间"): at, _("做了什么"): action_name(action)}
        | {_("谁"): name_of(store, actor)}
        for number, at, action, actor in store.rows(_ABOUT, who)
    ]
    named: Section = [
        {_("表"): one.place.table, _("栏"): one.place.column, _("行"): one.place.key}
        | {_("文字"): one.text}
        for one in mentions(store, account)
    ]
    return {
        _("接口口令"): tokens,
        _("草稿"): drafts,
        _("报送的文件"): sent,
        _("做过的操作"): acts,
        _("别人对这个账号的操作"): about,
        _("提到姓名或号码的文字"): named,
    }
