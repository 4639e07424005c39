"""How does a file that was checked become a submission, once and only once?"""

import json
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from base.catalogue import Catalogue
from base.place import NATION, Scope
from base.viewer import Viewer
from etl.check import UNIT, Checked
from etl.said import as_dict
from etl.tables.context import Answers
from store import Store
from store.kept import fact_kinds, kept_rows
from store.submissions import write_down

SEVERAL = "several"
_PLACES = {"village_code", "managing_code"}
# A file in one of these states is there; the same bytes are not sent twice.
STANDING = ["submitted", "reviewed", "accepted", "reopened", "replaced"]
_ASKED = """
select submission_no, place_code, sender_scope
from ops.submission
where
    state in ('returned', 'reopened')
    and submission_no not in (
        select s.supersedes_no
        from ops.submission as s
        where
            s.supersedes_no is not null
            and s.state not in ('withdrawn', 'annulled')
    )
order by state = 'reopened' desc, submission_no desc
"""


@dataclass(frozen=True)
class Submission:
    """A file that was sent: its number, and whether it waits or counts."""

    submission_no: int
    state: str


def answers_text(answers: Answers) -> str:
    """Write answers so that equal ones are equal texts."""
    said = {
        "source": answers.source_id,
        "month": answers.month,
        "unit": answers.unit,
    }
    given = {name: str(value) for name, value in said.items() if value is not None}
    return json.dumps(given, sort_keys=True, ensure_ascii=False)


def answers_from(text: str) -> Answers:
    """Read answers as `answers_text` writes them."""
    given = json.loads(text)
    return Answers(
        given.get("source"),
        date.fromisoformat(given["month"]) if "month" in given else None,
        int(given["unit"]) if "unit" in given else None,
    )


def known(store: Store, sha256: str, answers: Answers, by: Viewer) -> Submission | None:
    """Return the latest submission of the same bytes, answers and scope, or None.

    One that was returned, withdrawn or annulled does not stand in the way. What was
    sent before scopes were noted came from the office.
    """
    row = store.row(
        """
        select submission_no, state
        from ops.submission
        where
            sha256 = $sha256
            and answers = $answers
            and (
                sender_scope = $scope or (sender_scope = '' and $is_deciding)
            )
            and list_contains($standing, state)
        order by submission_no desc
        limit 1
        """,
        {
            "sha256": sha256,
            "answers": answers_text(answers),
            "scope": scope_text(by),
            "is_deciding": by.is_deciding,
            "standing": STANDING,
        },
    )
    return None if row is None else Submission(int(row[0]), str(row[1]))


def scope_text(by: Viewer) -> str:
    """Write a sender's scope so that equal ones are equal texts."""
    return ",".join(sorted(prefix or NATION for prefix in by.scope))


def is_read_alike(store: Store, submission_no: int, checked: Checked) -> bool:
    """Tell whether a file is read as it was when it was sent.

    It is not where the registry or the catalogue has learned something since, such as
    the name of a village that was not known.
    """
    kept = kept_rows(store, submission_no)
    return (
        # what was read years ago may lack a column that was added since
        bool(checked.rows.select(kept.column_names).equals(kept))
        and sorted(checked.facts) == fact_kinds(store, submission_no)
        and all(
            told.equals(kept_rows(store, submission_no, kind))
            for kind, told in checked.facts.items()
        )
    )


def submit(
    store: Store,
    content: bytes,
    checked: Checked,
    answers: Answers,
    entries: Catalogue,
    by: Viewer,
    at: datetime,
) -> Submission:
    """Write a checked file down; its rows stay invisible until it is accepted.

    Args:
        store: where.
        content: the file as it arrived.
        checked: what was read from it.
        answers: what was said when asked.
        entries: the catalogue under which it was read.
        by: who sent it.
        at: when, local time in China.
    """
    entry = {
        "statement": statement_of(checked),
        "answers": answers_text(answers),
        "file_name": checked.file_name,
        **by.signed(),
        "catalogue": entries.fingerprint,
        "rows_accepted": checked.rows.num_rows,
        "rows_rejected": checked.rejected,
        "error_count": sum(finding.is_error for finding in checked.findings),
        "place_code": place_of(checked) or by.scope.common,
        "sender_scope": scope_text(by),
        "answer_sha256": _kept(store, checked),
        "supersedes_no": _answered(store, checked, by),
    }
    number = write_down(store, entry, content, checked.rows, at, checked.facts)
    return Submission(number, "submitted")


def statement_of(checked: Checked) -> str:
    """Return the kind of paper that a file is, or `several`."""
    statements = pc.unique(checked.rows["statement"]).to_pylist()
    return str(statements[0]) if len(statements) == 1 else SEVERAL


def scope_from(text: str) -> Scope:
    """Read a scope as `scope_text` writes it; what was sent before has none: all."""
    return Scope.of(text.split(",") if text else [NATION])


def place_of(checked: Checked) -> str:
    """Return the smallest place that holds all villages that a file speaks of."""
    codes = {
        str(code)
        for rows in [checked.rows, *checked.facts.values()]
        for column in _PLACES.intersection(rows.column_names)
        for code in pc.unique(rows[column]).to_pylist()
        if code
    }
    return Scope.of(codes).common


def _kept(store: Store, checked: Checked) -> str:
    """Keep what the sender was told; nothing where there was nothing to tell."""
    if not checked.findings:
        return ""
    told = json.dumps(as_dict(checked), ensure_ascii=False, indent=1)
    return store.vault.keep(told.encode("utf-8"))


def _answered(store: Store, checked: Checked, by: Viewer) -> int | None:
    """Return the submission that was returned or reopened and is now sent anew.

    It is one that nobody has answered yet, sent from the same scope or of a place
    inside it, that names a unit which this file names too; the latest that was
    reopened, else the latest that was returned.
    """
    asked = [
        int(number)
        for number, place, sender_scope in store.rows(_ASKED)
        if sender_scope == scope_text(by) or (place and by.scope.holds(place))
    ]
    if not asked:
        return None
    units = _units(checked.rows)
    return next(
        (no for no in asked if not units.isdisjoint(_units(kept_rows(store, no)))),
        None,
    )


def _units(rows: pa.Table) -> set[tuple[object, ...]]:
    return set(zip(*(rows[name].to_pylist() for name in UNIT), strict=True))
