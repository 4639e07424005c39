"""Which contracts do the villages have, what is owed under them each year, and when?"""

from collections.abc import Iterator
from datetime import date
from functools import partial

import numpy as np

from etl.demo.economy import SOURCES, Economy
from etl.demo.months import CLOSING_YEAR, Span, at, yearly
from etl.demo.paper import CITY, Paper, Township, after, file_name, moment, person
from etl.demo.papers.manner import IN_YUAN
from etl.demo.sheets import Row, Sheet, table, workbook, yuan

HEADINGS = (
    "序号",
    "村名",
    "合同编号",
    "承包方",
    "合同标的",
    "起始日期",
    "终止日期",
    "年租金",
    "应缴日期",
)
SUBJECTS = ("机动地", "荒山荒坡", "旧学校院落", "鱼塘", "果园", "仓库", "沿街门面")
YEARS = (2017, 2018)
# What is owed for each yuan that came, and contracts of which nothing came.
_OWED_TO_PAID, _HOW_OFTEN = (1.0, 1.25, 2.0), (0.8, 0.12, 0.08)
_UNPAID = 0.06


def contracts(
    economy: Economy, townships: dict[str, Township], seed: int
) -> Iterator[Paper]:
    """Write each township's contracts at the end of the year before, in January."""
    for year in YEARS:
        [before] = yearly(year - 1)
        for township in townships.values():
            chance = np.random.default_rng([seed, 15, township.manner, year])
            sent_at = moment(after(before.last_month), 8, 28, chance)
            yield Paper(
                sent_at,
                file_name(f"{township.name}{before.text}合同台账"),
                township.name,
                sent_at,
                partial(_contracts, economy, township, before, seed),
            )


def _contracts(economy: Economy, township: Township, before: Span, seed: int) -> bytes:
    chance = np.random.default_rng([seed, 16, township.manner])
    contracting = SOURCES.index("contracting")
    closing = slice(at(CLOSING_YEAR, 1), at(CLOSING_YEAR, 12) + 1)
    body: list[Row] = []
    for village, name in township.villages.items():
        paid = economy.received[contracting, village, closing]
        owed = [(month, int(paid[month])) for month in np.flatnonzero(paid).tolist()]
        if chance.random() < _UNPAID:
            late = int(chance.integers(10, 12))
            owed.append((late, int(chance.integers(20, 150)) * 10_000))
        for number, (month, fen) in enumerate(owed, start=1):
            contract = f"{village:03}-{number}"
            body.append([len(body) + 1, name, *_line(contract, month, fen, chance)])
    rows, headings = table(
        f"{CITY}{township.name}{before.text}集体合同台账",
        IN_YUAN,
        [*HEADINGS],
        body,
        township.signature,
    )
    return workbook([Sheet("合同", rows, headings)], before.last_month)


def _line(contract: str, month: int, fen: int, chance: np.random.Generator) -> Row:
    """Write one contract; of some, not all that is owed was paid."""
    start, day = int(chance.integers(2008, 2017)), int(chance.integers(10, 29))
    years = int(chance.choice([10, 15, 20]))
    subject = SUBJECTS[int(chance.integers(len(SUBJECTS)))]
    owed = float(chance.choice(_OWED_TO_PAID, p=_HOW_OFTEN))
    return [
        f"HT{start}-{contract}",
        person(int(chance.integers(100))),
        subject,
        date(start, 1, 1),
        date(start + years - 1, 12, 31),
        yuan(round(fen * owed / 10_000) * 10_000),
        f"每年{month + 1}月{day}日",
    ]
