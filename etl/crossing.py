"""Which lines speak of a period that crosses another of the same income?

A period inside another is told by the longer one; equal ones replace each other. Two
that cross, such as January–April and March–June, would add the months that they share.
Months never cross, so that only longer periods need be looked at.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from base.formats import period as period_text
from base.words import _
from etl.check import Checked
from etl.findings import error, in_order, together
from etl.sql import sql_of
from store import Store
from store.publish import OPEN

_INCOME = ["village_code", "source_id", "project_id"]
_MONEY = ["income", "cost", "project"]
_DAYS = ["period_start", "period_end"]


def without_crossing(store: Store, checked: Checked) -> Checked:
    """Reject the lines whose period crosses one in force, or another of the file.

    Args:
        store: whose periods in force are looked at.
        checked: a file as read.

    Returns:
        The same file without those lines, with a finding for each.
    """
    own = _longer(checked.rows)
    if own.empty:
        return checked
    in_force = store.frame(sql_of("longer_in_force"), {"open": OPEN})
    others = pd.concat([in_force, own[_INCOME + _DAYS]]) if len(in_force) else own
    pairs = own.merge(others[_INCOME + _DAYS], on=_INCOME, suffixes=("", "_other"))
    starts = pairs["period_start"] < pairs["period_start_other"]
    ends = pairs["period_end"] < pairs["period_end_other"]
    meets = (pairs["period_start"] <= pairs["period_end_other"]) & (
        pairs["period_end"] >= pairs["period_start_other"]
    )
    is_same_side = (starts == ends) & (
        (pairs["period_start"] != pairs["period_start_other"])
        & (pairs["period_end"] != pairs["period_end_other"])
    )
    found = pairs[meets & is_same_side].drop_duplicates("line_order")
    if found.empty:
        return checked
    is_kept = np.ones(checked.rows.num_rows, dtype=bool)
    is_kept[found["line_order"].to_numpy()] = False
    findings = [
        error(
            "period_crosses",
            _(
                "期间与已有的{other}交叉，会重复计算。请改成相同、包含或不重叠的期间。",
                other=period_text(row.period_start_other, row.period_end_other),
            ),
            str(row.sheet),
            str(row.cell),
            period_text(row.period_start, row.period_end),
        )
        for row in found.itertuples()
    ]
    return replace(
        checked,
        rows=checked.rows.filter(pa.array(is_kept)),
        rejected=checked.rejected + len(found),
        findings=in_order(together([*checked.findings, *findings])),
    )


def _longer(rows: pa.Table) -> pd.DataFrame:
    """Return the lines of more than a month, each with its place in the table."""
    starts = rows["period_start"].to_numpy().astype("datetime64[M]")
    ends = rows["period_end"].to_numpy().astype("datetime64[M]")
    tells_money = pc.is_in(rows["line_kind"], value_set=pa.array(_MONEY)).to_numpy()
    order = np.flatnonzero((starts != ends) & tells_money)
    if not order.size:
        return pd.DataFrame()
    columns = [*_INCOME, *_DAYS, "sheet", "cell"]
    longer = rows.select(columns).take(pa.array(order)).to_pandas()
    return longer.assign(line_order=order)
