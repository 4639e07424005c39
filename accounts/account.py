"""Which accounts are there, and whom does an account or a signature stand for?"""

import unicodedata
from dataclasses import dataclass, field, replace
from datetime import datetime

from base.masking import masked
from base.place import NATION, Scope
from base.roles import PHONES
from base.viewer import Viewer
from store import Cursor, Store

ACTIVE, DISABLED, ERASED = "active", "disabled", "erased"

_COLUMNS = """
    account_no, login_name, person_name, organisation_name, phone, role, state,
    password_hash, password_set_at, code_hash, code_expires_at, oidc_subject,
    created_at, created_by
"""
_SCOPES = """
select account_no, place_code
from ops.account_scope
where to_at is null
order by account_no, place_code
"""


@dataclass(frozen=True)
class Account:
    """An account with the places that it holds now; hashes are empty for none."""

    account_no: int
    login_name: str
    person_name: str
    organisation_name: str
    phone: str
    role: str
    state: str
    password_hash: str = field(repr=False)
    password_set_at: datetime | None
    code_hash: str = field(repr=False)
    code_expires_at: datetime | None
    oidc_subject: str
    created_at: datetime
    created_by: str
    places: tuple[str, ...] = ()

    @property
    def actor(self) -> str:
        """Return what journal and audit keep of this account."""
        return f"u{self.account_no}"

    @property
    def name(self) -> str:
        """Return the name to show."""
        return self.person_name or self.login_name

    @property
    def scope(self) -> Scope:
        """Return the places as a set of prefixes."""
        return Scope.of(self.places)

    @property
    def hints(self) -> tuple[str, ...]:
        """Return what others know of this person, for no password."""
        return (self.login_name, self.person_name, self.phone)


def folded(login_name: str) -> str:
    """Return a login name as it is kept: width, case and blanks do not matter."""
    return unicodedata.normalize("NFKC", login_name).strip().casefold()


def account_of(store: Store, login_name: str) -> Account | None:
    """Return the account of a login name, or None."""
    with store.transaction() as cursor:
        return account_in(cursor, "login_name", folded(login_name))


def account_numbered(store: Store, account_no: int) -> Account | None:
    """Return the account of a number, or None."""
    with store.transaction() as cursor:
        return account_in(cursor, "account_no", account_no)


def account_in(cursor: Cursor, column: str, value: str | int) -> Account | None:
    """Return the account of which a column, unique, has a value, as a change sees it.

    Args:
        cursor: of the change.
        column: `account_no` or `login_name`.
        value: which one.
    """
    row = cursor.execute(
        f"select {_COLUMNS} from ops.account where {column} = $value", {"value": value}
    ).fetchone()
    if row is None:
        return None
    found = cursor.execute(
        "select place_code from ops.account_scope "
        "where account_no = $no and to_at is null order by place_code",
        {"no": row[0]},
    ).fetchall()
    return replace(Account(*row), places=tuple(code for (code,) in found))


def accounts(store: Store, by: Viewer) -> list[Account]:
    """Return the accounts that somebody may look after, by their numbers.

    Args:
        store: where.
        by: an admin sees all, an office those within its scope.
    """
    with store.transaction() as cursor:
        found = all_in(cursor)
    return [account for account in found if is_seen(by, account)]


def all_in(cursor: Cursor) -> list[Account]:
    """Return all accounts by their numbers, as a change sees them."""
    rows = cursor.execute(
        f"select {_COLUMNS} from ops.account order by account_no"
    ).fetchall()
    held: dict[int, list[str]] = {}
    for number, code in cursor.execute(_SCOPES).fetchall():
        held.setdefault(number, []).append(code)
    return [replace(Account(*row), places=tuple(held.get(row[0], []))) for row in rows]


def is_seen(by: Viewer, account: Account) -> bool:
    """Tell whether somebody may see an account; the admin's scope is empty."""
    if by.role == "admin":
        return True
    return bool(account.places) and all(by.scope.holds(p) for p in account.places)


def phone_for(by: Viewer, account: Account) -> str:
    """Return a telephone number as somebody may read it: whole, or masked.

    Whole it is for the person herself, for the admin, and for an office or township
    of whose places all places of the account are.
    """
    is_own = by.actor == account.actor
    if is_own or (by.may(PHONES) and is_seen(by, account)):
        return account.phone
    return masked(account.phone)


def viewer_of(account: Account, way: str, address: str = "") -> Viewer:
    """Return an account as the viewer that it is now."""
    return Viewer(
        account.name, account.role, account.scope, account.actor, way, address
    )


def name_of(store: Store, actor: str) -> str:
    """Return the name to show for what journal and audit keep of somebody.

    Args:
        store: where.
        actor: `u17` for an account, `t3` for a program's token, else a name.
    """
    kind, number = actor[:1], actor[1:]
    if kind not in ("u", "t") or not (number.isascii() and number.isdigit()):
        return actor
    sql = (
        "select case when person_name = '' then login_name else person_name end "
        "from ops.account where account_no = $no"
        if kind == "u"
        else "select token_name from ops.api_token where token_no = $no"
    )
    return str(store.value(sql, {"no": int(number)}) or actor)


def common_place(places: tuple[str, ...]) -> str:
    """Return the smallest place that holds all places, for the audit; empty for none.

    The nation is written CN.
    """
    return Scope.of(places).common if places else ""


def codes_of(scope: Scope) -> list[str]:
    """Return a scope as place codes; the nation is written CN."""
    return [prefix or NATION for prefix in scope]
