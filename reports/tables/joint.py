"""Which joint projects are there, who holds them, and whom would a share clear?"""

from typing import Any

import pandas as pd

from base.words import _, mark
from charts.map_joint import kind_of, kind_word
from queries.joint_projects import effect, fits, free_shares, with_own
from queries.table import Asked, Column, Table
from reports.tables.sources import TERRAIN, classed_standings
from reports.tables.villages import SOURCE, TOWNSHIP, VILLAGE

_KIND = Column("source_id", mark("类型"), words=SOURCE.words)
_PROJECT = Column("project_name", mark("项目"))
_POINT = Column("yuan_per_point", mark("每个百分点一年（元）"), "yuan")


def _projects(asked: Asked) -> pd.DataFrame:
    found = asked.ask("joint/projects")
    return with_own(found, asked.ask("joint/holders")).assign(
        site=[
            f"{row.site_township_name or ''} {row.manager_name or row.managing_code}"
            for row in found.itertuples()
        ]
    )


def _fit_word(value: Any) -> str:
    return _("√ 相符") if value else _("△ 不符，待核")


def _shares(asked: Asked) -> pd.DataFrame:
    found = asked.ask("joint/holders")
    fitting = [fits(row.source_id, row.terrain) for row in found.itertuples()]
    return found.assign(
        share_kind=[kind_of(row) for row in found.itertuples()],
        is_fitting=pd.Series(fitting, index=found.index, dtype=object),
    )


def _remaining(asked: Asked) -> pd.DataFrame:
    held = set(asked.ask("joint/holders")["village_code"])
    villages = classed_standings(asked)
    remaining = villages[villages["standing"] == "remaining"]
    return remaining.assign(has_share=remaining["village_code"].isin(held))


def _without(asked: Asked) -> pd.DataFrame:
    villages = classed_standings(asked)
    held = set(asked.ask("joint/holders")["village_code"])
    without = villages[~villages["village_code"].isin(held)]
    return without.assign(is_remaining=without["standing"] == "remaining").sort_values(
        ["is_remaining", "gap_yuan", "village_code"],
        ascending=[False, True, True],
        na_position="last",
        ignore_index=True,
    )


def known_projects(asked: Asked) -> pd.DataFrame:
    """Return the projects of which the viewer may know what a point brings.

    Those in which somebody of the scope has a part, and those that have free shares:
    an offer to every village.
    """
    columns = [
        "managing_code",
        "project_id",
        "project_name",
        "source_id",
        "yuan_per_point",
        "full_year_date",
    ]
    own = asked.ask("joint/projects")[columns]
    offers = free_shares(asked.store, asked.moment)[columns]
    if own.empty or offers.empty:
        return offers if own.empty else own
    return pd.concat([own, offers]).drop_duplicates("project_id", ignore_index=True)


def _effect(asked: Asked) -> pd.DataFrame:
    return effect(_remaining(asked), known_projects(asked))


def _yes(value: Any) -> str:
    return _("√ 是") if value else _("否")


def _remains(value: Any) -> str:
    return _("● 未清零") if value else ""


TABLES = (
    Table(
        "joint-projects",
        mark("联建项目"),
        (
            _PROJECT,
            _KIND,
            Column("site", mark("承办（所在）村")),
            Column("holder_count", mark("持股村"), "count"),
            Column("due_yuan", mark("今年应收（元）"), "yuan"),
            Column("received_yuan", mark("今年到账（元）"), "yuan"),
            Column("before_due_yuan", mark("去年应收（元）"), "yuan"),
            Column("before_received_yuan", mark("去年到账（元）"), "yuan"),
            Column("invested_yuan", mark("投入（元）"), "yuan"),
            Column("yearly_return_pct", mark("年回报率（%）"), "number"),
            _POINT,
            Column("own_pct", mark("范围内份额（%）"), "number"),
            Column("own_received_yuan", mark("范围内分得（元）"), "yuan"),
            Column("others_received_yuan", mark("其他村合计（元）"), "yuan"),
            Column("given_pct", mark("份额合计（%）"), "number"),
            Column("township_count", mark("涉及乡镇"), "count"),
            Column("place_name", mark("项目地点")),
            Column("told_date", mark("今年报到"), "month"),
            Column("full_year_date", mark("近12个月截至"), "month"),
        ),
        _projects,
    ),
    Table(
        "joint-shares",
        mark("联建项目持股村"),
        (
            _PROJECT,
            _KIND,
            TOWNSHIP,
            VILLAGE,
            TERRAIN,
            Column("share_kind", mark("联建方式"), words=kind_word),
            Column("share_pct", mark("份额（%）"), "number"),
            Column("invested_yuan", mark("投入（元）"), "yuan"),
            Column("due_yuan", mark("今年应得（元）"), "yuan"),
            Column("received_yuan", mark("今年分得（元）"), "yuan"),
            Column("before_received_yuan", mark("去年分得（元）"), "yuan"),
            Column("is_fitting", mark("类型与地形"), words=_fit_word),
        ),
        _shares,
    ),
    Table(
        "joint-without",
        mark("没有联建份额的村"),
        (
            TOWNSHIP,
            VILLAGE,
            TERRAIN,
            Column("is_remaining", mark("清零情况"), words=_remains),
            Column("income_yuan", mark("到账（元）"), "yuan"),
            Column("gap_yuan", mark("差多少（元）"), "yuan"),
        ),
        _without,
    ),
    Table(
        "joint-effect",
        mark("多一份份额能补多少"),
        (
            TOWNSHIP,
            VILLAGE,
            TERRAIN,
            Column("gap_yuan", mark("差多少（元）"), "yuan"),
            Column("has_share", mark("已有份额"), words=_yes),
            _PROJECT,
            _KIND,
            _POINT,
            Column("points_needed", mark("要过线需份额（%）"), "number"),
            Column("is_fitting", mark("类型与地形"), words=_fit_word),
        ),
        _effect,
    ),
)
