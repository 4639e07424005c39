"""How does the invented economy arrive? As the ledgers that townships would send."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import TypeVar

import numpy as np
import pandas as pd
import xlsxwriter
import xlwt
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from base.month import add_months
from etl.demo.economy import Reports, report

Cell = int | str | None
Row = list[Cell]
T = TypeVar("T")

CITY = "林州市"
TITLES = (
    "{city}{township}{year}年{month}月村级集体经济收入台账",
    "{city}{township}{year}年{month}月份村集体经济收入统计表",
    "{township}村级集体经济收入台账（{year}年{month}月）",
)
LEDGER_FILE = "{township}{year}年{month}月集体经济台账.xlsx"
SHEETS = ("{month}月", "台账", "Sheet1")
SEQUENCE, CODE, NOTE, TOTAL_ROW, NONE = "序号", "村代码", "备注", "合计", "无"
VILLAGE = ("村名", "行政村", "村名称", "村庄")
TOTAL = ("合计", "收入合计", "本月合计")
IN_YUAN, IN_WAN = "单位：元", "单位：万元"
OVER_ALL, OVER_JOINT = "集体经济收入", "联建项目"
HEADINGS = {
    "solar": ("光伏富村", "光伏收入", "光伏发电", "村级光伏电站"),
    "cooperative": ("村级集体合作社", "合作社分红", "合作社收益"),
    "joint_base": ("产业基地", "联建产业基地", "联建基地"),
    "joint_tourism": ("乡村旅游", "联建乡村旅游", "联建旅游"),
    "joint_shopfront": ("商业门面", "联建商业门面", "门面租金"),
    "kindergarten": ("村办幼儿园", "幼儿园收入", "幼儿园"),
    "inventory": ("三资清查", "三资清理", "三资清收"),
    "contracting": ("发包及上交", "承包费", "发包收入", "租赁收入"),
    "pilot": ("试点村项目", "试点项目"),
    "farmland": ("补充耕地", "占补平衡", "新增耕地"),
    "hometown": ("乡脉经济", "乡贤经济", "能人回乡"),
    "other": ("其他收入", "其他", "其它收入"),
}
JOINT = ("joint_base", "joint_tourism", "joint_shopfront")
WHEN_NOTHING: tuple[Cell, ...] = (None, 0, None, NONE)
SIGNED = "填报人：{sent_by}    审核人：{checked_by}"
NAMES = ("王建军", "李秀英", "张海林", "郭改芳", "杨福生", "秦文明", "常玉梅", "元保太")
CORRECTION_FILE = "{township}{year}年{month}月补报更正.csv"
MONTH = "{year}年{month}月"
CORRECTION_HEADINGS = ("乡镇", "村名", "月份", "收入来源", "应收(元)", "实收(元)")
YEAR_TITLE = "{city}{township}{village}{year}年集体经济收入情况表"
YEAR_FILE = "{township}{village}{year}年集体经济收入情况表.xls"
YEAR_TOWNSHIPS = ("茶店镇", "河顺镇")
YEAR_FIRST_HEADING = "收入来源"
IN_REVIEW = 2


@dataclass(frozen=True)
class Paper:
    """A file as a township sent it, and whether it was accepted."""

    file_name: str
    content: bytes
    township_code: str
    month: date
    sent_at: datetime
    is_accepted: bool


@dataclass(frozen=True)
class _Township:
    """A township's villages (code → name as it writes it) and its manner of writing."""

    code: str
    name: str
    villages: dict[str, str]
    manner: int

    def one_of(self, ways: tuple[T, ...]) -> T:
        """Return the way in which this township does a thing."""
        return ways[self.manner % len(ways)]

    def named(self, pattern: str, month: date, **more: str) -> str:
        """Fill in a title or a file name for a month."""
        words = {"city": CITY, "township": self.name, **more}
        return pattern.format(**words, year=month.year, month=month.month)


@dataclass(frozen=True)
class _Told:
    """What the villages reported, and which sources each has in a calendar year."""

    reports: Reports
    own: dict[tuple[str, int], set[str]]

    def cells(self, code: str, month: date, columns: list[str], nothing: Cell) -> Row:
        """Return a village's cells, amounts in fen; all blank: it stated nothing."""
        amounts = self.reports.stated.get((code, month))
        if amounts is None:
            return [None] * len(columns)
        own = self.own.get((code, month.year), set())
        cells: Row = [
            amounts.get(one, nothing if one in own else None) for one in columns
        ]
        if not own:
            cells[-1] = NONE
        elif all(cell is None for cell in cells):
            cells[min(columns.index(one) for one in own)] = 0
        return cells


