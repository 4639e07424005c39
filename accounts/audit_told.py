"""How is an act told in words: what it was, on what, from where, what else?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.account import name_of
from accounts.audit_read import ACTIONS, Entry
from accounts.place_names import place_names
from base.action import WORDS
from base.roles import ROLES
from base.rules import rules, state_name
from base.words import _, mark
from store import Store

_WAYS = {
    "page": mark("网页"),
    "api": mark("接口"),
    "inbox": mark("收件箱"),
    "command": mark("命令行"),
    "system": mark("系统"),
}
_FROM_TO = " → "


@dataclass(frozen=True)
class Told:
    """An act in words; what is not said is empty."""

    audit_no: int
    acted_at: datetime
    who: str
    role: str
    what: str
    place: str
    about: str
    file_name: str
    said: str
    way: str
    address: str


def action_name(action: str) -> str:
    """Return what an act is called: 退回."""
    return _(ACTIONS[action]) if action in ACTIONS else action


def way_name(way: str) -> str:
    """Return how somebody came: 网页."""
    return _(_WAYS[way]) if way in _WAYS else way


def role_name(role: str) -> str:
    """Return what a role is called; one that is no more is called as it was."""
    return _(ROLES[role].name) if role in ROLES else role


def said(detail: str) -> str:
    """Return what else was said of an act; hashes say nobody anything.

    Args:
        detail: as the audit keeps it: an object in JSON, or a text.
    """
    try:
        told = json.loads(detail)
    except ValueError:
        return detail
    return _("；").join(_parts(told)) if isinstance(told, dict) else detail


def _parts(told: dict[str, Any]) -> list[str]:
    parts = []
    if "reason" in told:
        parts.append(_("原因：{reason}", reason=told["reason"]))
    if "rows_accepted" in told:
        parts.append(
            _(
                "读到 {rows} 笔，不收 {rejected} 笔",
                rows=told["rows_accepted"],
                rejected=told.get("rows_rejected", 0),
            )
        )
    if told.get("good_rows"):
        parts.append(_("只收无误的行"))
    if told.get("over_newer"):
        parts.append(_("替换更晚报送的"))
    if "period_end" in told:
        parts.append(_("{day} 止的一期", day=told["period_end"]))
    if "due_date" in told:
        parts.append(_("截止日 {day}", day=told["due_date"]))
    if told.get("is_locked"):
        parts.append(_("锁定"))
    if "rule_id" in told:
        parts.append(_matter(told))
    parts += _action_parts(told)
    if "key" in told:
        parts.append(f"{told['key']} = {told.get('value', '')}")
    return parts


def _matter(told: dict[str, Any]) -> str:
    """Say what was decided on a matter; a rule that is no more is called by its id."""
    rule = rules().get(str(told["rule_id"]))
    return _(
        "「{rule}」改为{state}，由{owner}负责",
        rule=rule.name if rule else told["rule_id"],
        state=state_name(str(told.get("matter_state", ""))),
        owner=told.get("owner") or _("未定"),
    )


def _action_parts(told: dict[str, Any]) -> list[str]:
    """Return what is told of a step of an action, and of nothing else."""
    parts = [str(told[key]) for key in ("what", "note") if key in told]
    state = told.get("state", "")
    if state in WORDS:
        parts.append(_(WORDS[state]))
    return parts


def told_of(
    store: Store, entries: list[Entry], places: Mapping[str, str] | None = None
) -> list[Told]:
    """Return acts in words, in their order.

    Args:
        store: for the names of people and places.
        entries: as read, of whoever may read them.
        places: the names of places, where they are at hand.
    """
    places = place_names(store) if places is None else places
    names: dict[str, str] = {}

    def named(word: str) -> str:
        if word not in names:
            names[word] = places.get(word) or name_of(store, word)
        return names[word]

    def detail_of(entry: Entry) -> str:
        if _FROM_TO not in entry.detail or entry.detail.startswith("{"):
            return said(entry.detail)
        sides = entry.detail.split(_FROM_TO)
        return _FROM_TO.join(" ".join(map(named, side.split())) for side in sides)

    return [
        Told(
            entry.audit_no,
            entry.acted_at,
            named(entry.actor),
            role_name(entry.role),
            action_name(entry.action),
            places.get(entry.place_code, entry.place_code),
            _about(entry, named(entry.subject)),
            entry.file_name or "",
            detail_of(entry),
            way_name(entry.way),
            entry.address,
        )
        for entry in entries
    ]


def _about(entry: Entry, subject: str) -> str:
    if entry.submission_no is not None:
        return _("第 {number} 号", number=entry.submission_no)
    return subject
