"""Which progress meetings are held, on which frozen figures, and who appeals?

A step is never overwritten: each holds all that is so from then on, and the latest
holds. A freeze is for good; what arrives later stands beside it, never inside it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

import queries
from base.catalogue import catalogue
from base.clock import FixedClock
from base.errors import ShownError
from base.meeting import DROPPED, FROZEN, PLANNED
from base.place import level_of, prefix_of
from base.roles import APPEAL, CONVENE, MEETINGS
from base.viewer import Viewer
from base.words import _
from office.freezing import frozen_tables
from queries import Moment, moment_now
from store import Store
from store.decisions import decide
from store.meetings import keep_frozen

_LONGEST, _LONGEST_TITLE = 4000, 60
_ROOT = Path(__file__).parent.parent
# The rooms in which figures are worked out.
_ROOMS = ("base", "store", "queries", "office")


@dataclass(frozen=True)
class Plan:
    """What a meeting is: its place, its title, its day and what is talked about."""

    place_code: str
    title: str
    held_date: date
    agenda: str = ""


def call(store: Store, by: Viewer, plan: Plan, at: datetime) -> int:
    """Call a meeting.

    Args:
        store: where.
        by: who calls it.
        plan: what it is.
        at: when, local time in China.

    Returns:
        The number of the meeting.

    Raises:
        ShownError: when the viewer may not, or something is missing or wrong.
    """
    _may(by, CONVENE, plan.place_code)
    plan = _checked(plan)
    with store.writing():
        _write(store, by, None, plan, PLANNED, at)
        return store.journal.length


def change(store: Store, by: Viewer, meeting_no: int, plan: Plan, at: datetime) -> None:
    """Change title, day or agenda of a meeting; its place stays, and so do figures.

    Raises:
        ShownError: when there is no such meeting, it was called off, the viewer may
            not, or something is missing or wrong.
    """
    with store.writing():
        held = _going_on(store, by, meeting_no)
        _may(by, CONVENE, str(held["place_code"]))
        kept = replace(_checked(plan), place_code=str(held["place_code"]))
        _write(store, by, meeting_no, kept, str(held["state"]), at, _freeze_of(held))


def freeze(
    store: Store,
    by: Viewer,
    meeting_no: int,
    at: datetime,
    as_of: date | None = None,
) -> None:
    """Freeze all figures of a meeting's place, as accepted by now.

    Args:
        store: where.
        by: who freezes.
        meeting_no: of which meeting.
        at: when, local time in China.
        as_of: the day of the figures; default the latest for which there is enough.

    Raises:
        ShownError: when there is no such meeting, the viewer may not, or its figures
            are frozen already.
    """
    held = _planned(store, by, meeting_no)
    place = str(held["place_code"])
    _may(by, CONVENE, place)
    if as_of is not None and as_of > at.date():
        raise ShownError(_("这一天还没有到，不能冻结。"))
    moment = moment_now(store, by, FixedClock(at), as_of)
    previous = _previous(store, by, place)
    # figures of a number never change, so nobody has to wait meanwhile
    tables = frozen_tables(store, by.within(place), moment, previous)
    if not tables["village"].num_rows:
        raise ShownError(_("这里还没有村，没有可冻结的数。"))
    with store.writing():
        held = _planned(store, by, meeting_no)
        told = {
            "as_of_date": moment.as_of,
            "version_no": moment.version_no,
            "frozen_at": at,
            "previous_no": None if previous is None else int(previous["meeting_no"]),
            "fingerprint": catalogue().fingerprint,
            "code_version": code_version(),
            "frozen_sha256": keep_frozen(store, meeting_no, tables),
        }
        _write(store, by, meeting_no, _plan_of(held), FROZEN, at, told)


def drop(store: Store, by: Viewer, meeting_no: int, reason: str, at: datetime) -> None:
    """Call a meeting off, frozen or not; it stays in the list, with the reason.

    Raises:
        ShownError: when there is no such meeting, it was called off already, the
            viewer may not, or the reason is missing or too long.
    """
    if not reason.strip():
        raise ShownError(_("请写明原因。"))
    _not_too_long(reason)
    with store.writing():
        held = _going_on(store, by, meeting_no)
        _may(by, CONVENE, str(held["place_code"]))
        told = {**_freeze_of(held), "reason": reason.strip()}
        _write(store, by, meeting_no, _plan_of(held), DROPPED, at, told)


def appeal(
    store: Store,
    by: Viewer,
    meeting_no: int,
    place_code: str,
    words: str,
    at: datetime,
) -> None:
    """Put a word beside a line of a meeting's ranking; an empty one takes it back.

    Args:
        store: where.
        by: who appeals, for a place of their own.
        meeting_no: of which meeting.
        place_code: the township of the line.
        words: why the figure is not the whole story.
        at: when, local time in China.

    Raises:
        ShownError: when there is no such frozen meeting, the place is not ranked there,
            or the viewer may not.
    """
    with store.writing():
        held = meeting_of(store, by, meeting_no)
        _may(by, APPEAL, place_code)
        if held["state"] != FROZEN or not _is_line(store, by, meeting_no, place_code):
            raise ShownError(_("这次会议的排名里没有这一行。"))
        _not_too_long(words)
        decide(
            store,
            {
                "kind": "meeting_note",
                **by.signed(),
                "meeting_no": meeting_no,
                "place_code": place_code,
                "note": words.strip(),
            },
            at,
        )


def keep_paper(
    store: Store,
    by: Viewer,
    meeting_no: int,
    kind: str,
    place_code: str,
    file: tuple[str, bytes, str],
    at: datetime,
) -> None:
    """Keep a paper that was made for a meeting.

    Args:
        store: where.
        by: who had it made.
        meeting_no: for which meeting.
        kind: one of `base.meeting`.
        place_code: of all the meeting's place, or of one township.
        file: name, bytes and media type.
        at: when, local time in China.

    Raises:
        ShownError: when there is no such frozen meeting, the place is none of its, or
            the viewer may not.
    """
    name, content, media_type = file
    held = meeting_of(store, by, meeting_no)
    _may(by, MEETINGS, place_code)
    if not prefix_of(place_code).startswith(str(held["place_code"])):
        raise ShownError(_("这次会议没有这个地方的材料。"))
    if held["state"] != FROZEN:
        raise ShownError(_("会议还没有冻结数据，不能出材料。"))
    with store.writing():
        decide(
            store,
            {
                "kind": "meeting_paper",
                **by.signed(),
                "meeting_no": meeting_no,
                "place_code": prefix_of(place_code),
                "paper_kind": kind,
                "sha256": store.vault.keep(content),
                "file_name": name,
                "media_type": media_type,
                "byte_count": len(content),
            },
            at,
        )


def meetings(store: Store, by: Viewer) -> pd.DataFrame:
    """Return the meetings of places of which a viewer sees something, latest first."""
    return queries.run("meetings/list", by, store)


def meeting_of(store: Store, by: Viewer, meeting_no: int) -> "pd.Series[Any]":
    """Return a meeting, as `queries/meetings/list.sql` tells it.

    Raises:
        ShownError: when there is none that the viewer may know of.
    """
    found = meetings(store, by)
    own = found[found["meeting_no"] == meeting_no]
    if own.empty:
        raise ShownError(_("没有这次会议，或不在您的范围内。"))
    return own.iloc[0]


def frozen_moment(held: "pd.Series[Any]") -> Moment:
    """Return the moment of which a frozen meeting's figures are."""
    return Moment(held["as_of_date"], int(held["version_no"]), held["frozen_at"])


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return a fingerprint of the programs that work figures out."""
    digest = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted((_ROOT / room).rglob("*")):
            if path.suffix in (".py", ".sql"):
                digest.update(path.relative_to(_ROOT).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _planned(store: Store, by: Viewer, meeting_no: int) -> "pd.Series[Any]":
    held = _going_on(store, by, meeting_no)
    if held["state"] == FROZEN:
        raise ShownError(_("这次会议的数据已经冻结，不能再冻结。"))
    return held


def _going_on(store: Store, by: Viewer, meeting_no: int) -> "pd.Series[Any]":
    held = meeting_of(store, by, meeting_no)
    if held["state"] == DROPPED:
        raise ShownError(_("这次会议已取消。"))
    return held


def _is_line(store: Store, by: Viewer, meeting_no: int, place_code: str) -> bool:
    """Tell whether a township is among those that a meeting's figures are told of."""
    if level_of(place_code) != "township":
        return False
    within = by.within(place_code)
    targets = queries.run("meetings/targets", within, store, meeting_no=meeting_no)
    lines = queries.run(
        "meetings/townships",
        within,
        store,
        meeting_no=meeting_no,
        target_id=str(targets["target_id"].iloc[0]),
    )
    return len(lines) > 0


