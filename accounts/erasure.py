"""How are a person's personal values taken out, so that every chain still holds?"""

import re
from dataclasses import dataclass
from datetime import datetime

from accounts import lockout
from accounts.account import Account, account_in, account_numbered, folded
from accounts.changes import changing
from accounts.mentions import mentions, words_of
from accounts.people import found, require_another_admin
from base.errors import ShownError
from base.roles import ERASE
from base.viewer import Viewer
from base.words import _
from store import Cursor, Store
from store.decisions import decide
from store.erasures import PSEUDONYM

_NUMBER = re.compile(r"u(\d{1,9})")


@dataclass(frozen=True)
class Erased:
    """An account without its personal values, and in how many texts they stood."""

    account: Account
    text_count: int


def erase(
    store: Store, by: Viewer, login_name: str, reason: str, at: datetime
) -> Erased:
    """Take the personal values of an account's person out, for good.

    The account stays under its number and a pseudonym; its sessions, drafts and
    tokens end. Journal and audit are not touched; what is shown of them is.

    Args:
        store: where.
        by: who erases: an admin, and not herself.
        login_name: of the account, or its number as the register has it: u17.
        reason: why; without the person's name or number.
        at: when, local time in China.

    Returns:
        The account as it is now.

    Raises:
        ShownError: when `by` may not, it is the last admin's, or the reason is
            missing or names the person.
    """
    with store.writing(), changing(store) as cursor:
        _require_may(by)
        account = _found(cursor, login_name)
        if by.actor == account.actor:
            raise ShownError(_("不能注销自己。请由另一个管理员来办。"))
        require_another_admin(cursor, account)
        _require_reason(reason, account)
        told = mentions(store, account)
        entry = {
            "kind": "erasure",
            **by.signed(),
            "account_no": account.account_no,
            "subject": account.actor,
            "pseudonym": f"{PSEUDONYM}-{account.account_no}",
            "reason": reason.strip(),
            "places": [vars(one.place) for one in told],
        }
        decide(store, entry, at)
    lockout.forget(store, account.login_name)
    # a copy of before a rebuild knows what was erased since
    for copy in store.folder.glob("*.before-rebuild"):
        copy.unlink()
    erased = account_numbered(store, account.account_no)
    return Erased(erased or account, len(told))


def _found(cursor: Cursor, login_name: str) -> Account:
    number = _NUMBER.fullmatch(login_name)
    if number and account_in(cursor, "login_name", folded(login_name)) is None:
        numbered = account_in(cursor, "account_no", int(number[1]))
        login_name = numbered.login_name if numbered else login_name
    return found(cursor, login_name)


def _require_may(by: Viewer) -> None:
    if not by.may(ERASE):
        raise ShownError(_("只有管理员能导出或注销个人数据。"))


def _require_reason(reason: str, account: Account) -> None:
    if not reason.strip():
        raise ShownError(_("请写明注销的原因，如：本人申请。"))
    if any(word in reason for word in (*words_of(account), account.login_name)):
        raise ShownError(_("原因里不要写姓名、登录名或手机号：它会一直留在记录里。"))
