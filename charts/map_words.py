"""What does the map say of a place under the pointer?"""

from typing import Any

import pandas as pd

from base.formats import share, wan
from base.words import _
from charts.map_text import plain
from charts.palette import standing_word, state_word

_LAID_OUT = "laid_out"


def township_words(township: Any) -> str:
    """Return what is shown over a township: what remains, and what is not reported."""
    parts = {
        "remaining": township.remaining,
        "villages": township.villages,
        "share": share(int(township.remaining), int(township.villages)),
    }
    reporting = {"count": township.not_reported, "all": township.village_count}
    return "\n".join(
        [
            _("未清零 {remaining} 村，名单共 {villages} 村（{share}）", **parts),
            _("未报 {count} 村，全镇共 {all} 村", **reporting),
        ]
    )


def village_words(village: Any) -> str:
    """Return what is shown over a village: standing, income, state of its reports."""
    lines = [
        _(
            "{town} {standing}",
            town=plain(village.township_name),
            standing=standing_word(village.standing),
        )
    ]
    if not pd.isna(village.amount_yuan):
        lines.append(_("本年收入 {amount}", amount=wan(village.amount_yuan)))
    if not pd.isna(village.gap_yuan) and village.gap_yuan > 0:
        lines.append(_("还差 {amount}", amount=wan(village.gap_yuan)))
    if not pd.isna(village.worst_state):
        lines.append(_("报表 {state}", state=state_word(village.worst_state)))
    if village.position_kind == _LAID_OUT:
        lines.append(_("位置为示意"))
    return "\n".join(lines)
