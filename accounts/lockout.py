"""May this name or address try to sign in now? Who fails often waits, ever longer."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.changes import changing
from base.settings import settings
from store import Cursor, Store

_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
_FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True)
class _Limit:
    """How many failures are free, and after how long they are forgotten."""

    failures: int
    memory: timedelta


# Hundreds of people may share an address: a county behind one gate.
_LIMITS = {
    "name": _Limit(5, _FORGOTTEN),
    "address": _Limit(200, timedelta(hours=1)),
    # apart: a provider that is down must not keep an office from its passwords
    "outside": _Limit(30, timedelta(hours=1)),
}


@dataclass(frozen=True)
class Attempt:
    """A try to sign in: until when it has to wait, and whether it locks others out."""

    keys: tuple[str, ...]
    wait_until: datetime | None
    is_locking: bool = False
    address_key: str = ""


def key_of(kind: str, value: str) -> str:
    """Return the key of a name or an address; what was typed is not kept.

    A password typed into the field of the name must not lie in a table.
    """
    return f"{kind}:{hashlib.sha256(value.encode('utf-8', 'replace')).hexdigest()}"


def begin_attempt(store: Store, login_name: str, address: str, at: datetime) -> Attempt:
    """Count a try as failed before it is looked at, so that many at once count all.

    Only the name counts so: of an address many may come at the same moment, and each
    of them with the right secret.

    Args:
        store: where.
        login_name: folded; it counts whether or not there is such an account.
        address: from where; empty where nobody knows.
        at: when, local time in China.

    Returns:
        The attempt; one that has to wait must not be looked at.
    """
    address_key = key_of("address", address) if address else ""
    return _begin(store, (key_of("name", login_name),), at, address_key)


def begin_outside(store: Store, address: str, at: datetime) -> Attempt:
    """Count a failure of the city's own sign-in, which knows its people itself.

    Args:
        store: where.
        address: from where; all that nobody knows count together.
        at: when, local time in China.

    Returns:
        The attempt; one that has to wait is not worth writing down.
    """
    return _begin(store, (key_of("outside", address),), at)


def _begin(
    store: Store, keys: tuple[str, ...], at: datetime, address_key: str = ""
) -> Attempt:
    asked = (*keys, address_key) if address_key else keys
    with changing(store) as cursor:
        waits = [_locked_until(cursor, key, at) for key in asked]
        until = max((wait for wait in waits if wait is not None), default=None)
        if until is not None:
            return Attempt(keys, until, address_key=address_key)
        locks = [_count(cursor, key, at) for key in keys]
    return Attempt(keys, None, any(locks), address_key)


def fail(store: Store, attempt: Attempt, at: datetime) -> bool:
    """Count an attempt that failed for its address; tell whether anything waits now.

    An address never starts anew by a success, or whoever has one account could try
    all others.
    """
    if not attempt.address_key:
        return attempt.is_locking
    with changing(store) as cursor:
        return _count(cursor, attempt.address_key, at) or attempt.is_locking


def forgive(store: Store, attempt: Attempt) -> None:
    """Take back an attempt that succeeded: the name starts anew."""
    with changing(store) as cursor:
        for key in attempt.keys:
            _start_anew(cursor, key)


def unlock(cursor: Cursor, login_name: str) -> None:
    """Let a name try again at once: whoever looks after it has given it a new code.

    Else anybody who knows a name could keep its holder out for an hour, again and
    again.

    Args:
        cursor: of the change that gives the code.
        login_name: folded.
    """
    _start_anew(cursor, key_of("name", login_name))


def _start_anew(cursor: Cursor, key: str) -> None:
    cursor.execute(
        "update ops.sign_in_trouble "
        "set failed_count = 0, locked_until = null where trouble_key = $key",
        {"key": key},
    )


def forget(store: Store, login_name: str) -> None:
    """Forget the failures of a name that nobody bears any more."""
    with changing(store) as cursor:
        cursor.execute(
            "delete from ops.sign_in_trouble where trouble_key = $key",
            {"key": key_of("name", login_name)},
        )


def _locked_until(cursor: Cursor, key: str, at: datetime) -> datetime | None:
    row = cursor.execute(
        "select locked_until from ops.sign_in_trouble "
        "where trouble_key = $key and locked_until > $at",
        {"key": key, "at": at},
    ).fetchone()
    return row[0] if row else None


def _limit(key: str) -> _Limit:
    return _LIMITS[key.partition(":")[0]]


def _failed(cursor: Cursor, key: str, at: datetime) -> int:
    row = cursor.execute(
        "select failed_count from ops.sign_in_trouble "
        "where trouble_key = $key and last_failed_at > $long_ago",
        {"key": key, "long_ago": at - _limit(key).memory},
    ).fetchone()
    return row[0] if row else 0


def _count(cursor: Cursor, key: str, at: datetime) -> bool:
    """Count one more failure; tell whether it locks."""
    count = _failed(cursor, key, at) + 1
    over = count - _limit(key).failures
    # the wait doubles with each failure beyond those that are free
    wait = min(_FIRST_WAIT * 2 ** min(over, 10), _LONGEST_WAIT) if over >= 0 else None
    said = {"key": key, "count": count, "at": at, "until": at + wait if wait else None}
    cursor.execute(
        "delete from ops.sign_in_trouble where last_failed_at < $long_ago",
        {"long_ago": at - timedelta(days=settings().trouble_kept_days)},
    )
    seen = cursor.execute(
        "select count(*) from ops.sign_in_trouble where trouble_key = $key",
        {"key": key},
    ).fetchone()
    cursor.execute(
        "update ops.sign_in_trouble set failed_count = $count, last_failed_at = $at, "
        "locked_until = $until where trouble_key = $key"
        if seen and seen[0]
        else "insert into ops.sign_in_trouble "
        "(trouble_key, failed_count, last_failed_at, locked_until) "
        "values ($key, $count, $at, $until)",
        said,
    )
    return wait is not None
