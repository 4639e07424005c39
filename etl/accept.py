"""How do the rows of a submission become the figures in force?"""

from collections.abc import Mapping
from datetime import datetime

import pyarrow as pa

from base.errors import ShownError
from base.viewer import Viewer
from base.words import _
from etl.facts import FACTS
from etl.joint import resplit
from etl.sql import sql_of
from store import Cursor, Store
from store.kept import fact_kinds, kept_rows
from store.publish import OPEN, publish

WAITING = ("submitted", "reviewed")
_UNIT = (
    "village_code",
    "source_id",
    "statement",
    "project_id",
    "period_start",
    "period_end",
)


def accept(
    store: Store,
    submission_no: int,
    by: Viewer,
    at: datetime,
    said: Mapping[str, object] | None = None,
) -> int:
    """Accept a submission: its good rows replace the units that they name.

    Args:
        store: where.
        submission_no: of a submission that waits.
        by: who accepts.
        at: when, local time in China.
        said: what the journal keeps besides.

    Returns:
        The published number.

    Raises:
        ShownError: when the submission does not wait for a decision.
    """
    with store.writing():
        state = store.value(
            "select state from ops.submission where submission_no = $no",
            {"no": submission_no},
        )
        if state not in WAITING:
            raise ShownError(
                _("第 {number} 号报送不在待审状态。", number=submission_no)
            )
        entry = {
            "kind": "acceptance",
            **by.signed(),
            "submission_no": submission_no,
            **(said or {}),
        }
        return publish(
            store,
            entry,
            lambda cursor, n: write_submission(store, cursor, n, submission_no),
            at,
        )


def write_submission(
    store: Store, cursor: Cursor, number: int, submission_no: int
) -> None:
    """Write what a submission changes, inside a transaction of `core`.

    Closes the units that the submission names again, adds its own, replaces the facts
    that it tells anew, parts joint income among the holders of the day, and rewrites
    each unit whose amount another one now tells, or no longer tells.

    Args:
        store: whose vault keeps the submission's facts.
        cursor: of the transaction.
        number: under which it becomes visible.
        submission_no: of which.
    """
    params = {"number": number, "submission_no": submission_no, "open": OPEN}
    cursor.execute(sql_of("close_replaced"), params)
    cursor.execute(sql_of("told_by_submission"), {"submission_no": submission_no})
    cursor.execute(sql_of("insert_units"), {"number": number, "open": OPEN})
    for kind in fact_kinds(store, submission_no):
        rows = kept_rows(store, submission_no, kind)
        _write_facts(cursor, number, submission_no, kind, rows)
    follow(cursor, number)


def follow(cursor: Cursor, number: int) -> None:
    """Part joint income anew and tell overlaps anew, where this number changed them."""
    projects = cursor.execute(sql_of("projects_touched"), {"number": number}).fetchall()
    if projects:
        resplit(cursor, number, [str(project_id) for (project_id,) in projects])
    settle_overlaps(cursor, number)


def _write_facts(
    cursor: Cursor, number: int, submission_no: int, kind: str, rows: pa.Table
) -> None:
    fact = FACTS[kind]
    # the vault keeps papers for good: an old one lacks columns that came later
    columns = ", ".join(name for name in fact.schema.names if name in rows.column_names)
    key = " and ".join(f"f.{column} = g.{column}" for column in fact.key)
    cursor.register("facts_given", rows)
    cursor.execute(
        f"""
        update {fact.table} as f
        set to_no = $number
        from (select distinct {", ".join(fact.key)} from facts_given) as g
        where f.to_no = $open and {key}
        """,
        {"number": number, "open": OPEN},
    )
    traced = "submission_no, " if fact.has_trace else ""
    value = "$submission_no, " if fact.has_trace else ""
    params = {"number": number, "open": OPEN}
    if fact.has_trace:
        params["submission_no"] = submission_no
    cursor.execute(
        f"""
        insert into {fact.table} ({columns}, {traced}from_no, to_no)
        select {columns}, {value}$number, $open
        from facts_given
        order by {", ".join(fact.key)}
        """,
        params,
    )
    cursor.unregister("facts_given")


def settle_overlaps(cursor: Cursor, number: int, is_everywhere: bool = False) -> None:
    """Tell anew which units count, where several speak of one income.

    Args:
        cursor: of a transaction of `core`.
        number: whose changes are looked at.
        is_everywhere: look at every unit in force, as after a change of ranks.
    """
    params = {"number": number, "open": OPEN}
    if is_everywhere or cursor.execute(sql_of("has_rivals"), params).fetchone() == (
        True,
    ):
        _tell_by_others(cursor, number, is_everywhere)


def _tell_by_others(cursor: Cursor, number: int, is_everywhere: bool) -> None:
    cursor.execute(
        sql_of("overlap_touched"),
        {"number": number, "open": OPEN, "everywhere": is_everywhere},
    )
    span = cursor.execute(sql_of("overlap_span"), {"open": OPEN}).fetchone()
    if span is None or span[0] is None:
        return
    cursor.execute(
        sql_of("overlap_units"),
        {"open": OPEN, "first_day": span[0], "last_day": span[1]},
    )
    changed = cursor.execute(sql_of("overlapped")).to_arrow_table()
    if not changed.num_rows:
        return
    cursor.register("changed", changed)
    same_unit = " and ".join(f"p.{column} = changed.{column}" for column in _UNIT)
    same_unit += " and p.line_kind in ('income', 'cost')"
    cursor.execute(
        f"""
        insert into core.income_period
        select
            p.* replace (
                changed.due_until_date as due_until_date,
                changed.received_until_date as received_until_date,
                $number as from_no
            )
        from core.income_period as p
        inner join changed on {same_unit}
        where p.to_no = $open and p.from_no < $number
        """,
        {"number": number, "open": OPEN},
    )
    cursor.execute(
        f"""
        update core.income_period as p
        set to_no = $number
        from changed
        where {same_unit} and p.to_no = $open and p.from_no < $number
        """,
        {"number": number, "open": OPEN},
    )
    cursor.execute(
        f"""
        update core.income_period as p
        set
            due_until_date = changed.due_until_date,
            received_until_date = changed.received_until_date
        from changed
        where {same_unit} and p.from_no = $number
        """,
        {"number": number},
    )
    cursor.unregister("changed")
