"""How do people get accounts by the hundred? From a workbook, all of them or nobody."""

import io
from dataclasses import dataclass, field
from datetime import datetime

import xlsxwriter

from accounts.account import ACTIVE, Account, all_in, folded
from accounts.changes import changing
from accounts.people import Person, act_about, act_of_move, add, move
from accounts.permits import checked_places
from accounts.place_names import Places, places_in, plain
from accounts.roster_file import Line, Problem, RosterProblems, read_roster
from base.errors import ShownError
from base.formats import listed
from base.roles import ROLES
from base.viewer import Viewer
from base.words import _, mark
from store import Cursor, Store
from store.audit import Act, record_all

# What lists say instead of the roles' own names.
_ALSO = {
    mark("书记"): "secretary",
    mark("乡镇"): "township",
    mark("镇街"): "township",
    mark("街道"): "township",
    mark("单位"): "department",
    mark("帮扶单位"): "department",
    mark("专班"): "office",
}
_VILLAGE_DIGITS = 12


@dataclass(frozen=True)
class Made:
    """An account of the list; its one-time code where it is new, else empty."""

    account: Account
    code: str = field(repr=False)
    place_names: tuple[str, ...]


@dataclass
class _Import:
    """What an import knows while it runs."""

    cursor: Cursor
    by: Viewer
    at: datetime
    places: Places
    known: frozenset[str]
    by_login: dict[str, Account]
    seen: dict[str, str] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)


class _Wrong(Exception):
    """A line that cannot be taken: the column and what is wrong with it."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


def import_roster(store: Store, content: bytes, by: Viewer, at: datetime) -> list[Made]:
    """Give everybody on a list an account; who has one gets the places of the list.

    Args:
        store: where.
        content: of the workbook.
        by: who imports.
        at: when, local time in China.

    Returns:
        The accounts in the order of the list, new ones with their one-time code.

    Raises:
        RosterProblems: with every cell that is wrong; then nothing was changed.
        ShownError: when it is no list at all.
    """
    lines = read_roster(content)
    problems: list[Problem] = []
    made: list[Made] = []
    with changing(store) as cursor:
        places = places_in(cursor)
        by_login = {account.login_name: account for account in all_in(cursor)}
        job = _Import(cursor, by, at, places, frozenset(places.names), by_login)
        for line in lines:
            try:
                made.append(_taken(job, line))
            except _Wrong as wrong:
                problems.append(line.problem(wrong.column, wrong.message))
        if problems:
            raise RosterProblems(problems)
    record_all(store, job.acts)
    return made


def _taken(job: _Import, line: Line) -> Made:
    if not line.text("name"):
        raise _Wrong("name", _("没有姓名。请填写。"))
    role = _role(line.text("role"))
    codes = _codes(job, line, role)
    account = _existing(job, line, role, codes)
    login_name = account.login_name if account else _new_login(job, line, role, codes)
    if login_name in job.seen:
        raise _Wrong(
            "login" if line.text("login") else "places",
            _(
                "和 {cell} 是同一个登录名「{name}」。"
                "请合并成一行，几个村之间用顿号隔开。",
                cell=job.seen[login_name],
                name=login_name,
            ),
        )
    job.seen[login_name] = line.cells["name"]
    names = tuple(job.places.names.get(code, code) for code in codes)
    try:
        if account is not None:
            return Made(_moved(job, account, codes), "", names)
        person = Person(
            login_name,
            role,
            codes,
            line.text("name"),
            line.text("organisation"),
            line.text("phone"),
        )
        given = add(job.cursor, job.by, person, job.at)
    except ShownError as problem:
        raise _Wrong("login", str(problem)) from problem
    job.by_login[given.account.login_name] = given.account
    job.acts.append(act_about(job.by, "account_added", job.at, given.account))
    return Made(given.account, given.code, names)


def _moved(job: _Import, account: Account, codes: tuple[str, ...]) -> Account:
    changed = move(job.cursor, job.by, account, codes, job.at)
    if changed.places != account.places:
        job.acts.append(act_of_move(job.by, job.at, account, changed))
    return changed


def _role(text: str) -> str:
    """Return the role that a list means; where it says nothing, a secretary's."""
    if not text:
        return "secretary"
    names = {plain(role.name): role_id for role_id, role in ROLES.items()}
    role = {**names, **_ALSO}.get(plain(text), text)
    if role not in ROLES:
        known = listed(_(each.name) for each in ROLES.values())
        raise _Wrong("role", _("没有这个角色。可填：{names}。", names=known))
    return role


