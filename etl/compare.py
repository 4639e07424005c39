"""Do several papers say the same of one income? They are compared, and never added."""

from dataclasses import dataclass, replace
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from base.catalogue import Catalogue
from base.formats import yuan
from base.words import _
from etl.check import Checked
from etl.findings import Finding, in_order, warning
from etl.joint import PROJECT_LINE
from etl.sql import sql_of
from store import Store
from store.publish import OPEN

_SPAN = ["village_code", "source_id", "period_start", "period_end"]
_MEASURES = {"received": "amount_received_yuan", "due": "amount_due_yuan"}


def compared(store: Store, checked: Checked, entries: Catalogue) -> Checked:
    """Tell where a file differs from what another paper says of the same income.

    Args:
        store: whose papers in force it is compared with.
        checked: a file as read.
        entries: how far papers may differ, and which one counts.

    Returns:
        The same file with a warning for each difference, and for each joint project
        whose income nobody holds a share of yet.
    """
    findings = [
        *_differences(store, checked, entries),
        *_without_shares(store, checked),
    ]
    if not findings:
        return checked
    return replace(checked, findings=in_order([*checked.findings, *findings]))


def _differences(store: Store, checked: Checked, entries: Catalogue) -> list[Finding]:
    statements = pc.unique(checked.rows["statement"]).to_pylist()
    asked = {
        "statement": statements[0] if len(statements) == 1 else None,
        "open": OPEN,
    }
    if not store.value(sql_of("has_other_papers"), asked):
        return []
    villages = pc.unique(checked.rows["village_code"]).to_pylist()
    others = store.frame(
        sql_of("told_by_others"),
        {
            **asked,
            "villages": villages,
            "sources": pc.unique(checked.rows["source_id"]).to_pylist(),
            "first": pc.min(checked.rows["period_start"]).as_py(),
            "last": pc.max(checked.rows["period_end"]).as_py(),
        },
    )
    if others.empty:
        return []
    own = _sums(checked, set(others["village_code"]), set(others["source_id"]))
    found = []
    for row in others.to_dict("records"):
        span = tuple(row[column] for column in _SPAN)
        for statement, told in own.get(span, {}).items():
            if statement == row["statement"]:
                continue
            for measure, column in _MEASURES.items():
                mine, theirs = told.sums[column], row[column]
                if mine is not None and _differ(mine, theirs, entries):
                    names = (statement, str(row["statement"]))
                    found.append(_finding(told, names, measure, mine, theirs, entries))
                    break
    return found


@dataclass
class _Told:
    """What a file says of one income: where, and its sums; None: a part not stated."""

    sheet: str
    cell: str
    sums: dict[str, Decimal | None]


def _sums(
    checked: Checked, villages: set[str], sources: set[str]
) -> dict[tuple[object, ...], dict[str, _Told]]:
    """Sum up what a file says, by village, source and span, and by statement."""
    rows = checked.rows
    is_asked = pc.and_(
        pc.equal(rows["line_kind"], "income"),
        pc.and_(
            pc.is_in(rows["village_code"], value_set=pa.array(sorted(villages))),
            pc.is_in(rows["source_id"], value_set=pa.array(sorted(sources))),
        ),
    )
    columns = [*_SPAN, "statement", "sheet", "cell", *_MEASURES.values()]
    found: dict[tuple[object, ...], dict[str, _Told]] = {}
    for row in rows.filter(is_asked).select(columns).to_pylist():
        by_statement = found.setdefault(tuple(row[column] for column in _SPAN), {})
        told = by_statement.get(row["statement"])
        if told is None:
            sums = {column: row[column] for column in _MEASURES.values()}
            by_statement[row["statement"]] = _Told(row["sheet"], row["cell"], sums)
            continue
        for column, so_far in told.sums.items():
            if so_far is not None:
                more = row[column]
                told.sums[column] = None if more is None else so_far + more
    return found


def _differ(mine: object, theirs: object, entries: Catalogue) -> bool:
    if not isinstance(mine, Decimal) or not isinstance(theirs, Decimal):
        return False
    allowed = entries.comparison.tolerance_yuan
    allowed += entries.comparison.tolerance_share * max(abs(mine), abs(theirs))
    return abs(mine - theirs) > allowed


def _finding(
    told: _Told,
    names: tuple[str, str],
    measure: str,
    mine: Decimal,
    theirs: Decimal,
    entries: Catalogue,
) -> Finding:
    own, other = (entries.statements[name] for name in names)
    ranks = [getattr(one, f"rank_{measure}") for one in (own, other)]
    counted = own if ranks[1] is None or (ranks[0] or 0) < ranks[1] else other
    return warning(
        "statements_differ",
        _(
            "与{other}不一致：这里 {mine}，那里 {theirs}。两处不相加，以{counted}为准；"
            "请核对。",
            other=other.name,
            mine=yuan(mine),
            theirs=yuan(theirs),
            counted=counted.name,
        ),
        told.sheet,
        told.cell,
    )


def _without_shares(store: Store, checked: Checked) -> list[Finding]:
    is_project = pc.equal(checked.rows["line_kind"], PROJECT_LINE)
    if not pc.any(is_project).as_py():
        return []
    rows = checked.rows.filter(is_project).to_pylist()
    held = set(store.frame(sql_of("projects_held"), {"open": OPEN})["project_id"])
    return [
        warning(
            "shares_missing",
            _("这个项目还没有份额表，收入暂不计入各村。请市专班载入份额表。"),
            row["sheet"],
            row["cell"],
            row["project_id"],
        )
        for row in rows
        if row["project_id"] not in held
    ]
