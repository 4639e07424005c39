"""What does each command do? The same here and inside the running dashboard.

Whoever holds the machine acts with an admin's power.
"""

import argparse
import getpass
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from accounts import tokens
from accounts.account import ACTIVE, DISABLED, ERASED, Account, accounts, name_of
from accounts.audit_read import ACTIONS, Asked, entries
from accounts.erasure import erase
from accounts.oidc import bind, unbind
from accounts.people import (
    Given,
    Person,
    change_scope,
    create,
    give_code,
    set_enabled,
    sign_out_everywhere,
    succeed,
)
from accounts.personal_data import personal_data
from accounts.roster import Made, codes_workbook, import_roster
from base.clock import Clock, SystemClock
from base.errors import ShownError
from base.place import Scope
from base.roles import ROLES
from base.settings import settings
from base.viewer import Viewer
from base.words import _, mark
from store import Store, store_at
from store.audit import broken_act

Tell = Callable[[str], None]
_STATES = {ACTIVE: mark("在用"), DISABLED: mark("停用"), ERASED: mark("已注销")}


def operator() -> Viewer:
    """Return whoever holds the machine, with an admin's power over accounts."""
    name = _("命令行:{user}", user=getpass.getuser())
    return Viewer(name, "admin", Scope(), actor=name)


def run(
    options: argparse.Namespace,
    folder: Path,
    tell: Tell,
    store: Store | None = None,
    clock: Clock | None = None,
) -> int:
    """Run a command.

    Args:
        options: as parsed.
        folder: what paths are relative to.
        tell: takes each line of the output.
        store: the open store, where there is one.
        clock: what tells the time; default the machine's.

    Returns:
        The exit code: 0, or 1 where the audit was altered.

    Raises:
        ShownError: with a message for the person.
    """
    place = store or store_at(settings().var)
    at = (clock or SystemClock()).now()
    match options.command:
        case "add" | "code" | "pass":
            _tell_given(_given(place, options, at), tell)
        case "list":
            for account in accounts(place, operator()):
                tell(_line_of(account))
        case "disable" | "enable" | "scope" | "bind" | "unbind":
            tell(_line_of(_changed(place, options, at)))
        case "import":
            _import(place, options, folder, at, tell)
        case "token":
            _token(place, options, at, tell)
        case "export":
            _export(place, options, folder, at, tell)
        case "erase":
            _erase(place, options, at, tell)
        case "sessions":
            account = sign_out_everywhere(place, operator(), options.name, at)
            tell(_("「{name}」已在各处退出", name=account.name))
        case _:
            return _audit(place, options, tell)
    return 0


def _given(store: Store, options: argparse.Namespace, at: datetime) -> Given:
    by = operator()
    if options.command == "code":
        return give_code(store, by, options.name, at)
    said = (options.person, options.organisation, options.phone)
    if options.command == "pass":
        heir = Person(options.new_name, "", (), *said)
        return succeed(store, by, options.name, heir, at)
    person = Person(options.name, options.role, tuple(options.scope), *said)
    return create(store, by, person, at)


def _changed(store: Store, options: argparse.Namespace, at: datetime) -> Account:
    if options.command in ("disable", "enable"):
        is_enabled = options.command == "enable"
        return set_enabled(store, operator(), options.name, is_enabled, at)
    if options.command == "scope":
        places = tuple(options.places)
        return change_scope(store, operator(), options.name, places, at)
    if options.command == "bind":
        return bind(store, operator(), options.name, options.subject, at)
    return unbind(store, operator(), options.name, at)


def _tell_given(given: Given, tell: Tell) -> None:
    tell(_line_of(given.account))
    tell(
        _(
            "一次性口令：{code}（{days} 天内有效，只能用一次）",
            code=given.code,
            days=settings().code_days,
        )
    )


def _line_of(account: Account) -> str:
    parts = [
        account.login_name,
        account.person_name,
        account.organisation_name,
        _(ROLES[account.role].name),
        " ".join(account.places),
        _(_STATES[account.state]),
    ]
    return "  ".join(part for part in parts if part)


