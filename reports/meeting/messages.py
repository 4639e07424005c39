"""What is said at a meeting, one message at a time? Screen and slides show the same."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from base.catalogue import catalogue
from base.formats import full_date, listed, month_name, owner_of, wan
from base.meeting import CHANGED, CLEARED, FALLEN, NEWLY_REPORTED
from base.words import _
from charts.palette import standing_word
from office.frozen import (
    IMPROVEMENT,
    LEVEL,
    Frozen,
    best_and_worst,
    board,
    board_rule,
    sentences,
)
from reports.meeting.deck import Bars, Big, Deck, Grid, Lines, Message
from reports.meeting.plain import plain, short

# So many rows are read from ten metres.
ROWS = 8
_BETWEEN = " · "
_NAMED = 6
_NOTED, _OWNER = 24, 12
# Within a tenth of the line one more payment would do.
_NEAR = 10


def deck(
    said: Frozen, place_name: str, townships: Sequence[Frozen], is_demo: bool
) -> Deck:
    """Return what is said at a meeting.

    Args:
        said: the figures of all its place.
        place_name: of that place.
        townships: the figures of each township, in the order in which they are shown.
        is_demo: whether all of it is invented, which every page says.
    """
    own = [
        _how_far(said),
        _way(said),
        _since(said),
        _in_the_way(said),
        _nearest(said),
        _reports(said),
        _sources(said),
        *(_board(said, by) for by in (LEVEL, IMPROVEMENT)),
        _actions(said),
        *([_restated(said)] if said.has_last else []),
        *(_township(one, said.townships) for one in townships),
        _definitions(said),
    ]
    held = said.meeting
    when = full_date(held["held_date"])
    return Deck(
        plain(held["title"]),
        _("{place}，{day}", place=place_name, day=when),
        foot(said, is_demo),
        tuple(own),
    )


def foot(said: Frozen, is_demo: bool) -> str:
    """Return what stands under every page: day, completeness, definition, freeze."""
    parts = [
        _("数据截至{day}", day=full_date(said.meeting["as_of_date"])),
        _("冻结于 {at}", at=f"{said.meeting['frozen_at']:%Y-%m-%d %H:%M}"),
        _("台账报到 {share}", share=said.papers_words),
        str(said.target["target_name"]),
    ]
    if not said.target["is_confirmed"]:
        parts.append(_("口径待确认"))
    if is_demo:
        parts.append(_("演示数据，全部虚构"))
    return _BETWEEN.join(parts)


def _how_far(said: Frozen) -> Message:
    remaining = said.total("remaining")
    bigs = [
        Big(_("未清零"), str(remaining), _("名单 {n} 村", n=said.total("villages"))),
        Big(_("已清零"), str(said.total("cleared"))),
    ]
    if not pd.isna(said.target["planned"]):
        bigs.append(
            Big(
                _("计划此时应剩"),
                str(int(said.target["planned"])),
                _("按去年的路径或直线"),
            )
        )
    if not pd.isna(said.target["likely_count"]):
        low, high = int(said.target["likely_low"]), int(said.target["likely_high"])
        bigs.append(
            Big(
                _("年底大约还剩"),
                str(int(said.target["likely_count"])),
                _("预测，{low}–{high}", low=low, high=high),
            )
        )
    title = _("还有 {n} 村没有清零", n=remaining) if remaining else _("全部清零")
    return Message(title, tuple(bigs), tuple(sentences(said)))


def _way(said: Frozen) -> Message:
    path = said.path
    months = tuple(month_name(day.month) for day in path["as_of_date"])
    series = {
        _("实际"): _counts(path["remaining"]),
        _("计划"): _counts(path["planned"]),
    }
    planned = said.target["planned"]
    if pd.isna(planned):
        title = _("今年以来怎么走到 {n} 村", n=said.total("remaining"))
    elif said.total("remaining") <= int(planned):
        title = _("比计划快 {n} 村", n=int(planned) - said.total("remaining"))
    else:
        title = _("比计划慢 {n} 村", n=said.total("remaining") - int(planned))
    return Message(title, picture=Lines(months, series))


def _counts(values: "pd.Series[Any]") -> tuple[int | None, ...]:
    return tuple(None if pd.isna(value) else int(value) for value in values)


def _since(said: Frozen) -> Message:
    bigs: tuple[Big, ...] = (
        Big(_("新清零"), str(said.counted(CLEARED))),
        Big(_("退回线下"), str(said.counted(FALLEN))),
        Big(_("新报数"), str(said.counted(NEWLY_REPORTED))),
        Big(_("金额变动"), str(said.counted(CHANGED))),
        Big(_("上次数据更正"), str(len(said.restated))),
    )
    if not said.has_last:
        bigs = bigs[:2]
    lines = [
        _("{what}：{names}", what=what, names=villages_named(rows, _NAMED))
        for what, rows in (
            (_("新清零"), said.changes[said.changes["change_id"] == CLEARED]),
            (_("退回线下"), said.changes[said.changes["change_id"] == FALLEN]),
        )
        if len(rows)
    ]
    newly, fallen = said.counted(CLEARED), said.counted(FALLEN)
    title = _(
        "{since}：新清零 {newly} 村，退回 {fallen} 村",
        since=said.since,
        newly=newly,
        fallen=fallen,
    )
    return Message(title, bigs, tuple(lines))


def villages_named(rows: pd.DataFrame, most: int) -> str:
    """Return villages by their names, the first of them where there are many."""
    names = [f"{row.township_name}{row.village_name}" for row in rows.itertuples()]
    told = listed(names[:most])
    if len(names) > most:
        return _("{names}等 {n} 村", names=told, n=len(names))
    return told


def _in_the_way(said: Frozen) -> Message:
    found = said.townships[said.townships["remaining"] > 0]
    found = found.sort_values(["remaining", "township_code"], ascending=[False, True])
    if found.empty:
        return Message(_("没有一个镇（街）还有未清零的村"))
    first = found.head(3)
    title = _(
        "剩下的 {n} 村里，{share} 在{names}",
        n=said.total("remaining"),
        share=f"{first['remaining'].sum() / found['remaining'].sum():.0%}",
        names=listed(first["township_name"]),
    )
    return Message(title, picture=_bars(found, "remaining", _("未清零"), _("村")))


def _bars(found: pd.DataFrame, column: str, name: str, unit: str) -> Bars:
    shown = found.head(2 * ROWS)
    values = tuple(float(value) for value in shown[column])
    return Bars(tuple(shown["township_name"]), {name: values}, unit=unit)


def _nearest(said: Frozen) -> Message:
    told = said.remaining[said.remaining["gap_yuan"].notna()]
    line = said.target["threshold_yuan"]
    if told.empty or pd.isna(line):
        return Message(_("未清零的村都没有可比的差额"))
    near = int((told["gap_yuan"] * _NEAR <= line).sum())
    rows = tuple(
        (
            row.township_name,
            row.village_name,
            wan(row.amount_yuan),
            wan(row.gap_yuan),
        )
        for row in told.head(ROWS).itertuples()
    )
    title = _("{n} 村差不到一成，再收一笔就过线", n=near)
    if not near:
        title = _("离线最近的是{village}", village=told["village_name"].iloc[0])
    headings = (_("乡镇"), _("村"), _("到账"), _("还差"))
    return Message(title, picture=Grid(headings, rows))


def _reports(said: Frozen) -> Message:
    found = said.townships[said.townships["papers_share"].notna()]
    if found.empty:
        return Message(_("还没有到期的台账"))
    late = int((found["papers_share"] < 1).sum())
    found = found.sort_values(["papers_share", "township_code"]).head(2 * ROWS)
    bars = Bars(
        tuple(found["township_name"]),
        {_("台账报到"): tuple(float(one) for one in found["papers_share"])},
        is_share=True,
    )
    title = _("台账都报齐了")
    if late:
        title = _(
            "台账报到 {share}，{n} 个镇（街）没报齐", share=said.papers_words, n=late
        )
    note = _("没报不等于零：没报齐的，清零数只会少不会多。")
    return Message(title, picture=bars, note=note)


def _sources(said: Frozen) -> Message:
    amounts = said.sources.groupby("source_id")[["received_yuan", "due_yuan"]]
    sums = amounts.agg(lambda yuan: float(yuan.dropna().sum()))
    sums = sums[sums["received_yuan"] > 0]
    sums = sums.sort_values("received_yuan", ascending=False).head(ROWS)
    if sums.empty:
        return Message(_("还没有收入到账"))
    names = tuple(catalogue().source_name(str(one)) for one in sums.index)
    received = tuple(round(float(one) / 10_000, 1) for one in sums["received_yuan"])
    title = _("钱主要来自{names}", names=listed(names[:2]))
    return Message(
        title, picture=Bars(names, {_("今年到账"): received}, unit=_("万元"))
    )


def _board(said: Frozen, by: str) -> Message:
    red, black = board(said.townships, by)
    since = _("比上次会的进步") if said.has_last else _("比上月末的进步")
    what = _("清零比例") if by == LEVEL else since
    rank = f"{by}_rank"
    notes = said.notes.set_index("place_code")["note"]
    rows = [
        (
            word,
            str(int(row[rank])),
            str(row["township_name"]),
            f"{row[by]:.0%}",
            short(notes.get(row["township_code"]), _NOTED),
        )
        for word, rows in ((_("▲ 红榜"), red), (_("▽ 黑榜"), black))
        for _place, row in rows.head(ROWS // 2).iterrows()
    ]
    if not rows:
        return Message(_("按{what}没有可排的", what=what), note=board_rule())
    title = _(
        "按{what}：{red}在前", what=what, red=listed(red["township_name"].head(3))
    )
    if red.empty:
        title = _("按{what}：没有上红榜的", what=what)
    headings = (_("榜"), _("名次"), _("镇（街）"), what, _("申诉、说明"))
    return Message(title, picture=Grid(headings, tuple(rows)), note=board_rule())


def _actions(said: Frozen) -> Message:
    undone = said.undone
    late = undone[undone["is_overdue"].astype(bool)]
    if said.actions.empty:
        return Message(_("还没有督办事项"))
    bigs: tuple[Big, ...] = (
        Big(_("未办结"), str(len(undone))),
        Big(_("逾期"), str(len(late))),
    )
    if said.has_last:
        bigs += (
            Big(_("上次会后办结"), str(len(said.done_since))),
            Big(_("结转"), str(len(said.carried))),
        )
    rows = tuple(
        (
            plain(row.township_name),
            plain(row.village_name),
            short(row.what),
            short(owner_of(str(row.owner_name), str(row.owner_organisation)), _OWNER),
            full_date(row.due_date),
        )
        for row in undone.head(ROWS - 2).itertuples()
    )
    headings = (_("乡镇"), _("村"), _("办什么"), _("谁办"), _("期限"))
    title = _("督办 {n} 项没有办结，{late} 项逾期", n=len(undone), late=len(late))
    grid = Grid(headings, rows) if rows else None
    return Message(title, bigs, picture=grid)


def _restated(said: Frozen) -> Message:
    if said.restated.empty:
        return Message(_("上次会上的数没有更正"))
    rows = tuple(
        (
            row.township_name,
            row.village_name,
            standing_word(row.standing_then),
            wan(row.amount_then_yuan),
            standing_word(row.standing_now)
            if isinstance(row.standing_now, str)
            else "–",
            wan(row.amount_now_yuan),
        )
        for row in said.restated.head(ROWS).itertuples()
    )
    headings = (
        _("乡镇"),
        _("村"),
        _("上次会"),
        _("上次到账"),
        _("更正后"),
        _("更正后到账"),
    )
    title = _("上次会上的数有 {n} 村更正", n=len(said.restated))
    return Message(title, picture=Grid(headings, rows))


def _township(said: Frozen, whole: pd.DataFrame) -> Message:
    bigs = [
        Big(_("未清零"), str(said.total("remaining"))),
        Big(_("已清零"), str(said.total("cleared"))),
        Big(_("名单村"), str(said.total("villages"))),
    ]
    best, worst = best_and_worst(said.villages)
    if best is not None:
        bigs.append(
            Big(_("最好的村"), str(best["village_name"]), wan(best["amount_yuan"]))
        )
    if worst is not None:
        lack = worst["gap_yuan"]
        note = _("没有数") if pd.isna(lack) else _("差 {gap}", gap=wan(lack))
        bigs.append(Big(_("最难的村"), str(worst["village_name"]), note))
    title = _("{place}：还剩 {n} 村", place=said.place_name, n=said.total("remaining"))
    if not said.total("remaining"):
        title = _("{place}：全部清零", place=said.place_name)
    lines = tuple(sentences(said, whole))
    return Message(title, tuple(bigs), lines, place_code=said.place_code)


def _definitions(said: Frozen) -> Message:
    rows = tuple(
        (
            str(row.target_name),
            str(row.definition),
            _("已确认") if row.is_confirmed else _("待确认"),
        )
        for row in said.targets.itertuples()
    )
    headings = (_("目标"), _("怎么算"), _("口径"))
    return Message(_("这些数怎么算"), picture=Grid(headings, rows))
