"""What do the frozen figures of a meeting say of a place, in three sentences?"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

import queries
from base.assessment import assessment
from base.formats import share, wan
from base.viewer import Viewer
from base.words import _
from office.ranking import ranks
from store import Store

_DONE = ("done", "closed")
# Of a village of which nothing has been told.
_UNKNOWN = "no_figure"
LEVEL, IMPROVEMENT = "level", "improvement"


@dataclass(frozen=True)
class Frozen:
    """The figures of a meeting by one target, of a place.

    `meeting` is a row of `queries/meetings/list.sql`, `target` one of
    `meetings/targets.sql`; the frames are the answers of the files of their names under
    `queries/meetings/`, `townships` with the columns that `ranked` adds.
    """

    meeting: "pd.Series[Any]"
    place_code: str
    target: "pd.Series[Any]"
    targets: pd.DataFrame
    townships: pd.DataFrame
    villages: pd.DataFrame
    changes: pd.DataFrame
    restated: pd.DataFrame
    actions: pd.DataFrame
    sources: pd.DataFrame
    path: pd.DataFrame
    notes: pd.DataFrame

    @property
    def place_name(self) -> str:
        """Return the township's name; empty for the meeting's whole place."""
        if self.place_code == self.meeting["place_code"] or self.townships.empty:
            return ""
        return str(self.townships["township_name"].iloc[0])

    @property
    def remaining(self) -> pd.DataFrame:
        """Return the villages that remain, the nearest to the line first."""
        return self.villages[self.villages["standing"] == "remaining"]

    def total(self, column: str) -> int:
        """Return the sum of a count over the townships."""
        return int(self.townships[column].sum())

    @property
    def papers_share(self) -> float | None:
        """Return the share of due reports that were in; None where none was due."""
        due = self.total("due_count")
        return self.total("reported_count") / due if due else None

    @property
    def papers_words(self) -> str:
        """Return that share as it is said; never 100 % while one is missing."""
        return share(self.total("reported_count"), self.total("due_count"))

    @property
    def has_last(self) -> bool:
        """Tell whether a meeting before is compared with."""
        return not pd.isna(self.meeting["previous_no"])

    @property
    def since(self) -> str:
        """Return since when changes are told."""
        return _("比上次会") if self.has_last else _("比上月末")

    def counted(self, change_id: str) -> int:
        """Return how many villages changed in a way of `base.meeting.CHANGES`."""
        return int((self.changes["change_id"] == change_id).sum())

    @property
    def undone(self) -> pd.DataFrame:
        """Return the actions that were still to be done."""
        return self.actions[self.actions["is_undone"].astype(bool)]

    @property
    def done_since(self) -> pd.DataFrame:
        """Return the actions done since the meeting before."""
        is_done = self.actions["state"].isin(_DONE)
        return self.actions[is_done & ~self.actions["state_last"].isin(_DONE)]

    @property
    def carried(self) -> pd.DataFrame:
        """Return the undone actions that the meeting before knew already."""
        return self.undone[self.undone["state_last"].notna()]


def frozen(
    store: Store,
    viewer: Viewer,
    meeting: "pd.Series[Any]",
    place_code: str,
    target_id: str = "",
) -> Frozen:
    """Return the frozen figures of a meeting, of a place within a viewer's scope.

    Args:
        store: where.
        viewer: who asks.
        meeting: a row of `queries/meetings/list.sql`.
        place_code: the meeting's place, or a township of it.
        target_id: by which target; default the headline as it was frozen.
    """
    within = viewer.within(place_code)
    number = int(meeting["meeting_no"])
    targets = queries.run("meetings/targets", within, store, meeting_no=number)
    own = targets[targets["target_id"] == target_id]
    target = (targets if own.empty else own).iloc[0]

    def ask(name: str) -> pd.DataFrame:
        return queries.run(
            f"meetings/{name}",
            within,
            store,
            meeting_no=number,
            target_id=str(target["target_id"]),
        )

    return Frozen(
        meeting=meeting,
        place_code=place_code,
        target=target,
        targets=targets,
        townships=ranked(ask("townships")),
        villages=_known(ask("villages")),
        changes=ask("changes"),
        restated=ask("restated"),
        actions=ask("actions"),
        sources=ask("sources"),
        path=ask("path"),
        notes=ask("notes"),
    )


def _known(villages: pd.DataFrame) -> pd.DataFrame:
    """Return villages; of one that has told no amount nobody knows what it lacks."""
    lack = villages["gap_yuan"]
    return villages.assign(gap_yuan=lack.where(villages["amount_yuan"].notna(), None))


def ranked(townships: pd.DataFrame) -> pd.DataFrame:
    """Return townships with their places, by level and by improvement.

    Args:
        townships: as `queries/meetings/townships.sql` returns them.

    Returns:
        Them with level (share of the villages on the list that are cleared),
        improvement (cleared less fallen back since the meeting before, as a share),
        level_rank, improvement_rank (missing where the list has fewer than
        `fewest_villages`), is_ranked, papers_share; in the order of level_rank.
    """
    levels = _shares(townships["cleared"], townships["villages"])
    steps = _shares(
        townships["newly_cleared"] - townships["fallen_back"], townships["villages"]
    )
    papers = _shares(townships["reported_count"], townships["due_count"])
    fewest = assessment().fewest_villages
    is_ranked = [int(count) >= fewest for count in townships["villages"]]
    found = townships.assign(
        level=_floats(levels),
        improvement=_floats(steps),
        papers_share=_floats(papers),
        is_ranked=is_ranked,
        level_rank=ranks(levels, is_ranked).to_numpy(),
        improvement_rank=ranks(steps, is_ranked).to_numpy(),
    )
    return found.sort_values(
        ["level_rank", "level", "township_code"],
        ascending=[True, False, True],
        na_position="last",
        ignore_index=True,
    )


def _shares(parts: "pd.Series[int]", wholes: "pd.Series[int]") -> list[Fraction | None]:
    return [
        Fraction(int(part), int(whole)) if whole else None
        for part, whole in zip(parts, wholes, strict=True)
    ]


def _floats(shares: list[Fraction | None]) -> list[float | None]:
    return [None if share is None else float(share) for share in shares]


def board(townships: pd.DataFrame, by: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return who is on the red list and who is on the black one.

    Red are the first `board_size` of those ranked that are above zero; black are the
    last of those that still have villages to clear and are below the whole. Of equals
    the one with the longer list is first on the red one, and the one with more villages
    left on the black one. Nobody is on both.

    Args:
        townships: as `ranked` returns them.
        by: `LEVEL` or `IMPROVEMENT`.
    """
    size = assessment().board_size
    taking = townships[townships[f"{by}_rank"].notna()]
    if taking.empty:
        return taking, taking
    first = taking[taking[by] > 0].sort_values(
        [by, "villages", "township_code"], ascending=[False, False, True]
    )
    red = first.head(size)
    is_behind = (taking[by] < _of_the_whole(taking, by)) & (taking["remaining"] > 0)
    last = taking[is_behind & ~taking.index.isin(red.index)].sort_values(
        [by, "remaining", "township_code"], ascending=[True, False, True]
    )
    return red, last.head(size)


