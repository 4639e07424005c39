"""What may be decided on a submission, by whom, and what becomes of it?

submitted → reviewed (township) → accepted (city); on the way it is returned or
withdrawn, afterwards reopened or annulled.
"""

from dataclasses import dataclass
from datetime import datetime

from base.errors import ShownError
from base.formats import listed
from base.place import NATION
from base.roles import DECIDE, REVIEW, UPLOAD
from base.viewer import Viewer
from base.words import _
from etl.accept import WAITING, accept
from etl.annul import COUNTING
from etl.annul import annul as annul_number
from etl.facts import FACTS, Fact
from etl.published import TABLES
from etl.sql import sql_of
from etl.submission import scope_from
from store import Cursor, Store
from store.decisions import decide
from store.kept import fact_kinds, kept_rows
from store.publish import OPEN


@dataclass(frozen=True)
class Standing:
    """A submission as it stands: by whom, of which place, in which state.

    `is_in_scope` where all that it tells of lies in the scope of whoever looks; one
    that was sent from within the scope may reach beyond it, as a share table does.
    """

    submission_no: int
    state: str
    place_code: str
    actor: str
    error_count: int
    sent_at: datetime
    is_in_scope: bool


def standing(store: Store, submission_no: int, by: Viewer) -> Standing:
    """Return a submission that lies in a viewer's scope, or was sent from within it.

    Raises:
        ShownError: when there is none with this number.
    """
    row = store.row(
        """
        select
            submission_no, state, place_code, actor, error_count, submitted_at,
            sender_scope
        from ops.submission
        where submission_no = $no and not list_contains($nobody_sends, statement)
        """,
        {"no": submission_no, "nobody_sends": list(TABLES)},
    )
    if row is None:
        raise _none(submission_no)
    number, state, place_code, actor, error_count, sent_at, sender_scope = row
    # of what came before places were noted only the office can tell
    is_in_scope = by.scope.holds(place_code) if place_code else by.is_deciding
    if not is_in_scope and not _is_within(str(sender_scope), by):
        raise _none(submission_no)
    return Standing(number, state, place_code, actor, error_count, sent_at, is_in_scope)


def _is_within(sender_scope: str, by: Viewer) -> bool:
    return all(by.scope.holds(code or NATION) for code in scope_from(sender_scope))


def _none(submission_no: int) -> ShownError:
    return ShownError(
        _("没有第 {number} 号报送，或不在您的范围内。", number=submission_no)
    )


def withdraw(store: Store, submission_no: int, by: Viewer, at: datetime) -> None:
    """Take a submission that waits back: it will not be accepted."""
    _step(store, "withdrawn", submission_no, by, at, UPLOAD, WAITING)


def review(store: Store, submission_no: int, by: Viewer, at: datetime) -> None:
    """Pass a submission on to the city, as its township."""
    _step(store, "reviewed", submission_no, by, at, REVIEW, ("submitted",))


def send_back(
    store: Store, submission_no: int, reason: str, by: Viewer, at: datetime
) -> None:
    """Return a submission that waits, with a reason."""
    _needs(reason)
    _step(store, "returned", submission_no, by, at, REVIEW, WAITING, reason)


def reopen(
    store: Store, submission_no: int, reason: str, by: Viewer, at: datetime
) -> None:
    """Ask for an accepted submission anew; its figures stay until then."""
    _needs(reason)
    _step(store, "reopened", submission_no, by, at, DECIDE, ("accepted",), reason)


def annul(
    store: Store, submission_no: int, reason: str, by: Viewer, at: datetime
) -> int:
    """Annul an accepted submission; what counted before it counts again."""
    _needs(reason)
    with store.writing():
        found = standing(store, submission_no, by)
        _must(by, DECIDE, found)
        said = {"place_code": found.place_code}
        return annul_number(store, submission_no, reason, by, at, said)


def newer_than(store: Store, submission_no: int, by: Viewer) -> list[int]:
    """Return what counts now, was sent later, and would be replaced by a submission."""
    found = standing(store, submission_no, by)
    asked = {
        "number": submission_no,
        "sent_at": found.sent_at,
        "counting": list(COUNTING),
    }
    newer = {int(number) for (number,) in store.rows(sql_of("newer_papers"), asked)}
    with store.transaction() as cursor:
        for kind in fact_kinds(store, submission_no):
            cursor.register("facts_given", kept_rows(store, submission_no, kind))
            newer |= set(_newer_facts(cursor, FACTS[kind], found))
            cursor.unregister("facts_given")
    return sorted(newer)


def _newer_facts(cursor: Cursor, fact: Fact, found: Standing) -> list[int]:
    # what bears no trace came with facts that do
    if not fact.has_trace:
        return []
    key = ", ".join(fact.key)
    rows = cursor.execute(
        f"""
        select distinct s.submission_no
        from {fact.table} as t
        inner join ops.submission as s
            on t.submission_no = s.submission_no
        where
            t.to_no = $open
            and ({key}) in (select ({key}) from facts_given)
            and (s.submitted_at, s.submission_no) > ($sent_at, $number)
        """,
        {"open": OPEN, "sent_at": found.sent_at, "number": found.submission_no},
    ).fetchall()
    return [int(number) for (number,) in rows]


def take(
    store: Store,
    submission_no: int,
    by: Viewer,
    at: datetime,
    has_good_rows_ticked: bool = False,
    has_newer_ticked: bool = False,
) -> int:
    """Accept a submission for the city.

    Args:
        store: where.
        submission_no: of a submission that waits.
        by: who accepts.
        at: when, local time in China.
        has_good_rows_ticked: its good rows count although it has errors.
        has_newer_ticked: it counts although something newer counts now.

    Returns:
        The published number.

    Raises:
        ShownError: when the viewer may not, or has not ticked what must be.
    """
    with store.writing():
        found = standing(store, submission_no, by)
        _must(by, DECIDE, found)
        if found.error_count and not has_good_rows_ticked:
            raise ShownError(
                _(
                    "第 {number} 号报送有 {count} 处错误。只收无误的行，请先勾选。",
                    number=submission_no,
                    count=found.error_count,
                )
            )
        newer = newer_than(store, submission_no, by)
        if newer and not has_newer_ticked:
            raise ShownError(
                _(
                    "第 {number} 号报送早于已入账的第 {newer} 号。"
                    "确要用旧的替换新的，请先勾选。",
                    number=submission_no,
                    newer=listed(map(str, newer)),
                )
            )
        said = {
            "place_code": found.place_code,
            "good_rows": bool(found.error_count),
            "over_newer": newer,
        }
        return accept(store, submission_no, by, at, said)


def _step(
    store: Store,
    kind: str,
    submission_no: int,
    by: Viewer,
    at: datetime,
    may: str,
    states: tuple[str, ...],
    reason: str = "",
) -> None:
    with store.writing():
        found = standing(store, submission_no, by)
        _must(by, may, found)
        if found.state not in states:
            raise ShownError(
                _("第 {number} 号报送的状态已变，请刷新后再看。", number=submission_no)
            )
        decide(
            store,
            {
                "kind": kind,
                **by.signed(),
                "submission_no": submission_no,
                "place_code": found.place_code,
                "reason": reason,
            },
            at,
        )


def _must(by: Viewer, may: str, found: Standing) -> None:
    """Refuse who may not; only to take back what was sent no place need be held."""
    if not by.may(may) or not (found.is_in_scope or may == UPLOAD):
        raise ShownError(_("您的账号不能这样做。"))


def _needs(reason: str) -> None:
    if not reason.strip():
        raise ShownError(_("请写明原因。"))
