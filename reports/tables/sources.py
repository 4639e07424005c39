"""Where does the money come from: by source, class, village and own quantity?"""

from typing import Any

import pandas as pd

import queries
from base.catalogue import catalogue
from base.words import _, mark
from queries.pilots import ALL_PILOTS, beside_others
from queries.source_asked import class_word, growth, share_of, source_of, split_of
from queries.table import Asked, Column, Table
from reports.tables.villages import SOURCE, TOWNSHIP, VILLAGE


def _terrain(value: Any) -> str:
    return class_word("terrain", value)


def _pilot(value: Any) -> str:
    return _("试点村合计") if value == ALL_PILOTS else class_word("pilot", value)


def _item(value: Any) -> str:
    for source in catalogue().sources.values():
        if value in source.items:
            return source.items[value].name
    return str(value)


def _yes(value: Any) -> str:
    return _("√ 是") if value else _("否")


TERRAIN = Column("terrain", mark("地形"), words=_terrain)
PILOT = Column("pilot_level", mark("试点级别"), words=_pilot)
RECEIVED = Column("received_yuan", mark("到账（元）"), "yuan")
_NOW = Column("now_yuan", mark("今年同口径（元）"), "yuan")
_BEFORE = Column("before_yuan", mark("去年同期（元）"), "yuan")


def _by_source(asked: Asked) -> pd.DataFrame:
    found = asked.ask("sources/by_source")
    total = found["received_yuan"].dropna().sum()
    rows = list(found.itertuples())
    return found.assign(
        part_share=[share_of(row.received_yuan, total) for row in rows],
        growth_share=[growth(row.now_yuan, row.before_yuan) for row in rows],
        paid_share=[share_of(row.paid_yuan, row.due_yuan) for row in rows],
    )


def _composition(asked: Asked) -> pd.DataFrame:
    by = split_of(asked.said)
    found = asked.ask("sources/composition", by=by)
    totals = found.groupby("class_id", dropna=False)["received_yuan"].transform("sum")
    rows = list(found.itertuples())
    return found.assign(
        class_name=[class_word(by, row.class_id, row.township_name) for row in rows],
        class_share=[
            share_of(row.received_yuan, total)
            for row, total in zip(rows, totals, strict=True)
        ],
    )


def _leaning(asked: Asked) -> pd.DataFrame:
    from_share = catalogue().leaning.from_share
    return asked.ask("sources/leaning", from_share=from_share)


def _villages(asked: Asked) -> pd.DataFrame:
    found = asked.ask("sources/villages", source_id=source_of(asked.said))
    rows = found.itertuples()
    return found.assign(
        growth_share=[growth(row.now_yuan, row.before_yuan) for row in rows]
    )


def _per_unit(asked: Asked) -> pd.DataFrame:
    source_id = source_of(asked.said, "per_unit")
    own = catalogue().sources[source_id].own
    quantity = own.quantity if own else ""
    return asked.ask("sources/per_unit", source_id=source_id, quantity_id=quantity)


def _pledges(asked: Asked) -> pd.DataFrame:
    return asked.ask("sources/pledges", source_id=source_of(asked.said, "pledges"))


def _recoveries(asked: Asked) -> pd.DataFrame:
    return asked.ask("sources/recoveries")


def _with_days(asked: Asked, name: str) -> pd.DataFrame:
    source_id = source_of(asked.said, "rents")
    own = catalogue().sources[source_id].own
    days = own.within_days if own else 0
    return asked.ask(name, source_id=source_id, within_days=days)


def _rents(asked: Asked) -> pd.DataFrame:
    return _with_days(asked, "sources/rents")


def _expiring(asked: Asked) -> pd.DataFrame:
    return _with_days(asked, "sources/expiring")


def classed_standings(asked: Asked) -> pd.DataFrame:
    """Return where each village stands by the target, with terrain and pilot level.

    Returns:
        One row per village, as `queries/progress/villages.sql`, with terrain,
        pilot_level and income_yuan (of the target's measure).
    """
    moment = asked.moment
    standings = queries.ask(
        "progress/villages",
        asked.target,
        asked.viewer,
        asked.store,
        moment,
        [(moment.as_of, moment.version_no)],
        before_date=None,
    )
    measure = catalogue().measure_of(asked.target.on(moment.as_of))
    classes = asked.ask("sources/classes", categories=measure.plus)
    columns = ["village_code", "terrain", "pilot_level", "income_yuan"]
    return standings.merge(classes[columns], on="village_code", how="left")


def _pilots(asked: Asked) -> pd.DataFrame:
    return beside_others(classed_standings(asked)).rename(
        columns={"level": "pilot_level"}
    )


