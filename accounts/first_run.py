"""Who becomes the first admin? Whoever reads the code that this machine wrote down.

There is no default password. While there is no admin, the code lies in a file that the
owner of the installation alone can read.
"""

import os
from datetime import datetime
from pathlib import Path

from accounts import lockout, sessions
from accounts.account import viewer_of
from accounts.changes import changing
from accounts.codes import hash_of as code_hash_of
from accounts.codes import is_code, new_code
from accounts.passwords import hash_of, require_good
from accounts.people import Person, act_about, add_first
from accounts.sign_in import Outcome, record_failure, wait_message
from base.errors import ShownError
from base.settings import settings
from base.viewer import PAGE
from base.words import _
from store import Cursor, Store
from store.audit import record_all

_HAS_ADMIN = """
select count(*) from ops.account where role = 'admin' and state = 'active'
"""
# All who try to set up are held back together.
_NAME = "\x00set-up"


def has_admin(store: Store) -> bool:
    """Tell whether somebody can look after accounts."""
    return bool(store.value(_HAS_ADMIN))


def code_file() -> Path:
    """Return where the set-up code lies."""
    return settings().var / "run" / "set-up-code"


def offer_set_up(store: Store) -> str | None:
    """Write a set-up code down, for its owner alone, while there is no admin.

    Returns:
        The code, the same until it is used; None where there is an admin.
    """
    path = code_file()
    if has_admin(store):
        path.unlink(missing_ok=True)
        return None
    if known := _code():
        return known
    code = new_code()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as out:
        out.write(code)
    return code


def _code() -> str:
    try:
        return code_file().read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def set_up(
    store: Store,
    code: str,
    login_name: str,
    password: str,
    at: datetime,
    address: str = "",
    agent: str = "",
) -> Outcome:
    """Make the first admin, exactly once.

    Args:
        store: where.
        code: from the file, as typed.
        login_name: of the admin to be.
        password: as chosen.
        at: when, local time in China.
        address: from where.
        agent: the browser, as it calls itself.

    Returns:
        A token for the cookie, or a message that says why not.
    """
    attempt = lockout.begin_attempt(store, _NAME, address, at)
    if attempt.wait_until is not None:
        return Outcome(message=wait_message(attempt.wait_until, at))
    known = _code()
    # without a code of its own a hash of nothing is compared, and nothing fits
    if not is_code(code, code_hash_of(known) if known else ""):
        record_failure(store, None, lockout.fail(store, attempt, at), at, address)
        return Outcome(
            message=_("安装口令不对。它写在本机运行目录的 run/set-up-code 文件里。")
        )
    lockout.forgive(store, attempt)
    person = Person(login_name, "admin", ())
    try:
        require_good(password, (login_name,))
        new_hash = hash_of(password)
        with changing(store) as cursor:
            _require_no_admin(cursor)
            account = add_first(cursor, person, new_hash, at)
            token = sessions.begin_in(cursor, account, at, address, agent)
    except ShownError as problem:
        return Outcome(message=str(problem))
    code_file().unlink(missing_ok=True)
    by = viewer_of(account, PAGE, address)
    record_all(store, [act_about(by, "account_added", at, account)])
    return Outcome(token)


def _require_no_admin(cursor: Cursor) -> None:
    row = cursor.execute(_HAS_ADMIN).fetchone()
    if row and row[0]:
        raise ShownError(_("已经有管理员了。请登录。"))
