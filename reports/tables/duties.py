"""How do those who answer for villages stand, and how are they assessed?"""

from functools import partial

import pandas as pd

from base.assessment import assessment
from base.errors import ShownError
from base.roles import DUTIES
from base.words import _, mark
from charts.palette import band_word, standing_word
from office.assessment import ASSESSED, assessed, evidence, indicator_rows
from office.responsibility import (
    DEPARTMENT,
    KINDS,
    SECRETARY,
    TOWNSHIP,
    Held,
    held,
    units,
)
from queries.table import Asked, Column, Said, Table
from reports.tables import villages

KIND_NAMES = {
    TOWNSHIP: mark("镇（街）"),
    DEPARTMENT: mark("市直帮扶单位"),
    SECRETARY: mark("第一书记"),
}
_YES = "yes"


def kind_of(said: Said) -> str:
    """Return whether townships, departments or first secretaries are asked about."""
    kind = said.get("by", "")
    return kind if kind in KINDS else TOWNSHIP


def assessed_kind(said: Said) -> str:
    """Return whether townships or departments are assessed."""
    kind = said.get("by", "")
    return kind if kind in ASSESSED else TOWNSHIP


def narrowed(whole: Held, said: Said) -> Held:
    """Return the poor villages alone, where only they are wanted."""
    return whole.of_poor_villages() if said.get("poor") == _YES else whole


def held_by(asked: Asked) -> Held:
    """Return the places of whoever asks, counted, and who holds them.

    Raises:
        ShownError: when the role may not compare those who answer for villages.
    """
    if not asked.viewer.may(DUTIES):
        raise ShownError(_("没有这张表，或您的账号不能看。"))
    return held(asked.store, asked.viewer, asked.moment, asked.target)


def _units(kind: str, asked: Asked) -> pd.DataFrame:
    whole = narrowed(held_by(asked), asked.said)
    return units(whole, kind, asked.moment.as_of)


def places_of(whole: Held, said: Said) -> pd.DataFrame:
    """Return the villages that somebody holds, the remaining with the least gap first.

    Args:
        whole: the places and who holds them.
        said: `by`, `who` and `poor` of the address.
    """
    found = narrowed(whole, said).of_unit(kind_of(said), said.get("who", ""))
    found = found[found["is_village"] == 1]
    share = found["papers_filled"] / found["papers_due"].where(found["papers_due"] > 0)
    return found.assign(papers_share=share).sort_values(
        ["is_remaining", "gap_yuan", "village_code"],
        ascending=[False, True, True],
        na_position="last",
        ignore_index=True,
    )


def _assessed(kind: str, asked: Asked) -> pd.DataFrame:
    return assessed(held_by(asked), kind)


def indicators_of(whole: Held, said: Said) -> pd.DataFrame:
    """Return each indicator of somebody with figure, marks and weight."""
    found = indicator_rows(whole, assessed_kind(said), said.get("who", ""))
    return found.assign(counted=[_counted(row) for row in found.itertuples()])


def _counted(row: object) -> str:
    part, whole = getattr(row, "part", 0), getattr(row, "whole", 0)
    if not whole:
        return _("缺数据，未计分")
    return _("{part} / {whole}", part=part, whole=whole)


def evidence_of(whole: Held, said: Said) -> pd.DataFrame:
    """Return the places behind a score: part and whole of each, and what lacks."""
    kind = assessed_kind(said)
    found = evidence(whole, kind, said.get("who", ""), said.get("indicator", ""))
    return found.assign(
        counted=[
            _("{part} / {whole}", part=row.part, whole=row.whole)
            for row in found.itertuples()
        ]
    )


def _yes(value: object) -> str:
    return _("是") if value == 1 else ""


def _chain(chain: str) -> str:
    return assessment().chains[chain]


def told(said: Said) -> Said:
    """Return what the address says of these tables, in words."""
    words = {}
    kind = said.get("by", "")
    if kind in KINDS:
        words[_("看谁")] = _(KIND_NAMES[kind])
    if said.get("who"):
        # of a first secretary the name and the organisation
        words[_("对象")] = " ".join(said["who"].split("|")).strip()
    if said.get("poor") == _YES:
        words[_("只看贫困村")] = _("是")
    indicator = assessment().indicator(said.get("indicator", ""))
    if indicator:
        words[_("指标")] = indicator.name
    return words


