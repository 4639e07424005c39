"""How does a village write its own year? In an old workbook, months as columns."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from etl.demo.economy import SOURCES, Economy
from etl.demo.months import at, yearly
from etl.demo.paper import CITY, Paper, Township, after, file_name, moment
from etl.demo.papers.manner import HEADINGS, IN_YUAN, TOTAL_ROW
from etl.demo.sheets import Row, Sheet, old_workbook, table, yuan
from etl.demo.troubles import Told

TITLE = "{city}{township}{village}{year}年集体经济收入情况表"
FIRST_HEADING = "收入来源"
TOWNSHIPS, YEAR = ("茶店镇", "河顺镇", "采桑镇"), 2016


def village_years(
    economy: Economy, told: Told, townships: dict[str, Township], seed: int
) -> Iterator[Paper]:
    """Write one village's year for each of a few townships, as its ledgers have it."""
    chance = np.random.default_rng([seed, 9])
    [span] = yearly(YEAR)
    own = told.own(YEAR)
    for township in townships.values():
        if township.name not in TOWNSHIPS:
            continue
        able = [
            village
            for village in township.villages
            if told.is_told[village, span.places].all() and own[:, village].sum() > 1
        ]
        sent_at = moment(after(span.last_month, 2), 3, 20, chance)
        name = f"{township.name}{township.villages[able[0]]}{YEAR}年集体经济收入情况表"
        yield Paper(
            sent_at,
            file_name(name, "xls"),
            township.name,
            sent_at,
            partial(_village_year, township, able[0], told),
        )


def _village_year(township: Township, village: int, told: Told) -> bytes:
    rows: list[Row] = []
    months = slice(at(YEAR, 1), at(YEAR, 12) + 1)
    stated = told.stated[:, village, months]
    for source in np.flatnonzero(stated.any(axis=1)).tolist():
        name = township.one_of(HEADINGS[SOURCES[source]])
        fen = stated[source].tolist()
        rows.append([name, *map(yuan, fen), yuan(sum(fen))])
    sums = stated.sum(axis=0).tolist()
    rows.append([TOTAL_ROW, *map(yuan, sums), yuan(sum(sums))])
    title = TITLE.format(
        city=CITY,
        township=township.name,
        village=township.villages[village],
        year=YEAR,
    )
    headings = [FIRST_HEADING, *(f"{n}月" for n in range(1, 13)), TOTAL_ROW]
    table_rows, at_headings = table(title, IN_YUAN, headings, rows)
    return old_workbook(Sheet(f"{YEAR}年", table_rows, at_headings))
