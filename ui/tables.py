"""How is a list of villages shown, and how does a row lead to its village?"""

import math
from decimal import Decimal

import pandas as pd
import streamlit as st

from base.words import _
from charts.palette import state_word
from ui.frame import go
from ui.looking import Looking
from ui.reasons import reason_of


def village_table(looking: Looking, villages: pd.DataFrame, key: str) -> None:
    """Show villages with gap, reason and state; a chosen row opens its village.

    Args:
        looking: who looks.
        villages: as `queries/progress/villages.sql` returns them.
        key: of the widget.
    """
    if villages.empty:
        st.caption(_("没有这样的村。"))
        return
    shown = pd.DataFrame(
        {
            _("乡镇"): villages["township_name"],
            _("村"): villages["village_name"],
            _("差多少（元）"): villages["gap_yuan"].map(_whole),
            _("原因"): villages.apply(reason_of, axis=1)
            if villages["reason"].notna().any()
            else "",
            _("台账"): villages["worst_state"].map(state_word),
            _("已报"): villages["reported_count"].astype("Int64").astype(str)
            + "/"
            + villages["due_count"].astype("Int64").astype(str),
        }
    )
    if villages["township_code"].nunique() == 1:
        shown = shown.drop(columns=_("乡镇"))
    event = st.dataframe(
        shown,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        key=key,
        height=min(38 + 35 * len(shown), 460),
        column_config={
            _("差多少（元）"): st.column_config.NumberColumn(format="localized"),
        },
        placeholder="",
    )
    chosen = event["selection"]["cells"]
    if chosen:
        go(looking, "village", str(villages["village_code"].iloc[chosen[0][0]]))


def _whole(amount: Decimal | None) -> int | None:
    """Return whole yuan, rounded up: a village short of a fen is still short."""
    return None if amount is None else math.ceil(amount)