def papers(
    villages: pd.DataFrame, economy: pd.DataFrame, seed: int = 2018
) -> Iterator[Paper]:
    """Write the papers in which an invented economy arrives, in the order of sending.

    Args:
        villages: village_code, short_name, township_code, township_name, kind.
        economy: what `invent` returned for these villages, in fen.
        seed: the same seed gives the same papers.

    Yields:
        A ledger per township and month, a list per correction, and two village years
        (none in a window without a full calendar year).
    """
    chance = np.random.default_rng([seed, len(economy), 1])
    rows = (economy[name].tolist() for name in ("village_code", "month", "source_id"))
    own: dict[tuple[str, int], set[str]] = {}
    for code, month, source in zip(*rows, strict=True):
        own.setdefault((code, month.year), set()).add(source)
    told = _Told(report(villages, economy, seed), own)
    townships = _townships(villages)
    months: list[date] = sorted(economy["month"].unique())
    jobs: list[_Job] = []
    for month in months:
        for township in townships.values():
            name = township.named(LEDGER_FILE, month)
            make = partial(_ledger, township, month, told)
            jobs.append(_Job(_sent_at(month, 1, chance), name, township, month, make))
    in_review = {job.file_name for job in sorted(jobs)[-IN_REVIEW:]}
    for (code, month), lines in told.reports.corrections.items():
        later = int(chance.integers(2, 4)) if add_months(month, 2) <= months[-1] else 2
        name = townships[code].named(CORRECTION_FILE, month)
        make = partial(_correction, townships[code], month, lines)
        sent_at = _sent_at(month, later, chance)
        jobs.append(_Job(sent_at, name, townships[code], month, make))
    jobs += _village_years(townships, told, months, chance)
    for job in sorted(jobs):
        yield Paper(
            job.file_name,
            job.make(),
            job.township.code,
            job.month,
            job.sent_at,
            job.file_name not in in_review,
        )


@dataclass(frozen=True, order=True)
class _Job:
    sent_at: datetime
    file_name: str
    township: _Township = field(compare=False)
    month: date = field(compare=False)
    make: Callable[[], bytes] = field(compare=False)


def _townships(villages: pd.DataFrame) -> dict[str, _Township]:
    townships: dict[str, _Township] = {}
    ordered = villages.sort_values("township_code").drop_duplicates("township_code")
    places = zip(ordered["township_code"], ordered["township_name"], strict=True)
    for manner, (code, name) in enumerate(places):
        members = villages[villages["township_code"] == code]
        stem = name.removesuffix("镇").removesuffix("街道")
        # A village named like its township would read as the township's subtotal.
        names = {
            village: f"{short}村" if short == stem else short
            for village, short in zip(
                members["village_code"], members["short_name"], strict=True
            )
        }
        townships[code] = _Township(code, name, names, manner)
    return townships


def _sent_at(month: date, later: int, chance: np.random.Generator) -> datetime:
    """Draw a moment in office hours, some months later; a few ledgers come late."""
    first = add_months(month, later)
    is_late = later == 1 and chance.random() < 0.06
    days = [first.replace(day=n) for n in (range(11, 21) if is_late else range(2, 10))]
    if first.month == 10 and not is_late:
        days = days[6:]  # the national holiday is over on the eighth
    else:
        days = [day for day in days if day.weekday() < 5]
    day = days[int(chance.integers(len(days)))]
    seconds = int(chance.choice([30_600, 52_200])) + int(chance.integers(3 * 3600))
    return datetime.combine(day, datetime.min.time()) + timedelta(seconds=seconds)


def _sum(cells: Iterable[Cell]) -> int:
    return sum(cell for cell in cells if isinstance(cell, int))


def _ledger(township: _Township, month: date, told: _Told) -> bytes:
    """Write the workbook of a township and month."""
    has = {
        s for code in township.villages for s in told.own.get((code, month.year), ())
    }
    columns = [one for one in HEADINGS if one in has or one == "other"]
    left = [SEQUENCE, CODE][: 1 + (township.manner % 5 == 1)]
    left.append(township.one_of(VILLAGE))
    body = []
    nothing = township.one_of(WHEN_NOTHING)
    for number, (code, name) in enumerate(township.villages.items(), start=1):
        cells = told.cells(code, month, columns, nothing)
        total = None if all(cell is None for cell in cells) else _sum(cells)
        start = [number, code, name] if CODE in left else [number, name]
        body.append((start, [*cells, total]))
    sums: Row = [
        _sum(column) for column in zip(*(cells for _s, cells in body), strict=True)
    ]
    body.append((["", TOTAL_ROW] if CODE not in left else ["", "", TOTAL_ROW], sums))

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        # Without a moment of its own the file would bear the one of its making.
        book.set_properties({"created": datetime(month.year, month.month, 1)})
        sheet = book.add_worksheet(township.named(township.one_of(SHEETS), month))
        row = _head(book, sheet, township, month, left, columns)
        plain = book.add_format({"border": 1})
        money = book.add_format({"border": 1, "num_format": "#,##0.00"})
        for start, cells in body:
            sheet.write_row(row, 0, start, plain)
            for column, cell in enumerate(cells, start=len(left)):
                value = _in_unit(cell, township)
                sheet.write(row, column, value, plain if _is_wan(township) else money)
            row += 1
        sent_by, checked_by = (
            township.one_of(NAMES),
            NAMES[(township.manner + 3) % len(NAMES)],
        )
        signed = SIGNED.format(sent_by=sent_by, checked_by=checked_by)
        sheet.write(row + 1, 0, signed)
    return buffer.getvalue()


