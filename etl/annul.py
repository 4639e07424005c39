"""What counts again when a submission is annulled? What counted before it.

Afterwards everything stands as if the paper had never been accepted.
"""

from collections.abc import Mapping
from datetime import datetime

import pyarrow as pa

from base.errors import ShownError
from base.viewer import Viewer
from base.words import _
from etl.accept import follow
from etl.facts import FACTS, Fact
from etl.sql import sql_of
from store import Cursor, Store
from store.kept import fact_kinds, kept_rows
from store.publish import ANNULMENT, OPEN, publish

# What was accepted and is not annulled; its figures count where none came later.
COUNTING = ("accepted", "reopened", "replaced")
Key = tuple[object, ...]
Row = dict[str, object]
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
    and list_contains($counting, s.state)
group by a.submission_no
"""


def annul(
    store: Store,
    submission_no: int,
    reason: str,
    by: Viewer,
    at: datetime,
    said: Mapping[str, object] | None = None,
) -> int:
    """Annul an accepted submission; its predecessors' figures return.

    Args:
        store: where.
        submission_no: of a submission that counts.
        reason: why, for the journal and for whoever sent it.
        by: who annuls.
        at: when, local time in China.
        said: what the journal keeps besides.

    Returns:
        The published number.

    Raises:
        ShownError: when the submission was not accepted, or is annulled already.
    """
    with store.writing():
        if submission_no not in _papers(store):
            raise ShownError(
                _("第 {number} 号报送没有入账，不能作废。", number=submission_no)
            )
        entry = {
            "kind": ANNULMENT,
            **by.signed(),
            "submission_no": submission_no,
            "reason": reason,
            **(said or {}),
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
    papers = _papers(store)
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
    for kind in fact_kinds(store, submission_no):
        fact, rows = FACTS[kind], kept_rows(store, submission_no, kind)
        if fact.has_trace:
            _restore_traced(cursor, fact, rows, {**told, "number": number})
        else:
            restored = _told_by_last(store, kind, rows, papers, accepted_no)
            _replace_untraced(cursor, fact, restored, number)
    cursor.unregister("accepted_papers")
    follow(cursor, number)


def _papers(store: Store) -> dict[int, int]:
    """Return the papers that count, each with the number of its acceptance."""
    found = store.rows(_PAPERS, {"counting": list(COUNTING)})
    return {int(submission_no): int(number) for submission_no, number in found}


def _restore_traced(
    cursor: Cursor, fact: Fact, rows: pa.Table, given: dict[str, int]
) -> None:
    """Close what a submission tells, and put what was told of it before in force."""
    columns = ", ".join(fact.schema.names)
    cursor.execute(
        f"""
        update {fact.table}
        set to_no = $number
        where to_no = $open and submission_no = $submission_no
        """,
        {
            "number": given["number"],
            "open": OPEN,
            "submission_no": given["submission_no"],
        },
    )
    cursor.register("facts_given", rows)
    cursor.execute(
        f"""
        insert into {fact.table} ({columns}, submission_no, from_no, to_no)
        select {columns}, submission_no, $number, $open
        from {fact.table} as t
        semi join facts_given as g on {_same(fact, "t", "g")}
        anti join (
            select {", ".join(fact.key)} from {fact.table} where to_no = $open
        ) as f on {_same(fact, "t", "f")}
        semi join accepted_papers as p on t.submission_no = p.submission_no
        where t.from_no < $accepted_no
        qualify
            rank() over (
                partition by {", ".join(fact.key)} order by t.from_no desc
            ) = 1
        """,
        {
            "number": given["number"],
            "open": OPEN,
            "accepted_no": given["accepted_no"],
        },
    )
    cursor.unregister("facts_given")


def _same(fact: Fact, one: str, other: str) -> str:
    return " and ".join(f"{one}.{column} = {other}.{column}" for column in fact.key)


def _told_by_last(
    store: Store, kind: str, rows: pa.Table, papers: dict[int, int], accepted_no: int
) -> dict[Key, Row | None]:
    """Return what the other papers tell of facts, by key; None where nothing.

    What a paper tells that was accepted after the annulled one counts already.
    """
    names = FACTS[kind].key
    open_keys: dict[Key, Row | None] = dict.fromkeys(
        tuple(row[name] for name in names) for row in rows.to_pylist()
    )
    told: dict[Key, Row | None] = {}
    others = [no for no in store.vault.with_facts(kind) if no in papers]
    for other in sorted(others, key=papers.__getitem__, reverse=True):
        for row in kept_rows(store, other, kind).to_pylist():
            key = tuple(row[name] for name in names)
            if key not in open_keys:
                continue
            del open_keys[key]
            if papers[other] < accepted_no:
                told[key] = row
        if not open_keys:
            break
    return {**open_keys, **told}


def _replace_untraced(
    cursor: Cursor, fact: Fact, told: dict[Key, Row | None], number: int
) -> None:
    """Put facts in force in the place of what is in force under their keys."""
    if not told:
        return
    schema = pa.schema([fact.schema.field(name) for name in fact.key])
    keys = [dict(zip(fact.key, key, strict=True)) for key in told]
    rows = [row for row in told.values() if row is not None]
    columns = ", ".join(fact.schema.names)
    cursor.register("keys_given", pa.Table.from_pylist(keys, schema=schema))
    cursor.register("facts_given", pa.Table.from_pylist(rows, schema=fact.schema))
    cursor.execute(
        f"""
        update {fact.table} as t
        set to_no = $number
        from keys_given as g
        where t.to_no = $open and {_same(fact, "t", "g")}
        """,
        {"number": number, "open": OPEN},
    )
    cursor.execute(
        f"""
        insert into {fact.table} ({columns}, from_no, to_no)
        select {columns}, $number, $open
        from facts_given
        order by {", ".join(fact.key)}
        """,
        {"number": number, "open": OPEN},
    )
    cursor.unregister("keys_given")
    cursor.unregister("facts_given")
