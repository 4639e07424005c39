"""Which few papers carry an error each, and wait in review as in life?"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial

from etl.demo.economy import Economy
from etl.demo.months import Span, at, monthly
from etl.demo.paper import OFFICE, Paper, Township, file_name
from etl.demo.papers.energy import CHINESE
from etl.demo.papers.energy import SENDER as PLATFORM
from etl.demo.papers.joint import INCOME
from etl.demo.papers.manner import IN_YUAN
from etl.demo.papers.roster import HEADINGS as ROSTER
from etl.demo.papers.settlement import HEADINGS as SETTLEMENT
from etl.demo.papers.settlement import SENDER as GRID
from etl.demo.papers.settlement import holder
from etl.demo.sheets import Row, Sheet, comma_separated, table, workbook

# Each has one error; its code is what the reader calls it.
CODES = {
    "补报更正": "village_unknown",
    "电站补传": "village_unknown",
    "结算补录": "amount_unreadable",
    "联建项目收入补报": "project_kind_unknown",
    "帮扶责任表更正": "day_unreadable",
    "合作社社员分红更正": "amount_unreadable",
}
Make = Callable[[], bytes]


def faulty(economy: Economy, townships: dict[str, Township]) -> Iterator[Paper]:
    """Write the papers with an error, late in the closing year."""
    one, two, three, four = list(townships.values())[4:8]
    name = holder(economy, economy.solar.plants[0])
    span = monthly(2018)[8]
    made: list[tuple[str, str, str, datetime, Make]] = [
        (
            f"{one.name}2018年8月补报更正",
            "csv",
            one.name,
            datetime(2018, 10, 22, 9, 20),
            partial(_correction, one),
        ),
        (
            "电站补传2018年9月",
            "xlsx",
            PLATFORM,
            datetime(2018, 10, 24, 15, 5),
            partial(_energy, span),
        ),
        (
            "结算补录2018年9月",
            "csv",
            GRID,
            datetime(2018, 10, 29, 10, 31),
            partial(_settlement, name, int(economy.solar.energy_kwh[0, at(2018, 9)])),
        ),
        (
            "联建项目收入补报2018年上半年",
            "xlsx",
            OFFICE,
            datetime(2018, 11, 5, 14, 40),
            partial(_joint, four),
        ),
        (
            f"{two.name}2018年上半年帮扶责任表更正",
            "xlsx",
            two.name,
            datetime(2018, 11, 8, 16, 12),
            partial(_roster, two),
        ),
        (
            f"{three.name}2018年上半年合作社社员分红更正",
            "xlsx",
            three.name,
            datetime(2018, 11, 12, 11, 3),
            partial(_members, three),
        ),
    ]
    for text, ending, sender, sent_at, make in made:
        yield Paper(sent_at, file_name(text, ending), sender, None, make)


def _first_village(township: Township) -> str:
    return next(iter(township.villages.values()))


def _book(title: str, unit: str, headings: list[str], body: list[Row]) -> bytes:
    rows, at_headings = table(title, unit, headings, body)
    return workbook([Sheet("Sheet1", rows, at_headings)], date(2018, 10, 1))


def _correction(township: Township) -> bytes:
    rows: list[Row] = [
        ["乡镇", "村名", "月份", "收入来源", "应收(元)", "实收(元)"],
        [township.name, "某某庄", "2018年8月", "承包费", "3000.00", "3000.00"],
    ]
    return comma_separated(rows, "gb18030")


def _energy(span: Span) -> bytes:
    body: Row = [None, "某某公司200kW光伏电站", f"{span.year}-{span.last:02}", 200]
    body += [21_000, 19_500, 1.92, 96.0, 0, 78.1, 0]
    return _book(f"电站运行月报（{span.text}）", "", [*CHINESE], [body])


def _settlement(name: str, kwh: int) -> bytes:
    line: Row = ["4105819999999", name, "201809", kwh, "待核", "0", "0.00", "0.00"]
    return comma_separated([SETTLEMENT, line], "gb18030")


def _joint(township: Township) -> bytes:
    place: Row = [township.name, _first_village(township)]
    line: Row = ["LJ11", "生态停车场", "停车场", *place, township.name, 60_000, 52_000]
    return _book("联建项目2018年上半年收入表", IN_YUAN, [*INCOME], [line])


def _roster(township: Township) -> bytes:
    line: Row = [1, _first_village(township), "王某某", "市统计局", None, "李某某"]
    line += ["春节以后", None]
    title = f"{township.name}2018年上半年帮扶责任表"
    return _book(title, "", [*ROSTER], [line])


def _members(township: Township) -> bytes:
    line: Row = [1, _first_village(township), 86, "约三万"]
    headings = ["序号", "村名", "社员户数", "合作社分红"]
    title = f"{township.name}2018年上半年合作社社员分红更正表"
    return _book(title, IN_YUAN, headings, [line])
