"""Which papers wait for a decision, what would they change, and what is odd in them?"""

import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import streamlit as st

from base.errors import ShownError
from base.formats import yuan
from base.roles import DECIDE, REVIEW
from base.viewer import Viewer
from base.words import _, mark
from etl import review
from etl.accept import WAITING
from etl.door import clock_of, is_province
from etl.findings import Finding
from etl.form import SAME
from etl.states import ALL, STATES
from etl.unusual import unusual
from store import Store
from store.kept import kept_original, kept_rows
from ui.answers import key_of, remember
from ui.drafts import before_and_after, preview_of
from ui.evidence import evidence_of
from ui.findings import findings_table
from ui.frame import ribbon, told
from ui.looking import Looking, looking
from ui.plain import plain
from ui.submissions import (
    statement_name,
    submissions_of,
    submissions_table,
)

_GROUPS = {
    "waiting": (mark("待审"), WAITING),
    "accepted": (mark("已入账"), ("accepted",)),
    "returned": (mark("退回、待重报"), ("returned", "reopened")),
    "all": (mark("全部"), ALL),
}
_SHOWN = 500
# What is done on a submission, with a reason: store, number, reason, by, at.
Act = Callable[[Store, int, str, Viewer, datetime], object]


def show() -> None:
    """Show the queue, and the paper that is chosen from it."""
    look = looking(may=REVIEW)
    ribbon(look)
    told()
    st.title(_("审核"))
    group = _group(look)
    found = _in_turn(look, submissions_of(look, _GROUPS[group][1])).head(_SHOWN)
    if found.empty:
        st.info(_("这里没有报送。"))
        return
    st.caption(_("勾选一份看详情；勾选多份可一起处理。"))
    event = st.dataframe(
        submissions_table(found),
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"queue_{group}_{look.moment.version_no}_{look.moment.activity_no}",
        height=min(38 + 35 * len(found), 420),
    )
    chosen = found.iloc[event["selection"]["rows"]]
    if len(chosen) and is_province(look.store):
        st.info(_("省级演示的报送没有原件，打不开，也不能审核。"))
        return
    if len(chosen) == 1:
        _one(look, chosen.iloc[0])
    elif len(chosen) > 1:
        _several(look, chosen)


def _group(look: Looking) -> str:
    waiting = len(submissions_of(look, WAITING))
    words = {name: _(word) for name, (word, _states) in _GROUPS.items()}
    words["waiting"] = _("待审 {count}", count=waiting)
    chosen: str | None = st.segmented_control(
        _("看哪些"),
        list(words),
        default="waiting",
        format_func=words.__getitem__,
        key="queue_group",
        label_visibility="collapsed",
    )
    return chosen or "waiting"


def _in_turn(look: Looking, found: pd.DataFrame) -> pd.DataFrame:
    """Put what this viewer has to decide on first."""
    mine = "reviewed" if look.viewer.may(DECIDE) else "submitted"
    order = found["state"].map({mine: 0}).fillna(1)
    return found.assign(turn=order).sort_values(
        ["turn", "submitted_at"], ascending=[True, False], kind="stable"
    )


def _one(look: Looking, row: pd.Series) -> None:
    number = int(row["submission_no"])
    with st.container(border=True):
        st.subheader(
            _(
                "第 {number} 号 · {place} · {paper}",
                number=number,
                place=row["place_name"] or _("全市"),
                paper=statement_name(str(row["statement"])),
            )
        )
        st.caption(
            _(
                "{state}　{by} 于 {at} 报送　读到 {rows} 笔，退回 {rejected} 笔",
                state=_(STATES[str(row["state"])]),
                by=plain(row["sent_by"]),
                at=f"{row['submitted_at']:%Y-%m-%d %H:%M}",
                rows=int(row["rows_accepted"]),
                rejected=int(row["rows_rejected"]),
            )
        )
        if row["reason"]:
            st.warning(_("原因：{reason}", reason=plain(row["reason"])))
        original, marked = st.columns(2)
        original.link_button(
            _("下载原件"), f"/files/original/{number}", width="stretch"
        )
        if row["error_count"]:
            marked.link_button(
                _("下载标错文件"), f"/files/marked/sent-{number}", width="stretch"
            )
        rows = kept_rows(look.store, number)
        _changes(look, row, rows)
        _odd(look, number, rows)
        _findings(look, number)
        evidence_of(look, number, can_add=row["state"] in WAITING)
        _decide(look, row)


def _changes(look: Looking, row: pd.Series, rows: pa.Table) -> None:
    number, rejected = int(row["submission_no"]), int(row["rows_rejected"])
    if row["state"] not in WAITING or not rows.num_rows:
        return
    key = key_of(look, look.home, "preview_sent", number)
    before_and_after(preview_of(look, key, rows, rejected), key=f"sent_{number}")
    taken_over = rows["remark"].to_pylist() if "remark" in rows.column_names else []
    same = sum(remark == SAME for remark in taken_over)
    if same:
        st.info(_("其中 {count} 项为「与上月相同，人工确认」。", count=same))


