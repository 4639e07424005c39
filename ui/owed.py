"""What does a village owe, which paper for which period, and in which state is it?"""

import pandas as pd
import streamlit as st

from base.catalogue import catalogue
from base.formats import full_date, period
from base.words import _, mark
from charts.palette import state_word
from ui.bits import months_strip, state_badge

_LEDGER = "ledger"


_SENDERS = {
    "village": mark("本村"),
    "platform": mark("光伏平台"),
    "grid": mark("电网"),
    "office": mark("市专班"),
}
_MISSING = ("returned", "not_reported", "in_review")


def owed_of(owed: pd.DataFrame, worst_state: str, township_name: str) -> None:
    """Show the months of the ledger as a strip, and every other paper as a line.

    What is missing stands first, with who has to send it.

    Args:
        owed: as `queries/village/owed.sql` returns it.
        worst_state: of the papers that the target rests on.
        township_name: of the village, which sends most papers.
    """
    ledger = owed[owed["statement"] == _LEDGER]
    is_in = ledger["state"].isin(["reported", "reported_zero"])
    due = ledger["state"] != "not_due"
    st.subheader(
        _(
            "台账：已报 {n}/{due} 个月（{sender}报）",
            n=int((is_in & due).sum()),
            due=int(due.sum()),
            sender=township_name,
        )
    )
    st.html(state_badge(worst_state) + months_strip(ledger))
    others = owed[owed["statement"] != _LEDGER]
    if others.empty:
        return
    entries = catalogue()
    shown = others.assign(is_in=~others["state"].isin(_MISSING)).sort_values(
        ["is_in", "due_date", "statement"], ascending=[True, False, True]
    )
    st.dataframe(
        pd.DataFrame(
            {
                _("应报"): [
                    _paper(entries.statements[row.statement].name, str(row.project_id))
                    for row in shown.itertuples()
                ],
                _("期间"): [
                    period(row.period_start, row.period_end)
                    for row in shown.itertuples()
                ],
                _("状态"): shown["state"].map(state_word),
                _("谁报"): [
                    _sender(entries.statements[one].sender, township_name)
                    for one in shown["statement"]
                ],
                _("期限"): shown["due_date"].map(full_date),
            }
        ),
        hide_index=True,
        height=min(38 + 35 * len(shown), 290),
    )


def _sender(sender: str, township_name: str) -> str:
    return _(_SENDERS[sender]) if sender in _SENDERS else township_name


def _paper(name: str, project_id: str) -> str:
    return name if project_id == "–" else f"{name} {project_id}"
