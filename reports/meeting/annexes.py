"""Which tables stand behind the notice of a meeting?"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from base.formats import owner_of
from base.words import _
from charts.palette import standing_word
from office.frozen import Frozen, board_rule
from reports.meeting.plain import plain

# More rows than these are for the workbook.
_LISTED = 120
_OF_NUMBERS = frozenset("0123456789,.-–%")


@dataclass(frozen=True)
class Annex:
    """A table behind the text; `weights` are the widths of its columns."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    weights: tuple[int, ...]
    note: str = ""

    @property
    def right(self) -> tuple[bool, ...]:
        """Return which columns hold nothing but numbers, and stand on the right."""
        return tuple(
            all(set(row[column]) <= _OF_NUMBERS for row in self.rows)
            for column in range(len(self.headings))
        )


def _count(value: object) -> str:
    return "–" if pd.isna(value) else str(int(value))  # type: ignore[call-overload]


def _share(value: object) -> str:
    return "–" if pd.isna(value) else f"{value:.0%}"


def _money(value: object) -> str:
    return "–" if pd.isna(value) else f"{value:,.2f}"


def townships(said: Frozen) -> Annex:
    """Return how far each township is."""
    rows = [
        (
            _count(row.level_rank),
            str(row.township_name),
            str(row.villages),
            str(row.cleared),
            str(row.remaining),
            _share(row.level),
            str(row.newly_cleared),
            str(row.fallen_back),
            _count(row.improvement_rank),
            _share(row.papers_share),
        )
        for row in said.townships.itertuples()
    ]
    headings = (
        *(_("名次"), _("镇（街）"), _("名单村"), _("已清零"), _("未清零")),
        *(_("清零比例"), _("新清零"), _("退回线下"), _("进步名次"), _("台账报到")),
    )
    weights = (5, 10, 6, 6, 6, 7, 6, 5, 7, 7)
    title = _("附表：各镇（街）进度")
    return Annex(title, headings, tuple(rows), weights, board_rule())


def remaining(said: Frozen) -> Annex:
    """Return the villages that remain, the nearest to the line first."""
    remaining = said.remaining
    rows = [
        (
            str(row.township_name),
            str(row.village_name),
            _money(row.amount_yuan),
            _money(row.gap_yuan),
            standing_word(row.standing_last)
            if isinstance(row.standing_last, str)
            else "–",
        )
        for row in remaining.head(_LISTED).itertuples()
    ]
    note = ""
    if len(remaining) > _LISTED:
        note = _(
            "共 {n} 村，这里列前 {most} 村，全部在数据表里。",
            n=len(remaining),
            most=_LISTED,
        )
    headings = (_("乡镇"), _("村"), _("到账（元）"), _("还差（元）"), _("上次"))
    title = _("附表：未清零村（{n} 村）", n=len(remaining))
    return Annex(title, headings, tuple(rows), (9, 9, 10, 10, 8), note)


def restated(said: Frozen) -> Annex:
    """Return what was corrected of the meeting before."""
    rows = [
        (
            str(row.township_name),
            str(row.village_name),
            standing_word(row.standing_then),
            _money(row.amount_then_yuan),
            standing_word(row.standing_now)
            if isinstance(row.standing_now, str)
            else "–",
            _money(row.amount_now_yuan),
        )
        for row in said.restated.head(_LISTED).itertuples()
    ]
    headings = (
        *(_("乡镇"), _("村"), _("上次会"), _("上次到账（元）")),
        *(_("更正后"), _("更正后到账（元）")),
    )
    title = _("附表：上次会议数据的更正")
    return Annex(title, headings, tuple(rows), (9, 9, 8, 11, 8, 11))


def undone(said: Frozen) -> Annex:
    """Return the actions that are still to be done."""
    rows = [
        (
            plain(row.township_name) + plain(row.village_name),
            plain(row.what),
            plain(owner_of(str(row.owner_name), str(row.owner_organisation))),
            row.due_date.isoformat(),
            _("逾期") if row.is_overdue else "",
        )
        for row in said.undone.head(_LISTED).itertuples()
    ]
    headings = (_("哪里"), _("办什么"), _("谁办"), _("期限"), _("逾期"))
    title = _("附表：未办结的督办事项")
    return Annex(title, headings, tuple(rows), (11, 18, 9, 8, 5))


def definitions(said: Frozen) -> Annex:
    """Return what each target counts, and by which versions."""
    rows = [
        (
            str(row.target_name),
            str(row.definition),
            _("已确认") if row.is_confirmed else _("待确认"),
        )
        for row in said.targets.itertuples()
    ]
    headings: Sequence[str] = (_("目标"), _("怎么算"), _("口径"))
    note = _(
        "数据版本 {version}，口径指纹 {data}，程序指纹 {code}。",
        version=int(said.meeting["version_no"]),
        data=said.meeting["fingerprint"],
        code=said.meeting["code_version"],
    )
    title = _("附表：目标和口径")
    return Annex(title, tuple(headings), tuple(rows), (10, 26, 6), note)
