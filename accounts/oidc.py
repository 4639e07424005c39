"""Whom does the city's own sign-in speak of? A subject there is one account here.

Denied first: it makes no account, and gives none a role or a place.
"""

from datetime import datetime

from accounts import lockout, sessions
from accounts.account import ACTIVE, Account, account_in, folded, viewer_of
from accounts.changes import changing
from accounts.people import act_about, end_sessions, found
from accounts.permits import require_may_manage_account
from accounts.sign_in import Outcome
from base.errors import ShownError
from base.place import Scope
from base.settings import settings
from base.viewer import PAGE, Viewer
from base.words import _
from store import Cursor, Store
from store.audit import record, record_all

# What the audit says of such a sign-in, alone or before the reason of a refusal.
DETAIL = "oidc"
_UNKNOWN, _DISABLED, _OTHER, _ADMIN = "unknown", "disabled", "other subject", "admin"
_LONGEST_SUBJECT = 255


def sign_in_as(
    store: Store,
    subject: str,
    login_name: str,
    at: datetime,
    address: str = "",
    agent: str = "",
) -> Outcome:
    """Sign in whom the city's sign-in vouches for.

    The first time, the account of that login name is bound to the subject for good;
    from then on the subject alone counts. An admin's is bound at the command line
    only: whoever may name people there must not thereby become admin here.

    Args:
        store: where.
        subject: who it is, as the provider's signed answer says.
        login_name: of the same answer; empty where it gives none.
        at: when, local time in China.
        address: from where.
        agent: the browser, as it calls itself.

    Returns:
        A token, or a message that says why not.
    """
    with changing(store) as cursor:
        account, is_bound = _account(cursor, subject, login_name)
        why = _why_not(account, is_bound)
        token = ""
        if account is not None and not why:
            if not is_bound:
                _set_subject(cursor, account, subject)
            token = sessions.begin_in(cursor, account, at, address, agent)
    if account is None or why:
        refuse(store, why, at, address, account)
        return Outcome(message=_message(why, login_name))
    by = viewer_of(account, PAGE, address)
    acts = [act_about(by, "signed_in", at, account, DETAIL)]
    if not is_bound:
        acts.insert(0, act_about(by, "oidc_bound", at, account, subject))
    record_all(store, acts)
    return Outcome(token)


def _account(
    cursor: Cursor, subject: str, login_name: str
) -> tuple[Account | None, bool]:
    """Return the account that is meant, and whether it is bound to the subject."""
    # no subject is no person: accounts that are not bound have none either
    if not subject or len(subject) > _LONGEST_SUBJECT:
        return None, False
    account = account_in(cursor, "oidc_subject", subject)
    if account is not None:
        return account, True
    return account_in(cursor, "login_name", folded(login_name)), False


def _why_not(account: Account | None, is_bound: bool) -> str:
    if account is None:
        return _UNKNOWN
    if account.state != ACTIVE:
        return _DISABLED
    if not is_bound and account.oidc_subject:
        return _OTHER
    if not is_bound and account.role == "admin":
        return _ADMIN
    return ""


def _message(why: str, login_name: str) -> str:
    if why == _DISABLED:
        return _("您的账号已停用。请找市专班。")
    if why == _OTHER:
        return _(
            "登录名「{name}」已绑定另一个统一身份。请找管理员核对。", name=login_name
        )
    if why == _ADMIN:
        return _("管理员账号要先在命令行绑定统一身份，才能这样登录。")
    if not login_name:
        return _(
            "统一身份认证没有给出登录名（{claim}）。请管理员核对设置。",
            claim=settings().oidc_name_claim,
        )
    return _(
        "统一身份「{name}」在看板里没有账号。请找市专班新建，登录名要与统一身份一致。",
        name=login_name,
    )


def refuse(
    store: Store, why: str, at: datetime, address: str, account: Account | None = None
) -> None:
    """Write down that such a sign-in failed; an address that fails often, not for ever.

    Args:
        store: where.
        why: in a word or two, for the audit.
        at: when, local time in China.
        address: from where.
        account: whose sign-in it would have been, where that is known.
    """
    if lockout.begin_outside(store, address, at).wait_until is not None:
        return
    by = Viewer("", "", Scope(), actor="nobody", way=PAGE, address=address)
    detail = f"{DETAIL}: {why}"
    if account is None:
        record(store, by, "sign_in_failed", at, detail=detail)
    else:
        record_all(store, [act_about(by, "sign_in_failed", at, account, detail)])


def bind(
    store: Store, by: Viewer, login_name: str, subject: str, at: datetime
) -> Account:
    """Bind an account to a subject, before its first sign-in or for an admin.

    Args:
        store: where.
        by: who binds it.
        login_name: of the account.
        subject: as the provider calls the person.
        at: when, local time in China.

    Returns:
        The account, as it was before.

    Raises:
        ShownError: when `by` may not, or account or subject are bound otherwise.
    """
    if not subject or len(subject) > _LONGEST_SUBJECT:
        raise ShownError(_("统一身份的编号是空的或太长。请核对。"))
    with changing(store) as cursor:
        account = found(cursor, login_name)
        require_may_manage_account(by, account)
        holder = account_in(cursor, "oidc_subject", subject)
        if holder is not None and holder.account_no != account.account_no:
            raise ShownError(
                _("这个统一身份已绑定「{name}」。请先解除。", name=holder.login_name)
            )
        if account.oidc_subject not in ("", subject):
            raise ShownError(
                _(
                    "「{name}」已绑定另一个统一身份。请先解除。",
                    name=account.login_name,
                )
            )
        _set_subject(cursor, account, subject)
    record_all(store, [act_about(by, "oidc_bound", at, account, subject)])
    return account


def unbind(store: Store, by: Viewer, login_name: str, at: datetime) -> Account:
    """Take the subject off an account, and end its sessions.

    Returns:
        The account, as it was before.

    Raises:
        ShownError: when `by` may not.
    """
    with changing(store) as cursor:
        account = found(cursor, login_name)
        require_may_manage_account(by, account)
        _set_subject(cursor, account, "")
        end_sessions(cursor, account.account_no, at)
    acts = [act_about(by, "oidc_unbound", at, account, account.oidc_subject)]
    record_all(store, acts)
    return account


def _set_subject(cursor: Cursor, account: Account, subject: str) -> None:
    cursor.execute(
        "update ops.account set oidc_subject = $subject where account_no = $no",
        {"subject": subject, "no": account.account_no},
    )