def _odd(look: Looking, number: int, rows: pa.Table) -> None:
    def ask() -> pd.DataFrame:
        found = unusual(look.store, rows, look.viewer, look.moment.version_no)
        return pd.DataFrame([vars(one) for one in found])

    found = remember(key_of(look, look.home, "unusual", number), ask)
    if found.empty:
        return
    st.warning(_("有 {count} 个值与往常不同，请核对：", count=len(found)))
    st.dataframe(
        pd.DataFrame(
            {
                _("村"): found["village_name"],
                _("位置"): found["sheet"] + " " + found["cell"],
                _("金额"): [yuan(Decimal(amount)) for amount in found["amount_yuan"]],
                _("为什么"): found["reason"],
            }
        ),
        hide_index=True,
        column_config={_("为什么"): st.column_config.TextColumn(width="large")},
    )


def _findings(look: Looking, number: int) -> None:
    told_then = look.store.value(
        "select answer_sha256 from ops.submission where submission_no = $no",
        {"no": number},
    )
    if not told_then:
        return
    content = kept_original(look.store, str(told_then), _("检查结果"))
    said = json.loads(content)["findings"]
    with st.expander(_("报送时的检查结果（{count} 处）", count=len(said))):
        findings_table([Finding(**one) for one in said])


def _decide(look: Looking, row: pd.Series) -> None:
    number, state = int(row["submission_no"]), str(row["state"])
    may_decide = look.viewer.may(DECIDE)
    if state in WAITING:
        ticked = _ticks(look, row) if may_decide else {}
        accept, back = st.columns(2)
        if may_decide:
            if accept.button(
                _("接收入账"), type="primary", key=f"take_{number}", width="stretch"
            ):
                _done(look, [number], lambda n, at: _take(look, n, at, ticked))
        elif state == "submitted" and accept.button(
            _("镇审通过"), type="primary", key=f"pass_{number}", width="stretch"
        ):
            _done(look, [number], lambda n, at: _review(look, n, at))
        with back.popover(_("退回"), width="stretch"):
            _with_reason(look, [number], _("退回"), review.send_back)
    if state == "accepted" and may_decide:
        again, off = st.columns(2)
        with again.popover(_("请其重报"), width="stretch"):
            st.caption(_("数字保留到新报的入账为止。"))
            _with_reason(look, [number], _("请其重报"), review.reopen)
        with off.popover(_("作废"), width="stretch"):
            st.caption(_("恢复这份之前的数字。"))
            _with_reason(look, [number], _("作废"), review.annul)


def _ticks(look: Looking, row: pd.Series) -> dict[str, bool]:
    number, ticked = int(row["submission_no"]), {}
    if row["error_count"]:
        ticked["has_good_rows_ticked"] = st.checkbox(
            _("有 {count} 处错误，只收无误的行", count=int(row["error_count"])),
            key=f"good_{number}",
        )
    newer = review.newer_than(look.store, number, look.viewer)
    if newer:
        ticked["has_newer_ticked"] = st.checkbox(
            _(
                "已有更晚报送的第 {numbers} 号入账，仍用这份旧的替换",
                numbers=_("、").join(map(str, newer)),
            ),
            key=f"newer_{number}",
        )
    return ticked


def _several(look: Looking, chosen: pd.DataFrame) -> None:
    waiting = chosen[chosen["state"].isin(WAITING)]
    numbers = [int(number) for number in waiting["submission_no"]]
    if not numbers:
        st.info(_("选中的都已处理过。"))
        return
    with st.container(border=True):
        st.markdown(_("**选中 {count} 份**", count=len(numbers)))
        go, back = st.columns(2)
        if look.viewer.may(DECIDE):
            if go.button(_("一起接收入账"), type="primary", width="stretch"):
                _done(look, numbers, lambda n, at: _take(look, n, at, {}))
        elif go.button(_("一起镇审通过"), type="primary", width="stretch"):
            _done(look, numbers, lambda n, at: _review(look, n, at))
        with back.popover(_("一起退回"), width="stretch"):
            _with_reason(look, numbers, _("退回"), review.send_back)


def _take(look: Looking, number: int, at: datetime, ticked: dict[str, bool]) -> None:
    review.take(look.store, number, look.viewer, at, **ticked)


def _review(look: Looking, number: int, at: datetime) -> None:
    review.review(look.store, number, look.viewer, at)


def _with_reason(look: Looking, numbers: list[int], label: str, act: Act) -> None:
    reason = st.text_area(
        _("原因（报送人会看到）"), key=f"why_{act.__name__}_{numbers[0]}"
    )
    if st.button(label, key=f"do_{act.__name__}_{numbers[0]}", type="primary"):
        _done(
            look,
            numbers,
            lambda n, at: act(look.store, n, reason, look.viewer, at),
        )


def _done(
    look: Looking, numbers: list[int], act: Callable[[int, datetime], object]
) -> None:
    """Do something to each of some submissions; tell what was not possible."""
    done, problems = 0, []
    for number in numbers:
        try:
            act(number, clock_of(look.store).now())
            done += 1
        except ShownError as problem:
            problems.append(str(problem))
    for said in problems:
        st.error(plain(said))
    if done and not problems:
        st.session_state["told"] = _("已处理 {count} 份。", count=done)
        st.rerun()
    if done:
        st.success(_("已处理 {count} 份。", count=done))
