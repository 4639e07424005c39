"""Why does a village remain, in words and with its numbers?"""

from collections.abc import Mapping

import pandas as pd

from base.catalogue import catalogue
from base.formats import listed, wan
from base.words import _, mark

_SHORT = "short"
_SAID = {
    "no_figure": mark("今年还没有任何已审核的数"),
    "zero": mark("已报，经营性收入为零"),
    "other_only": mark("经营性收入 {amount}；另有 {other} 不计入"),
    _SHORT: mark("经营性收入只有 {amount}"),
    "best_short": mark("最多的一项是{source}，{amount}"),
    "no_steady": mark("没有稳定（非一次性）的经营性来源"),
    "no_inventory": mark("还没有已审核的三资清查表"),
    "under_way": mark("三资清查还没有完成"),
    "undated": mark("清查表写了完成，没有写完成日期"),
    "all_vacant": mark("责任人一项也没有报"),
    "vacant": mark("缺{duties}"),
}
# What to do about villages that lack something else than money.
_CURES = {
    "no_inventory": mark("催清查：{n} 个村没有已审核的三资清查表。"),
    "under_way": mark("促完成：{n} 个村三资清查还在进行。"),
    "undated": mark("补日期：{n} 个村没有写清查完成日期。"),
    "all_vacant": mark("催报责任表：{n} 个村没有报责任人。"),
    "vacant": mark("补责任人：{n} 个村有一项责任空缺。"),
    "no_steady": mark("找稳定来源：{n} 个村只有一次性收入。"),
}


def reason_of(row: pd.Series) -> str:
    """Return why a village remains.

    Args:
        row: reason, amount_yuan, other_yuan and detail, as a target answers.
    """
    entries = catalogue()
    reason, detail = str(row["reason"]), str(row["detail"])
    if reason == _SHORT and detail in entries.sources:
        reason = "best_short"
    vacant = [one for one in detail.split(",") if one in entries.duties]
    return _(
        _SAID[reason],
        amount=wan(row["amount_yuan"]),
        other=wan(row["other_yuan"]),
        source=entries.source_name(detail),
        duties=listed(entries.duties[one].name for one in vacant),
    )


def cures_of(reasons: Mapping[str, int]) -> list[str]:
    """Return what to do about villages that lack something else than money.

    Args:
        reasons: how many villages remain, by why they do.
    """
    return [
        _(text, n=reasons[reason])
        for reason, text in _CURES.items()
        if reasons.get(reason)
    ]
