"""Who is signed in? A session lives here; the browser holds only its random token."""

import hashlib
import secrets
from contextlib import suppress
from datetime import datetime, timedelta

from accounts.account import Account
from accounts.changes import changing, changing_if_free
from accounts.people import end_sessions
from base.place import Scope
from base.settings import settings
from base.viewer import PAGE, Viewer
from store import Cursor, Store
from store.errors import Trouble

# A phone in a pocket: it rests for days.
_LONG = frozenset({"secretary"})
_SEEN_EVERY = timedelta(minutes=1)
_TOKEN_BYTES, _LONGEST_AGENT = 32, 200
# Three look-ups by key take a tenth of the time that the planning of one join takes.
_SESSION = """
select account_no, seen_at, address
from ops.session
where token_hash = $token_hash and ended_at is null and expires_at > $at
"""
_ACCOUNT = """
select role, login_name, person_name
from ops.account
where account_no = $no and state = 'active'
"""
_PLACES = """
select place_code from ops.account_scope where account_no = $no and to_at is null
"""


def token_hash(token: str) -> str:
    """Return what is kept of a token; 32 random bytes need no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def begin(
    store: Store, account: Account, at: datetime, address: str = "", agent: str = ""
) -> str:
    """Sign an account in.

    Args:
        store: where.
        account: whose secret was found right.
        at: when, local time in China.
        address: from where.
        agent: the browser, as it calls itself.

    Returns:
        The token for the browser's cookie.
    """
    with changing(store) as cursor:
        return begin_in(cursor, account, at, address, agent)


def begin_in(
    cursor: Cursor, account: Account, at: datetime, address: str, agent: str
) -> str:
    """Sign an account in, within a change; what ended long ago goes."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    cursor.execute(
        "delete from ops.session where expires_at < $long_ago",
        {"long_ago": at - timedelta(days=settings().session_kept_days)},
    )
    cursor.execute(
        "insert into ops.session (token_hash, account_no, created_at, seen_at, "
        "expires_at, ended_at, address, agent) "
        "values ($token_hash, $no, $at, $at, $expires_at, null, $address, $agent)",
        {
            "token_hash": token_hash(token),
            "no": account.account_no,
            "at": at,
            "expires_at": at + lifetime(account.role),
            "address": address,
            "agent": agent[:_LONGEST_AGENT],
        },
    )
    return token


def lifetime(role: str) -> timedelta:
    """Return after how long whoever has a role signs in again."""
    if role in _LONG:
        return timedelta(days=settings().secretary_session_days)
    return timedelta(hours=settings().session_hours)


def _rest(role: str) -> timedelta:
    """Return how long a session may rest."""
    if role in _LONG:
        return lifetime(role)
    return timedelta(minutes=settings().session_idle_minutes)


def find(store: Store, token: str, at: datetime) -> Viewer | None:
    """Return who holds a token, with role and places as they are now, or None.

    Args:
        store: where.
        token: from the cookie.
        at: now, local time in China.
    """
    if not token:
        return None
    kept = token_hash(token)
    session = store.row(_SESSION, {"token_hash": kept, "at": at})
    if session is None:
        return None
    number, seen_at, address = session
    account = store.row(_ACCOUNT, {"no": number})
    places = store.rows(_PLACES, {"no": number})
    if account is None or at - seen_at > _rest(account[0]):
        return None
    if at - seen_at >= _SEEN_EVERY:
        _see(store, kept, at)
    role, login_name, person_name = account
    scope = Scope.of(code for (code,) in places)
    name = person_name or login_name
    return Viewer(name, role, scope, f"u{number}", PAGE, address)


def _see(store: Store, kept: str, at: datetime) -> None:
    # who only looks may look on where nothing can be written
    with suppress(Trouble), changing_if_free(store) as cursor:
        if cursor is not None:
            cursor.execute(
                "update ops.session set seen_at = $at "
                "where token_hash = $token_hash and ended_at is null",
                {"token_hash": kept, "at": at},
            )


def end(store: Store, token: str, at: datetime) -> None:
    """End one session; a token that nobody knows ends nothing."""
    with changing(store) as cursor:
        cursor.execute(
            "update ops.session set ended_at = $at "
            "where token_hash = $token_hash and ended_at is null",
            {"token_hash": token_hash(token), "at": at},
        )


def end_all(store: Store, account_no: int, at: datetime) -> None:
    """End all sessions of an account: sign-out everywhere."""
    with changing(store) as cursor:
        end_sessions(cursor, account_no, at)


def last_seen(store: Store) -> dict[int, datetime]:
    """Return when each account was last there, as far as sessions are kept."""
    rows = store.rows(
        "select account_no, max(seen_at) from ops.session group by account_no"
    )
    return dict(rows)
