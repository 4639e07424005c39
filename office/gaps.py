"""What would close the gap of each village that remains, and what of each township?

Money that is due and has not come counts before hope: whoever is over the line once
the own dues are collected needs a collector, not a project.
"""

from decimal import Decimal
from typing import Any

import pandas as pd

from base.catalogue import Target, catalogue
from base.viewer import Viewer
from base.words import _, mark
from queries import Moment, ask
from queries.forecast import Outlook
from queries.run import RENT_SOURCE
from store import Store

# What closes a gap, in the order in which it is asked.
WAYS = {
    "report": (mark("先补报"), mark("今年还没有已审核的数")),
    "collect": (mark("催收"), mark("把应收的收回来就过线")),
    "wait": (mark("盯到账"), mark("照往年还会来的就够")),
    "both": (mark("催收加到账"), mark("应收和往年的合起来才够")),
    "new": (mark("新增项目"), mark("应收和往年的都不够")),
}
# What a due is called when it is to be collected, by source and item.
_STEPS = {
    (RENT_SOURCE, ""): mark("催收合同欠租"),
    ("solar", "subsidy"): mark("催拨光伏补贴"),
    ("solar", "electricity"): mark("催结光伏电费"),
    ("inventory", "arrears"): mark("三资清欠入账"),
    ("inventory", "relet"): mark("重新发包收款"),
    ("hometown", ""): mark("催到位认捐"),
    ("cooperative", ""): mark("催合作社分红"),
}
_NONE = Decimal(0)
_DUE = ("source_id", "item_id")
_STEP = (
    "step",
    "village_count",
    "open_yuan",
    "clears_count",
    "clears_yuan",
    "yuan_per_village",
)


def step_name(source_id: str, item_id: str) -> str:
    """Return what collecting a due of a source is called: 催拨光伏补贴."""
    known = _STEPS.get((source_id, item_id or ""))
    if known:
        return _(known)
    return _("催收{source}应收款", source=catalogue().source_name(source_id))


def open_money(
    target: Target, viewer: Viewer, store: Store, moment: Moment
) -> pd.DataFrame:
    """Return what is due to each village and has not come.

    Columns as `queries/gaps/open.sql` states them; `is_counted` tells what the
    target's measure counts.
    """
    now = [(moment.as_of, moment.version_no)]
    return ask("gaps/open", target, viewer, store, moment, now)


def ways_out(outlook: Outlook, dues: pd.DataFrame) -> pd.DataFrame:
    """Return the villages that remain, with what would close the gap of each.

    Args:
        outlook: of the target.
        dues: as `open_money` returns them.

    Returns:
        One row per remaining village, the smallest gap first: the columns of the
        outlook, `open_yuan` (due, counted), `open_other_yuan` (due, not counted by the
        target), `hoped_yuan` (expected by the year's end) and `way`, one of `WAYS`.
    """
    rows = outlook.villages
    rows = rows[rows["standing"] == "remaining"]
    counted = _sums(dues[dues["is_counted"]])
    other = _sums(dues[~dues["is_counted"]])
    found = rows.assign(
        open_yuan=[counted.get(code, _NONE) for code in rows["village_code"]],
        open_other_yuan=[other.get(code, _NONE) for code in rows["village_code"]],
        hoped_yuan=[_whole(yuan) for yuan in rows["expected_yuan"]],
    )
    ways = [_way(row) for row in found.itertuples()]
    return found.assign(way=ways).sort_values(["gap_yuan", "village_code"])


def _sums(dues: pd.DataFrame) -> dict[str, Decimal]:
    return {
        str(code): sum(rows["open_yuan"], _NONE)
        for code, rows in dues.groupby("village_code")
    }


def _whole(yuan: float) -> Decimal:
    """Return an expectation in whole yuan: a forecast knows no fen."""
    return _NONE if pd.isna(yuan) else Decimal(round(max(yuan, 0)))


def _way(row: Any) -> str:
    if not row.has_figures:
        return "report"
    if row.open_yuan >= row.gap_yuan:
        return "collect"
    if row.hoped_yuan >= row.gap_yuan:
        return "wait"
    if row.open_yuan + row.hoped_yuan >= row.gap_yuan:
        return "both"
    return "new"


def steps_by_township(ways: pd.DataFrame, dues: pd.DataFrame) -> pd.DataFrame:
    """Return what to collect in each township, the cheapest village first.

    Args:
        ways: as `ways_out` returns them.
        dues: as `open_money` returns them.

    Returns:
        One row per township, source and item: `village_count` remaining villages to
        which it is due, `open_yuan` in all, `clears_count` of them that are over the
        line by it alone, `clears_yuan` that those lack, and `yuan_per_village`
        cleared (missing where it clears none). Only what the target counts.
    """
    columns = ["village_code", "township_code", "township_name", "gap_yuan"]
    due = dues[dues["is_counted"]][
        ["village_code", "source_id", "item_id", "open_yuan"]
    ]
    pairs = ways[columns].merge(due, on="village_code")
    rows = []
    keys = ["township_code", "township_name", *_DUE]
    for key, part in pairs.groupby(keys, dropna=False):
        rows.append({**dict(zip(keys, key, strict=True)), **_step(part)})
    found = pd.DataFrame(rows, columns=[*keys, *_STEP])
    return found.sort_values(
        ["yuan_per_village", "township_code", "step"], na_position="last"
    )


def _step(part: pd.DataFrame) -> dict[str, Any]:
    clears = part[part["open_yuan"] >= part["gap_yuan"]]
    lacks = sum(clears["gap_yuan"], _NONE)
    source_id, item_id = part["source_id"].iloc[0], part["item_id"].iloc[0]
    each = float(round(lacks / len(clears), 2)) if len(clears) else float("nan")
    values = (
        step_name(str(source_id), str(item_id or "")),
        len(part),
        sum(part["open_yuan"], _NONE),
        len(clears),
        lacks,
        each,
    )
    return dict(zip(_STEP, values, strict=True))