def _import(
    store: Store, options: argparse.Namespace, folder: Path, at: datetime, tell: Tell
) -> None:
    path = folder / options.path
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        raise _unopened(path) from error
    if not options.codes:
        _tell_made(import_roster(store, content, operator(), at), tell, is_told=True)
        return
    out = folder / options.codes
    # before anything is made: codes that cannot be kept would be lost
    with os.fdopen(_own_file(out), "wb") as file:
        try:
            made = import_roster(store, content, operator(), at)
        except BaseException:
            out.unlink()
            raise
        file.write(codes_workbook(made))
    _tell_made(made, tell, is_told=False)
    tell(_("口令已写入 {path}，只有您能打开；发完请删去。", path=out))


def _tell_made(made: list[Made], tell: Tell, is_told: bool) -> None:
    new = [row for row in made if row.code]
    for row in new if is_told else []:
        tell(f"{row.account.name}  {row.account.login_name}  {row.code}")
    known = len(made) - len(new)
    tell(_("新建 {new} 个账号，已有 {known} 个", new=len(new), known=known))


def _export(
    store: Store, options: argparse.Namespace, folder: Path, at: datetime, tell: Tell
) -> None:
    out = folder / options.out if options.out else None
    told = personal_data(store, operator(), options.name, at)
    if out is None:
        tell(told)
        return
    with os.fdopen(_own_file(out), "w", encoding="utf-8") as file:
        file.write(told)
    tell(_("个人数据已写入 {path}，只有您能打开。", path=out))


def _erase(store: Store, options: argparse.Namespace, at: datetime, tell: Tell) -> None:
    done = erase(store, operator(), options.name, options.reason, at)
    tell(
        _(
            "已注销：{actor}，今后显示为「{name}」；"
            "另有 {count} 处文字里的姓名或号码已换掉",
            actor=done.account.actor,
            name=done.account.name,
            count=done.text_count,
        )
    )
    tell(_("请把这个编号记入注销登记；从更早的备份恢复后要再核对。"))


def _own_file(out: Path) -> int:
    """Open a new file that its owner alone can read."""
    try:
        return os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except (OSError, ValueError) as error:
        raise ShownError(
            _("「{path}」写不了，或已有这个文件。请换个文件名。", path=out)
        ) from error


def _unopened(path: Path) -> ShownError:
    return ShownError(_("文件「{path}」打不开，请核对路径。", path=path))


def _token(store: Store, options: argparse.Namespace, at: datetime, tell: Tell) -> None:
    if options.what == "add":
        places = tuple(options.scope)
        token, secret = tokens.make(
            store, operator(), options.name, options.role, places, options.days, at
        )
        tell(_token_line(token))
        tell(_("接口口令：{secret}（只显示这一次）", secret=secret))
    elif options.what == "end":
        token = tokens.end(store, operator(), options.number, at)
        tell(_("已停用：{token}", token=_token_line(token)))
    else:
        for token in tokens.tokens(store, operator()):
            is_live = token.ended_at is None and token.expires_at > at
            state = _("在用") if is_live else _("停用")
            tell(f"{_token_line(token)}  {state}")


def _token_line(token: tokens.Token) -> str:
    role = _(ROLES[token.role].name)
    end = f"{token.expires_at:%Y-%m-%d}"
    places = " ".join(token.places)
    return f"{token.token_no}  {token.token_name}  {role}  {places}  {end}"


def _audit(store: Store, options: argparse.Namespace, tell: Tell) -> int:
    if options.what == "verify":
        broken = broken_act(store)
        if broken is None:
            tell(_("操作记录完整，没有改动"))
            return 0
        tell(_("操作记录从第 {number} 条起有改动", number=broken))
        return 1
    asked = Asked(options.village, options.file, options.person, options.since)
    told = entries(store, operator(), asked)
    if options.json:
        rows = [
            {**asdict(entry), "name": name_of(store, entry.actor)} for entry in told
        ]
        tell(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
        return 0
    for entry in told:
        parts = [
            f"{entry.acted_at:%Y-%m-%d %H:%M:%S}",
            name_of(store, entry.actor),
            _(ACTIONS.get(entry.action, entry.action)),
            entry.place_code,
            name_of(store, entry.subject),
            entry.file_name or "",
            entry.detail,
            entry.address,
        ]
        tell("  ".join(part for part in parts if part))
    return 0
