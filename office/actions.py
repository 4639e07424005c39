"""What is to be done about a village, by whom and by when, and how far is it?

A step is never overwritten: each holds all that is so from then on, and the latest
holds. Who may do what is judged here, whatever a page offers.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

import pandas as pd

import queries
from base.action import ANSWERS, CLOSED, DOING, NEXT, OPEN, REOPENED, WORDS
from base.catalogue import catalogue
from base.clock import FixedClock
from base.errors import ShownError
from base.place import level_of, prefix_of
from base.roles import ANSWER, ASSIGN
from base.viewer import Viewer
from base.words import _
from queries import Moment, moment_now
from queries.actions_asked import ask_actions, is_cleared
from store import Store
from store.decisions import decide

_LONGEST = 500


@dataclass(frozen=True)
class Task:
    """What is to be done: about which place, what, by whom, by when, for which target.

    `origin` tells what gave rise to it: `gap:solar_subsidy`, `alert:…`, `meeting:…`.
    """

    place_code: str
    what: str
    owner_name: str
    owner_organisation: str
    due_date: date
    target_id: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Evidence:
    """A file that shows what was done; its bytes are in the vault."""

    sha256: str = ""
    file_name: str = ""
    media_type: str = ""


_NONE = Evidence()


def begin(store: Store, by: Viewer, task: Task, at: datetime, note: str = "") -> int:
    """Begin an action.

    Args:
        store: where.
        by: who asks for it.
        task: what is to be done; without a target the headline is meant.
        at: when, local time in China.
        note: what there is to say besides.

    Returns:
        The number of the action.

    Raises:
        ShownError: when the viewer may not, or something is missing or wrong.
    """
    if not by.may(ASSIGN):
        raise ShownError(_("您的账号不能新建督办事项。"))
    task = _tidy(task)
    with store.writing():
        _holds(by, task.place_code)
        _checked(task)
        _not_past(task.due_date, None, at)
        moment = moment_now(store, by, FixedClock(at))
        names = queries.run(
            "places/names",
            by.within(task.place_code),
            store,
            version_no=moment.version_no,
        )
        if names.empty:
            raise ShownError(_("名录中没有「{code}」这个地方。", code=task.place_code))
        _write(store, by, None, task, OPEN, note, at)
        return store.journal.length


def step(
    store: Store,
    by: Viewer,
    action_no: int,
    state: str,
    at: datetime,
    note: str = "",
    changed: Task | None = None,
    evidence: Evidence = _NONE,
) -> None:
    """Move an action on, or stay and say something about it.

    The office and the township change, close and drop; people of the village say that
    they are at it or done, with a note.

    Args:
        store: where.
        by: who acts.
        action_no: of which action.
        state: one of `base.action`, which may be the present one.
        at: when, local time in China.
        note: what was done or why.
        changed: what is to be done from now on, where that changes; the place stays.
        evidence: a file in the vault.

    Raises:
        ShownError: when there is no such action in the viewer's scope, the viewer may
            not, the state does not follow, or a note lacks.
    """
    with store.writing():
        moment = moment_now(store, by, FixedClock(at))
        held = _held(store, by, moment, action_no)
        before = str(held["state"])
        _may_step(by, before, state)
        if state not in NEXT[before]:
            raise ShownError(
                _(
                    "「{before}」的事项不能改为「{after}」。",
                    before=_(WORDS[before]),
                    after=_(WORDS[state]) if state in WORDS else state,
                )
            )
        if not note.strip() and _needs_note(by, state):
            raise ShownError(_("请写明办理情况或原因。"))
        task = _task_of(held)
        if changed is not None and _tidy(changed) != task:
            if not by.may(ASSIGN):
                raise ShownError(_("您的账号不能改事项的内容、责任人和期限。"))
            _not_past(changed.due_date, task.due_date, at)
            task = replace(_tidy(changed), place_code=task.place_code)
            _checked(task)
        was_cleared: bool | None = None
        if state == CLOSED:
            where = by.within(task.place_code)
            was_cleared = is_cleared(
                store, where, moment, task.target_id, task.place_code
            )
        judged = (was_cleared, moment.as_of if state == CLOSED else None)
        _write(store, by, action_no, task, state, note, at, evidence, judged)


def attach(
    store: Store,
    by: Viewer,
    action_no: int,
    content: bytes,
    called: tuple[str, str],
    at: datetime,
) -> None:
    """Put a file beside an action; whoever answers for the village is then at it.

    Args:
        store: where.
        by: who attaches it.
        action_no: of which action.
        content: the file.
        called: its name and its media type.
        at: when, local time in China.

    Raises:
        ShownError: when there is no such action or the viewer may not.
    """
    with store.writing():
        moment = moment_now(store, by, FixedClock(at))
        state = str(_held(store, by, moment, action_no)["state"])
        if state == REOPENED or (state == OPEN and not by.may(ASSIGN)):
            state = DOING
        _may_step(by, state, state)
        evidence = Evidence(store.vault.keep(content), *called)
        note = _("附件：{file}", file=evidence.file_name)
        step(store, by, action_no, state, at, note, evidence=evidence)


def next_states(by: Viewer, state: str) -> tuple[str, ...]:
    """Return to which states a viewer may move an action that is in one."""
    if by.may(ASSIGN):
        return NEXT[state]
    if by.may(ANSWER) and state in _ANSWERABLE:
        return tuple(one for one in NEXT[state] if one in ANSWERS)
    return ()


# What has been closed or dropped is for those who asked for it to open again.
_ANSWERABLE = frozenset({OPEN, *ANSWERS, REOPENED})


def _may_step(by: Viewer, before: str, after: str) -> None:
    if by.may(ASSIGN):
        return
    if not by.may(ANSWER):
        raise ShownError(_("您的账号只能看督办事项，不能办理。"))
    if before not in _ANSWERABLE or after not in ANSWERS:
        raise ShownError(_("您的账号只能报在办、已办，不能销号、取消或重新打开。"))


def _needs_note(by: Viewer, state: str) -> bool:
    """Tell whether a step needs words: an answer, an end, a reopening do."""
    return not by.may(ASSIGN) or state not in ANSWERS


def _held(store: Store, by: Viewer, moment: Moment, action_no: int) -> "pd.Series[Any]":
    found = ask_actions("actions/list", store, by, moment)
    own = found[found["action_no"] == action_no]
    if own.empty:
        raise ShownError(_("没有这个督办事项，或不在您的范围内。"))
    return own.iloc[0]


def _task_of(held: "pd.Series[Any]") -> Task:
    return Task(
        str(held["place_code"]),
        str(held["what"]),
        str(held["owner_name"]),
        str(held["owner_organisation"]),
        held["due_date"],
        str(held["target_id"]),
        str(held["origin"]),
    )


def _tidy(task: Task) -> Task:
    return Task(
        task.place_code.strip(),
        task.what.strip(),
        task.owner_name.strip(),
        task.owner_organisation.strip(),
        task.due_date,
        task.target_id.strip() or catalogue().headline().id,
        task.origin.strip(),
    )


def _holds(by: Viewer, place_code: str) -> None:
    if level_of(place_code) not in ("township", "village"):
        raise ShownError(_("督办事项要写明是哪个镇（街）或哪个村的。"))
    if not by.scope.holds(place_code):
        raise ShownError(_("这个地方不在您的范围内。"))


def _not_past(due_date: date, before: date | None, at: datetime) -> None:
    if due_date != before and due_date < at.date():
        raise ShownError(_("办结期限不能早于今天。"))


def _checked(task: Task) -> None:
    if not task.what:
        raise ShownError(_("请写明要办什么。"))
    if not task.owner_name and not task.owner_organisation:
        raise ShownError(_("请写明由谁办：责任人或责任单位。"))
    if max(len(value) for value in (task.what, task.owner_name)) > _LONGEST:
        raise ShownError(_("文字太长，请不超过 {count} 字。", count=_LONGEST))
    if task.target_id not in {target.id for target in catalogue().targets}:
        raise ShownError(_("没有「{target}」这个目标。", target=task.target_id))


def _write(
    store: Store,
    by: Viewer,
    action_no: int | None,
    task: Task,
    state: str,
    note: str,
    at: datetime,
    evidence: Evidence = _NONE,
    judged: tuple[bool | None, date | None] = (None, None),
) -> None:
    if len(note) > _LONGEST:
        raise ShownError(_("文字太长，请不超过 {count} 字。", count=_LONGEST))
    told = {**asdict(task), "place_code": prefix_of(task.place_code)}
    decide(
        store,
        {
            "kind": "action",
            **by.signed(),
            "action_no": action_no,
            **told,
            "state": state,
            "note": note.strip(),
            **asdict(evidence),
            "was_cleared": judged[0],
            "judged_date": judged[1],
        },
        at,
    )
