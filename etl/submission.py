"""How does a file that was checked become a submission, once and only once?"""

import json
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow.compute as pc

from base.catalogue import Catalogue
from etl.check import Checked
from etl.tables.context import Answers
from store import Store
from store.submissions import write_down

SEVERAL = "several"


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


def known(store: Store, sha256: str, answers: Answers) -> Submission | None:
    """Return the latest submission of the same bytes with the same answers, or None.

    One that was returned, withdrawn or annulled does not stand in the way.
    """
    row = store.row(
        """
        select submission_no, state
        from ops.submission
        where
            sha256 = $sha256
            and answers = $answers
            and state in ('submitted', 'accepted')
        order by submission_no desc
        limit 1
        """,
        {"sha256": sha256, "answers": answers_text(answers)},
    )
    return None if row is None else Submission(int(row[0]), str(row[1]))


def is_read_alike(store: Store, earlier: Submission, checked: Checked) -> bool:
    """Tell whether a file is read as it was when it was sent.

    It is not where the registry or the catalogue has learned something since, such as
    the name of a village that was not known.
    """
    number = earlier.submission_no
    return bool(checked.rows.equals(store.vault.rows(number))) and all(
        told.equals(store.vault.rows(number, kind=kind))
        for kind, told in checked.facts.items()
    )


def submit(
    store: Store,
    content: bytes,
    checked: Checked,
    answers: Answers,
    entries: Catalogue,
    actor: str,
    at: datetime,
) -> Submission:
    """Write a checked file down; its rows stay invisible until it is accepted.

    Args:
        store: where.
        content: the file as it arrived.
        checked: what was read from it.
        answers: what was said when asked.
        entries: the catalogue under which it was read.
        actor: who sent it.
        at: when, local time in China.
    """
    entry = {
        "statement": statement_of(checked),
        "answers": answers_text(answers),
        "file_name": checked.file_name,
        "actor": actor,
        "catalogue": entries.fingerprint,
        "rows_accepted": checked.rows.num_rows,
        "rows_rejected": checked.rejected,
    }
    number = write_down(store, entry, content, checked.rows, at, checked.facts)
    return Submission(number, "submitted")


def statement_of(checked: Checked) -> str:
    """Return the kind of paper that a file is, or `several`."""
    statements = pc.unique(checked.rows["statement"]).to_pylist()
    return str(statements[0]) if len(statements) == 1 else SEVERAL
