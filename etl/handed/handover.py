"""What does a successor have to know: what was reported, what is open, whom to ask?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

import queries
from accounts.account import (
    ACTIVE,
    Account,
    account_of,
    all_in,
    common_place,
    is_seen,
    phone_for,
)
from accounts.place_names import place_names
from base.catalogue import catalogue
from base.clock import Clock
from base.errors import ShownError
from base.formats import listed, period
from base.month import first_day
from base.place import Scope, prefix_of
from base.roles import ACCOUNTS, ROLES, SEE
from base.viewer import Viewer
from base.words import _
from charts.palette import state_word
from etl.accept import WAITING
from etl.handed.plain_book import Cell, Table, plain_book
from etl.published import TABLES
from etl.states import STATES
from store import Store
from store.audit import record

# Who answers for a village besides its own secretary, in the order of who is nearest.
_CONTACTS = ("township", "department", "office")
_NO_PROJECT = "–"


@dataclass(frozen=True)
class _Asked:
    """What is handed over, and as of when."""

    store: Store
    viewer: Viewer
    moment: queries.Moment
    names: dict[str, str]

    def run(self, name: str, **params: Any) -> pd.DataFrame:
        """Ask a question of these places."""
        return queries.run(
            name,
            self.viewer,
            self.store,
            version_no=self.moment.version_no,
            as_of_date=self.moment.as_of,
            today=self.moment.today,
            known_at=self.moment.known_at,
            **params,
        )

    def place(self, code: str) -> str:
        """Return the name of a place, else its code."""
        return self.names.get(code, code)


def handover(
    store: Store, viewer: Viewer, login_name: str, clock: Clock
) -> tuple[str, bytes]:
    """Make the file with which a post passes to whoever holds an account.

    Args:
        store: where.
        viewer: who asks: the account itself, or who looks after it and sees figures.
        login_name: of the account; what it holds now is handed over.
        clock: what tells the time.

    Returns:
        The name of the file and its bytes (xlsx): what was reported (已报), what is
        open (在办), the state of each village and month (各月), whom to ask (联系).

    Raises:
        ShownError: when the viewer may not have it, or the account holds no place.
    """
    account = account_of(store, login_name)
    if account is None or not _may(viewer, account):
        raise ShownError(_("没有您能下载的「{name}」的交接材料。", name=login_name))
    if not account.places:
        raise ShownError(_("「{name}」没有负责的地方，没有可交接的。", name=login_name))
    within = replace(viewer, scope=Scope.of(account.places))
    now = clock.now()
    # what is owed to the day, not only as far as figures are complete
    as_of = first_day(now.date()) - timedelta(days=1)
    moment = queries.moment_now(store, within, clock, as_of)
    asked = _Asked(store, within, moment, place_names(store))
    sent = asked.run("review/told", nobody_sends=list(TABLES))
    tables = [
        _sent(sent),
        _open(asked, sent),
        _months(asked),
        _contacts(asked, account, viewer),
    ]
    record(store, viewer, "handover", now, common_place(account.places), account.actor)
    name = _("交接材料-{name}-{day}.xlsx", name=account.name, day=f"{now:%Y%m%d}")
    return name, plain_book(tables, now)


def _may(viewer: Viewer, account: Account) -> bool:
    if not viewer.may(SEE) or not all(viewer.scope.holds(c) for c in account.places):
        return False
    is_own = viewer.actor == account.actor
    return is_own or (viewer.may(ACCOUNTS) and is_seen(viewer, account))


def _sent(sent: pd.DataFrame) -> Table:
    headings = [_("编号"), _("报送时间"), _("报送人"), _("报表"), _("文件")]
    headings += [_("期间"), _("状态"), _("原因")]
    rows: list[list[Cell]] = [
        [
            int(row.submission_no),
            row.submitted_at.to_pydatetime(),
            row.sent_by,
            _paper(row.statement),
            row.file_name,
            _span(row.first_date, row.last_date),
            _(STATES[row.state]),
            row.reason or "",
        ]
        for row in sent.itertuples()
    ]
    return Table(_("已报"), headings, rows)


def _open(asked: _Asked, sent: pd.DataFrame) -> Table:
    missing = asked.run("reporting/missing", period_end=None)
    headings = [_("村"), _("报表"), _("期间"), _("状态"), _("期限"), _("原因")]
    rows: list[list[Cell]] = [
        [
            row.township_name + row.village_name,
            _paper(row.statement, row.project_id),
            period(row.period_start, row.period_end),
            state_word(row.state),
            row.due_date,
            row.return_reason if isinstance(row.return_reason, str) else "",
        ]
        for row in missing.itertuples()
    ]
    waiting = sent[sent["state"].isin(WAITING)]
    rows += [
        [
            _("第 {number} 号", number=row.submission_no),
            _paper(row.statement),
            _span(row.first_date, row.last_date),
            _(STATES[row.state]),
            None,
            _("等审核：{file}", file=row.file_name),
        ]
        for row in waiting.itertuples()
    ]
    return Table(_("在办"), headings, rows)


def _months(asked: _Asked) -> Table:
    found = asked.run("reporting/ledger_months")
    periods = sorted(set(zip(found["period_start"], found["period_end"], strict=True)))
    states = {
        (row.village_code, row.period_end): row.state for row in found.itertuples()
    }
    rows: list[list[Cell]] = [
        [
            code,
            asked.place(code),
            *(_state(states.get((code, end))) for _start, end in periods),
        ]
        for code in sorted(found["village_code"].unique())
    ]
    spans = [period(start, end) for start, end in periods]
    return Table(_("各月"), [_("村代码"), _("村"), *spans], rows)


def _state(code: str | None) -> str:
    return "" if code is None else state_word(code)


def _contacts(asked: _Asked, account: Account, viewer: Viewer) -> Table:
    with asked.store.transaction() as cursor:
        everybody = all_in(cursor)
    near = [
        other
        for role in _CONTACTS
        for other in everybody
        if (other.role, other.state) == (role, ACTIVE)
        and other.account_no != account.account_no
        and _meet(other.places, account.places)
    ]
    headings = [_("角色"), _("姓名"), _("单位"), _("手机"), _("负责范围")]
    rows: list[list[Cell]] = [
        [
            _(ROLES[other.role].name),
            other.name,
            other.organisation_name,
            phone_for(viewer, other),
            listed(asked.place(code) for code in other.places),
        ]
        for other in near
    ]
    return Table(_("联系"), headings, rows)


def _meet(some: Iterable[str], others: Iterable[str]) -> bool:
    """Tell whether a place of some holds one of the others, or lies in one."""
    prefixes = [prefix_of(code) for code in others]
    return any(
        prefix.startswith(own) or own.startswith(prefix)
        for own in map(prefix_of, some)
        for prefix in prefixes
    )


def _paper(statement: str, project_id: str = _NO_PROJECT) -> str:
    statements = catalogue().statements
    known = statement in statements
    name = statements[statement].name if known else _("多种报表")
    return name if project_id == _NO_PROJECT else f"{name} {project_id}"


def _span(first: date | None, last: date | None) -> str:
    """Return the months that a paper tells of; nothing where it tells of none."""
    if not isinstance(first, date) or not isinstance(last, date) or pd.isna(first):
        return ""
    return period(first, last)
