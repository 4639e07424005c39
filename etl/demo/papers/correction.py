"""How do townships put a month right? With a flat list, a line an amount."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from etl.demo.economy import SOURCES
from etl.demo.months import CLOSING_YEAR, at, day_of
from etl.demo.paper import Paper, Township, after, file_name, moment
from etl.demo.papers.manner import HEADINGS
from etl.demo.sheets import Row, comma_separated, yuan
from etl.demo.troubles import Line, Told

TOWNSHIP_HEADINGS: Row = ["乡镇", "村名", "月份", "收入来源", "应收(元)", "实收(元)"]


def corrections(
    told: Told, townships: dict[str, Township], seed: int
) -> Iterator[Paper]:
    """Write a list per township and month that was put right, one or two months on."""
    chance = np.random.default_rng([seed, 8])
    for (code, month), lines in told.corrections.items():
        township, day = townships[code], day_of(month)
        is_near = month >= at(CLOSING_YEAR, 9)
        later = 2 if is_near else int(chance.integers(2, 4))
        sent_at = moment(after(day, later), 2, 12, chance)
        when = f"{day.year}年{day.month}月"
        yield Paper(
            sent_at,
            file_name(f"{township.name}{when}补报更正", "csv"),
            township.name,
            sent_at,
            partial(_correction, township, when, lines),
        )


def _correction(township: Township, when: str, lines: list[Line]) -> bytes:
    rows: list[Row] = [TOWNSHIP_HEADINGS]
    for village, source, fen in lines:
        name = township.one_of(HEADINGS[SOURCES[source]])
        place = (township.name, township.villages[village])
        rows.append([*place, when, name, yuan(fen), yuan(fen)])
    return comma_separated(rows, "gb18030" if township.manner % 2 else "utf-8-sig")