_UNIT_COLUMNS = (
    Column("band", mark("绿黄红"), words=band_word),
    Column("is_village", mark("村数"), "count"),
    Column("is_listed", mark("名单村"), "count"),
    Column("is_remaining", mark("未清零"), "count"),
    Column("level", mark("清零率"), "share"),
    Column("level_rank", mark("清零名次"), "count"),
    Column("is_newly", mark("本月清零"), "count"),
    Column("is_fallen", mark("退回线下"), "count"),
    Column("improvement", mark("本月进步"), "share"),
    Column("improvement_rank", mark("进步名次"), "count"),
    Column("papers_share", mark("报表完整率"), "share"),
    Column("undone", mark("督办未办结"), "count"),
    Column("overdue", mark("督办逾期"), "count"),
    Column("is_poor", mark("贫困村"), "count"),
    Column("solar_yuan", mark("今年光伏到账（元）"), "yuan"),
)
_PLACE = (villages.TOWNSHIP, villages.VILLAGE)
UNIT_TABLES = {
    TOWNSHIP: "duties-townships",
    DEPARTMENT: "duties-departments",
    SECRETARY: "duties-secretaries",
}
SCORE_TABLES = {
    TOWNSHIP: "assessment-townships",
    DEPARTMENT: "assessment-departments",
}
_TITLES = {
    "duties-townships": mark("各镇街帮扶责任"),
    "duties-departments": mark("各市直单位帮扶责任"),
    "duties-secretaries": mark("各第一书记帮扶责任"),
    "assessment-townships": mark("各镇街脱贫攻坚考核（口径待确认）"),
    "assessment-departments": mark("各市直单位脱贫攻坚考核（口径待确认）"),
}


def _unit_table(kind: str) -> Table:
    name = UNIT_TABLES[kind]
    first = Column("unit_name", KIND_NAMES[kind])
    ask = partial(_units, kind)
    return Table(name, _TITLES[name], (first, *_UNIT_COLUMNS), ask, told)


def _score_table(kind: str) -> Table:
    name = SCORE_TABLES[kind]
    columns = (
        Column("unit_name", KIND_NAMES[kind]),
        Column("score_rank", mark("名次"), "count"),
        Column("total", mark("总分"), "score"),
        Column("main", mark("主体责任"), "score"),
        Column("help", mark("帮扶责任"), "score"),
        Column("duty", mark("履职责任"), "score"),
        Column("missing_count", mark("缺数指标"), "count"),
        Column("is_listed", mark("名单村"), "count"),
    )
    return Table(name, _TITLES[name], columns, partial(_assessed, kind), told)


TABLES = (
    *(_unit_table(kind) for kind in KINDS),
    Table(
        "duties-villages",
        mark("所帮扶的村"),
        (
            *_PLACE,
            Column("standing", mark("清零情况"), words=standing_word),
            Column("amount_yuan", mark("到账（元）"), "yuan"),
            Column("gap_yuan", mark("差多少（元）"), "yuan"),
            Column("papers_share", mark("报表完整率"), "share"),
            Column("undone", mark("督办未办结"), "count"),
            Column("overdue", mark("督办逾期"), "count"),
            Column("is_poor", mark("贫困村"), words=_yes),
            Column("solar_yuan", mark("今年光伏到账（元）"), "yuan"),
            Column("department", mark("市直帮扶单位")),
            Column("secretary", mark("第一书记")),
        ),
        lambda asked: places_of(held_by(asked), asked.said),
        told,
    ),
    *(_score_table(kind) for kind in ASSESSED),
    Table(
        "assessment-indicators",
        mark("考核各指标得分（口径待确认）"),
        (
            Column("chain", mark("责任链条"), words=_chain),
            Column("name", mark("指标")),
            Column("counted", mark("数")),
            Column("value", mark("占比"), "share"),
            Column("marks", mark("得分"), "score"),
            Column("weight", mark("权重"), "count"),
            Column("weight_used", mark("实际权重"), "share"),
            Column("measures", mark("怎么算")),
        ),
        lambda asked: indicators_of(held_by(asked), asked.said),
        told,
    ),
    Table(
        "assessment-evidence",
        mark("得分依据：各村"),
        (
            *_PLACE,
            Column("counted", mark("数")),
            Column("lack", mark("欠缺"), "count"),
            Column("standing", mark("清零情况"), words=standing_word),
            Column("gap_yuan", mark("差多少（元）"), "yuan"),
            Column("department", mark("市直帮扶单位")),
            Column("secretary", mark("第一书记")),
        ),
        lambda asked: evidence_of(held_by(asked), asked.said),
        told,
    ),
)
