"""Who answers for a village? The townships' lists; some villages are vacant."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

import numpy as np

from etl.demo.economy import Economy
from etl.demo.months import Span, half_yearly
from etl.demo.paper import CITY, Paper, Township, after, file_name, moment, person
from etl.demo.sheets import Row, Sheet, table, workbook

HEADINGS = (
    "序号",
    "村名",
    "包村领导",
    "帮扶单位",
    "工作队",
    "第一书记",
    "任职时间",
    "离任时间",
)
DEPARTMENTS = (
    "市财政局",
    "市农业局",
    "市水利局",
    "市林业局",
    "市教育局",
    "市交通局",
    "市民政局",
    "市住建局",
    "市文广局",
    "市商务局",
    "市审计局",
    "市统计局",
)
YEARS, CHANGED = (2017, 2018), date(2018, 1, 1)
# Villages without a first secretary or a department: at first, and in 2018 as well.
_VACANT, _STILL, _CHANGED = 0.06, 0.3, 0.15


def rosters(
    economy: Economy, townships: dict[str, Township], seed: int
) -> Iterator[Paper]:
    """Write the roster of each township and half year."""
    for span in (span for year in YEARS for span in half_yearly(year)):
        for township in townships.values():
            chance = np.random.default_rng(
                [seed, 17, township.manner, span.year, span.first]
            )
            sent_at = moment(after(span.last_month), 4, 24, chance)
            yield Paper(
                sent_at,
                file_name(f"{township.name}{span.text}帮扶责任表"),
                township.name,
                sent_at,
                partial(_roster, economy, township, span, seed),
            )


def _roster(economy: Economy, township: Township, span: Span, seed: int) -> bytes:
    body: list[Row] = []
    for number, (village, name) in enumerate(township.villages.items(), start=1):
        chance = np.random.default_rng([seed, 18, village])
        is_poor = bool(economy.world.is_poor[village])
        leader = person(int(chance.integers(200)))
        since, holder = date(2017, 1, 1), int(chance.integers(200))
        until = None
        department = DEPARTMENTS[int(chance.integers(len(DEPARTMENTS)))]
        is_changed = chance.random() < _CHANGED
        if is_changed and span.end > CHANGED:
            since, holder = CHANGED, holder + 1
        elif is_changed:
            until = CHANGED - timedelta(1)
        is_vacant = _is_vacant(span, chance)
        has_unit = is_poor or not _is_vacant(span, chance)
        body.append(
            [
                number,
                name,
                leader,
                department if has_unit else None,
                f"{department}驻村工作队" if is_poor else None,
                None if is_vacant else person(holder),
                None if is_vacant else since,
                until,
            ]
        )
    rows, headings = table(
        f"{CITY}{township.name}{span.text}帮扶责任表",
        "",
        [*HEADINGS],
        body,
        township.signature,
    )
    return workbook([Sheet("帮扶责任", rows, headings)], span.last_month)


def _is_vacant(span: Span, chance: np.random.Generator) -> bool:
    drawn = chance.random()
    return bool(drawn < (_VACANT * _STILL if span.end > CHANGED else _VACANT))
