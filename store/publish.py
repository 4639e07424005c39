"""How does a change become visible at once, and only whole? One integer publishes.

The steps are: reserve the next number (ops), write the rows that it shows and close
those that it hides (core), append the decision to the journal, which decides, and set
the number in force (ops). What falls between two steps is undone or finished by
`store.recover` before any later number.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from store.erasures import erase_again
from store.errors import Conflict

if TYPE_CHECKING:
    from store.connect import Cursor, Store
    from store.journal import Entry

ANNULMENT = "annulment"
# Where versioned rows live; `to_no` of a row that counts is OPEN.
OPEN = 9_223_372_036_854_775_807
VERSIONED = (
    "core.village",
    "core.place",
    "core.expected",
    "core.income_period",
    "core.township_shape",
    "core.village_position",
    "core.statement_rank",
    "core.project",
    "core.project_share",
    "core.inventory",
    "core.contract",
    "core.attribute",
    "core.assignment",
)


def publish(
    store: Store,
    entry: Entry,
    write: Callable[[Cursor, int], None],
    at: datetime,
) -> int:
    """Publish a change under the next number.

    Args:
        store: where.
        entry: the decision for the journal: `kind`, `actor`, `submission_no` at least.
        write: writes the rows of `core`, given a cursor and the number.
        at: when, local time in China.

    Returns:
        The number, now in force.

    Raises:
        StoreError: when a step fails; nothing of the change is visible then.
    """
    with store.writing():
        number = _reserve(store, entry, at)
        decided = {**entry, "number": number, "at": at}
        try:
            with store.transaction() as cursor:
                pass_fence(cursor, number)
                write(cursor, number)
                erase_again(cursor, number)
            store.journal.append(decided)
        except BaseException:
            undo(store, number)
            raise
        settle(store, decided)
        return number


def _reserve(store: Store, entry: Entry, at: datetime) -> int:
    with store.transaction() as cursor:
        row = cursor.execute(
            "select coalesce(max(acceptance_no), 0) + 1 from ops.acceptance"
        ).fetchone()
        number = int(row[0]) if row else 1
        cursor.execute(
            "insert into ops.acceptance values "
            "($number, $kind, $submission_no, $actor, $at, null, 'reserved')",
            {
                "number": number,
                "kind": entry["kind"],
                "submission_no": entry["submission_no"],
                "actor": entry["actor"],
                "at": at,
            },
        )
    return number


def pass_fence(cursor: Cursor, number: int) -> None:
    """Take the fence for a number inside the transaction that writes it.

    Raises:
        Conflict: when this or a later number was done or undone already.
    """
    changed = cursor.execute(
        "update core.fence set last_no = $number where last_no < $number",
        {"number": number},
    ).fetchone()
    if not changed or changed[0] != 1:
        raise Conflict(number)


def undo(store: Store, number: int) -> None:
    """Take back what a number wrote, and let it never be used again."""
    with store.transaction() as cursor:
        cursor.execute(
            "update core.fence set last_no = greatest(last_no, $number)",
            {"number": number},
        )
        for table in VERSIONED:
            cursor.execute(
                f"delete from {table} where from_no = $number", {"number": number}
            )
            cursor.execute(
                f"update {table} set to_no = $open where to_no = $number",
                {"number": number, "open": OPEN},
            )
    with store.transaction() as cursor:
        cursor.execute(
            "update ops.acceptance set state = 'undone' where acceptance_no = $number",
            {"number": number},
        )


def settle(store: Store, entry: Entry) -> None:
    """Set a number that stands in the journal in force; safe to repeat."""
    with store.transaction() as cursor:
        cursor.execute(
            "update ops.acceptance set state = 'published', published_at = $at "
            "where acceptance_no = $number",
            {"number": entry["number"], "at": entry["at"]},
        )
        cursor.execute(
            "update ops.submission set state = $state, decided_at = $at, "
            "decided_by = $actor, reason = $reason "
            "where submission_no = $submission_no",
            {
                "state": "annulled" if entry["kind"] == ANNULMENT else "accepted",
                "reason": entry.get("reason", ""),
                "at": entry["at"],
                "actor": entry["actor"],
                "submission_no": entry["submission_no"],
            },
        )
        _note_answered(cursor, entry["submission_no"], entry["kind"] == ANNULMENT)
        cursor.execute(
            "update ops.version set version_no = $number where version_no < $number",
            {"number": entry["number"]},
        )


def _note_answered(cursor: Cursor, submission_no: int, is_annulled: bool) -> None:
    """Note that what was asked anew has been answered, or that the answer is void.

    An answer that was itself returned answers what the next one answers.
    """
    number, state = submission_no, ""
    while state not in ("accepted", "reopened", "replaced"):
        row = cursor.execute(
            "select asked.submission_no, asked.state "
            "from ops.submission as answer "
            "inner join ops.submission as asked "
            "on answer.supersedes_no = asked.submission_no "
            "where answer.submission_no = $number",
            {"number": number},
        ).fetchone()
        if row is None:
            return
        number, state = int(row[0]), str(row[1])
    before, after = "reopened", "replaced"
    if is_annulled:
        before, after = after, before
    if state == before:
        cursor.execute(
            "update ops.submission set state = $after where submission_no = $number",
            {"after": after, "number": number},
        )