def _is_wan(township: _Township) -> bool:
    return township.manner % 4 == 3


def _in_unit(cell: Cell, township: _Township) -> Decimal | str | None:
    if isinstance(cell, int):
        return Decimal(cell).scaleb(-6 if _is_wan(township) else -2)
    return cell


def _head(
    book: Workbook,
    sheet: Worksheet,
    township: _Township,
    month: date,
    left: list[str],
    columns: list[str],
) -> int:
    """Write title, unit and headings, in one row or two; return the first body row."""
    bold = book.add_format({"bold": True, "align": "center", "border": 1})
    headings = [township.one_of(HEADINGS[one]) for one in columns]
    texts = [*left, *headings, township.one_of(TOTAL), NOTE]
    title = township.named(township.one_of(TITLES), month)
    sheet.merge_range(0, 0, 0, len(texts) - 1, title, bold)
    sheet.write(1, len(texts) - 1, IN_WAN if _is_wan(township) else IN_YUAN)
    sheet.set_column(1, len(texts) - 1, 14)
    over, members = township.one_of(
        (("", ()), (OVER_ALL, tuple(columns)), (OVER_JOINT, JOINT))
    )
    under = [len(left) + at for at, one in enumerate(columns) if one in members]
    if len(under) < 2:
        sheet.write_row(2, 0, texts, bold)
        return 3
    sheet.merge_range(2, under[0], 2, under[-1], over, bold)
    for column, text in enumerate(texts):
        if column in under:
            sheet.write(3, column, text, bold)
        else:
            sheet.merge_range(2, column, 3, column, text, bold)
    return 4


def _correction(
    township: _Township, month: date, lines: list[tuple[str, str, int]]
) -> bytes:
    """Write the flat list that puts a township's month right."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(CORRECTION_HEADINGS)
    when = township.named(MONTH, month)
    for code, source, fen in lines:
        place = (township.name, township.villages[code])
        amount = f"{Decimal(fen).scaleb(-2):.2f}"
        source_name = township.one_of(HEADINGS[source])
        writer.writerow((*place, when, source_name, amount, amount))
    return text.getvalue().encode("gb18030" if township.manner % 2 else "utf-8-sig")


def _village_years(
    townships: dict[str, _Township],
    told: _Told,
    months: list[date],
    chance: np.random.Generator,
) -> Iterator[_Job]:
    """Choose a village of two townships whose ledgers of the first full year stand."""
    years = [month.year for month in months]
    full = [year for year in sorted(set(years)) if years.count(year) == 12]
    for township in townships.values():
        corrected = {
            code
            for (of, _month), lines in told.reports.corrections.items()
            for code, *_rest in lines
            if of == township.code
        }
        for code in (
            township.villages if full and township.name in YEAR_TOWNSHIPS else ()
        ):
            year = [date(full[0], n, 1) for n in range(1, 13)]
            is_told = all((code, month) in told.reports.stated for month in year)
            if (
                is_told
                and code not in corrected
                and len(told.own.get((code, full[0]), ())) > 1
            ):
                name = township.named(
                    YEAR_FILE, year[-1], village=township.villages[code]
                )
                make = partial(_village_year, township, code, year, told)
                sent_at = _sent_at(year[-1], 2, chance)
                yield _Job(sent_at, name, township, year[-1], make)
                break


def _village_year(
    township: _Township, code: str, year: list[date], told: _Told
) -> bytes:
    """Write the old-format workbook of a village and year, months as columns."""
    columns = [one for one in HEADINGS if one in told.own[code, year[0].year]]
    nothing = township.one_of(WHEN_NOTHING)
    by_month = [told.cells(code, month, columns, nothing) for month in year]
    by_source: list[Row] = [list(cells) for cells in zip(*by_month, strict=True)]
    by_source.append([_sum(cells) for cells in by_month])
    names = [township.one_of(HEADINGS[one]) for one in columns]
    table: list[list[Decimal | str | None]] = [
        [township.named(YEAR_TITLE, year[0], village=township.villages[code])],
        [IN_YUAN],
        [YEAR_FIRST_HEADING, *(f"{month.month}月" for month in year), TOTAL_ROW],
    ]
    for name, cells in zip([*names, TOTAL_ROW], by_source, strict=True):
        numbers = [Decimal(c).scaleb(-2) if isinstance(c, int) else c for c in cells]
        table.append([name, *numbers, Decimal(_sum(cells)).scaleb(-2)])
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(f"{year[0].year}年")
    for row, values in enumerate(table):
        for column, value in enumerate(values):
            if value is not None:
                sheet.write(row, column, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
