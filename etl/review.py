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
from etl.annul import annul as annul_number
from store import Store
from store.decisions import decide
from store.publish import OPEN

_NEWER = """
select distinct p.submission_no
from core.income_period as p
inner join core.income as i
    on
        p.village_code = i.village_code
        and p.source_id = i.source_id
        and p.statement = i.statement
        and p.project_id = i.project_id
        and p.period_start = i.period_start
        and p.period_end = i.period_end
inner join ops.submission as s
    on p.submission_no = s.submission_no
where
    i.submission_no = $number
    and p.to_no = $open
    and s.submitted_at > $sent_at
order by p.submission_no
"""


@dataclass(frozen=True)
class Standing:
    """A submission as it stands: by whom, of which place, in which state."""

    submission_no: int
    state: str
    place_code: str
    actor: str
    error_count: int
    sent_at: datetime


def standing(store: Store, submission_no: int, by: Viewer) -> Standing:
    """Return a submission that lies in a viewer's scope.

    Raises:
        ShownError: when there is none with this number in the scope.
    """
    row = store.row(
        """
        select submission_no, state, place_code, actor, error_count, submitted_at
        from ops.submission
        where submission_no = $no
        """,
        {"no": submission_no},
    )
    if row is None or not by.scope.holds(str(row[2]) or NATION):
        raise ShownError(
            _("没有第 {number} 号报送，或不在您的范围内。", number=submission_no)
        )
    number, state, place_code, actor, error_count, sent_at = row
    return Standing(number, state, place_code, actor, error_count, sent_at)


def withdraw(store: Store, submission_no: int, by: Viewer, at: datetime) -> None:
    """Take a submission that waits back: it will not be accepted."""
    _step(store, "withdrawn", submission_no, by, at, UPLOAD, ("submitted", "reviewed"))


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
        standing(store, submission_no, by)
        _must(by, DECIDE)
        return annul_number(store, submission_no, reason, by, at)


def newer_than(store: Store, submission_no: int, by: Viewer) -> list[int]:
    """Return what counts now, was sent later, and would be replaced by a submission."""
    found = standing(store, submission_no, by)
    rows = store.rows(
        _NEWER, {"number": submission_no, "open": OPEN, "sent_at": found.sent_at}
    )
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
        _must(by, DECIDE)
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
        said = {"good_rows": bool(found.error_count), "over_newer": newer}
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
        _must(by, may)
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


def _must(by: Viewer, may: str) -> None:
    if not by.may(may):
        raise ShownError(_("您的账号不能这样做。"))


def _needs(reason: str) -> None:
    if not reason.strip():
        raise ShownError(_("请写明原因。"))
