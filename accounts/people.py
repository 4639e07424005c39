"""How does an account come to be, change, pass to a successor and end?

Whoever is given an account gets a one-time code and chooses a password with it. Places
that an account no longer holds stay on record, with the day on which they ended.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from accounts.account import (
    ACTIVE,
    DISABLED,
    ERASED,
    Account,
    account_in,
    common_place,
    folded,
)
from accounts.changes import changing
from accounts.codes import hash_of, new_code
from accounts.lockout import unlock
from accounts.permits import (
    checked_places,
    known_places,
    require_may_manage,
    require_may_manage_account,
)
from base.errors import ShownError
from base.masking import has_card, without_cards
from base.settings import settings
from base.viewer import Viewer
from base.words import _
from store import Cursor, Store
from store.audit import Act, act_of, record_all
from store.erasures import PSEUDONYM

_LOGIN_NAME = re.compile(r"[\w.@+-]{2,64}")
_INSERT = """
insert into ops.account (
    account_no, login_name, person_name, organisation_name, phone, role, state,
    password_hash, password_set_at, code_hash, code_expires_at, oidc_subject,
    created_at, created_by
) values (
    $account_no, $login_name, $person_name, $organisation_name, $phone, $role, $state,
    $password_hash, $password_set_at, $code_hash, $code_expires_at, '', $at, $by
)
"""


@dataclass(frozen=True)
class Person:
    """Whom an account is for."""

    login_name: str
    role: str
    places: tuple[str, ...]
    person_name: str = ""
    organisation_name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Given:
    """An account and its one-time code, which is known this once only."""

    account: Account
    code: str = field(repr=False)


def create(store: Store, by: Viewer, person: Person, at: datetime) -> Given:
    """Give somebody an account.

    Args:
        store: where.
        by: who gives it.
        person: whom it is for.
        at: when, local time in China.

    Returns:
        The account and its one-time code.

    Raises:
        ShownError: when `by` may not, or the person's data do not hold.
    """
    with changing(store) as cursor:
        places = checked_places(person.role, person.places, known_places(cursor))
        given = add(cursor, by, replace(person, places=places), at)
    record_all(store, [act_about(by, "account_added", at, given.account)])
    return given


def add(cursor: Cursor, by: Viewer, person: Person, at: datetime) -> Given:
    """Write a new account within a change; its places are checked already."""
    require_may_manage(by, person.role, person.places)
    code = new_code()
    account = _insert(cursor, by.signature, person, at, code=code)
    return Given(account, code)


def add_first(
    cursor: Cursor, person: Person, password_hash: str, at: datetime
) -> Account:
    """Write an account that has its password already: the first admin."""
    return _insert(cursor, "", person, at, password_hash=password_hash)


def _insert(
    cursor: Cursor,
    by: str,
    person: Person,
    at: datetime,
    code: str = "",
    password_hash: str = "",
) -> Account:
    login_name = folded(person.login_name)
    if not _LOGIN_NAME.fullmatch(login_name):
        raise ShownError(
            _(
                "登录名「{name}」不行：2 到 64 个字母、数字或汉字，中间没有空格。",
                name=person.login_name,
            )
        )
    if has_card(login_name) or login_name.startswith(PSEUDONYM):
        raise ShownError(
            _(
                "登录名不能用身份证号，也不能以「{word}」开头。请换一个。",
                word=PSEUDONYM,
            )
        )
    if account_in(cursor, "login_name", login_name) is not None:
        raise ShownError(_("登录名「{name}」已有人用。请换一个。", name=login_name))
    row = cursor.execute("select max(account_no) from ops.account").fetchone()
    number = (row[0] or 0) + 1 if row else 1
    account = Account(
        account_no=number,
        login_name=login_name,
        person_name=without_cards(person.person_name.strip()),
        organisation_name=without_cards(person.organisation_name.strip()),
        phone=without_cards(person.phone.strip()),
        role=person.role,
        state=ACTIVE,
        password_hash=password_hash,
        password_set_at=at if password_hash else None,
        code_hash=hash_of(code) if code else "",
        code_expires_at=_code_end(at) if code else None,
        oidc_subject="",
        created_at=at,
        # the first admin makes her own account
        created_by=by or f"u{number}",
        places=person.places,
    )
    said = {k: v for k, v in vars(account).items() if f"${k}" in _INSERT}
    cursor.execute(_INSERT, {**said, "at": at, "by": account.created_by})
    _open_places(cursor, account.account_no, person.places, at)
    return account


def _code_end(at: datetime) -> datetime:
    return at + timedelta(days=settings().code_days)


def _open_places(
    cursor: Cursor, account_no: int, places: tuple[str, ...], at: datetime
) -> None:
    for code in places:
        cursor.execute(
            "insert into ops.account_scope (account_no, place_code, from_at, to_at) "
            "values ($no, $code, $at, null)",
            {"no": account_no, "code": code, "at": at},
        )


def _close_places(
    cursor: Cursor, account_no: int, places: tuple[str, ...], at: datetime
) -> None:
    for code in places:
        cursor.execute(
            "update ops.account_scope set to_at = $at "
            "where account_no = $no and place_code = $code and to_at is null",
            {"no": account_no, "code": code, "at": at},
        )


def change_scope(
    store: Store, by: Viewer, login_name: str, places: tuple[str, ...], at: datetime
) -> Account:
    """Have an account hold these places from now on, and no others.

    Raises:
        ShownError: when `by` may not, or the places do not fit the role.
    """
    with changing(store) as cursor:
        account = found(cursor, login_name)
        new = checked_places(account.role, places, known_places(cursor))
        changed = move(cursor, by, account, new, at)
    if changed.places != account.places:
        record_all(store, [act_of_move(by, at, account, changed)])
    return changed


def move(
    cursor: Cursor, by: Viewer, account: Account, places: tuple[str, ...], at: datetime
) -> Account:
    """Change what an account holds, within a change; the places are checked already."""
    require_may_manage_account(by, account)
    require_may_manage(by, account.role, places)
    gone = tuple(code for code in account.places if code not in places)
    new = tuple(code for code in places if code not in account.places)
    _close_places(cursor, account.account_no, gone, at)
    _open_places(cursor, account.account_no, new, at)
    return replace(account, places=places)


def set_enabled(
    store: Store, by: Viewer, login_name: str, is_enabled: bool, at: datetime
) -> Account:
    """Let an account in, or no longer; whoever is signed in with it is out at once.

    Raises:
        ShownError: when `by` may not, or it is the last admin's.
    """
    with changing(store) as cursor:
        account = found(cursor, login_name)
        require_may_manage_account(by, account)
        if not is_enabled:
            require_another_admin(cursor, account)
            end_sessions(cursor, account.account_no, at)
        changed = _set(cursor, account, state=ACTIVE if is_enabled else DISABLED)
    record_all(store, [act_about(by, "account_changed", at, changed, changed.state)])
    return changed


def require_another_admin(cursor: Cursor, account: Account) -> None:
    """Refuse to end the last admin's account, within a change.

    Raises:
        ShownError: when no other admin could come in.
    """
    row = cursor.execute(
        "select count(*) from ops.account "
        "where role = 'admin' and state = 'active' and account_no <> $no",
        {"no": account.account_no},
    ).fetchone()
    if account.role == "admin" and not (row and row[0]):
        raise ShownError(_("这是最后一个管理员，不能停用或注销。请先再设一个管理员。"))


def give_code(store: Store, by: Viewer, login_name: str, at: datetime) -> Given:
    """Give a new one-time code; password and sessions of before hold no longer.

    A name that had to wait need not any more.

    Raises:
        ShownError: when `by` may not.
    """
    code = new_code()
    with changing(store) as cursor:
        account = found(cursor, login_name)
        require_may_manage_account(by, account)
        end_sessions(cursor, account.account_no, at)
        changed = _set(
            cursor,
            account,
            password_hash="",
            code_hash=hash_of(code),
            code_expires_at=_code_end(at),
        )
        unlock(cursor, account.login_name)
    record_all(store, [act_about(by, "code_given", at, changed)])
    return Given(changed, code)


def sign_out_everywhere(
    store: Store, by: Viewer, login_name: str, at: datetime
) -> Account:
    """End all sessions of somebody else's account.

    Raises:
        ShownError: when `by` may not.
    """
    with changing(store) as cursor:
        account = found(cursor, login_name)
        require_may_manage_account(by, account)
        end_sessions(cursor, account.account_no, at)
    record_all(store, [act_about(by, "sessions_ended", at, account)])
    return account


def keep_password(
    cursor: Cursor, account: Account, password_hash: str, at: datetime
) -> Account:
    """Keep a new password within a change: the code is used up, all sessions end."""
    end_sessions(cursor, account.account_no, at)
    return _set(
        cursor,
        account,
        password_hash=password_hash,
        password_set_at=at,
        code_hash="",
        code_expires_at=None,
    )


def succeed(
    store: Store, by: Viewer, login_name: str, successor: Person, at: datetime
) -> Given:
    """Pass a post: the successor takes the places, the predecessor is let in no more.

    Args:
        store: where.
        by: who passes it.
        login_name: of the predecessor.
        successor: with a login name of their own; role, places and organisation are
            the predecessor's.
        at: when, local time in China.

    Returns:
        The new account and its one-time code.

    Raises:
        ShownError: when `by` may not, or the new login name is taken.
    """
    with changing(store) as cursor:
        before = found(cursor, login_name)
        require_may_manage_account(by, before)
        heir = replace(
            successor,
            role=before.role,
            places=before.places,
            organisation_name=successor.organisation_name or before.organisation_name,
        )
        given = add(cursor, by, heir, at)
        _close_places(cursor, before.account_no, before.places, at)
        end_sessions(cursor, before.account_no, at)
        _set(cursor, before, state=DISABLED, code_hash="", code_expires_at=None)
    detail = f"{before.actor} → {given.account.actor}"
    record_all(
        store,
        [
            act_about(by, "post_passed", at, before, detail),
            act_about(by, "account_added", at, given.account),
        ],
    )
    return given


def found(cursor: Cursor, login_name: str) -> Account:
    """Return the account of a login name, as a change sees it.

    Raises:
        ShownError: when there is none, or its person was erased.
    """
    account = account_in(cursor, "login_name", folded(login_name))
    if account is None:
        raise ShownError(_("没有登录名「{name}」。", name=login_name))
    if account.state == ERASED:
        raise ShownError(_("这个人已注销，账号不能再改。"))
    return account


def end_sessions(cursor: Cursor, account_no: int, at: datetime) -> None:
    """End all sessions of an account, within a change."""
    cursor.execute(
        "update ops.session set ended_at = $at "
        "where account_no = $no and ended_at is null",
        {"no": account_no, "at": at},
    )


def _set(cursor: Cursor, account: Account, **values: str | datetime | None) -> Account:
    named = ", ".join(f"{name} = ${name}" for name in values)
    cursor.execute(
        f"update ops.account set {named} where account_no = $no",
        {**values, "no": account.account_no},
    )
    return replace(account, **values)  # type: ignore[arg-type]


def act_about(
    by: Viewer, action: str, at: datetime, account: Account, detail: str = ""
) -> Act:
    """Return an act upon an account, for the audit."""
    place = common_place(account.places)
    return act_of(by, action, at, place, account.actor, detail)


def act_of_move(by: Viewer, at: datetime, before: Account, after: Account) -> Act:
    """Return a change of places, for the audit: those of before and those of now."""
    detail = f"{' '.join(before.places)} → {' '.join(after.places)}"
    return act_about(by, "scope_changed", at, after, detail)
