"""Where does each village stand by a target, and what did each source bring it?"""

import pandas as pd

import queries
from base.catalogue import catalogue
from base.words import mark
from charts.palette import standing_word, state_word
from queries.table import Asked, Column, Table

TOWNSHIP = Column("township_name", mark("乡镇"))
VILLAGE = Column("village_name", mark("村"))


def _source(source_id: str) -> str:
    return catalogue().source_name(source_id)


SOURCE = Column("source_id", mark("收入来源"), words=_source)


def _standings(asked: Asked) -> pd.DataFrame:
    moment = asked.moment
    earlier = queries.before(asked.store, asked.viewer, moment)
    found = queries.ask(
        "progress/villages",
        asked.target,
        asked.viewer,
        asked.store,
        moment,
        [(moment.as_of, moment.version_no), earlier],
        before_date=earlier[0],
    )
    if asked.target.measure is None:
        return found
    # a target's answer tells amounts of villages under the line alone
    measured = asked.ask("progress/measures")
    of_target = measured[measured["measure_id"] == asked.target.measure]
    amounts = of_target.set_index("village_code")["amount_yuan"]
    return found.assign(amount_yuan=found["village_code"].map(amounts))


def _sources(asked: Asked) -> pd.DataFrame:
    found = asked.ask("progress/village_sources")
    names = asked.ask("places/names")
    return names.merge(found, on="village_code")


TABLES = (
    Table(
        "villages",
        mark("各村清零情况"),
        (
            TOWNSHIP,
            VILLAGE,
            Column("standing", mark("清零情况"), words=standing_word),
            Column("amount_yuan", mark("到账（元）"), "yuan"),
            Column("gap_yuan", mark("差多少（元）"), "yuan"),
            Column("worst_state", mark("台账"), words=state_word),
            Column("reported_count", mark("已报（份）"), "count"),
            Column("due_count", mark("应报（份）"), "count"),
        ),
        _standings,
    ),
    Table(
        "village-sources",
        mark("各村各来源收入"),
        (
            TOWNSHIP,
            VILLAGE,
            SOURCE,
            Column("due_yuan", mark("应收（元）"), "yuan"),
            Column("received_yuan", mark("到账（元）"), "yuan"),
        ),
        _sources,
    ),
)