def _of_the_whole(townships: pd.DataFrame, by: str) -> float:
    villages = int(townships["villages"].sum())
    if by == LEVEL:
        return int(townships["cleared"].sum()) / villages
    moved = int(townships["newly_cleared"].sum()) - int(townships["fallen_back"].sum())
    return moved / villages


def board_rule() -> str:
    """Return by which rule the lists are made, to be printed under them."""
    return _(
        "红榜：清零比例（或比上次会净清零的比例）大于零的镇（街）里排前 {n} 的，"
        "并列的名单村多的在前；黑榜：低于全市、还有未清零村的镇（街）里排后 {n} 的，"
        "并列的还剩得多的在前。名单不足 {fewest} 村的只列数，不排名。"
        "数据为冻结数，规则待确认。",
        n=assessment().board_size,
        fewest=assessment().fewest_villages,
    )


def best_and_worst(
    villages: pd.DataFrame,
) -> tuple["pd.Series[Any] | None", "pd.Series[Any] | None"]:
    """Return the village that did best and the one that is worst off, of a place.

    Best: of those newly cleared the one with the most, else of those cleared; worst: of
    those that remain one without figures, whose gap is missing then, else the one that
    lacks most. Where a target counts no money, nobody lacks most.
    """
    good = villages[
        (villages["standing"] == "cleared") & (villages["standing_last"] == "remaining")
    ]
    if good.empty:
        good = villages[villages["standing"] == "cleared"]
    # what has not been told is no zero, so the whole line is not what is lacking
    gaps = villages["gap_yuan"].mask(villages["reason"] == _UNKNOWN)
    is_bad = (villages["standing"] == "remaining") & (
        gaps.notna() | (villages["reason"] == _UNKNOWN)
    )
    bad = villages.assign(gap_yuan=gaps)[is_bad]
    best = worst = None
    if len(good):
        money = good["amount_yuan"].astype(float).fillna(-1.0)
        best = good.loc[money.idxmax()]
    if len(bad):
        # who has told nothing is farther than anybody
        lack = bad["gap_yuan"].astype(float).fillna(float("inf"))
        worst = bad.loc[lack.idxmax()]
    return best, worst


