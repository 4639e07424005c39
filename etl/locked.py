"""Which lines speak of a month that the office has locked?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc

from base.formats import period as period_text
from base.place import NATION, prefix_of
from base.roles import WINDOWS
from base.viewer import Viewer
from base.words import _
from etl.check import Checked
from etl.findings import error, in_order, together
from store import Store

_DECIDED = """
select period_end, place_code, is_locked
from ops.reporting_window
where period_end between $first and $last
order by period_end, journal_line desc
"""
_SPAN = {"village_code", "period_start", "period_end"}


def without_locked(store: Store, checked: Checked, by: Viewer) -> Checked:
    """Reject the lines of months that are locked, unless the office itself sends.

    Of each village and month the latest decision on a place that holds it counts: a
    township may be let in again after the whole city was locked.

    Args:
        store: whose windows are looked at.
        checked: a file as read.
        by: who sends it.

    Returns:
        The same file without those lines and the facts of those months, with a finding
        for each line; longer periods that contain a locked month are held back too.
    """
    if by.may(WINDOWS) or not checked.rows.num_rows:
        return checked
    locked = dict(_locked(store, checked.rows))
    if not locked:
        return checked
    held = _held(checked.rows, locked)
    outside = checked.rows.filter(held)
    if not outside.num_rows:
        return checked
    told = outside.select(["sheet", "cell", "period_start", "period_end"]).to_pylist()
    findings = [
        error(
            "month_locked",
            _("这个月已由市专班锁定，不再收报。确需更正，请先与市专班联系解锁。"),
            str(row["sheet"]),
            str(row["cell"]),
            period_text(row["period_start"], row["period_end"]),
        )
        for row in told
    ]
    facts = {
        kind: rows.filter(pc.invert(_held(rows, locked)))
        if set(rows.column_names) >= _SPAN
        else rows
        for kind, rows in checked.facts.items()
    }
    return replace(
        checked,
        rows=checked.rows.filter(pc.invert(held)),
        rejected=checked.rejected + outside.num_rows,
        findings=in_order(together([*checked.findings, *findings])),
        facts={kind: rows for kind, rows in facts.items() if rows.num_rows},
    )


def _locked(store: Store, rows: pa.Table) -> Iterator[tuple[date, list[str]]]:
    """Yield the last day of each locked month, with the villages that it is for."""
    span = {
        "first": pc.min(rows["period_start"]).as_py(),
        "last": pc.max(rows["period_end"]).as_py(),
    }
    decided = store.rows(_DECIDED, span)
    codes = pc.unique(rows["village_code"]).to_pylist() if decided else []
    for day, of_month in groupby(decided, key=lambda row: row[0]):
        latest = [
            (prefix_of(place or NATION), locked) for _day, place, locked in of_month
        ]
        villages = [
            code
            for code in codes
            if next((is_ for prefix, is_ in latest if code.startswith(prefix)), False)
        ]
        if villages:
            yield day, villages


def _held(rows: pa.Table, locked: dict[date, list[str]]) -> pa.ChunkedArray:
    held = pc.equal(rows["village_code"], "")
    for day, villages in locked.items():
        of_month = pc.and_(
            pc.less_equal(rows["period_start"], pa.scalar(day)),
            pc.greater_equal(rows["period_end"], pa.scalar(day)),
        )
        of_place = pc.is_in(rows["village_code"], value_set=pa.array(villages))
        held = pc.or_(held, pc.and_(of_month, of_place))
    return held
