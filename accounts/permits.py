"""Who may look after whose account, and which places may an account hold?"""

from collections.abc import Iterable

from accounts.account import Account
from base.errors import ShownError
from base.formats import listed
from base.place import NATION, prefix_of
from base.roles import ACCOUNTS, OF_THE_OFFICE, ROLES
from base.viewer import Viewer
from base.words import _
from store import Cursor

_KNOWN = """
select v.village_code, v.township_code
from core.village as v
inner join ops.version as n
    on is_in_force(v.from_no, v.to_no, n.version_no)
"""


def require_may_manage(by: Viewer, role: str, places: Iterable[str]) -> None:
    """Refuse whoever may not give or change an account.

    The admin looks after all accounts; an office after those of its people, within
    its scope; nobody else after any.

    Args:
        by: who wants to.
        role: of the account.
        places: that it holds or is to hold.

    Raises:
        ShownError: when they may not.
    """
    codes = list(places)
    is_admin = by.role == "admin" and by.may(ACCOUNTS)
    is_own = (
        by.may(ACCOUNTS)
        and role in OF_THE_OFFICE
        and bool(codes)
        and all(by.scope.holds(code) for code in codes)
    )
    if not (is_admin or is_own):
        raise ShownError(
            _("您不能管理这个账号：只能管理本级范围内的领导、乡镇、村和单位账号。")
        )


def require_may_manage_account(by: Viewer, account: Account) -> None:
    """Refuse whoever may not change an account as it is now.

    Raises:
        ShownError: when they may not.
    """
    require_may_manage(by, account.role, account.places)


def known_places(cursor: Cursor) -> frozenset[str]:
    """Return the codes of all villages and townships in force."""
    rows = cursor.execute(_KNOWN).fetchall()
    return frozenset(code for row in rows for code in row)


def checked_places(
    role: str, places: Iterable[str], known: frozenset[str]
) -> tuple[str, ...]:
    """Return the places of an account, each once, in order.

    Args:
        role: whose digits the codes must have.
        places: codes; the nation is CN.
        known: villages and townships in force.

    Raises:
        ShownError: when the role or a place is not there, or they do not fit.
    """
    wanted = ROLES.get(role)
    if wanted is None:
        raise ShownError(
            _("没有「{role}」这个角色。可用：{names}。", role=role, names=listed(ROLES))
        )
    codes = tuple(sorted({code.strip() for code in places}))
    if not wanted.digits:
        if codes:
            raise ShownError(_("{role}不看数据，没有负责范围。", role=_(wanted.name)))
        return ()
    if not codes:
        raise ShownError(_("{role}要有负责的村、镇或市的代码。", role=_(wanted.name)))
    for code in codes:
        _require_place(code, wanted.name, wanted.digits, known)
    return codes


def _require_place(
    code: str, role_name: str, digits: tuple[int, ...], known: frozenset[str]
) -> None:
    length = len(prefix_of(code))
    if length not in digits:
        raise ShownError(
            _(
                "{role}负责的代码应是 {digits}，读到「{code}」。",
                role=_(role_name),
                digits=listed(
                    _("{count} 位", count=n) if n else NATION for n in digits
                ),
                code=code,
            )
        )
    if length < len("410581105"):
        return
    if not known:
        raise ShownError(_("村名录还没有载入。请先启动一次看板，再管理账号。"))
    if code not in known:
        raise ShownError(
            _("名录里没有代码「{code}」。请核对统计用区划代码。", code=code)
        )
