"""Which list is filled in so that every village's secretary gets an account?"""

import io

import xlsxwriter

from accounts.account import ACTIVE, Account, all_in
from accounts.place_names import places_in
from accounts.roster_file import PREFILLED
from base.errors import ShownError
from base.place import LENGTHS
from base.roles import ACCOUNTS
from base.viewer import Viewer
from base.words import _, mark
from store import Store

_HOW = mark(
    "一村一行。填姓名，手机、单位可不填；没有人的村留空。村代码不要改。"
    "填好后在「账号」页导入，一次性口令另发。已有账号的村，姓名和登录名已填好。"
)
# Readers know these headings, whatever language people look at.
_HEADINGS = (
    mark("村代码"),
    mark("乡镇"),
    mark("村"),
    mark("姓名"),
    mark("手机"),
    mark("单位"),
    mark("登录名"),
)
_WIDTHS = (16, 12, 16, 12, 16, 24, 20)
_NAME, _LOGIN = 3, 6


def blank_roster(store: Store, by: Viewer) -> bytes:
    """Make the list of all villages that somebody may give accounts for.

    Args:
        store: where.
        by: who asks; an admin gets all villages, an office those of its scope.

    Returns:
        A workbook (xlsx) with a row per village by code; who is secretary already
        is filled in.

    Raises:
        ShownError: when `by` may not give accounts.
    """
    if not by.may(ACCOUNTS):
        raise ShownError(_("您不能管理账号。"))
    with store.transaction() as cursor:
        names = places_in(cursor).names
        held = _secretaries(all_in(cursor))
    villages = [
        code
        for code in sorted(names)
        if len(code) == LENGTHS["village"]
        and (by.role == "admin" or by.scope.holds(code))
    ]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(PREFILLED)
    bold, fill = (
        book.add_format({"bold": True}),
        book.add_format({"bg_color": "FFF9DB"}),
    )
    sheet.write_string(0, 0, _(_HOW))
    for column, heading in enumerate(_HEADINGS):
        sheet.write_string(1, column, heading, bold)
        sheet.set_column(column, column, _WIDTHS[column])
    for row, code in enumerate(villages, 2):
        township = names[code[: LENGTHS["township"]]]
        own = names[code].removeprefix(township)
        for column, text in enumerate((code, township, own)):
            # what starts with an equals sign is a text here, never a formula
            sheet.write_string(row, column, text)
        for column in range(_NAME, _LOGIN + 1):
            sheet.write_blank(row, column, None, fill)
        if code in held:
            sheet.write_string(row, _NAME, held[code].person_name, fill)
            sheet.write_string(row, _LOGIN, held[code].login_name, fill)
    sheet.freeze_panes(2, _NAME)
    sheet.ignore_errors({"number_stored_as_text": "A1:G1000"})
    book.close()
    return out.getvalue()


def _secretaries(accounts: list[Account]) -> dict[str, Account]:
    """Return the one secretary of each village that has one, and no other village.

    Who holds several villages would be told to hold each alone.
    """
    return {
        account.places[0]: account
        for account in accounts
        if account.role == "secretary"
        and account.state == ACTIVE
        and len(account.places) == 1
    }
