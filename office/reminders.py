"""What does the office write to the townships whose reports have not come?

Plain text in short lines, ready to paste into WeCom or DingTalk, where tables and
markup do not show.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from base.catalogue import catalogue
from base.formats import full_date, listed, month
from base.words import _

_RETURNED = "returned"
_NO_PROJECT = "–"
# In the text for all townships; each township's own names every village.
_NAMED = 8


@dataclass(frozen=True)
class Reminder:
    """A text for one place, and of how many villages it speaks."""

    place_code: str
    place_name: str
    village_count: int
    text: str


def township_reminders(
    missing: pd.DataFrame, period_end: date, today: date
) -> list[Reminder]:
    """Write a text for each township where something is missing.

    Args:
        missing: one row per village and paper, see `queries/reporting/missing.sql`.
        period_end: the last day of the month that was to be reported.
        today: tells whether the due day has passed.

    Returns:
        A reminder per township, by code; none where nothing is missing.
    """
    return [
        Reminder(
            str(code),
            str(rows["township_name"].iloc[0]),
            int(rows["village_code"].nunique()),
            _text(
                _("{name}的各位同志：", name=rows["township_name"].iloc[0]),
                rows,
                period_end,
                today,
            ),
        )
        for code, rows in missing.groupby("township_code")
    ]


def village_reminder(
    missing: pd.DataFrame, village_code: str, period_end: date, today: date
) -> Reminder | None:
    """Write the text for the first secretary of one village.

    Args:
        missing: as `township_reminders` takes it.
        village_code: of the village.
        period_end: the last day of the month.
        today: tells whether the due day has passed.

    Returns:
        The reminder, or None where nothing of the village is missing.
    """
    rows = missing[missing["village_code"] == village_code]
    if rows.empty:
        return None
    name = str(rows["village_name"].iloc[0])
    greeting = _("{name}第一书记，您好：", name=name)
    lines = [greeting, *_when(rows, period_end, today)]
    day = _common_day(rows)
    for is_returned, part in _parts(rows):
        state = _counted(part, is_returned)["state"]
        told = listed(_paper(row, day) for row in _rows(part))
        lines.append(_("· {state}：{papers}", state=state, papers=told))
    return Reminder(village_code, name, 1, "\n".join([*lines, *_ending()]))


def city_reminder(missing: pd.DataFrame, period_end: date, today: date) -> str:
    """Write one text for all townships.

    Args:
        missing: as `township_reminders` takes it.
        period_end: the last day of the month.
        today: tells whether the due day has passed.

    Returns:
        The text; where nothing is missing, it says so.
    """
    if missing.empty:
        return _("{month}的报表已全部报齐。", month=month(period_end))
    lines = [_("各镇（街）："), *_when(missing, period_end, today)]
    for _code, rows in missing.groupby("township_code"):
        lines.append(str(rows["township_name"].iloc[0]))
        lines += [
            _("· {state} {count} 村：{names}", **_counted(part, is_returned))
            for is_returned, part in _parts(rows)
        ]
    return "\n".join([*lines, *_ending()])


def _text(greeting: str, rows: pd.DataFrame, period_end: date, today: date) -> str:
    lines = [greeting, *_when(rows, period_end, today)]
    day = _common_day(rows)
    for is_returned, part in _parts(rows):
        counted = _counted(part, is_returned)
        lines.append(_("{state}（{count} 村）：", **counted))
        for name, papers in part.groupby(["village_code", "village_name"]):
            told = listed(_paper(row, day) for row in _rows(papers))
            lines.append(_("· {village}：{papers}", village=name[1], papers=told))
    return "\n".join([*lines, *_ending()])


def _when(rows: pd.DataFrame, period_end: date, today: date) -> list[str]:
    day = _common_day(rows)
    parts = {"month": month(period_end), "day": full_date(day)}
    if today > day:
        return [_("{month}的报表应于{day}前报送，现已过期，请尽快补报。", **parts)]
    return [_("{month}的报表请于{day}前（含当日）报送。", **parts)]


def _ending() -> list[str]:
    return [
        _("报送办法：登录系统，打开“报送”，上传表格或直接填写。"),
        _("没有收入也要报，请填“无”，不要留空。"),
    ]


def _common_day(rows: pd.DataFrame) -> date:
    """Return the day by which most papers are due; of several the first."""
    days = [_day(day) for day in rows["due_date"]]
    return min(days, key=lambda day: (-days.count(day), day))


def _parts(rows: pd.DataFrame) -> Iterator[tuple[bool, pd.DataFrame]]:
    """Yield what never came, then what was returned; nothing that is empty."""
    returned = rows["state"] == _RETURNED
    for is_returned, part in ((False, rows[~returned]), (True, rows[returned])):
        if not part.empty:
            yield is_returned, part


def _counted(rows: pd.DataFrame, is_returned: bool) -> dict[str, object]:
    names = rows.drop_duplicates("village_code")["village_name"].tolist()
    told = listed(names[:_NAMED])
    if len(names) > _NAMED:
        told = _("{names}等", names=told)
    state = _("已退回、待重报") if is_returned else _("尚未报送")
    return {"state": state, "count": len(names), "names": told}


def _paper(row: Any, usual: date) -> str:
    """Name a paper, with its project, its own due day and why it was returned."""
    said = catalogue().statements[row.statement].name
    if row.project_id != _NO_PROJECT:
        said = _("{paper}（项目 {project}）", paper=said, project=row.project_id)
    reason = "" if pd.isna(row.return_reason) else " ".join(row.return_reason.split())
    if reason:
        said = _("{paper}（退回原因：{reason}）", paper=said, reason=reason)
    if _day(row.due_date) != usual:
        day = full_date(_day(row.due_date))
        said = _("{paper}（截止{day}）", paper=said, day=day)
    return said


def _rows(rows: pd.DataFrame) -> list[Any]:
    return list(rows.itertuples())


def _day(day: Any) -> date:
    found: date = pd.Timestamp(day).date()
    return found
