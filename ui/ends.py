"""Which villages stand at both ends of a list, each a step away?"""

import pandas as pd
import streamlit as st

from base.formats import wan
from base.words import _
from queries.extremes import LEAST, ends_of
from ui.frame import link
from ui.looking import Looking


def both_ends(
    look: Looking, villages: pd.DataFrame, column: str, titles: tuple[str, str]
) -> None:
    """Show the first and the last villages by an amount, beside each other.

    Args:
        look: who looks.
        villages: village_code, village_name, township_name and the amount, in yuan.
        column: the amount.
        titles: what stands over the top and over the bottom.
    """
    ends = ends_of(villages, column)
    if ends.count < LEAST:
        st.caption(
            _(
                "有数的只有 {count} 村，不足 {least} 村，不分前后。",
                count=ends.count,
                least=LEAST,
            )
        )
        return
    left, right = st.columns(2)
    with left:
        _end(look, titles[0], ends.top, ends.top_tied, column)
    with right:
        _end(look, titles[1], ends.bottom, ends.bottom_tied, column)


def _end(
    look: Looking, title: str, villages: pd.DataFrame, tied: pd.DataFrame, column: str
) -> None:
    st.markdown(f"**{title}**")
    for row in villages.to_dict("records"):
        link(
            look,
            "village",
            str(row["village_code"]),
            _(
                "{rank}　{town} {village}　**{amount}** ›",
                rank=row["rank"],
                town=row["township_name"],
                village=row["village_name"],
                amount=wan(row[column]),
            ),
        )
    if len(tied):
        st.caption(
            _(
                "{rank}　{count} 村并列，都是 {amount}，见下表。",
                rank=tied["rank"].iloc[0],
                count=len(tied),
                amount=wan(tied[column].iloc[0]),
            )
        )
