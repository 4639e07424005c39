"""What does the notice of a meeting say? Word and print lay the same text out."""

from dataclasses import dataclass

import pandas as pd

from base.catalogue import catalogue
from base.formats import full_date, listed, wan
from base.meeting import CLEARED, FALLEN, NEWLY_REPORTED
from base.words import _
from office.frozen import (
    IMPROVEMENT,
    LEVEL,
    Frozen,
    best_and_worst,
    board,
    board_rule,
    sentences,
)
from reports.meeting import annexes
from reports.meeting.annexes import Annex
from reports.meeting.messages import foot, villages_named
from reports.meeting.plain import plain

# More names than this are for the list of the workbook.
_NAMED = 12


@dataclass(frozen=True)
class Part:
    """A part of the text: its heading, and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Brief:
    """A notice: the red head line, title, whom it is for, parts, annexes and foot."""

    issuer: str
    number: str
    title: str
    to: str
    parts: tuple[Part, ...]
    annexes: tuple[Annex, ...]
    day: str
    foot: str


def brief(said: Frozen, is_demo: bool) -> Brief:
    """Return the notice of a meeting, of all its place.

    Args:
        said: its figures.
        is_demo: whether all of it is invented, which every page says.
    """
    held = said.meeting
    city = catalogue().city.name
    return Brief(
        issuer=_("{city}村集体经济清零工作专班", city=city),
        number=_("〔{year}〕　　号", year=held["held_date"].year),
        title=_(
            "关于截至{day}村集体经济清零进度的通报",
            day=full_date(held["as_of_date"]),
        ),
        to=_("各镇（街道），市直各帮扶单位："),
        parts=(
            Part(_("一、总体进度"), _progress(said)),
            Part(_("二、变化情况"), _changes(said)),
            Part(_("三、红黑榜"), _boards(said)),
            Part(_("四、督办事项"), _actions(said)),
            Part(_("五、下一步"), _next(said)),
        ),
        annexes=tuple(
            annex
            for annex in (
                annexes.townships(said),
                annexes.remaining(said),
                annexes.restated(said),
                annexes.undone(said),
                annexes.definitions(said),
            )
            if annex.rows
        ),
        day=full_date(held["held_date"]),
        foot=foot(said, is_demo),
    )


def township_brief(said: Frozen, whole: pd.DataFrame, is_demo: bool) -> Brief:
    """Return the page of a township: its figures, what to say, its villages.

    Args:
        said: the figures of the township.
        whole: the ranked townships of all the meeting's place.
        is_demo: whether all of it is invented.
    """
    held = said.meeting
    best, worst = best_and_worst(said.villages)
    named = []
    if best is not None:
        named.append(
            _(
                "最好的村：{village}，到账 {amount}。",
                village=best["village_name"],
                amount=wan(best["amount_yuan"]),
            )
        )
    if worst is not None:
        lack = worst["gap_yuan"]
        named.append(
            _("最难的村：{village}，还没有数。", village=worst["village_name"])
            if pd.isna(lack)
            else _(
                "最难的村：{village}，还差 {gap}。",
                village=worst["village_name"],
                gap=wan(lack),
            )
        )
    return Brief(
        issuer="",
        number="",
        title=_(
            "{place}村集体经济清零情况（截至{day}）",
            place=said.place_name,
            day=full_date(held["as_of_date"]),
        ),
        to="",
        parts=(
            Part(_("一、三句话"), tuple(sentences(said, whole))),
            Part(_("二、最好和最难的村"), tuple(named) or (_("没有名单内的村。"),)),
            Part(_("三、变化情况"), _changes(said)),
            Part(_("四、督办事项"), _actions(said)),
        ),
        annexes=tuple(
            annex
            for annex in (
                annexes.remaining(said),
                annexes.restated(said),
                annexes.undone(said),
            )
            if annex.rows
        ),
        day=full_date(held["held_date"]),
        foot=foot(said, is_demo),
    )


def _progress(said: Frozen) -> tuple[str, ...]:
    target = said.target
    parts = [
        _(
            "按「{target}」（{definition}），{said}",
            target=target["target_name"],
            definition=target["definition"],
            said=sentences(said)[0],
        ),
        sentences(said)[1],
    ]
    if not pd.isna(target["likely_count"]):
        parts.append(
            _(
                "预测到年底还剩约 {n} 村（{low}–{high}），仅供参考。",
                n=int(target["likely_count"]),
                low=int(target["likely_low"]),
                high=int(target["likely_high"]),
            )
        )
    if not target["is_confirmed"]:
        parts.append(_("口径待确认：{evidence}", evidence=target["evidence"]))
    return tuple(parts)


def _changes(said: Frozen) -> tuple[str, ...]:
    since = _("与上次会议相比") if said.has_last else _("与上月末相比")
    parts = []
    for change_id, words in (
        (CLEARED, _("{since}，新清零 {n} 村：{names}。")),
        (FALLEN, _("{since}，退回线下 {n} 村：{names}。")),
        (NEWLY_REPORTED, _("{since}，新报数 {n} 村：{names}。")),
    ):
        rows = said.changes[said.changes["change_id"] == change_id]
        if len(rows):
            told = {
                "since": since,
                "n": len(rows),
                "names": villages_named(rows, _NAMED),
            }
            parts.append(words.format(**told))
    if len(said.restated):
        parts.append(
            _(
                "上次会议的数有 {n} 村更正：{names}；上次的数保持原样，更正另列。",
                n=len(said.restated),
                names=villages_named(said.restated, _NAMED),
            )
        )
    return tuple(parts) or (_("{since}，没有变化。", since=since),)


def _boards(said: Frozen) -> tuple[str, ...]:
    parts = []
    for by, what in ((LEVEL, _("按清零比例")), (IMPROVEMENT, _("按净清零的进步"))):
        for word, rows in zip(
            (_("红榜"), _("黑榜")), board(said.townships, by), strict=True
        ):
            names = listed(
                _(
                    "{name}（{share}）",
                    name=row["township_name"],
                    share=f"{row[by]:.0%}",
                )
                for _place, row in rows.iterrows()
            )
            told = names or _("无")
            parts.append(
                _("{what}，{word}：{names}。", what=what, word=word, names=told)
            )
    names = said.townships.set_index("township_code")["township_name"]
    parts += [
        _(
            "{place}的申诉、说明：{note}",
            place=names.get(row.place_code, row.place_code),
            note=plain(row.note),
        )
        for row in said.notes.itertuples()
    ]
    return (*parts, board_rule())


def _actions(said: Frozen) -> tuple[str, ...]:
    if said.actions.empty:
        return (_("还没有督办事项。"),)
    late = int(said.undone["is_overdue"].sum())
    if not said.has_last:
        return (
            _("未办结 {n} 项，其中逾期 {late} 项。", n=len(said.undone), late=late),
        )
    return (
        _(
            "未办结 {n} 项，其中逾期 {late} 项；上次会后办结 {done} 项，"
            "结转 {carried} 项。",
            n=len(said.undone),
            late=late,
            done=len(said.done_since),
            carried=len(said.carried),
        ),
    )


def _next(said: Frozen) -> tuple[str, ...]:
    parts = []
    found = said.townships[said.townships["remaining"] > 0]
    first = found.sort_values(
        ["remaining", "township_code"], ascending=[False, True]
    ).head(3)
    if len(first):
        names = listed(
            _("{name} {n} 村", name=row.township_name, n=row.remaining)
            for row in first.itertuples()
        )
        parts.append(_("先攻剩得最多的：{names}。", names=names))
    unreported = said.total("unreported")
    if unreported:
        parts.append(_("先报齐：{n} 个未清零村的台账还不全。", n=unreported))
    near = said.remaining[said.remaining["gap_yuan"].notna()].head(5)
    if len(near):
        names = listed(
            _("{name}差 {gap}", name=row.village_name, gap=wan(row.gap_yuan))
            for row in near.itertuples()
        )
        parts.append(_("先补最近的：{names}。", names=names))
    if said.meeting["agenda"]:
        parts += [
            _("会议议程：{line}", line=plain(line))
            for line in str(said.meeting["agenda"]).splitlines()
            if line.strip()
        ]
    return tuple(parts) or (_("保持清零，防止退回。"),)
