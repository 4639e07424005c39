"""Which tables tell of the year's end: who clears, what closes gaps, what lasts?"""

import pandas as pd

from base.catalogue import Target, catalogue
from base.formats import listed
from base.viewer import Viewer
from base.words import _, mark
from charts.palette import outlook_word, standing_word
from office import gaps
from queries import Moment, ask
from queries.forecast import outlook, year_end_sources
from queries.table import Asked, Column, Table
from reports.tables.villages import SOURCE, TOWNSHIP, VILLAGE
from store import Store

_GAP = Column("gap_yuan", mark("差多少（元）"), "yuan")
_HOPED = Column("hoped_yuan", mark("往年规律还会来（元）"), "yuan")
_CHANCE = Column("chance", mark("年底过线的把握"), "share")
_OUTLOOK = Column("outlook", mark("预计"), words=outlook_word)


def _way(code: str) -> str:
    short, says = gaps.WAYS[code]
    return _("{short}：{says}", short=_(short), says=_(says))


def _who(asked: Asked) -> tuple[Target, Viewer, Store, Moment]:
    return asked.money_target, asked.viewer, asked.store, asked.moment


def _ways(asked: Asked) -> pd.DataFrame:
    who = _who(asked)
    return gaps.ways_out(outlook(*who), gaps.open_money(*who))


def _steps(asked: Asked) -> pd.DataFrame:
    return gaps.steps_by_township(_ways(asked), gaps.open_money(*_who(asked)))


def _outlooks(asked: Asked) -> pd.DataFrame:
    found = outlook(*_who(asked)).villages
    # a guess is never certain, and a village's own page says the same
    found = found.assign(chance=found["chance"].clip(0.01, 0.99))
    return found.sort_values(["chance", "village_code"], na_position="first")


def _named(asked: Asked, found: pd.DataFrame) -> pd.DataFrame:
    return asked.ask("places/names").merge(found, on="village_code")


def _sources(asked: Asked) -> pd.DataFrame:
    return _named(asked, year_end_sources(*_who(asked)))


def _dues(asked: Asked) -> pd.DataFrame:
    found = gaps.open_money(*_who(asked))
    if "source" in asked.said:
        # one step's dues, of villages that remain
        found = found[found["village_code"].isin(_ways(asked)["village_code"])]
        found = found[found["source_id"] == asked.said["source"]]
        found = found[found["item_id"].fillna("") == asked.said.get("item", "")]
    steps = [
        gaps.step_name(str(row.source_id), str(row.item_id or ""))
        for row in found.itertuples()
    ]
    return _named(asked, found.assign(step=steps))


def _steady(asked: Asked) -> pd.DataFrame:
    moment = asked.moment
    now = [(moment.as_of, moment.version_no)]
    found = ask("steady/villages", *_who(asked), now)
    return found[found["is_one_off_only"] | found["is_ending"].eq(True)]


def _counted(is_counted: bool) -> str:
    return _("计入") if is_counted else _("不计入本口径")


def _lasts(is_one_off_only: bool) -> str:
    return _("靠一次性收入过线") if is_one_off_only else _("合同到期后不够线")


def _measures(asked: Asked) -> pd.DataFrame:
    """Return how many villages each measure finds under the line of the target."""
    found = asked.ask("progress/measures")
    line = asked.money_target.on(asked.moment.as_of).line_yuan
    entries = catalogue()
    used = {
        measure_id: [one.name for one in entries.targets if one.measure == measure_id]
        for measure_id in entries.measures
    }
    return pd.DataFrame(
        [
            {
                "measure": measure.name,
                "definition": measure.definition,
                "under_count": int((rows["amount_yuan"].dropna() < line).sum()),
                "unknown_count": int(rows["amount_yuan"].isna().sum()),
                "used_by": listed(used[measure_id]) or "–",
            }
            for measure_id, measure in entries.measures.items()
            for rows in [found[found["measure_id"] == measure_id]]
        ]
    )


TABLES = (
    Table(
        "outlook",
        mark("年底预测（各村）"),
        (
            TOWNSHIP,
            VILLAGE,
            Column("standing", mark("清零情况"), words=standing_word),
            _GAP,
            Column("known_yuan", mark("今年已到账（元）"), "yuan"),
            Column("expected_yuan", mark("往年规律还会来（元）"), "yuan"),
            _CHANCE,
            _OUTLOOK,
        ),
        _outlooks,
    ),
    Table(
        "outlook-sources",
        mark("年底预测（各村各来源）"),
        (
            TOWNSHIP,
            VILLAGE,
            SOURCE,
            Column("known_yuan", mark("今年已到账（元）"), "yuan"),
            Column("last_yuan", mark("去年全年（元）"), "yuan"),
            Column("usual_share", mark("往年此时已到"), "share"),
            Column("expected_yuan", mark("往年规律还会来（元）"), "yuan"),
        ),
        _sources,
    ),
    Table(
        "gaps",
        mark("未清零村怎么补缺口"),
        (
            TOWNSHIP,
            VILLAGE,
            _GAP,
            Column("open_yuan", mark("应收未收（元）"), "yuan"),
            _HOPED,
            _OUTLOOK,
            Column("way", mark("出路"), words=_way),
        ),
        _ways,
    ),
    Table(
        "steps",
        mark("各镇街催收清单"),
        (
            TOWNSHIP,
            Column("step", mark("做什么")),
            Column("clears_count", mark("可清零（村）"), "count"),
            Column("yuan_per_village", mark("每清零一村需收（元）"), "yuan"),
            Column("village_count", mark("涉及未清零村"), "count"),
            Column("open_yuan", mark("应收未收（元）"), "yuan"),
        ),
        _steps,
    ),
    Table(
        "dues",
        mark("各村应收未收"),
        (
            TOWNSHIP,
            VILLAGE,
            Column("step", mark("做什么")),
            Column("due_yuan", mark("应收（元）"), "yuan"),
            Column("received_yuan", mark("到账（元）"), "yuan"),
            Column("open_yuan", mark("应收未收（元）"), "yuan"),
            Column("is_counted", mark("是否计入目标"), words=_counted),
        ),
        _dues,
    ),
    Table(
        "steady",
        mark("明年可能返零的村"),
        (
            TOWNSHIP,
            VILLAGE,
            Column("standing", mark("清零情况"), words=standing_word),
            Column("steady_yuan", mark("经常性收入（元）"), "yuan"),
            Column("one_off_yuan", mark("一次性收入（元）"), "yuan"),
            Column("ending_yuan", mark("到期合同年租金（元）"), "yuan"),
            Column("first_end_date", mark("最早到期"), "day"),
            Column("is_one_off_only", mark("为什么"), words=_lasts),
        ),
        _steady,
    ),
    Table(
        "measures",
        mark("三种口径对照"),
        (
            Column("measure", mark("口径")),
            Column("definition", mark("定义")),
            Column("under_count", mark("线下（村）"), "count"),
            Column("unknown_count", mark("算不出（村）"), "count"),
            Column("used_by", mark("哪个目标用它")),
        ),
        _measures,
    ),
)
