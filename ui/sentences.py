"""What do the figures say in one sentence, and what is to be done next? By rules."""

from decimal import Decimal

import pandas as pd

from base.formats import full_date, listed, wan
from base.words import _
from queries import Progress
from ui.answers import NEAR, GroupCounts
from ui.looking import Looking
from ui.reasons import cures_of

_IN_THE_WAY = 3


def in_the_way(children: pd.DataFrame) -> pd.DataFrame:
    """Return the three places with the most remaining villages."""
    return children[children["remaining"] > 0].head(_IN_THE_WAY)


def headline(
    looking: Looking, progress: Progress, children: pd.DataFrame, is_complete: bool
) -> str:
    """Return the one sentence that a leader takes along.

    Args:
        looking: who looks.
        progress: of the target.
        children: the places one level down, most remaining first.
        is_complete: whether every report that was due is accepted; before, nobody is
            at zero.
    """
    day = full_date(looking.moment.as_of)
    if progress.villages == 0:
        return _("截至{day}，名单上没有村，继续保持。", day=day)
    if progress.remaining == 0 and not is_complete:
        return _(
            "截至{day}，名单上 {n} 个村全部达标；报表还没有报齐，报齐后才能算清零。",
            day=day,
            n=progress.villages,
        )
    if progress.remaining == 0:
        return _("截至{day}，名单上 {n} 个村全部清零。", day=day, n=progress.villages)
    names = listed(in_the_way(children)["place_name"])
    return _(
        "截至{day}，名单上 {villages} 个村已清零 {cleared} 个，还剩 {remaining} 个；"
        "{pace}，主要卡在{names}。",
        day=day,
        villages=progress.villages,
        cleared=progress.cleared,
        remaining=progress.remaining,
        pace=_pace_phrase(progress),
        names=names,
    )


def _pace_phrase(progress: Progress) -> str:
    return {
        "green": _("进度跟得上计划"),
        "yellow": _("比计划慢一些"),
        "orange": _("明显落后于计划"),
        "red": _("严重落后于计划"),
        "not_due": _("计划尚未到期"),
    }[progress.pace.state]


def to_do(groups: GroupCounts, threshold_yuan: Decimal) -> list[str]:
    """Return what to do next, most useful first, each line with its number."""
    lines = cures_of(groups.reasons)
    if groups.unreported:
        lines.append(
            _(
                "先催报：{n} 个未清零村有台账未报、退回或待审，报齐才知道真差多少。",
                n=groups.unreported,
            )
        )
    if groups.near:
        lines.append(
            _(
                "再补差：{n} 个村离线不到 {gap}，一笔到账即可过线。",
                n=groups.near,
                gap=wan(threshold_yuan * NEAR),
            )
        )
    other_only = groups.reasons.get("other_only", 0)
    if other_only:
        lines.append(
            _(
                "找稳定来源：{n} 个村的钱多是一次性收入或补助，不计入经营性收入。",
                n=other_only,
            )
        )
    if groups.fallen_back:
        lines.append(_("查原因：{n} 个村更正后退回线下。", n=groups.fallen_back))
    if not lines and groups.remaining:
        lines.append(_("逐村研究：还有 {n} 个村没有清零。", n=groups.remaining))
    return lines or [_("没有待办，继续保持。")]
