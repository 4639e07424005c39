"""What was frozen with a meeting, what had changed by then, and what came later?"""

from typing import Any

import pandas as pd

from base.errors import ShownError
from base.meeting import CHANGES, FROZEN
from base.number import number_in
from base.roles import MEETINGS
from base.words import _, mark
from charts.palette import action_word, standing_word, state_word
from office.freezing import later_figures
from office.frozen import Frozen, frozen
from office.meetings import meeting_of
from queries.table import Asked, Column, Said, Table
from reports.tables.actions import ORGANISATION, OWNER
from reports.tables.villages import SOURCE, TOWNSHIP, VILLAGE

_STANDING = Column("standing", mark("清零情况"), words=standing_word)
_THEN = Column("standing_then", mark("冻结时"), words=standing_word)
_NOW = Column("standing_now", mark("更正后"), words=standing_word)
_THEN_YUAN = Column("amount_then_yuan", mark("冻结时到账（元）"), "yuan")
_NOW_YUAN = Column("amount_now_yuan", mark("更正后到账（元）"), "yuan")
_CHANGE_YUAN = Column("change_yuan", mark("相差（元）"), "yuan")


def _held(asked: Asked) -> "pd.Series[Any]":
    if not asked.viewer.may(MEETINGS):
        raise ShownError(_("您的账号不能看会议材料。"))
    number = number_in(asked.said.get("meeting", ""))
    if number is None:
        raise ShownError(_("请在地址里写明是哪次会议（meeting=…）。"))
    held = meeting_of(asked.store, asked.viewer, number)
    if held["state"] != FROZEN:
        raise ShownError(_("这次会议还没有冻结数据。"))
    return held


def _frozen(asked: Asked) -> Frozen:
    held = _held(asked)
    # whoever asks for more than the meeting's place gets all of that
    whole = str(held["place_code"])
    place = asked.place_code if asked.place_code.startswith(whole) else whole
    return frozen(asked.store, asked.viewer, held, place, asked.target.id)


def _townships(asked: Asked) -> pd.DataFrame:
    said = _frozen(asked)
    notes = dict(zip(said.notes["place_code"], said.notes["note"], strict=True))
    codes = said.townships["township_code"]
    return said.townships.assign(note=[notes.get(code, "") for code in codes])


def _later(asked: Asked) -> pd.DataFrame:
    return later_figures(
        asked.store, asked.viewer, asked.moment, asked.target, _held(asked)
    )


def _sources(asked: Asked) -> pd.DataFrame:
    return _frozen(asked).sources


def _targets(asked: Asked) -> pd.DataFrame:
    return _frozen(asked).targets


def _confirmed(is_confirmed: bool) -> str:
    return _("已确认") if is_confirmed else _("口径待确认")


def _yes(is_so: bool) -> str:
    return _("● 逾期") if is_so else ""


def _change(change_id: str) -> str:
    return _(CHANGES[change_id])


def _told(said: Said) -> Said:
    return {_("会议"): said.get("meeting", "")}


TABLES = (
    Table(
        "meeting-townships",
        mark("各镇（街）进度（冻结）"),
        (
            Column("level_rank", mark("名次"), "count"),
            TOWNSHIP,
            Column("villages", mark("名单村"), "count"),
            Column("cleared", mark("已清零"), "count"),
            Column("remaining", mark("未清零"), "count"),
            Column("level", mark("清零比例"), "share"),
            Column("newly_cleared", mark("新清零"), "count"),
            Column("fallen_back", mark("退回线下"), "count"),
            Column("improvement_rank", mark("进步名次"), "count"),
            Column("papers_share", mark("台账报到"), "share"),
            Column("gap_yuan", mark("共差（元）"), "yuan"),
            Column("note", mark("申诉、说明")),
        ),
        _townships,
        _told,
    ),
    Table(
        "meeting-villages",
        mark("各村情况（冻结）"),
        (
            TOWNSHIP,
            VILLAGE,
            _STANDING,
            Column("standing_last", mark("上次"), words=standing_word),
            Column("amount_yuan", mark("到账（元）"), "yuan"),
            Column("gap_yuan", mark("差多少（元）"), "yuan"),
            Column("worst_state", mark("台账"), words=state_word),
        ),
        lambda asked: _frozen(asked).villages,
        _told,
    ),
    Table(
        "meeting-changes",
        mark("与上次会议相比的变化"),
        (
            Column("change_id", mark("变化"), words=_change),
            TOWNSHIP,
            VILLAGE,
            Column("standing_last", mark("上次"), words=standing_word),
            _STANDING,
            Column("amount_last_yuan", mark("上次到账（元）"), "yuan"),
            Column("amount_yuan", mark("到账（元）"), "yuan"),
            Column("change_yuan", mark("增减（元）"), "yuan"),
        ),
        lambda asked: _frozen(asked).changes,
        _told,
    ),
    Table(
        "meeting-restated",
        mark("上次会议数据的更正"),
        (TOWNSHIP, VILLAGE, _THEN, _NOW, _THEN_YUAN, _NOW_YUAN, _CHANGE_YUAN),
        lambda asked: _frozen(asked).restated,
        _told,
    ),
    Table(
        "meeting-later",
        mark("会后到的更正"),
        (TOWNSHIP, VILLAGE, _THEN, _NOW, _THEN_YUAN, _NOW_YUAN, _CHANGE_YUAN),
        _later,
        _told,
    ),
    Table(
        "meeting-actions",
        mark("督办事项（冻结）"),
        (
            Column("state", mark("状态"), words=action_word),
            Column("is_overdue", mark("逾期"), words=_yes),
            TOWNSHIP,
            VILLAGE,
            Column("what", mark("办什么")),
            OWNER,
            ORGANISATION,
            Column("due_date", mark("办结期限"), "day"),
            Column("state_last", mark("上次"), words=action_word),
            Column("note", mark("最近办理情况")),
        ),
        lambda asked: _frozen(asked).actions,
        _told,
    ),
    Table(
        "meeting-sources",
        mark("各镇（街）各来源（冻结）"),
        (
            TOWNSHIP,
            SOURCE,
            Column("village_count", mark("有收入的村"), "count"),
            Column("due_yuan", mark("应收（元）"), "yuan"),
            Column("received_yuan", mark("到账（元）"), "yuan"),
        ),
        _sources,
        _told,
    ),
    Table(
        "meeting-targets",
        mark("目标和口径（冻结）"),
        (
            Column("target_name", mark("目标")),
            Column("definition", mark("口径")),
            Column("is_confirmed", mark("确认"), words=_confirmed),
            Column("planned", mark("计划应剩"), "count"),
            Column("evidence", mark("依据")),
        ),
        _targets,
        _told,
    ),
)
