"""How does each doubt and warning stand, and who decides on it?

States are not kept but derived: what the rules find now, joined with what was decided.
What is settled stays so while its figures are the same; when they change, it is open
again by itself. What the rules no longer find is gone.
"""

from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

import queries
from base.errors import ShownError
from base.roles import ANSWER, MATTERS
from base.rules import (
    DECIDED,
    GONE,
    OPEN,
    SETTLED,
    WARNING,
    Rule,
    rules,
    rules_of,
    state_name,
)
from base.viewer import Viewer
from base.words import _
from office.hits import hit_of, hits, matter_id
from queries import Moment
from store import Store
from store.decisions import decide

# Why something that was settled is open again: its figures changed, or it was said to
# be corrected and the figures still stand.
CHANGED, STILL = "changed", "still"
_STEP = ["state", "owner", "due_date", "note", "fingerprint", "decided_at"]


def matters(store: Store, viewer: Viewer, moment: Moment, kind: str) -> pd.DataFrame:
    """Return the doubts or the warnings of a viewer's places.

    Args:
        store: where.
        viewer: who asks.
        moment: as of when, as known when.
        kind: `check` or `warning`.

    Returns:
        One row per matter: what `hits` returns, the place's names, `state`, `again`
        (empty, `changed` or `still`), `owner`, `due_date`, `note`, `is_settled` and
        `is_overdue`; the overdue first, then by due day, what is settled last.

    Raises:
        ShownError: when the viewer may not see them.
    """
    found = hits(store, viewer, moment, rules_of(kind))
    steps = _latest(store, viewer, moment)
    steps = steps[steps["rule_id"].isin([rule.id for rule in rules_of(kind)])]
    names = queries.run("places/names", viewer, store, version_no=moment.version_no)
    joined = found.merge(
        steps[["matter_id", *_STEP]],
        on="matter_id",
        how="left",
        suffixes=("", "_then"),
    )
    rows = [_standing(row, moment.today) for row in joined.to_dict("records")]
    gone = steps[~steps["matter_id"].isin(found["matter_id"])]
    rows += [_gone(row) for row in gone.to_dict("records")]
    columns = [*found.columns, *_OWN]
    told = pd.DataFrame(rows, columns=columns).merge(
        names[["village_code", "village_name", "township_code", "township_name"]],
        on="village_code",
    )
    if told.empty:
        return told
    settled_last = told.assign(
        is_waiting=~told["is_overdue"].astype(bool), day=told["due_date"].map(str)
    ).sort_values(["is_settled", "is_waiting", "day", "matter_id"])
    return settled_last.drop(columns=["is_waiting", "day"]).reset_index(drop=True)


_OWN = ["state", "again", "owner", "due_date", "note", "is_settled", "is_overdue"]


def _latest(store: Store, viewer: Viewer, moment: Moment) -> pd.DataFrame:
    steps = queries.run("matters/steps", viewer, store, known_at=moment.known_at)
    named = [
        matter_id(row.rule_id, row.village_code, row.subject_key)
        for row in steps.itertuples()
    ]
    # of no step at all the column would be one of numbers
    steps["matter_id"] = pd.Series(named, index=steps.index, dtype=object)
    return steps.drop_duplicates("matter_id", keep="last")


def _standing(row: dict[Any, Any], today: date) -> dict[Any, Any]:
    """Return a hit with how it stands today."""
    rule = rules()[row["rule_id"]]
    state, again = state_of(rule, row, today)
    held = row["due_date"]
    due_date = _due(rule, row["since_date"]) if pd.isna(held) else held
    is_settled = state in SETTLED
    return {
        **row,
        "state": state,
        "again": again,
        "owner": rule.owner_name if pd.isna(row["owner"]) else row["owner"],
        "due_date": due_date,
        "note": "" if pd.isna(row["note"]) else row["note"],
        "is_settled": is_settled,
        "is_overdue": not is_settled and due_date < today,
    }


