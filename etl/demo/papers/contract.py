"""Which contracts do the villages have, what is owed under them each year, and when?"""

from collections.abc import Iterator
from datetime import date
from functools import partial

import numpy as np

from etl.demo.economy import SOURCES, Economy
from etl.demo.months import CLOSING_YEAR, Span, at, yearly
from etl.demo.paper import CITY, Paper, Township, after, file_name, moment, person
from etl.demo.papers.ledger import IN_YUAN
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
_HALF_PAID = 0.08


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


def _contracts(
    economy: Economy, township: Township, before: Span, seed: int
) -> bytes:
    chance = np.random.default_rng([seed, 16, township.manner])
    body: list[Row] = []
    contracting = SOURCES.index("contracting")
    closing = slice(at(CLOSING_YEAR, 1), at(CLOSING_YEAR, 12) + 1)
    for village, name in township.villages.items():
        paid = economy.received[contracting, village, closing]
        for number, month in enumerate(np.flatnonzero(paid).tolist(), start=1):
            drawn, day = chance.random(), int(chance.integers(10, 29))
            start = int(chance.integers(2008, 2017))
            subject = SUBJECTS[int(chance.integers(len(SUBJECTS)))]
            party = person(int(chance.integers(100)))
            rent = int(paid[month]) * (2 if drawn < _HALF_PAID else 1)
            body.append(
                [
                    len(body) + 1,
                    name,
                    f"HT{start}-{village:03}-{number}",
                    party,
                    subject,
                    date(start, 1, 1),
                    date(start + int(chance.choice([10, 15, 20])) - 1, 12, 31),
                    yuan(rent),
                    f"每年{month + 1}月{day}日",
                ]
            )
    rows, headings = table(
        f"{CITY}{township.name}{before.text}集体合同台账",
        IN_YUAN,
        [*HEADINGS],
        body,
        township.signature,
    )
    return workbook([Sheet("合同", rows, headings)], before.last_month)
