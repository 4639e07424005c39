"""What counts again when a submission is annulled? What counted before it."""

from datetime import datetime

import pyarrow as pa

from base.errors import ShownError
from base.viewer import Viewer
from base.words import _
from etl.accept import follow
from etl.facts import FACTS, Fact
from etl.sql import sql_of
from store import Cursor, Store
from store.publish import ANNULMENT, OPEN, publish

_COUNTING = ("accepted", "reopened", "replaced")
_PAPERS = """
select
    a.submission_no,
    max(a.acceptance_no) as acceptance_no
from ops.acceptance as a
inner join ops.submission as s
    on a.submission_no = s.submission_no
where
    a.state = 'published'
    and a.kind = 'acceptance'
    and s.state in ('accepted', 'reopened', 'replaced')
group by a.submission_no
"""


def annul(
    store: Store, submission_no: int, reason: str, by: Viewer, at: datetime
) -> int:
    """Annul an accepted submission; its predecessors' figures return.

    Args:
        store: where.
        submission_no: of a submission that counts.
        reason: why, for the journal and for whoever sent it.
        by: who annuls.
        at: when, local time in China.

    Returns:
        The published number.

    Raises:
        ShownError: when the submission was not accepted, or is annulled already.
    """
    with store.writing():
        state = store.value(
            "select state from ops.submission where submission_no = $no",
            {"no": submission_no},
        )
        if state not in _COUNTING:
            raise ShownError(
                _("第 {number} 号报送没有入账，不能作废。", number=submission_no)
            )
        entry = {
            "kind": ANNULMENT,
            **by.signed(),
            "submission_no": submission_no,
            "reason": reason,
        }
        return publish(
            store,
            entry,
            lambda cursor, n: write_annulment(store, cursor, n, submission_no),
            at,
        )


def write_annulment(
    store: Store, cursor: Cursor, number: int, submission_no: int
) -> None:
    """Write what an annulment changes, inside a transaction of `core`.

    Args:
        store: whose vault keeps the submission's facts.
        cursor: of the transaction.
        number: under which it becomes visible.
        submission_no: of the submission that is annulled.
    """
    papers = {int(no): int(accepted) for no, accepted in store.rows(_PAPERS)}
    accepted_no = papers.pop(submission_no)
    cursor.register(
        "accepted_papers",
        pa.table(
            {
                "submission_no": pa.array(papers.keys(), pa.int64()),
                "acceptance_no": pa.array(papers.values(), pa.int64()),
            }
        ),
    )
    told = {"submission_no": submission_no, "accepted_no": accepted_no}
    cursor.execute(
        sql_of("close_submission"),
        {"submission_no": submission_no, "number": number, "open": OPEN},
    )
    cursor.execute(sql_of("told_before"), told)
    cursor.execute(sql_of("insert_units"), {"number": number, "open": OPEN})
    for kind in store.vault.fact_kinds(submission_no):
        rows = store.vault.rows(submission_no, kind=kind)
        _restore_facts(cursor, FACTS[kind], rows, {**told, "number": number})
    cursor.unregister("accepted_papers")
    follow(cursor, number)


def _restore_facts(
    cursor: Cursor, fact: Fact, rows: pa.Table, given: dict[str, int]
) -> None:
    """Close what a submission tells, and put what was told of it before in force.

    What bears no trace is known by the number under which it was accepted.
    """
    key, columns = ", ".join(fact.key), ", ".join(fact.schema.names)
    mine = "submission_no = $submission_no" if fact.has_trace else "from_no = $mine"
    traced = ", submission_no" if fact.has_trace else ""
    is_of_paper = (
        "t.submission_no in (select p.submission_no from accepted_papers as p)"
        if fact.has_trace
        else "t.from_no <> $mine"
    )
    named = {
        "submission_no" if fact.has_trace else "mine": given[
            "submission_no" if fact.has_trace else "accepted_no"
        ]
    }
    cursor.execute(
        f"update {fact.table} set to_no = $number where to_no = $open and {mine}",
        {"number": given["number"], "open": OPEN, **named},
    )
    cursor.register("facts_given", rows)
    cursor.execute(
        f"""
        insert into {fact.table} ({columns}{traced}, from_no, to_no)
        select {columns}{traced}, $number, $open
        from {fact.table} as t
        where
            ({key}) in (select ({key}) from facts_given)
            and ({key}) not in (
                select ({key}) from {fact.table} where to_no = $open
            )
            and t.from_no < $accepted_no
            and {is_of_paper}
        qualify rank() over (partition by {key} order by t.from_no desc) = 1
        """,
        {
            "number": given["number"],
            "open": OPEN,
            "accepted_no": given["accepted_no"],
            **({} if fact.has_trace else named),
        },
    )
    cursor.unregister("facts_given")
