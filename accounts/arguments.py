"""Which commands are there, and what do they take? No secret is among them."""

import argparse
from datetime import date

from base.words import _


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("日期写作 2018-06-30")) from error


def parser() -> argparse.ArgumentParser:
    """Return the parser of `python -m accounts`."""
    top = argparse.ArgumentParser(prog="python -m accounts", description=_("账号"))
    commands = top.add_subparsers(dest="command", required=True)

    add = commands.add_parser("add", help=_("新建账号，给出一次性口令"))
    add.add_argument("name", metavar="NAME", help=_("登录名"))
    _add_role(add, is_scope_needed=False)
    _add_person(add)

    commands.add_parser("list", help=_("列出账号"))
    for command, said in (
        ("code", _("发新的一次性口令，旧密码作废")),
        ("disable", _("停用账号，立即退出")),
        ("enable", _("启用账号")),
    ):
        one = commands.add_parser(command, help=said)
        one.add_argument("name", metavar="NAME", help=_("登录名"))

    scope = commands.add_parser("scope", help=_("变更负责范围"))
    scope.add_argument("name", metavar="NAME", help=_("登录名"))
    scope.add_argument("places", nargs="+", metavar="CODE", help=_("区划代码"))

    successor = commands.add_parser("pass", help=_("交接：范围转给继任者，原账号停用"))
    successor.add_argument("name", metavar="NAME", help=_("原登录名"))
    successor.add_argument("new_name", metavar="NEW_NAME", help=_("继任者的登录名"))
    _add_person(successor)

    bind = commands.add_parser("bind", help=_("绑定统一身份"))
    bind.add_argument("name", metavar="NAME", help=_("登录名"))
    bind.add_argument("subject", metavar="SUBJECT", help=_("统一身份的编号（sub）"))
    unbind = commands.add_parser("unbind", help=_("解除统一身份，立即退出"))
    unbind.add_argument("name", metavar="NAME", help=_("登录名"))

    roster = commands.add_parser("import", help=_("按名单批量建账号"))
    roster.add_argument("path", metavar="FILE")
    roster.add_argument("--codes", metavar="OUT.xlsx", help=_("口令写入这个文件"))

    export = commands.add_parser("export", help=_("导出一个人的个人数据"))
    export.add_argument("name", metavar="NAME", help=_("登录名"))
    export.add_argument("--out", metavar="FILE", help=_("写入这个文件"))
    erase = commands.add_parser("erase", help=_("注销一个人，抹去个人数据"))
    erase.add_argument("name", metavar="NAME", help=_("登录名"))
    erase.add_argument("--reason", required=True, help=_("原因，不写姓名"))

    _add_tokens(commands.add_parser("token", help=_("接口口令")))
    sessions = commands.add_parser("sessions", help=_("登录"))
    sessions.add_argument("what", choices=["end"], help=_("全部退出"))
    sessions.add_argument("name", metavar="NAME", help=_("登录名"))

    audit = commands.add_parser("audit", help=_("操作记录"))
    audit.add_argument("what", nargs="?", choices=["verify"], help=_("核对有无改动"))
    audit.add_argument("--village", default="", metavar="CODE", help=_("区划代码"))
    audit.add_argument("--file", default="", metavar="SHA256")
    audit.add_argument("--person", default="", metavar="NAME", help=_("登录名或姓名"))
    audit.add_argument("--since", type=_day, metavar="YYYY-MM-DD")
    audit.add_argument("--json", action="store_true")
    return top


def _add_role(command: argparse.ArgumentParser, is_scope_needed: bool) -> None:
    command.add_argument("--role", required=True, help="leader, secretary, …")
    command.add_argument(
        "--scope",
        nargs="+",
        action="extend",
        default=None if is_scope_needed else [],
        required=is_scope_needed,
        metavar="CODE",
        help=_("区划代码"),
    )


def _add_person(command: argparse.ArgumentParser) -> None:
    command.add_argument("--person", default="", help=_("姓名"))
    command.add_argument("--organisation", default="", help=_("单位"))
    command.add_argument("--phone", default="", help=_("手机"))


def _add_tokens(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(dest="what", required=True)
    add = actions.add_parser("add", help=_("新建接口口令，只显示一次"))
    add.add_argument("name", metavar="NAME", help=_("程序名称"))
    _add_role(add, is_scope_needed=True)
    add.add_argument("--days", type=int, default=365, help=_("有效天数"))
    actions.add_parser("list", help=_("列出接口口令"))
    end = actions.add_parser("end", help=_("停用接口口令"))
    end.add_argument("number", type=int, metavar="NUMBER")
