"""Which files wait to be sent, what is in them, and what would they change?"""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from base.catalogue import catalogue
from base.formats import listed, period, yuan
from base.memory import Key
from base.month import add_months, first_day
from base.words import _, mark
from etl import drafts
from etl.check import Checked
from etl.door import NO_ANSWERS, check_file, clock_of, held_against
from etl.drafts import Draft
from etl.preview import CHANGED, NEW, UNCHANGED, WITHDRAWN, Preview, preview
from etl.reading.amounts import UNITS
from etl.tables.context import Answers
from ui.answers import key_of, remember
from ui.findings import findings_of
from ui.looking import Looking
from ui.plain import plain

# What is asked for when a file does not say it, by the findings that miss it.
_ASKED = {
    "month": {"period_missing", "period_conflict", "year_odd"},
    "source": {"source_missing"},
    "unit": {"unit_missing", "unit_differs"},
}
_STATES = {
    NEW: mark("新增"),
    CHANGED: mark("变更"),
    UNCHANGED: mark("不变"),
    WITHDRAWN: mark("撤销"),
}
_LATEST_MONTHS = 18


def waiting_files(look: Looking) -> None:
    """Show the files that somebody has uploaded and not sent."""
    found = drafts.drafts_of(look.store, look.viewer)
    if not found:
        return
    st.subheader(_("待提交的文件（{count}）", count=len(found)))
    for draft in found:
        with st.container(border=True):
            _waiting(look, draft)


def read_draft(look: Looking, draft: Draft) -> Checked:
    """Return what a file that waits holds, held against what is in force."""

    def ask() -> Checked:
        content = drafts.content_of(look.store, draft)
        clock = clock_of(look.store)
        checked = check_file(
            content, draft.file_name, draft.answers, clock, look.store.folder
        )
        return held_against(look.store, checked, look.viewer)

    found: Checked = remember(_key_of(look, draft, "read"), ask)
    return found


def _key_of(look: Looking, draft: Draft, what: str) -> Key:
    return key_of(look, look.home, what, draft.draft_id, str(draft.said))


def _waiting(look: Looking, draft: Draft) -> None:
    checked = read_draft(look, draft)
    st.markdown(f"**{plain(draft.file_name)}**")
    if not checked.is_readable:
        findings_of(checked)
        _buttons(look, draft, checked)
        return
    st.caption(recognised(checked))
    _questions(look, draft, checked)
    findings_of(checked)
    if checked.rows.num_rows:
        before_and_after(
            preview_of(
                look, _key_of(look, draft, "preview"), checked.rows, checked.rejected
            ),
            key=draft.draft_id,
        )
    _buttons(look, draft, checked)


def preview_of(look: Looking, key: Key, rows: pa.Table, rejected: int) -> Preview:
    """Return what would change by what was read, asked once for a key.

    Args:
        look: who looks.
        key: all that the answer depends on.
        rows: the lines as read.
        rejected: how many more were held back.
    """
    number = look.moment.version_no
    found: Preview = remember(
        key,
        lambda: preview(look.store, rows, look.viewer, number, rejected),
    )
    return found


def recognised(checked: Checked) -> str:
    """Say in a line what a file was taken for."""
    rows = checked.rows
    if not rows.num_rows:
        return _("没有可用的数据行。")
    statements = catalogue().statements
    names = listed(
        statements[one].name if one in statements else one
        for one in dict.fromkeys(rows["statement"].to_pylist())
    )
    starts, ends = rows["period_start"].to_pylist(), rows["period_end"].to_pylist()
    return _(
        "识别为：{names}，{period}，{villages} 个村，{rows} 笔。",
        names=names,
        period=period(min(starts), max(ends)),
        villages=len(set(rows["village_code"].to_pylist())),
        rows=rows.num_rows,
    )


def before_and_after(shown: Preview, key: str) -> None:
    """Show what would change: counts and sums by state, then the changed units."""
    columns = st.columns(len(_STATES) + 1)
    for column, (state, name) in zip(columns, _STATES.items(), strict=False):
        change = shown.changes[state]
        column.metric(_(name), change.count, _delta(change.received.change_yuan))
    columns[-1].metric(_("退回"), shown.rejected)
    total = shown.total.received
    st.caption(
        _(
            "到账合计：原 {before}，提交后 {after}。",
            before=yuan(total.before_yuan),
            after=yuan(total.after_yuan),
        )
    )
    parts = shown.parts[shown.parts["state"] != UNCHANGED]
    if len(parts):
        with st.expander(_("逐项看前后（{count} 项）", count=len(parts))):
            st.dataframe(_before_after_table(parts), hide_index=True, key=f"ba_{key}")


