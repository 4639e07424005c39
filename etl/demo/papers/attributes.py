"""What does the office note of the villages? Invented, and still to be checked."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from etl.demo.economy import Economy
from etl.demo.paper import CITY, OFFICE, Paper, Township, file_name
from etl.demo.papers.energy import by_village
from etl.demo.sheets import Row, Sheet, table, workbook
from etl.demo.world import PILOTS, TERRAINS

HEADINGS = (
    "序号",
    "乡镇",
    "村名",
    "地形",
    "试点级别",
    "是否贫困村",
    "脱贫年份",
    "光伏电站容量(kW)",
    "光伏受益户数",
    "并网日期",
    "认定日期",
    "依据",
    "核实情况",
)
# Invented: so much of a plant is for one household.
_KW_PER_HOUSEHOLD = 5
VALID_FROM = date(2016, 1, 1)
EVIDENCE, UNCHECKED = "演示虚构", "待核"
# Known when they are sent: plants of the poor in 2017, all others the year after.
SENT = (datetime(2017, 9, 4, 9, 12), datetime(2018, 6, 11, 10, 40))


def attributes(economy: Economy, townships: dict[str, Township]) -> Iterator[Paper]:
    """Write the attributes of all villages, and once more when there are new plants."""
    for sent_at in SENT:
        yield Paper(
            sent_at,
            file_name(f"村情属性表{sent_at:%Y%m%d}"),
            OFFICE,
            sent_at,
            partial(_attributes, economy, townships, sent_at),
        )


def _attributes(
    economy: Economy, townships: dict[str, Township], sent_at: datetime
) -> bytes:
    world = economy.world
    body: list[Row] = []
    for village, township in by_village(townships).items():
        exit_year = int(world.exit_year[village])
        since = world.commissioned[village]
        has_plant = since is not None and since <= sent_at.date()
        body.append(
            [
                len(body) + 1,
                township.name,
                township.villages[village],
                TERRAINS[world.terrain[village]],
                PILOTS[world.pilot[village]],
                "是" if exit_year else "否",
                exit_year if 0 < exit_year <= sent_at.year else None,
                int(world.capacity_kw[village]) if has_plant else None,
                int(world.capacity_kw[village]) // _KW_PER_HOUSEHOLD
                if has_plant and exit_year
                else None,
                since if has_plant else None,
                VALID_FROM,
                EVIDENCE,
                UNCHECKED,
            ]
        )
    rows, headings = table(f"{CITY}村情属性表（{EVIDENCE}）", "", [*HEADINGS], body)
    return workbook([Sheet("村情", rows, headings)], sent_at.date())
