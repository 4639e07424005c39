"""Which commands are there, and what do they take?"""

import argparse
from datetime import date

from base.words import _
from etl.reading.amounts import UNITS


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("月份写作 2018-06")) from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("日期写作 2018-06-30")) from error


def parser() -> argparse.ArgumentParser:
    """Return the parser of `python -m etl`."""
    top = argparse.ArgumentParser(
        prog="python -m etl", description=_("村级集体经济台账")
    )
    commands = top.add_subparsers(dest="command", required=True)

    demo = commands.add_parser("demo", help=_("载入演示数据（虚构）"))
    demo.add_argument("--scale", choices=["county", "province"], default="county")
    demo.add_argument("--to-month", type=_month, default=date(2018, 10, 1))

    check = commands.add_parser("check", help=_("检查文件，不写入任何东西"))
    check.add_argument("paths", nargs="+", metavar="FILE")
    _add_answers(check)

    load = commands.add_parser("load", help=_("检查并载入文件或文件夹"))
    load.add_argument("paths", nargs="+", metavar="PATH")
    load.add_argument("--as", dest="actor", default="", help=_("经办人"))
    load.add_argument("--good-rows", action="store_true", help=_("有错也载入好的行"))
    _add_answers(load)

    targets = commands.add_parser("targets", help=_("各项清零目标的进度"))
    targets.add_argument("--as-of", type=_day)
    targets.add_argument("--scope", default="")
    targets.add_argument("--json", action="store_true")

    commands.add_parser("rebuild", help=_("从底册和日志重建数据库，并比对"))

    backup = commands.add_parser("backup", help=_("备份全部数据，不停用系统"))
    backup.add_argument("path", metavar="DIR", help=_("备份放到哪个文件夹"))

    restore = commands.add_parser("restore", help=_("从备份恢复，或修补损坏的部分"))
    restore.add_argument(
        "path", metavar="DIR", help=_("备份所在的文件夹（取最新的），或一份备份")
    )
    restore.add_argument("--check", action="store_true", help=_("只核对备份，不恢复"))
    restore.add_argument("--key", metavar="FILE", help=_("加密备份的密钥文件"))

    key = commands.add_parser("backup-key", help=_("生成加密备份用的一对密钥"))
    key.add_argument("path", metavar="FILE", help=_("密钥写到哪个文件"))

    commands.add_parser("strategy", help=_("打印战略工作项（文件加改动）"))

    places = commands.add_parser("places", help=_("导入真实边界或村庄位置"))
    places.add_argument("kind", choices=["boundaries", "positions"])
    places.add_argument("path", metavar="FILE")
    places.add_argument("--datum", default="", help="WGS84, CGCS2000, GCJ-02, BD-09")
    places.add_argument("--approval", default="", help=_("审图号"))
    places.add_argument("--as", dest="actor", default="", help=_("经办人"))
    return top


def _add_answers(command: argparse.ArgumentParser) -> None:
    command.add_argument("--source", help=_("收入来源的代号，如 solar"))
    command.add_argument("--month", type=_month, help="YYYY-MM")
    command.add_argument("--unit", choices=sorted(UNITS), help=_("金额单位"))
    command.add_argument("--json", action="store_true")
