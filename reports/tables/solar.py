"""What does each solar plant make and get, and what is its maintainer to look at?"""

import pandas as pd

from base.words import _, mark
from charts.palette import plant_word
from charts.plant_year import PART_WORDS
from queries.plant_sums import maintenance, plant_list
from queries.plants import plant_months
from queries.table import Asked, Column, Table
from reports.tables.villages import TOWNSHIP, VILLAGE

_PEERS = {"township": mark("本乡镇"), "county": mark("全县（市）")}
_KWH = ("energy_kwh", "expected_kwh", "peers_kwh", "lost_kwh", "window_kwh")
CAPACITY = Column("capacity_kw", mark("装机（千瓦）"), "number")
STATE = Column("state", mark("状态"), words=plant_word)
ENERGY = Column("energy_kwh", mark("实发（度）"), "count")
EXPECTED = Column("expected_kwh", mark("理论（度，假设）"), "count")
BY_PEERS = Column("peers_kwh", mark("按同类应发（度）"), "count")
LOST_KWH = Column("lost_kwh", mark("少发（度）"), "count")
LOST_YUAN = Column("lost_yuan", mark("少收（元，估算）"), "yuan")
HOURS = Column("full_load_hours", mark("满发小时"), "number")
PEERS_SHARE = Column("peers_share", mark("为同类的"), "share")
EXPECTED_SHARE = Column("expected_share", mark("为理论的"), "share")


def _peers_word(kind: str) -> str:
    return _(_PEERS[kind])


def _part_word(part: str) -> str:
    return _(PART_WORDS[part])


def _whole(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with energy in whole kWh; what is unknown stays unknown."""
    names = [name for name in _KWH if name in rows]
    return rows.assign(**{name: rows[name].astype(float).round() for name in names})


def _months(asked: Asked) -> pd.DataFrame:
    found = plant_months(asked.store, asked.viewer, asked.moment)
    return _whole(found).sort_values(
        ["village_code", "period_start"], ascending=[True, False], ignore_index=True
    )


def _plants(asked: Asked) -> pd.DataFrame:
    months = plant_months(asked.store, asked.viewer, asked.moment)
    return _whole(
        plant_list(months, asked.ask("solar/arrears"), asked.ask("solar/households"))
    )


def _maintenance(asked: Asked) -> pd.DataFrame:
    months = plant_months(asked.store, asked.viewer, asked.moment)
    return _whole(maintenance(months))


def _arrears(asked: Asked) -> pd.DataFrame:
    names = asked.ask("places/names")
    return names.merge(asked.ask("solar/arrears"), on="village_code")


TABLES = (
    Table(
        "solar-plants",
        mark("光伏电站一览"),
        (
            TOWNSHIP,
            VILLAGE,
            CAPACITY,
            STATE,
            ENERGY,
            HOURS,
            PEERS_SHARE,
            EXPECTED_SHARE,
            Column("looked_at_months", mark("近期异常月数"), "count"),
            Column("told_months", mark("有数的月数"), "count"),
            Column("window_hours", mark("近期满发小时"), "number"),
            Column("subsidy_open_yuan", mark("补贴未到（元）"), "yuan"),
            Column("electricity_open_yuan", mark("电费未到（元）"), "yuan"),
            Column("unsplit_open_yuan", mark("未分项未到（元）"), "yuan"),
            Column("year_yuan", mark("今年到账（元）"), "yuan"),
            Column("household_count", mark("受益户数"), "count"),
            Column("per_household_yuan", mark("每户（元）"), "yuan"),
            Column("commissioned_date", mark("并网日期"), "day"),
        ),
        _plants,
    ),
    Table(
        "solar-months",
        mark("光伏电站逐月发电和到账"),
        (
            TOWNSHIP,
            VILLAGE,
            Column("period_end", mark("月份"), "month"),
            CAPACITY,
            STATE,
            ENERGY,
            HOURS,
            BY_PEERS,
            Column("peers_kind", mark("同类范围"), words=_peers_word),
            PEERS_SHARE,
            EXPECTED,
            EXPECTED_SHARE,
            Column("electricity_due_yuan", mark("电费应收（元）"), "yuan"),
            Column("electricity_received_yuan", mark("电费到账（元）"), "yuan"),
            Column("subsidy_due_yuan", mark("补贴应收（元）"), "yuan"),
            Column("subsidy_received_yuan", mark("补贴到账（元）"), "yuan"),
            Column("unsplit_due_yuan", mark("未分项应收（元）"), "yuan"),
            Column("unsplit_received_yuan", mark("未分项到账（元）"), "yuan"),
            LOST_KWH,
            LOST_YUAN,
        ),
        _months,
    ),
    Table(
        "solar-arrears",
        mark("光伏电费和补贴账龄"),
        (
            TOWNSHIP,
            VILLAGE,
            Column("part", mark("分项"), words=_part_word),
            Column("due_yuan", mark("累计应收（元）"), "yuan"),
            Column("received_yuan", mark("累计到账（元）"), "yuan"),
            Column("open_yuan", mark("未到（元）"), "yuan"),
            Column("under_3_yuan", mark("不满3个月（元）"), "yuan"),
            Column("from_3_yuan", mark("3–6个月（元）"), "yuan"),
            Column("from_6_yuan", mark("6–12个月（元）"), "yuan"),
            Column("from_12_yuan", mark("满12个月（元）"), "yuan"),
            Column("unstated_count", mark("未写实付的月数"), "count"),
        ),
        _arrears,
    ),
    Table(
        "solar-maintenance",
        mark("光伏电站检修清单"),
        (
            TOWNSHIP,
            VILLAGE,
            CAPACITY,
            Column("looked_at", mark("异常月份")),
            Column("outage_months", mark("疑似停机月数"), "count"),
            ENERGY,
            EXPECTED,
            BY_PEERS,
            LOST_KWH,
            LOST_YUAN,
        ),
        _maintenance,
    ),
)
