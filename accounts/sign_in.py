"""Does this name and secret let somebody in? What is said tells nobody which names are.

A secret is a password, or a one-time code, with which one chooses a password first.
"""

from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from accounts import lockout, sessions
from accounts.account import ACTIVE, Account, account_of, folded, viewer_of
from accounts.changes import changing
from accounts.codes import is_code
from accounts.passwords import hash_of, is_outdated, is_password, require_good
from accounts.people import act_about, found, keep_password
from base.errors import ShownError
from base.place import Scope
from base.viewer import PAGE, Viewer
from base.words import _
from store import Store
from store.audit import record, record_all


@dataclass(frozen=True)
class Outcome:
    """A token for the cookie, or that a password must be chosen, or why not."""

    token: str = field(default="", repr=False)
    must_set_password: bool = False
    message: str = ""


@dataclass(frozen=True)
class _Shown:
    """What a secret proved: whose it is, and whether it is a code and still good."""

    account: Account
    is_by_code: bool
    is_expired: bool = False


def sign_in(
    store: Store,
    login_name: str,
    secret: str,
    at: datetime,
    address: str = "",
    agent: str = "",
) -> Outcome:
    """Sign somebody in.

    Args:
        store: where.
        login_name: as typed.
        secret: the password or the one-time code, as typed.
        at: when, local time in China.
        address: from where.
        agent: the browser, as it calls itself.

    Returns:
        A token; or that a password must be chosen, for who came with a code; or a
        message that says why not, the same for names that are and that are not.
    """
    shown = _shown(store, login_name, secret, at, address)
    if isinstance(shown, Outcome):
        return shown
    account = shown.account
    if shown.is_by_code:
        return Outcome(must_set_password=True)
    if is_outdated(account.password_hash):
        _rehash(store, account, secret)
    token = sessions.begin(store, account, at, address, agent)
    record_all(store, [act_about(_by(account, address), "signed_in", at, account)])
    return Outcome(token)


def choose_password(
    store: Store,
    login_name: str,
    secret: str,
    password: str,
    at: datetime,
    address: str = "",
    agent: str = "",
) -> Outcome:
    """Choose a password, with the one-time code or the password of before.

    All sessions of before end; the code is used up.

    Args:
        store: where.
        login_name: as typed.
        secret: the one-time code or the password of before.
        password: the new one.
        at: when, local time in China.
        address: from where.
        agent: the browser, as it calls itself.

    Returns:
        A token, or a message that says why not.
    """
    shown = _shown(store, login_name, secret, at, address)
    if isinstance(shown, Outcome):
        return shown
    try:
        require_good(password, shown.account.hints)
    except ShownError as problem:
        return Outcome(must_set_password=shown.is_by_code, message=str(problem))
    new_hash = hash_of(password)
    with changing(store) as cursor:
        account = found(cursor, login_name)
        # the code was used, or the password changed, while the hash was made
        if not _is_unchanged(account, shown.account):
            return Outcome(message=_wrong())
        account = keep_password(cursor, account, new_hash, at)
        token = sessions.begin_in(cursor, account, at, address, agent)
    by = _by(account, address)
    record_all(
        store,
        [
            act_about(by, "password_set", at, account),
            act_about(by, "signed_in", at, account),
        ],
    )
    return Outcome(token)


def sign_out(
    store: Store, token: str, at: datetime, is_everywhere: bool = False
) -> None:
    """Sign the holder of a token out, here or everywhere."""
    viewer = sessions.find(store, token, at)
    if viewer is None:
        return
    if is_everywhere:
        sessions.end_all(store, int(viewer.actor[1:]), at)
    else:
        sessions.end(store, token, at)
    detail = "everywhere" if is_everywhere else ""
    place = viewer.scope.common
    record(store, viewer, "signed_out", at, place, viewer.actor, detail)


def _shown(
    store: Store, login_name: str, secret: str, at: datetime, address: str
) -> _Shown | Outcome:
    name = folded(login_name)
    attempt = lockout.begin_attempt(store, name, address, at)
    if attempt.wait_until is not None:
        return Outcome(message=wait_message(attempt.wait_until, at))
    shown = _proved(account_of(store, name), secret, at)
    if isinstance(shown, _Shown) and not shown.is_expired:
        lockout.forgive(store, attempt)
        return shown
    account = shown.account if isinstance(shown, _Shown) else shown
    record_failure(store, account, lockout.fail(store, attempt, at), at, address)
    if isinstance(shown, _Shown):
        return Outcome(message=_("一次性口令已过期。请向发给您的人要一个新的。"))
    return Outcome(message=_wrong())


def _proved(
    account: Account | None, secret: str, at: datetime
) -> _Shown | Account | None:
    """Return what a secret proves; it takes as long where it proves nothing."""
    is_by_password = is_password(secret, account.password_hash if account else "")
    is_by_code = is_code(secret, account.code_hash if account else "")
    if account is None or account.state != ACTIVE:
        return account
    if is_by_password:
        return _Shown(account, is_by_code=False)
    if is_by_code:
        end = account.code_expires_at
        return _Shown(account, True, is_expired=end is None or end <= at)
    return account


def _is_unchanged(now: Account, before: Account) -> bool:
    return (now.state, now.password_hash, now.code_hash) == (
        ACTIVE,
        before.password_hash,
        before.code_hash,
    )


def _rehash(store: Store, account: Account, password: str) -> None:
    """Keep a password under the parameters of today."""
    new_hash = hash_of(password)
    with changing(store) as cursor:
        cursor.execute(
            "update ops.account set password_hash = $new "
            "where account_no = $no and password_hash = $old",
            {"new": new_hash, "no": account.account_no, "old": account.password_hash},
        )


def record_failure(
    store: Store, account: Account | None, is_locking: bool, at: datetime, address: str
) -> None:
    """Write a failure down; not a name that is not there, which may be a password.

    Args:
        store: where.
        account: that was tried, or None.
        is_locking: whether the next try has to wait.
        at: when, local time in China.
        address: from where.
    """
    by = Viewer("", "", Scope(), actor="nobody", way=PAGE, address=address)
    for action in ("sign_in_failed", "locked_out")[: 2 if is_locking else 1]:
        if account is None:
            record(store, by, action, at)
        else:
            record_all(store, [act_about(by, action, at, account)])


def _by(account: Account, address: str) -> Viewer:
    return viewer_of(account, PAGE, address)


def wait_message(until: datetime, at: datetime) -> str:
    """Say how long somebody has to wait."""
    minutes = max(ceil((until - at).total_seconds() / 60), 1)
    return _("试得太多。请 {minutes} 分钟后再试。", minutes=minutes)


def _wrong() -> str:
    return _("登录名、密码或一次性口令不对。")
