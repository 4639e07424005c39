"""Which program may come in, for which places, and until when?

A token stands for a role that decides nothing: what a program sends waits for review
like what a person sends.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from accounts.account import common_place
from accounts.changes import changing
from accounts.permits import checked_places, known_places, require_may_manage
from accounts.sessions import token_hash
from base.errors import ShownError
from base.formats import listed
from base.place import Scope
from base.roles import OF_THE_OFFICE
from base.viewer import API, Viewer
from base.words import _
from store import Cursor, Store
from store.audit import record

_PREFIX = "vt_"
_LONGEST_DAYS = 730
_COLUMNS = """
    token_no, token_name, role, place_codes, created_by, created_at, expires_at,
    ended_at
"""


@dataclass(frozen=True)
class Token:
    """A program's token, without its secret."""

    token_no: int
    token_name: str
    role: str
    places: tuple[str, ...]
    created_by: str
    created_at: datetime
    expires_at: datetime
    ended_at: datetime | None

    @property
    def actor(self) -> str:
        """Return what journal and audit keep of this token."""
        return f"t{self.token_no}"


def make(
    store: Store,
    by: Viewer,
    name: str,
    role: str,
    places: tuple[str, ...],
    days: int,
    at: datetime,
) -> tuple[Token, str]:
    """Make a token.

    Args:
        store: where.
        by: who makes it; may look after accounts of that role and those places.
        name: of the program, to show.
        role: one that decides nothing.
        places: codes that it may see, and send for where the role may.
        days: after so many it ends.
        at: when, local time in China.

    Returns:
        The token and its secret, which is known this once only.

    Raises:
        ShownError: when `by` may not, or it makes no sense.
    """
    if role not in OF_THE_OFFICE:
        raise ShownError(
            _("接口口令的角色只能是：{names}。", names=listed(sorted(OF_THE_OFFICE)))
        )
    if not name.strip() or not 1 <= days <= _LONGEST_DAYS:
        raise ShownError(
            _("接口口令要有名称，有效期为 1 到 {days} 天。", days=_LONGEST_DAYS)
        )
    secret = _PREFIX + secrets.token_urlsafe(32)
    with changing(store) as cursor:
        codes = checked_places(role, places, known_places(cursor))
        require_may_manage(by, role, codes)
        row = cursor.execute("select max(token_no) from ops.api_token").fetchone()
        token = Token(
            (row[0] or 0) + 1 if row else 1,
            name.strip(),
            role,
            codes,
            by.signature,
            at,
            at + timedelta(days=days),
            None,
        )
        _insert(cursor, token, token_hash(secret))
    _record(store, by, "token_made", at, token)
    return token, secret


def _insert(cursor: Cursor, token: Token, kept: str) -> None:
    cursor.execute(
        "insert into ops.api_token (token_no, token_hash, token_name, role, "
        "place_codes, created_by, created_at, expires_at, ended_at) "
        "values ($token_no, $kept, $token_name, $role, $codes, $created_by, "
        "$created_at, $expires_at, null)",
        {
            "token_no": token.token_no,
            "kept": kept,
            "token_name": token.token_name,
            "role": token.role,
            "codes": " ".join(token.places),
            "created_by": token.created_by,
            "created_at": token.created_at,
            "expires_at": token.expires_at,
        },
    )


def find(store: Store, secret: str, at: datetime, address: str = "") -> Viewer | None:
    """Return the program that holds a secret, or None.

    Args:
        store: where.
        secret: as it came.
        at: now, local time in China.
        address: from where it came.
    """
    if not secret.startswith(_PREFIX):
        return None
    row = store.row(
        "select token_no, token_name, role, place_codes from ops.api_token "
        "where token_hash = $kept and ended_at is null and expires_at > $at",
        {"kept": token_hash(secret), "at": at},
    )
    if row is None:
        return None
    number, name, role, codes = row
    return Viewer(name, role, Scope.of(codes.split()), f"t{number}", API, address)


def tokens(store: Store, by: Viewer) -> list[Token]:
    """Return the tokens that somebody may look after, ended ones too."""
    rows = store.rows(f"select {_COLUMNS} from ops.api_token order by token_no")
    found = [replace(Token(*row), places=tuple(row[3].split())) for row in rows]
    return [token for token in found if _is_seen(by, token)]


def _is_seen(by: Viewer, token: Token) -> bool:
    try:
        require_may_manage(by, token.role, token.places)
    except ShownError:
        return False
    return True


def end(store: Store, by: Viewer, token_no: int, at: datetime) -> Token:
    """End a token, at once and for good.

    Raises:
        ShownError: when there is none that `by` may end.
    """
    token = next((t for t in tokens(store, by) if t.token_no == token_no), None)
    if token is None:
        raise ShownError(_("没有编号为 {number} 的接口口令。", number=token_no))
    with changing(store) as cursor:
        cursor.execute(
            "update ops.api_token set ended_at = $at "
            "where token_no = $no and ended_at is null",
            {"at": at, "no": token_no},
        )
    _record(store, by, "token_ended", at, token)
    return token


def _record(store: Store, by: Viewer, action: str, at: datetime, token: Token) -> None:
    place = common_place(token.places)
    record(store, by, action, at, place, token.actor, token.token_name)