def _before_after_table(parts: pd.DataFrame) -> pd.DataFrame:
    lines = catalogue().lines()
    return pd.DataFrame(
        {
            _("村"): parts["village_name"],
            _("项目"): [
                lines[row.source_id].name if row.source_id in lines else row.source_id
                for row in parts.itertuples()
            ],
            _("期间"): [
                period(row.period_start, row.period_end) for row in parts.itertuples()
            ],
            _("状态"): [_(_STATES[state]) for state in parts["state"]],
            _("原到账（元）"): parts["received_before_yuan"].map(_number),
            _("现到账（元）"): parts["received_after_yuan"].map(_number),
            _("原应收（元）"): parts["due_before_yuan"].map(_number),
            _("现应收（元）"): parts["due_after_yuan"].map(_number),
        }
    ).dropna(axis="columns", how="all")


def _number(amount: Decimal | None) -> float | None:
    """Return yuan for a column of a table, which shows numbers only."""
    return float(amount) if isinstance(amount, Decimal) else None


def _delta(change: Decimal | None) -> str | None:
    return None if not change else yuan(change)


def _questions(look: Looking, draft: Draft, checked: Checked) -> None:
    """Ask for month, source or unit where the file does not say it."""
    codes = {finding.code for finding in checked.findings}
    said = draft.answers
    wanted = {
        name
        for name, missing in _ASKED.items()
        if codes & missing or draft.said.get(name)
    }
    if not wanted:
        return
    st.info(_("文件里没有写明，请补充："))
    given: dict[str, Any] = {
        "month": said.month,
        "source_id": said.source_id,
        "unit": said.unit,
    }
    if "month" in wanted:
        given["month"] = _month(look, draft, said.month)
    if "source" in wanted:
        given["source_id"] = st.selectbox(
            _("收入来源"),
            list(catalogue().sources),
            index=_index(list(catalogue().sources), said.source_id),
            format_func=lambda name: catalogue().sources[name].name,
            placeholder=_("请选择"),
            key=f"source_{draft.draft_id}",
        )
    if "unit" in wanted:
        units = {1: _("元"), 10_000: _("万元"), 1_000: _("千元"), 100: _("百元")}
        given["unit"] = st.selectbox(
            _("金额单位"),
            [unit for unit in units if unit in UNITS.values()],
            index=_index(list(units), said.unit),
            format_func=units.__getitem__,
            placeholder=_("请选择"),
            key=f"unit_{draft.draft_id}",
        )
    answers = Answers(**given)
    if answers not in (said, NO_ANSWERS):
        now = clock_of(look.store).now()
        drafts.answer(look.store, look.viewer, draft, answers, now)
        st.rerun()


def _month(look: Looking, draft: Draft, said: date | None) -> date | None:
    latest = first_day(look.moment.today)
    months = [add_months(latest, -back) for back in range(_LATEST_MONTHS)]
    chosen: date | None = st.selectbox(
        _("哪个月的"),
        months,
        index=_index(months, said),
        format_func=lambda day: period(day, day),
        placeholder=_("请选择"),
        key=f"month_{draft.draft_id}",
    )
    return chosen


def _index(options: list[Any], chosen: Any) -> int | None:
    return options.index(chosen) if chosen in options else None


def _buttons(look: Looking, draft: Draft, checked: Checked) -> None:
    send, marked, drop = st.columns([1.4, 1.4, 1])
    if checked.rows.num_rows or checked.facts:
        label = _("提交") if not checked.has_errors else _("提交无误的行")
        if send.button(
            label, type="primary", key=f"send_{draft.draft_id}", width="stretch"
        ):
            _send(look, draft)
    if checked.findings:
        marked.link_button(
            _("下载标错文件"), f"/files/marked/{draft.draft_id}", width="stretch"
        )
    if drop.button(_("删除"), key=f"drop_{draft.draft_id}", width="stretch"):
        drafts.throw_away(look.store, look.viewer, draft.draft_id)
        st.rerun()


def _send(look: Looking, draft: Draft) -> None:
    now = clock_of(look.store).now()
    loaded = drafts.send(look.store, look.viewer, draft, now)
    if loaded.submission is None:
        st.error(_("没有可报送的内容。"))
        return
    number = loaded.submission.submission_no
    st.session_state["told"] = (
        _("这个文件以前报过（第 {number} 号），没有重复入库。", number=number)
        if loaded.was_known
        else _("已报送（第 {number} 号），等待审核。", number=number)
    )
    st.rerun()