def sentences(said: Frozen, whole: pd.DataFrame | None = None) -> list[str]:
    """Return three sentences to say about a place, made from its frozen figures.

    Args:
        said: the figures of the place.
        whole: the ranked townships of all the meeting's place, where a township is
            spoken of and its place among them may be told.
    """
    return [_how_far(said), _how_sure(said, whole), _what_now(said)]


def _how_far(said: Frozen) -> str:
    parts = [
        _(
            "名单 {villages} 村，已清零 {cleared}，还剩 {remaining}",
            villages=said.total("villages"),
            cleared=said.total("cleared"),
            remaining=said.total("remaining"),
        )
    ]
    newly, fallen = said.total("newly_cleared"), said.total("fallen_back")
    if newly and fallen:
        moved = _("新清零 {newly} 村、退回线下 {fallen} 村", newly=newly, fallen=fallen)
    elif newly:
        moved = _("新清零 {n} 村", n=newly)
    elif fallen:
        moved = _("退回线下 {n} 村", n=fallen)
    else:
        moved = _("没有变化")
    parts.append(_("{since}{moved}", since=said.since, moved=moved))
    return _("，").join(parts) + _("。")


def _how_sure(said: Frozen, whole: pd.DataFrame | None) -> str:
    parts = [
        _("还没有到期的台账")
        if said.papers_share is None
        else _("台账报到 {share}", share=said.papers_words)
    ]
    unreported = said.total("unreported")
    if unreported:
        parts.append(_("{n} 个未清零村的数还不全", n=unreported))
    if whole is not None:
        own = whole[whole["township_code"] == said.place_code]
        if len(own) and not pd.isna(own["level_rank"].iloc[0]):
            parts.append(
                _(
                    "清零比例排第 {rank}（共 {count} 个参加排名）",
                    rank=int(own["level_rank"].iloc[0]),
                    count=int(whole["level_rank"].notna().sum()),
                )
            )
    elif said.target["pace_share"] is not None and not pd.isna(said.target["planned"]):
        parts.append(_("按计划此时应剩 {n}", n=int(said.target["planned"])))
    return _("，").join(parts) + _("。")


def _what_now(said: Frozen) -> str:
    parts = []
    remaining = said.remaining
    is_unknown = remaining["reason"] == _UNKNOWN
    told = remaining[remaining["gap_yuan"].notna() & ~is_unknown]
    if len(told):
        near = told.iloc[0]
        parts.append(
            _(
                "离线最近的是{village}，差 {gap}",
                village=near["village_name"],
                gap=wan(near["gap_yuan"]),
            )
        )
    worst = best_and_worst(said.villages)[1]
    silent = int(is_unknown.sum())
    if worst is not None and silent:
        name = worst["village_name"]
        parts.append(
            _("{village}等 {n} 村还没有数", village=name, n=silent)
            if silent > 1
            else _("{village}还没有数", village=name)
        )
    elif worst is not None and len(told) > 1:
        parts.append(
            _(
                "最远的是{village}，差 {gap}",
                village=worst["village_name"],
                gap=wan(worst["gap_yuan"]),
            )
        )
    elif len(remaining) and not parts:
        parts.append(_("{n} 村还未清零", n=len(remaining)))
    late = int(said.undone["is_overdue"].sum())
    if len(said.undone):
        parts.append(
            _("督办 {n} 项未办结，{late} 项逾期", n=len(said.undone), late=late)
        )
    elif not parts:
        parts.append(_("没有未清零的村，也没有未办结的督办事项"))
    return _("；").join(parts) + _("。")