def _previous(store: Store, by: Viewer, place: str) -> "pd.Series[Any] | None":
    """Return the meeting of the same place that was frozen last."""
    found = meetings(store, by)
    own = found[(found["place_code"] == place) & (found["state"] == FROZEN)]
    if own.empty:
        return None
    # a later change of title or agenda makes no freeze later
    return own.sort_values(["frozen_at", "meeting_no"]).iloc[-1]


def _may(by: Viewer, what: str, place_code: str) -> None:
    if not by.may(what):
        raise ShownError(_("您的账号不能做这件事。"))
    if not by.scope.holds(place_code):
        raise ShownError(_("这个地方不在您的范围内。"))


def _checked(plan: Plan) -> Plan:
    tidy = Plan(
        prefix_of(plan.place_code),
        # a title is one line, whatever it was pasted from
        " ".join(plan.title.split()),
        plan.held_date,
        plan.agenda.strip(),
    )
    if not tidy.title:
        raise ShownError(_("请写明会议名称。"))
    if len(tidy.title) > _LONGEST_TITLE or len(tidy.agenda) > _LONGEST:
        raise ShownError(_("文字太长，请缩短会议名称或议程。"))
    return tidy


def _not_too_long(words: str) -> None:
    if len(words) > _LONGEST:
        raise ShownError(_("文字太长，请不超过 {count} 字。", count=_LONGEST))


