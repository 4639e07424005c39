"""What do the townships report of the inventory of funds, assets and resources?"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from etl.demo.economy import SOURCES, Economy
from etl.demo.months import CLOSING_YEAR, Span, half_yearly
from etl.demo.paper import CITY, Paper, Township, after, file_name, moment
from etl.demo.papers.manner import IN_YUAN
from etl.demo.sheets import Row, Sheet, table, workbook, yuan
from etl.demo.troubles import Told

HEADINGS = (
    "序号",
    "村名",
    "清查状态",
    "完成日期",
    "货币资金",
    "固定资产",
    "资源面积(亩)",
    "应清收欠款",
    "已清收欠款",
    "重新发包应增收",
    "重新发包增收",
    "重新发包合同(份)",
)
COMPLETE, OPEN = "已完成", "未完成"
_COMPLETE_SHARE = {1: 0.62, 7: 0.95}
_FROM_ARREARS = 0.6


def inventories(
    economy: Economy, told: Told, townships: dict[str, Township], seed: int
) -> Iterator[Paper]:
    """Write the inventory of each township and half of the closing year."""
    for span in half_yearly(CLOSING_YEAR):
        for township in townships.values():
            chance = np.random.default_rng([seed, 13, township.manner, span.first])
            sent_at = moment(after(span.last_month), 5, 27, chance)
            yield Paper(
                sent_at,
                file_name(f"{township.name}{span.text}三资清查表"),
                township.name,
                sent_at,
                partial(_inventory, economy, told, township, span, seed),
            )


def _inventory(
    economy: Economy, told: Told, township: Township, span: Span, seed: int
) -> bytes:
    chance = np.random.default_rng([seed, 14, township.manner])
    inventory = SOURCES.index("inventory")
    received = economy.received[inventory, :, span.places].sum(axis=1)
    is_told = told.has(span)
    body: list[Row] = []
    for number, (village, name) in enumerate(township.villages.items(), start=1):
        drawn = chance.random()
        money = [int(one) * 100_000 for one in chance.integers(5, 900, 2)]
        mu = int(chance.integers(20, 900))
        more = [int(one) * 10_000 for one in chance.integers(0, 300, 2)]
        months = chance.integers(span.first, span.last + 1)
        day = span.end.replace(month=int(months), day=int(chance.integers(1, 29)))
        if not is_told[village]:
            body.append([number, name])
            continue
        is_complete = drawn < _COMPLETE_SHARE[span.first]
        arrears = int(received[village] * _FROM_ARREARS) // 10_000 * 10_000
        relet = int(received[village]) - arrears
        body.append(
            [
                number,
                name,
                COMPLETE if is_complete else OPEN,
                day if is_complete else None,
                *(yuan(fen) for fen in money),
                mu,
                yuan(arrears + more[0]),
                yuan(arrears),
                yuan(relet + more[1]),
                yuan(relet),
                -(-relet // 1_000_000),
            ]
        )
    rows, headings = table(
        f"{CITY}{township.name}{span.text}三资清查进度表",
        IN_YUAN,
        [*HEADINGS],
        body,
        township.signature,
    )
    sheet = Sheet("三资清查", rows, headings, [(0, 0, 0, len(HEADINGS) - 1)])
    return workbook([sheet], span.last_month)