def _codes(job: _Import, line: Line, role: str) -> tuple[str, ...]:
    is_village = ROLES[role].digits == (_VILLAGE_DIGITS,)
    township = line.text("township") if is_village else ""
    try:
        codes = [job.places.code_of(p, is_village, township) for p in line.places]
        return checked_places(role, codes, job.known)
    except ShownError as problem:
        raise _Wrong("places", str(problem)) from problem


def _existing(
    job: _Import, line: Line, role: str, codes: tuple[str, ...]
) -> Account | None:
    """Return the account that a line is about, or None where it is a new one's."""
    name = line.text("name")
    login_name = folded(line.text("login"))
    if login_name:
        account = job.by_login.get(login_name)
        if account is not None:
            _require_same(account, name, role)
        return account
    same = [
        account
        for account in job.by_login.values()
        if (account.person_name, account.role, account.state) == (name, role, ACTIVE)
        and set(account.places) & set(codes)
        and account.login_name not in job.seen
    ]
    return same[0] if len(same) == 1 else None


def _require_same(account: Account, name: str, role: str) -> None:
    if account.person_name != name:
        raise _Wrong(
            "login",
            _(
                "登录名「{login}」是{name}的。换人请先交接，或另填登录名。",
                login=account.login_name,
                name=account.name,
            ),
        )
    if account.role != role:
        was = _(ROLES[account.role].name)
        raise _Wrong("role", _("这个账号的角色是{role}，不能改。", role=was))
    if account.state != ACTIVE:
        raise _Wrong("login", _("这个账号已停用。请先启用，或另填登录名。"))


def _new_login(job: _Import, line: Line, role: str, codes: tuple[str, ...]) -> str:
    """Return the login name of a new account: as written, else the first place's code.

    A village has one secretary; who comes after is told to take over.
    """
    if line.text("login"):
        return folded(line.text("login"))
    first = codes[0] if codes else role
    holder = job.by_login.get(first)
    if role == "secretary" and holder is not None and holder.state == ACTIVE:
        if first in job.seen:
            return first
        raise _Wrong(
            "places",
            _(
                "「{place}」已有{name}的账号。换人请先交接，或另填登录名。",
                place=job.places.names.get(first, first),
                name=holder.name,
            ),
        )
    login_name, number = first, 1
    while login_name in job.by_login:
        number += 1
        login_name = f"{first}-{number}"
    return login_name


def codes_workbook(rows: list[Made], address: str = "") -> bytes:
    """Make the workbook to print, cut and hand out: a row per new account.

    Args:
        rows: accounts; those without a code are left out.
        address: of the dashboard, as people type it.
    """
    headings = [_("姓名"), _("登录名"), _("一次性口令"), _("负责范围"), _("怎样登录")]
    how = _("打开看板，填登录名和一次性口令，再设自己的密码。口令只能用一次。")
    if address:
        how = f"{address}  {how}"
    out = io.BytesIO()
    # what starts with an equals sign is a text here, never a formula
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    head = book.add_format({"bold": True, "bottom": 1})
    cut = book.add_format({"bottom": 3, "text_wrap": True, "valign": "vcenter"})
    sheet.write_row(0, 0, headings, head)
    for number, row in enumerate((row for row in rows if row.code), 1):
        account = row.account
        names = listed(row.place_names)
        texts = [account.name, account.login_name, row.code, names, how]
        sheet.write_row(number, 0, texts, cut)
    for column, width in enumerate((12, 18, 16, 28, 40)):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return out.getvalue()