TABLES = (
    Table(
        "sources",
        mark("各来源收入、增长与收缴"),
        (
            SOURCE,
            Column("village_count", mark("有收入的村"), "count"),
            RECEIVED,
            Column("part_share", mark("占全部"), "share"),
            _NOW,
            _BEFORE,
            Column("growth_share", mark("增长"), "share"),
            Column("compared_count", mark("可比的村"), "count"),
            Column("only_now_yuan", mark("仅今年有数（元）"), "yuan"),
            Column("only_before_yuan", mark("仅去年有数（元）"), "yuan"),
            Column("due_yuan", mark("应收（元）"), "yuan"),
            Column("paid_yuan", mark("其中到账（元）"), "yuan"),
            Column("open_yuan", mark("未到账（元）"), "yuan"),
            Column("paid_share", mark("收缴率"), "share"),
        ),
        _by_source,
    ),
    Table(
        "source-composition",
        mark("收入构成"),
        (
            Column("class_name", mark("分组")),
            Column("class_village_count", mark("村数"), "count"),
            SOURCE,
            Column("village_count", mark("有收入的村"), "count"),
            RECEIVED,
            Column("class_share", mark("占本组"), "share"),
        ),
        _composition,
    ),
    Table(
        "source-leaning",
        mark("各村对单一来源的依赖"),
        (
            TOWNSHIP,
            VILLAGE,
            RECEIVED,
            Column("source_count", mark("来源（个）"), "count"),
            Column("source_id", mark("最大来源"), words=SOURCE.words),
            Column("largest_share", mark("最大来源占比"), "share"),
            Column("concentration_index", mark("集中度（HHI）"), "number"),
            Column("is_leaning", mark("靠一个来源"), words=_yes),
        ),
        _leaning,
    ),
    Table(
        "source-villages",
        mark("各村到账、增减与未收"),
        (
            TOWNSHIP,
            VILLAGE,
            TERRAIN,
            RECEIVED,
            _NOW,
            _BEFORE,
            Column("change_yuan", mark("增减（元）"), "yuan"),
            Column("growth_share", mark("增长"), "share"),
            Column("due_yuan", mark("应收（元）"), "yuan"),
            Column("open_yuan", mark("未到账（元）"), "yuan"),
        ),
        _villages,
    ),
    Table(
        "source-per-unit",
        mark("按户、亩、人计的收入"),
        (
            TOWNSHIP,
            VILLAGE,
            Column("item_id", mark("分项"), words=_item),
            Column("period_start", mark("自"), "month"),
            Column("period_end", mark("至"), "month"),
            Column("quantity", mark("数量"), "number"),
            Column("quantity_unit", mark("单位")),
            RECEIVED,
            Column("per_unit_yuan", mark("每单位（元）"), "yuan"),
        ),
        _per_unit,
    ),
    Table(
        "source-pledges",
        mark("认捐与到位"),
        (
            TOWNSHIP,
            VILLAGE,
            Column("period_start", mark("自"), "month"),
            Column("period_end", mark("至"), "month"),
            Column("due_yuan", mark("认捐（元）"), "yuan"),
            Column("received_yuan", mark("到位（元）"), "yuan"),
            Column("open_yuan", mark("未到位（元）"), "yuan"),
            Column("arrived_share", mark("到位率"), "share"),
        ),
        _pledges,
    ),
    Table(
        "source-recoveries",
        mark("清收欠款与重新发包"),
        (
            TOWNSHIP,
            VILLAGE,
            Column("is_complete", mark("清查完成"), words=_yes),
            Column("arrears_due_yuan", mark("应清收欠款（元）"), "yuan"),
            Column("arrears_received_yuan", mark("已清收（元）"), "yuan"),
            Column("arrears_open_yuan", mark("未清收（元）"), "yuan"),
            Column("relet_contracts", mark("重新发包合同（份）"), "count"),
            Column("relet_due_yuan", mark("应增收（元）"), "yuan"),
            Column("relet_received_yuan", mark("已增收（元）"), "yuan"),
        ),
        _recoveries,
    ),
    Table(
        "source-rents",
        mark("合同租金：应收与到账"),
        (
            TOWNSHIP,
            VILLAGE,
            Column("contract_count", mark("合同（份）"), "count"),
            Column("rent_yuan_per_year", mark("年租金（元）"), "yuan"),
            Column("due_yuan", mark("今年已到期应收（元）"), "yuan"),
            Column("received_yuan", mark("发包到账（元）"), "yuan"),
            Column("open_yuan", mark("相差（元）"), "yuan"),
            Column("expiring_count", mark("快到期（份）"), "count"),
            Column("first_end_date", mark("最早到期"), "day"),
        ),
        _rents,
    ),
    Table(
        "source-expiring",
        mark("快到期的合同"),
        (
            TOWNSHIP,
            VILLAGE,
            Column("party_name", mark("对方")),
            Column("subject_name", mark("标的")),
            Column("end_date", mark("到期"), "day"),
            Column("rent_yuan_per_year", mark("年租金（元）"), "yuan"),
            Column("contract_id", mark("合同编号")),
        ),
        _expiring,
    ),
    Table(
        "source-pilots",
        mark("试点村与其他村"),
        (
            PILOT,
            Column("village_count", mark("村数"), "count"),
            Column("known_count", mark("有数的村"), "count"),
            Column("median_yuan", mark("收入中位数（元）"), "yuan"),
            Column("over_count", mark("已过线（村）"), "count"),
            Column("over_share", mark("过线占比"), "share"),
        ),
        _pilots,
    ),
)
