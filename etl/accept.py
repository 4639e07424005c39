"""How do the rows of a submission become the figures in force?"""

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from base.errors import ShownError
from base.words import _
from store import Cursor, Store
from store.publish import OPEN, publish

_SQL = Path(__file__).parent / "sql"
_UNIT = (
    "village_code",
    "source_id",
    "statement",
    "project_id",
    "period_start",
    "period_end",
)


@lru_cache(maxsize=8)
def _sql(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def accept(store: Store, submission_no: int, actor: str, at: datetime) -> int:
    """Accept a submission: its good rows replace the units that they name.

    Args:
        store: where.
        submission_no: of a submission that waits.
        actor: who accepts.
        at: when, local time in China.

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
        if state != "submitted":
            raise ShownError(
                _("第 {number} 号报送不在待审状态。", number=submission_no)
            )
        entry = {"kind": "acceptance", "actor": actor, "submission_no": submission_no}
        return publish(
            store, entry, lambda cursor, n: write_units(cursor, n, submission_no), at
        )


def write_units(cursor: Cursor, number: int, submission_no: int) -> None:
    """Write the roll-up of a submission's lines, inside a transaction of `core`.

    Closes the units that the submission names again, adds its own, and rewrites each
    unit whose amount a wider period now tells, or no longer tells.
    """
    params = {"number": number, "submission_no": submission_no, "open": OPEN}
    cursor.execute(_sql("close_replaced"), params)
    cursor.execute(_sql("insert_units"), params)
    if cursor.execute(_sql("has_longer"), params).fetchone() == (True,):
        _tell_by_longer(cursor, number)


def _tell_by_longer(cursor: Cursor, number: int) -> None:
    changed = cursor.execute(
        _sql("overlapped"), {"number": number, "open": OPEN}
    ).to_arrow_table()
    if not changed.num_rows:
        return
    cursor.register("changed", changed)
    same_unit = " and ".join(f"p.{column} = changed.{column}" for column in _UNIT)
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
