"""How does a first secretary report a month on a phone, without a file?

Every line is one tap: as last month, none, or a number. What is chosen is kept on the
server at once, so that a lost connection loses nothing.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from base.catalogue import catalogue
from base.clock import Clock
from base.errors import ShownError
from base.formats import month as month_text
from base.formats import yuan
from base.words import _
from etl.door import clock_of, load_file
from etl.drafts import form_of, keep_form, throw_away
from etl.form import Filled, FormLine, form_file, form_lines, line_of
from ui.findings import findings_of
from ui.looking import Looking

SAME, ZERO, NUMBER = "same", "zero", "number"
_SENT = "forms_sent"
Said = dict[str, dict[str, Any]]


def report_form(look: Looking, village_code: str, month: date) -> None:
    """Show the form of a village's month, and send it when asked.

    Args:
        look: who reports.
        village_code: of the village.
        month: first day of the month.
    """
    form = _Form(look, village_code, month)
    can_take_over = [line for line in form.lines if line.last_month_yuan is not None]
    if can_take_over:
        st.button(
            _("全部与上月相同（{count} 项）", count=len(can_take_over)),
            key=f"all_{form.key}",
            on_click=form.take_all_over,
            width="stretch",
        )
    for line in form.lines:
        _line(form, line)
    _another(form)
    _send(form)


class _Form:
    """The form of one village and month, with what is filled in so far.

    Args:
        look: who reports.
        village_code: of the village.
        month: first day of the month.
    """

    def __init__(self, look: Looking, village_code: str, month: date) -> None:
        self.look, self.village_code, self.month = look, village_code, month
        # after sending, a form of its own: the browser remembers what was tapped
        sent = st.session_state.get(_SENT, 0)
        self.key = f"{village_code}_{month:%Y%m}_{sent}"
        lines = form_lines(
            look.store, look.viewer, village_code, month, look.moment.version_no
        )
        kept = form_of(look.store, look.viewer, village_code, f"{month:%Y-%m}")
        self.said: Said = dict(kept.said) if kept else {}
        known = {line.line_id for line in lines}
        self.lines = lines + [
            line_of(name)
            for name in self.said
            if name not in known and name in catalogue().lines()
        ]

    @property
    def clock(self) -> Clock:
        """Return the clock of the installation."""
        return clock_of(self.look.store)

    def keep(self) -> None:
        """Keep what is filled in on the server."""
        keep_form(
            self.look.store,
            self.look.viewer,
            self.village_code,
            f"{self.month:%Y-%m}",
            self.said,
            self.clock.now(),
        )

    def say(self, line_id: str, how: str | None, amount: str | None = None) -> None:
        """Set what is said of a line; None takes it back."""
        if how is None:
            self.said.pop(line_id, None)
        else:
            self.said[line_id] = {"how": how, "amount": amount}
        self.keep()

    def take_all_over(self) -> None:
        """Say of every line that it is as last month."""
        for line in self.lines:
            if line.last_month_yuan is not None:
                self.said[line.line_id] = {"how": SAME, "amount": None}
                st.session_state[f"how_{self.key}_{line.line_id}"] = SAME
        self.keep()

    def filled(self) -> list[Filled]:
        """Return what is filled in, line by line."""
        return [_filled(line, self.said.get(line.line_id)) for line in self.lines]


def _filled(line: FormLine, said: dict[str, Any] | None) -> Filled:
    if said is None:
        return Filled(line.line_id, None)
    if said["how"] == SAME:
        return Filled(line.line_id, line.last_month_yuan, is_taken_over=True)
    if said["how"] == ZERO:
        return Filled(line.line_id, Decimal(0))
    amount = said.get("amount")
    return Filled(line.line_id, None if amount is None else Decimal(amount))


def _line(form: _Form, line: FormLine) -> None:
    said = form.said.get(line.line_id)
    words = {ZERO: _("无"), NUMBER: _("填数")}
    if line.last_month_yuan is not None:
        same = _("同上月 {amount}", amount=yuan(line.last_month_yuan))
        words = {SAME: same, **words}
    key = f"how_{form.key}_{line.line_id}"
    if key not in st.session_state and said and said["how"] in words:
        st.session_state[key] = said["how"]

    def chosen() -> None:
        form.say(line.line_id, st.session_state[key], (said or {}).get("amount"))

    st.segmented_control(
        _("{name}（支出）", name=line.name) if line.is_cost else line.name,
        list(words),
        format_func=words.__getitem__,
        key=key,
        on_change=chosen,
    )
    if said and said["how"] == NUMBER:
        _number(form, line, said)


def _number(form: _Form, line: FormLine, said: dict[str, Any]) -> None:
    key = f"amount_{form.key}_{line.line_id}"

    def typed() -> None:
        amount = st.session_state[key]
        text = None if amount is None else f"{amount:.2f}"
        form.say(line.line_id, NUMBER, text)

    kept = said.get("amount")
    st.number_input(
        _("{name}本月到账（元）", name=line.name),
        min_value=0.0,
        value=None if kept is None else float(kept),
        step=100.0,
        format="%.2f",
        placeholder=_("填本月到账，单位：元"),
        key=key,
        on_change=typed,
        label_visibility="collapsed",
    )


def _another(form: _Form) -> None:
    """Let a source be added that the village has not had lately."""
    shown = {line.line_id for line in form.lines}
    others = [name for name in catalogue().lines() if name not in shown]
    key = f"another_{form.key}"

    def added() -> None:
        if st.session_state[key]:
            form.say(st.session_state[key], NUMBER)
            st.session_state[key] = None

    st.selectbox(
        _("还有别的收入或支出"),
        others,
        index=None,
        format_func=lambda name: line_of(name).name,
        placeholder=_("选一项，加一行"),
        key=key,
        on_change=added,
    )


def _send(form: _Form) -> None:
    filled = form.filled()
    stated = [line for line in filled if line.amount_yuan is not None]
    names = {line.line_id: line for line in form.lines}
    income = sum(
        (
            line.amount_yuan
            for line in stated
            if line.amount_yuan is not None and not names[line.line_id].is_cost
        ),
        Decimal(0),
    )
    left_open = len(filled) - len(stated)
    st.caption(
        _(
            "已填 {count} 项，收入合计 {total}。{note}",
            count=len(stated),
            total=yuan(income),
            note=_("还有 {n} 项没有填，按未报计。", n=left_open) if left_open else "",
        )
    )
    if st.button(
        _("提交{month}台账", month=month_text(form.month)),
        type="primary",
        disabled=not stated,
        key=f"send_{form.key}",
        width="stretch",
    ):
        _sent(form, filled)


def _sent(form: _Form, filled: list[Filled]) -> None:
    look = form.look
    name, content = form_file(form.village_code, form.month, filled)
    loaded = load_file(
        look.store, content, name, look.viewer, form.clock.now(), is_accepted=False
    )
    if loaded.checked.has_errors and not loaded.checked.rows.num_rows:
        findings_of(loaded.checked)
        return
    if loaded.submission is None:
        raise ShownError(_("没有报成，请刷新后再试。"))
    kept = form_of(look.store, look.viewer, form.village_code, f"{form.month:%Y-%m}")
    if kept:
        throw_away(look.store, look.viewer, kept.draft_id)
    st.session_state[_SENT] = st.session_state.get(_SENT, 0) + 1
    number = loaded.submission.submission_no
    st.session_state["told"] = _(
        "{month}台账已报送（第 {number} 号），等待审核。",
        month=month_text(form.month),
        number=number,
    )
    st.rerun()