def state_of(rule: Rule, row: dict[Any, Any], today: date) -> tuple[str, str]:
    """Return in which state a hit is, and why it is open again where it is.

    Args:
        rule: that hit.
        row: the hit's `fingerprint`, and the last step's `state`, `decided_at` and
            `fingerprint_then`; missing where nothing was decided.
        today: what was said to be corrected has `rule.days` to show.
    """
    state = row["state"]
    if pd.isna(state):
        return OPEN, ""
    if state in SETTLED and row["fingerprint_then"] != row["fingerprint"]:
        return OPEN, CHANGED
    if state == "corrected":
        until = row["decided_at"].date() + timedelta(days=rule.days)
        return (state, "") if today <= until else (OPEN, STILL)
    return state, ""


def _due(rule: Rule, since: date) -> date:
    day: date = pd.Timestamp(since).date() + timedelta(days=rule.days)
    return day


def _gone(row: dict[Any, Any]) -> dict[Any, Any]:
    return {
        **row,
        "reason": _("数据已变，规则不再命中"),
        "state": GONE,
        "again": "",
        "is_settled": True,
        "is_overdue": False,
    }


def choices(by: Viewer, rule: Rule, village_code: str) -> tuple[str, ...]:
    """Return the states that a viewer may set on a matter; none where none may be.

    The office and the township decide on all that lies in their places; a secretary
    answers a warning of an own village, which is then being handled.
    """
    if not by.scope.holds(village_code):
        return ()
    if by.may(MATTERS):
        return DECIDED[rule.kind]
    return ("handling",) if by.may(ANSWER) and rule.kind == WARNING else ()


def step(
    store: Store,
    by: Viewer,
    moment: Moment,
    which: str,
    state: str,
    note: str,
    at: datetime,
    owner: str = "",
    due_date: date | None = None,
) -> None:
    """Decide on a matter, or answer it.

    Args:
        store: where.
        by: who decides or answers.
        moment: of the figures that were looked at.
        which: of `matter_id`.
        state: one of `choices`.
        note: why; needed to settle a matter and to answer it.
        at: when it is decided, local time in China.
        owner: who sees to it; as before where nobody is named.
        due_date: by when; as before where no day is named.

    Raises:
        ShownError: when the viewer may not, the matter is not there any more, no
            reason is given, or the day has passed.
    """
    rule = rules().get(which.partition("~")[0])
    village_code = which.split("~")[1] if rule else ""
    if rule is None or state not in choices(by, rule, village_code):
        raise ShownError(_("您的账号不能这样做。"))
    is_answer = not by.may(MATTERS)
    if not note.strip() and (state in SETTLED or is_answer):
        raise ShownError(_("改为「{state}」要写明原因。", state=state_name(state)))
    with store.writing():
        hit = hit_of(store, by, moment, which)
        if hit is None:
            raise ShownError(_("这一条已经不在了：数据变了，规则不再命中。"))
        held = _held(store, by, moment, which)
        held_due = held.get("due_date") or _due(rule, hit["since_date"])
        if is_answer:
            owner, due_date = "", None
        if due_date not in (None, held_due) and due_date < at.date():
            raise ShownError(_("办结日期不能早于今天。"))
        decide(
            store,
            {
                "kind": "matter",
                **by.signed(),
                "rule_id": rule.id,
                "place_code": village_code,
                "subject_key": hit["subject_key"],
                "fingerprint": hit["fingerprint"],
                "matter_state": state,
                "owner": owner.strip() or held.get("owner") or rule.owner_name,
                "due_date": due_date or held_due,
                "reason": note.strip(),
            },
            at,
        )


def _held(store: Store, by: Viewer, moment: Moment, which: str) -> dict[str, Any]:
    """Return the last step on a matter, or nothing."""
    steps = _latest(store, by, moment)
    found: list[Any] = steps[steps["matter_id"] == which].to_dict("records")
    return found[0] if found else {}


def history(
    store: Store, viewer: Viewer, moment: Moment, which: str
) -> list[dict[str, Any]]:
    """Return the steps on a matter, the latest first, as `matters/steps` states."""
    steps = queries.run("matters/steps", viewer, store, known_at=moment.known_at)
    told: list[Any] = steps.to_dict("records")
    return [
        row
        for row in reversed(told)
        if matter_id(row["rule_id"], row["village_code"], row["subject_key"]) == which
    ]