def _plan_of(held: "pd.Series[Any]") -> Plan:
    return Plan(
        str(held["place_code"]),
        str(held["title"]),
        held["held_date"],
        str(held["agenda"]),
    )


def _freeze_of(held: "pd.Series[Any]") -> dict[str, Any]:
    """Return what a step keeps of the freeze before it."""
    told = {name: held[name] for name in _FREEZE}
    return {
        name: None if pd.isna(value) else int(value) if name in _NUMBERS else value
        for name, value in told.items()
    }


_FREEZE = (
    *("as_of_date", "version_no", "frozen_at", "previous_no"),
    *("fingerprint", "code_version"),
)
_NUMBERS = ("version_no", "previous_no")


def _write(
    store: Store,
    by: Viewer,
    meeting_no: int | None,
    plan: Plan,
    state: str,
    at: datetime,
    told: Mapping[str, Any] | None = None,
) -> None:
    decide(
        store,
        {
            "kind": "meeting",
            **by.signed(),
            "meeting_no": meeting_no,
            "place_code": plan.place_code,
            "title": plan.title,
            "held_date": plan.held_date,
            "agenda": plan.agenda,
            "state": state,
            "as_of_date": None,
            "version_no": None,
            "frozen_at": None,
            "previous_no": None,
            "fingerprint": "",
            "code_version": "",
            "reason": "",
            **(told or {}),
        },
        at,
    )
