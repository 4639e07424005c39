"""What do lists of a single source say: members, mu, pledges, children, projects?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from etl.demo.economy import SOURCES, Economy
from etl.demo.months import Span, half_yearly, yearly
from etl.demo.paper import CITY, Paper, Township, after, file_name, moment
from etl.demo.papers.manner import IN_YUAN
from etl.demo.sheets import Row, Sheet, table, workbook, yuan

Chance = np.random.Generator
_TERM_MONTHS = (3, 9)
_FEE_FEN = 60_000


@dataclass(frozen=True)
class _List:
    """A list of one source: its name, its headings, and how a village's line is made.

    `line` takes fen by month of the span, and chance.
    """

    source_id: str
    name: str
    headings: tuple[str, ...]
    line: Callable[[list[int], Chance], Row]


def _members(fen: list[int], chance: Chance) -> Row:
    return [int(chance.integers(20, 180)), yuan(sum(fen))]


def _farmland(fen: list[int], chance: Chance) -> Row:
    price = int(chance.choice([10, 12, 15])) * 100_000
    total = sum(fen)
    mu = max(round(total / price), 1)
    return [mu, yuan(total // mu), yuan(total)]


def _pledges(fen: list[int], chance: Chance) -> Row:
    pledged = sum(fen) + int(chance.integers(0, 5)) * 1_000_000
    return [yuan(pledged), yuan(sum(fen))]


def _terms(fen: list[int], _chance: Chance) -> Row:
    terms = [fen[month - 1] if month <= len(fen) else 0 for month in _TERM_MONTHS]
    return [
        max(terms[0] // _FEE_FEN, 1),
        *(yuan(one) for one in terms[: len(fen) // 6]),
    ]


def _pilots(fen: list[int], chance: Chance) -> Row:
    return [yuan(int(chance.integers(20, 90)) * 1_000_000), yuan(sum(fen))]


LISTS = (
    _List("cooperative", "合作社社员分红", ("社员户数", "合作社分红"), _members),
    _List(
        "farmland",
        "补充耕地",
        ("新增耕地面积(亩)", "每亩单价(元/亩)", "补充耕地收入"),
        _farmland,
    ),
    _List("hometown", "乡脉经济", ("认捐金额", "到位金额"), _pledges),
    _List(
        "kindergarten",
        "村办幼儿园收费",
        ("在园幼儿数", "春季学期保教费", "秋季学期保教费"),
        _terms,
    ),
    _List("pilot", "试点村项目", ("项目投资(元)", "试点村项目收入"), _pilots),
)
# Townships (by manner), lists in one workbook, and over which spans.
SENT = (
    ((4, 9, 15), (0,), half_yearly(2017) + half_yearly(2018)),
    ((5, 7), (1,), yearly(2016) + yearly(2017)),
    ((8, 12), (2,), yearly(2017)),
    ((10, 16), (3,), yearly(2017) + half_yearly(2018)[:1]),
    ((4, 11), (4,), half_yearly(2018)),
    ((6, 13), (0, 2, 3), yearly(2017) + half_yearly(2018)[:1]),
)


def details(
    economy: Economy, townships: dict[str, Township], seed: int
) -> Iterator[Paper]:
    """Write the lists of a few townships; some workbooks hold several."""
    by_manner = {township.manner: township for township in townships.values()}
    for manners, numbers, spans in SENT:
        lists = [LISTS[number] for number in numbers]
        for township in (by_manner[manner] for manner in manners):
            for span in spans:
                if any(_villages(economy, township, one, span) for one in lists):
                    yield _paper(economy, township, lists, span, seed)


def _paper(
    economy: Economy, township: Township, lists: list[_List], span: Span, seed: int
) -> Paper:
    chance = np.random.default_rng([seed, 19, township.manner, span.year, span.first])
    sent_at = moment(after(span.last_month), 5, 26, chance)
    name = lists[0].name if len(lists) == 1 else "分项收入"
    return Paper(
        sent_at,
        file_name(f"{township.name}{span.text}{name}明细表"),
        township.name,
        sent_at,
        partial(_details, economy, township, lists, span, seed),
    )


def _villages(
    economy: Economy, township: Township, one: _List, span: Span
) -> list[int]:
    paid = economy.received[SOURCES.index(one.source_id), :, span.places].sum(axis=1)
    return [village for village in township.villages if paid[village]]


def _details(
    economy: Economy, township: Township, lists: list[_List], span: Span, seed: int
) -> bytes:
    sheets = []
    for number, one in enumerate(lists):
        chance = np.random.default_rng([seed, 20, township.manner, span.year, number])
        source = SOURCES.index(one.source_id)
        body: list[Row] = []
        for village in _villages(economy, township, one, span):
            fen = economy.received[source, village, span.places].tolist()
            line = one.line(fen, chance)
            body.append([len(body) + 1, township.villages[village], *line])
        if not body:
            continue
        headings = ["序号", "村名", *one.headings][: len(body[0])]
        rows, at_headings = table(
            f"{CITY}{township.name}{span.text}{one.name}明细表",
            IN_YUAN,
            headings,
            body,
            township.signature,
        )
        sheets.append(Sheet(one.name, rows, at_headings))
    return workbook(sheets, span.last_month)
