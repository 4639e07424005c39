"""What threatens a village's income or its reports, and who sees to it by when?"""

from html import escape

import streamlit as st

from base.rules import WARNING
from base.words import _
from reports.tables.matters import BEHIND, LISTS
from ui.frame import ribbon, scope_note, told
from ui.looking import asked_place, looking
from ui.matters import headline, list_of, matters_of_place, unconfirmed


def show() -> None:
    """Show the warnings of the place that the address names."""
    look, table = looking(), LISTS[WARNING]
    place = asked_place(look.viewer)
    ribbon(look)
    scope_note(look)
    told()
    say = headline(WARNING, matters_of_place(look, table, place))
    st.html(f'<div class="v-say">{escape(say)}</div>')
    note = _("原因还在、数又变了的，销号后会自己重新打开。")
    st.html(f'<div class="v-quiet">{escape(note)} {unconfirmed()}</div>')
    list_of(look, WARNING, place, table, BEHIND)
