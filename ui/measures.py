"""What is a village's year worth by each measure, side by side and never mixed?"""

from html import escape

import pandas as pd
import streamlit as st

from base.catalogue import catalogue
from base.formats import listed, wan
from base.words import _
from ui.answers import answer_of_village
from ui.looking import Looking


def three_measures(look: Looking, village_code: str) -> None:
    """Show the measures of a village, each with its definition, and what is unknown.

    Args:
        look: who looks, and which target; its measure is marked.
        village_code: of which.
    """
    entries = catalogue()
    found = answer_of_village(look, village_code, "village/measures")
    rows = found.set_index("measure_id")
    for column, (measure_id, measure) in zip(
        st.columns(len(entries.measures)), entries.measures.items(), strict=True
    ):
        row = rows.loc[measure_id]
        notes = [measure.definition]
        missing = _missing(row)
        if missing:
            notes.append(_("缺{names}，算不出来", names=missing))
        if measure_id == look.target.measure:
            notes.append(_("目标按这个口径判"))
        amount = None if pd.isna(row["amount_yuan"]) else row["amount_yuan"]
        column.html(
            f'<div class="v-h">{escape(measure.name)}</div>'
            f'<div class="v-amount">{escape(wan(amount))}</div>'
            f'<div class="v-quiet">{"<br>".join(map(escape, notes))}</div>'
        )


def _missing(row: pd.Series) -> str:
    missing = row["missing_categories"]
    if not isinstance(missing, str):
        return ""
    return listed(catalogue().categories[one] for one in missing.split(","))
