"""How do the parts look of what is told about the system itself?"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape

import pandas as pd
import streamlit as st

from accounts.audit_told import action_name
from accounts.system_read import (
    BACKED_UP,
    FAILED,
    LOCKED,
    RESTORE_CHECKED,
    Done,
    failed_lately,
)
from base.meters import PAGE, QUERY, REQUEST, Timed, process_now
from base.settings import ROOT
from base.words import _, mark
from charts.failures import failure_bars
from charts.figure import PLOTLY_CONFIG
from reports.system import DAY, WEEK, Standing, size_text, uptime
from ui.looking import Looking, is_dark

_LATEST, _SLOWEST = 20, 25
_KINDS = {REQUEST: mark("请求"), PAGE: mark("网页"), QUERY: mark("查询")}
_HEADING = "## "


def _cards(cards: Sequence[tuple[str, str, str]]) -> None:
    """Show figures side by side: what it is, how much, and what there is to add."""
    for column, (name, amount, more) in zip(st.columns(len(cards)), cards, strict=True):
        column.html(
            f'<div class="v-h">{escape(name)}</div>'
            f'<div class="v-amount">{escape(amount)}</div>'
            f'<div class="v-quiet">{escape(more)}</div>'
        )


def room(found: Standing) -> None:
    """Show how much room is taken and left."""
    st.subheader(_("存储"))
    held = found.room
    lines = _("{count} 行", count=f"{held.journal_lines:,}")
    _cards(
        [
            (_("数据库"), size_text(held.database_bytes), ""),
            (_("底册"), size_text(held.vault_bytes), _("五分钟内的数")),
            (_("日志"), size_text(held.journal_bytes), lines),
            (_("磁盘剩余"), size_text(held.free_bytes), ""),
        ]
    )


def done(found: Standing) -> None:
    """Show when the last backup was made, and when one was tried."""
    st.subheader(_("备份与恢复"))
    backup, trial = found.done.get(BACKED_UP), found.done.get(RESTORE_CHECKED)
    _cards(
        [
            (_("上次备份"), *_told_of(backup, found.now, _("从未备份"))),
            (_("上次恢复演练"), *_told_of(trial, found.now, _("从未演练"))),
        ]
    )


def _told_of(made: Done | None, now: datetime, never: str) -> tuple[str, str]:
    if made is None:
        return never, ""
    more = [_("✓ 成功") if made.is_ok else _("✗ 没有成功")]
    more.append(f"{made.acted_at:%Y-%m-%d %H:%M}")
    size, took = made.detail.get("bytes"), made.detail.get("seconds")
    if isinstance(size, int):
        more.append(size_text(size))
    if isinstance(took, int | float):
        more.append(_("用时 {seconds} 秒", seconds=f"{took:.1f}"))
    more += [str(made.detail[key]) for key in ("file",) if made.detail.get(key)]
    return _("{age}前", age=span_text(now - made.acted_at)), " · ".join(more)


def span_text(span: timedelta) -> str:
    """Write a span of time by its largest unit: 3 天."""
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes >= 48 * 60:
        return _("{count} 天", count=minutes // (24 * 60))
    if minutes >= 120:
        return _("{count} 小时", count=minutes // 60)
    return _("{count} 分钟", count=minutes)


def queues(found: Standing) -> None:
    """Show what waits: files, drafts, papers, submissions."""
    st.subheader(_("排队"))
    rows = found.to_review
    ages = _(
        "一天内 {new}，七天内 {week}，更久 {older}",
        new=int(rows["in_a_day"].sum()),
        week=int(rows["in_a_week"].sum()),
        older=int(rows["older"].sum()),
    )
    oldest = found.inbox_oldest
    since = span_text(found.now - oldest) if oldest is not None else ""
    longest = _("最久 {age}", age=since) if since else ""
    count = int(rows["submission_count"].sum())
    _cards(
        [
            (_("待审的报送"), _("{count} 件", count=count), ages),
            (_("收件箱"), _("{count} 个文件", count=found.inbox), longest),
            (_("没有交的草稿"), _("{count} 份", count=found.drafts), ""),
            (_("正在做的会议材料"), _("{count} 份", count=found.papers), ""),
        ]
    )


def sign_ins(look: Looking, found: Standing) -> None:
    """Show failures to sign in by the hour, and the last of them."""
    failed, locked = found.failed(FAILED, DAY), found.failed(LOCKED, DAY)
    week, week_locked = found.failed(FAILED, WEEK), found.failed(LOCKED, WEEK)
    if not week and not week_locked:
        st.subheader(_("七天内没有人登录失败"))
        return
    st.subheader(
        _(
            "24 小时内登录失败 {failed} 次，锁定 {locked} 次",
            failed=failed,
            locked=locked,
        )
    )
    st.caption(
        _("七天内失败 {failed} 次，锁定 {locked} 次", failed=week, locked=week_locked)
    )
    figure = failure_bars(_by_hour(found), found.now - WEEK, found.now, is_dark())
    st.plotly_chart(figure, config=PLOTLY_CONFIG, key="system_failures")
    lately = failed_lately(look.store, look.viewer, found.now - WEEK, _LATEST)
    st.dataframe(
        pd.DataFrame(
            {
                _("时间"): [one.acted_at for one in lately],
                _("做了什么"): [action_name(one.action) for one in lately],
                _("对象"): [one.who or _("没有这个账号") for one in lately],
                _("从哪里"): [one.address for one in lately],
            }
        ),
        hide_index=True,
        height=min(38 + 35 * len(lately), 300),
    )


def _by_hour(found: Standing) -> pd.DataFrame:
    told: dict[datetime, dict[str, int]] = {}
    names = {FAILED: "failed", LOCKED: "locked"}
    for hour in found.hours:
        row = told.setdefault(hour.hour_at, {"failed": 0, "locked": 0})
        row[names[hour.action]] = hour.count
    return pd.DataFrame(
        {
            "hour_at": list(told),
            "failed": [row["failed"] for row in told.values()],
            "locked": [row["locked"] for row in told.values()],
        }
    )


def slow(times: list[Timed]) -> None:
    """Show what took longest in this process, the slowest first."""
    st.subheader(_("最慢的网页和查询"))
    st.caption(_("本次启动以来；按 95% 的用时排，最近 500 次。"))
    shown = times[:_SLOWEST]
    st.dataframe(
        pd.DataFrame(
            {
                _("类别"): [_(_KINDS[one.kind]) for one in shown],
                _("名称"): [one.name for one in shown],
                _("次数"): [one.count for one in shown],
                _("一半不超过（毫秒）"): [_ms(one.p50) for one in shown],
                _("95% 不超过（毫秒）"): [_ms(one.p95) for one in shown],
                _("最长（毫秒）"): [_ms(one.longest) for one in shown],
            }
        ),
        hide_index=True,
        height=min(38 + 35 * len(shown), 400),
    )


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def program(found: Standing) -> None:
    """Show which program runs, since when, and what it takes of the machine."""
    st.subheader(_("程序"))
    now = process_now()
    memory, handles = now.get("memory_bytes"), now.get("handles")
    most = now.get("handles_most")
    _cards(
        [
            (_("程序版本"), version(), _("数据库结构 {name}", name=found.migration)),
            (_("已运行"), span_text(uptime()), ""),
            (_("内存"), "–" if memory is None else size_text(int(memory)), ""),
            (
                _("打开的文件与连接"),
                "–" if handles is None else f"{handles:,.0f}",
                "" if most is None else _("上限 {count}", count=f"{most:,.0f}"),
            ),
        ]
    )


def version() -> str:
    """Return the day of the newest heading of the changelog."""
    with (ROOT / "CHANGELOG.md").open(encoding="utf-8") as file:
        headings = [line for line in file if line.startswith(_HEADING)]
    return headings[0].removeprefix(_HEADING).strip() if headings else "–"
