"""How is an action begun, and how is it moved on?"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from accounts.audit_told import role_name
from base.action import OPEN, REOPENED, WORDS
from base.catalogue import catalogue
from base.formats import full_date, owner_of
from base.place import level_of
from base.roles import ASSIGN
from base.words import _
from charts.palette import action_word
from office import actions
from office.actions import Task
from ui.answers import answer
from ui.doing import do
from ui.looking import Looking
from ui.uploader import PICTURES, uploader

_USUAL_DAYS = 14
_TURN = "actions_begun"


def place_words(look: Looking) -> dict[str, str]:
    """Return the townships and villages that whoever looks may ask things of."""
    names = answer(look, look.home, "places/names")
    words: dict[str, str] = {}
    for row in names.itertuples():
        township = str(row.township_code)
        if look.viewer.scope.holds(township):
            words[township] = str(row.township_name)
        words[str(row.village_code)] = f"{row.township_name} {row.village_name}"
    return words


def begin_form(
    look: Looking,
    place_code: str,
    suggestions: tuple[str, ...] = (),
    origin: str = "",
) -> None:
    """Let an action about a place be begun.

    Args:
        look: who looks; may begin actions there.
        place_code: of a village or township.
        suggestions: what might be done; the first is filled in.
        origin: what gives rise to it.
    """
    # a form that has been sent is a new one, and empty
    turn = st.session_state.get(_TURN, 0)
    key = f"begin_{place_code}_{origin}" + (f"_{turn}" if turn else "")
    bearers = _bearers(look, place_code)
    what = _suggested(suggestions, key)
    with st.form(key, border=False):
        said = st.text_area(_("办什么"), value=what, key=f"{key}_what", height=80)
        left, right = st.columns(2)
        chosen = left.selectbox(
            _("责任人"),
            range(len(bearers)),
            format_func=lambda place: bearers[place][0],
            key=f"{key}_bearer",
        )
        due = right.date_input(
            _("办结期限"),
            value=look.moment.today + timedelta(days=_USUAL_DAYS),
            key=f"{key}_due",
            format="YYYY-MM-DD",
        )
        name = left.text_input(_("另写责任人"), key=f"{key}_name")
        organisation = right.text_input(_("另写责任单位"), key=f"{key}_of")
        if st.form_submit_button(_("新建督办事项"), type="primary"):
            _label, own_name, own_organisation = bearers[chosen or 0]
            is_other = bool(name.strip() or organisation.strip())
            task = Task(
                place_code,
                said,
                name if is_other else own_name,
                organisation if is_other else own_organisation,
                due,
                look.target.id,
                origin,
            )
            begin = partial(actions.begin, look.store, look.viewer, task)
            _do(look, begin, _("已新建督办事项。"))


def _do(look: Looking, act: Callable[[datetime], object], said: str) -> None:
    """Do something; the form that asked for it is a new one afterwards."""

    def done(at: datetime) -> None:
        act(at)
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1

    do(look, done, said)


def _suggested(suggestions: tuple[str, ...], key: str) -> str:
    """Return the text to begin with, chosen where there are several."""
    if len(suggestions) < 2:
        return suggestions[0] if suggestions else ""
    chosen = st.selectbox(_("建议"), suggestions, key=f"{key}_suggestion")
    return chosen or suggestions[0]


def _bearers(look: Looking, place_code: str) -> list[tuple[str, str, str]]:
    """Return who answers for a village: label, name and organisation of each."""
    none = (_("（在下面另写）"), "", "")
    if level_of(place_code) != "village":
        return [none]
    duties = catalogue().duties
    found = answer(
        look,
        place_code,
        "village/people",
        village_code=place_code,
        duties=tuple(one for one, duty in duties.items() if duty.is_required),
    )
    held = found[~found["is_vacant"].astype(bool)]
    known = [
        (
            _("{duty}：{who}", duty=duties[duty].name, who=owner_of(name, of)),
            "" if name == of else name,
            of,
        )
        for duty, name, of in zip(
            held["duty_id"],
            held["holder_name"].fillna(""),
            held["organisation_name"].fillna(""),
            strict=True,
        )
    ]
    return [*known, none]


def history_of_action(look: Looking, action_no: int) -> None:
    """Show what was done about an action, step by step, with what proves it."""
    steps = answer(look, look.home, "actions/steps", action_no=action_no)
    lines = "".join(
        f"<li><time>{row.decided_at:%Y-%m-%d %H:%M}</time><div>{_told(row)}</div></li>"
        for row in steps.iloc[::-1].itertuples()
    )
    st.html(f'<ol class="v-history">{lines}</ol>')


def _told(step: Any) -> str:
    who = _("{who}（{role}）", who=step.acted_by, role=role_name(step.role))
    said = f"<b>{escape(action_word(step.state))}</b>&ensp;{escape(who)}"
    if step.note:
        said += f"<br>{escape(step.note)}"
    if step.evidence_sha256:
        said += (
            f'<br><a href="/files/action/{step.journal_line}" target="_blank">'
            f"{escape(step.evidence_name)}</a>"
        )
    return said


def step_form(look: Looking, held: "pd.Series[Any]") -> None:
    """Let an action be moved on by whoever may.

    Args:
        look: who looks.
        held: the action, as `queries/actions/list.sql` returns it.
    """
    number, state = int(held["action_no"]), str(held["state"])
    states = actions.next_states(look.viewer, state)
    if not states:
        st.caption(_("您的账号在这里只能看。"))
        return
    key = f"step_{number}_{int(held['step_count'])}"
    with st.form(key, border=False):
        # the most likely step comes first: one further than now
        onward = [one for one in states if one != state] + [
            one for one in states if one == state
        ]
        chosen = st.selectbox(
            _("办到哪一步"), onward, format_func=action_word, key=f"{key}_state"
        )
        note = st.text_area(_("办理情况或原因"), key=f"{key}_note", height=80)
        changed = _changed(look, held, key) if look.viewer.may(ASSIGN) else None
        if st.form_submit_button(_("保存"), type="primary"):
            onto = chosen or state
            move = partial(actions.step, look.store, look.viewer, number, onto)
            said = _("已记下：{state}。", state=_(WORDS[onto]))
            _do(look, lambda at: move(at, note, changed), said)
    if state in (OPEN, REOPENED, *states):
        with st.expander(_("附上照片或回单")):
            hint = _("照片（jpg、png）或 pdf，每个不超过 10 MB。")
            address = f"/actions/{number}/evidence"
            proof = f"proof_{number}"
            if uploader(address, hint, proof, PICTURES, False, False):
                st.rerun()


def _changed(look: Looking, held: "pd.Series[Any]", key: str) -> Task:
    """Return the action as it is to be from now on."""
    due = st.date_input(
        _("办结期限"), value=held["due_date"], key=f"{key}_due", format="YYYY-MM-DD"
    )
    left, right = st.columns(2)
    name = left.text_input(_("责任人"), held["owner_name"], key=f"{key}_name")
    of = right.text_input(_("责任单位"), held["owner_organisation"], key=f"{key}_of")
    return Task(
        str(held["place_code"]),
        str(held["what"]),
        name,
        of,
        due,
        str(held["target_id"]),
        str(held["origin"]),
    )


def action_line(row: Any) -> str:
    """Return an action in one line of text: state, what, who, by when."""
    line = _(
        "{state}　{what}　{owner}，{day}前",
        state=action_word(row.state),
        what=row.what,
        owner=owner_of(row.owner_name, row.owner_organisation),
        day=full_date(row.due_date),
    )
    return _("{line}（已逾期）", line=line) if row.is_overdue else line
