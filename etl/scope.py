"""Which lines may this sender send? None of a village outside its scope."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from base.place import Scope
from base.viewer import Viewer
from base.words import _
from etl.check import Checked
from etl.findings import Finding, error, in_order, together

_CELL = ["sheet", "cell"]
# A share table names holders far away; whoever manages the project may send it.
_OF_PROJECT = ("project", "share", "expected")


def within_scope(checked: Checked, by: Viewer) -> Checked:
    """Hold back what a file tells of places outside the sender's scope.

    Args:
        checked: a file as read.
        by: who sends it.

    Returns:
        The same file without those lines and facts, with a finding for each; it says
        nothing of what is stored about them.
    """
    codes = checked.rows["village_code"]
    inside = _inside(codes, by.scope)
    outside = checked.rows.filter(pc.invert(inside))
    own_projects = _own_projects(checked, by.scope)
    facts, findings = {}, _told(outside)
    for kind, rows in checked.facts.items():
        is_own = _is_own(kind, rows, by.scope, own_projects)
        facts[kind] = rows.filter(is_own)
        findings += _told(rows.filter(pc.invert(is_own)))
    if not findings and not outside.num_rows:
        return checked
    return replace(
        checked,
        rows=checked.rows.filter(inside),
        rejected=checked.rejected + outside.num_rows,
        findings=in_order(together([*checked.findings, *findings])),
        facts={kind: rows for kind, rows in facts.items() if rows.num_rows},
    )


def _inside(codes: pa.ChunkedArray, scope: Scope) -> pa.Array:
    """Tell of each place code whether it lies in a scope; each code is tried once."""
    given = pc.dictionary_encode(codes).combine_chunks()
    if isinstance(given, pa.ChunkedArray):  # no rows
        return pa.array([], pa.bool_())
    held = [bool(code) and scope.holds(code) for code in given.dictionary.to_pylist()]
    return pa.array(np.array(held, dtype=bool)[given.indices.to_numpy()])


def _own_projects(checked: Checked, scope: Scope) -> set[str]:
    projects = checked.facts.get("project")
    if projects is None:
        return set()
    return {
        str(row["project_id"])
        for row in projects.select(["project_id", "managing_code"]).to_pylist()
        if row["managing_code"] and scope.holds(row["managing_code"])
    }


def _is_own(kind: str, rows: pa.Table, scope: Scope, projects: set[str]) -> pa.Array:
    def each(holds: Callable[[str], bool], column: str) -> list[bool]:
        return [bool(value) and holds(value) for value in rows[column].to_pylist()]

    if kind in _OF_PROJECT and "project_id" in rows.column_names:
        own = each(projects.__contains__, "project_id")
        if kind == "expected":
            inside = each(scope.holds, "village_code")
            own = [a or b for a, b in zip(own, inside, strict=True)]
        return pa.array(own, pa.bool_())
    return pa.array(each(scope.holds, "village_code"), pa.bool_())


def _told(outside: pa.Table) -> list[Finding]:
    if not outside.num_rows:
        return []
    message = _("这一行的村不在您的报送范围内，没有收下。请只报自己负责的村。")
    if not set(_CELL) <= set(outside.column_names):
        return [error("out_of_scope", message)]
    cells = outside.select(_CELL).group_by(_CELL, use_threads=False).aggregate([])
    return [
        error("out_of_scope", message, str(row["sheet"]), str(row["cell"]))
        for row in cells.to_pylist()
    ]
