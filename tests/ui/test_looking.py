"""Does whoever changes something see it at once, whatever the rush?"""

from dataclasses import replace
from datetime import date

import streamlit as st

from base.place import Scope
from base.viewer import Viewer
from queries import Moment
from store import Store
from store.decisions import decide
from tests.making import NOW, lines, send
from ui.looking import _noticed
from ui.noticing import AT_ONCE

SENDER = Viewer("sender", "secretary", Scope.of(["410581107001"]), actor="u1")
OTHER = replace(SENDER, actor="u2")
ROWS = lines(
    ("410581107001", "solar", date(2018, 10, 1), date(2018, 10, 31), None, "1.00")
)


def known_to(store: Store, viewer: Viewer) -> int:
    number = store.value("select activity_no from ops.activity")
    return _noticed(store, viewer, Moment(date(2018, 10, 31), 1, NOW, number))


def test_in_a_rush_own_changes_are_seen_at_once(store: Store) -> None:
    st.cache_resource.clear()
    sent = send(store, ROWS)
    entry = {"kind": "reviewed", "submission_no": sent, **OTHER.signed()}
    for _change in range(AT_ONCE):
        decide(store, entry, NOW)
        assert known_to(store, SENDER) == known_to(store, OTHER)
    seen = known_to(store, SENDER)
    decide(store, entry, NOW)
    assert known_to(store, OTHER) == seen + 1
    assert known_to(store, SENDER) == seen
    decide(store, {**entry, **SENDER.signed()}, NOW)
    assert known_to(store, SENDER) == seen + 2
