"""Which amounts of a file are so unusual that somebody should look at them?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from base.catalogue import UnusualLimits, catalogue
from base.formats import yuan
from base.viewer import Viewer
from base.words import _
from etl.sql import sql_of
from store import Store

PAST, SEASON, PEERS, FIRST, COPY = "past", "season", "peers", "first", "copy"


@dataclass(frozen=True)
class Unusual:
    """An amount that is unusual, where it stands, and why in words.

    `measure` is `received`, or `due` where nothing was stated as received.
    `reason_code` tells what it is unlike: its `past`, its `season`, its `peers` (the
    `first` amount of all as well), or that it is a `copy` of the period before.
    """

    village_code: str
    village_name: str
    township_name: str
    source_id: str
    statement: str
    project_id: str
    line_kind: str
    period_start: date
    period_end: date
    sheet: str
    cell: str
    measure: str
    amount_yuan: Decimal
    reason_code: str
    reason: str


def unusual(
    store: Store, rows: pa.Table, viewer: Viewer, version_no: int
) -> list[Unusual]:
    """Mark the amounts of a file that are unlike what is usual.

    Args:
        store: where what counts now is.
        rows: the lines as read.
        viewer: who asks; villages outside the viewer's scope are neither looked at nor
            compared with.
        version_no: the number in force.

    Returns:
        One entry per unit that is unusual, in the order of villages, with the first
        reason that holds; limits are `[unusual]` of `data/statements.toml`.
    """
    limits = catalogue().unusual
    found = store.frame(
        sql_of("unusual"),
        {
            **limits.model_dump(),
            "scope": list(viewer.scope),
            "version_no": version_no,
        },
        {"rows_read": rows},
    )
    return [_told(row, limits) for row in found.to_dict("records")]


def _told(row: dict[Any, Any], limits: UnusualLimits) -> Unusual:
    kept = {name: row[name] for name in Unusual.__annotations__ if name in row}
    return Unusual(**kept, reason=_reason(row, limits))


def _reason(row: dict[Any, Any], limits: UnusualLimits) -> str:
    parts = {
        "count": row["compared_count"],
        "usual": yuan(row["compared_yuan"]),
        "amount": yuan(row["amount_yuan"]),
        "times": _times(row["amount_yuan"], row["compared_yuan"]),
    }
    said = {
        PAST: lambda: _(
            "本村近{count}期中位数 {usual}，这次 {amount}，是{times}。请核对。", **parts
        ),
        SEASON: lambda: _(
            "按往年{count}个同期推算约 {usual}，这次 {amount}，是{times}。请核对。",
            **parts,
        ),
        PEERS: lambda: _(
            "{place}{count}个村（含本村）同期中位数 {usual}，本村 {amount}，是{times}。"
            "请核对。",
            place=_place(row),
            **parts,
        ),
        FIRST: lambda: _(
            "本村第一次有这项数：{amount}；{place}{count}个村（含本村）同期中位数"
            " {usual}，是{times}。请核对。",
            place=_place(row),
            **parts,
        ),
        COPY: lambda: _(
            "与上一期完全相同（{amount}），这项数平时各期不同。请核对是否照抄了上期。",
            amount=parts["amount"],
        ),
    }
    return said[row["reason_code"]]()


def _place(row: dict[Any, Any]) -> str:
    return str(row["township_name"]) if row["is_among_township"] else _("所辖范围")


def _times(amount: Decimal, usual: Decimal) -> str:
    """Say a ratio as people do: 10 倍, 1/10."""
    larger, smaller = max(amount, usual), min(amount, usual)
    ratio = larger / max(smaller, Decimal("0.01"))
    text = f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"
    if amount < usual:
        return _("它的 1/{ratio}", ratio=text)
    return _("它的 {ratio} 倍", ratio=text)
