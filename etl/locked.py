"""Which lines speak of a month that the office has locked?"""

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from base.formats import period as period_text
from base.roles import WINDOWS
from base.viewer import Viewer
from base.words import _
from etl.check import Checked
from etl.findings import error, in_order, together
from store import Store

_LOCKED = """
select period_end, place_code
from (
    select period_end, place_code, is_locked
    from ops.reporting_window
    qualify row_number() over (
        partition by period_end, place_code
        order by journal_line desc
    ) = 1
) as latest
where is_locked
"""


def without_locked(store: Store, checked: Checked, by: Viewer) -> Checked:
    """Reject the lines of months that are locked, unless the office itself sends.

    Args:
        store: which windows are looked at.
        checked: a file as read.
        by: who sends it.

    Returns:
        The same file without those lines, with a finding for each month.
    """
    rows = checked.rows
    locked = [] if by.may(WINDOWS) or not rows.num_rows else store.rows(_LOCKED)
    if not locked:
        return checked
    held = pa.array([False] * rows.num_rows)
    for day, place_code in locked:
        of_month = pc.and_(
            pc.less_equal(rows["period_start"], pa.scalar(day)),
            pc.greater_equal(rows["period_end"], pa.scalar(day)),
        )
        of_place = pc.starts_with(rows["village_code"], place_code)
        held = pc.or_(held, pc.and_(of_month, of_place))
    outside = rows.filter(held)
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
    return replace(
        checked,
        rows=rows.filter(pc.invert(held)),
        rejected=checked.rejected + outside.num_rows,
        findings=in_order(together([*checked.findings, *findings])),
    )
