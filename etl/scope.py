"""Which lines may this sender send? None of a village outside its scope."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from base.place import Scope
from base.viewer import Viewer
from base.words import _
from etl.check import Checked
from etl.findings import Finding, error, in_order, together
from etl.tables.lines import NO_PROJECT
from store import Store
from store.publish import OPEN

# A share table names holders far away; whoever manages the project may send it.
_SHARES = "joint_shares"
_OF_PROJECT = ("project", "share")
NOBODY: Mapping[str, str] = MappingProxyType({})
_MANAGERS = """
select project_id, managing_code
from core.project
where to_no = $open and list_contains($projects, project_id)
"""


def managers_of(store: Store, checked: Checked) -> Mapping[str, str]:
    """Return who manages the projects that a file speaks of, as far as it is known."""
    told = set(pc.unique(checked.rows["project_id"]).to_pylist()) - {NO_PROJECT, None}
    if not told:
        return NOBODY
    asked = {"open": OPEN, "projects": sorted(told)}
    return {str(project): str(code) for project, code in store.rows(_MANAGERS, asked)}


def within_scope(
    checked: Checked, by: Viewer, managers: Mapping[str, str] = NOBODY
) -> Checked:
    """Hold back what a file tells of places outside the sender's scope.

    Args:
        checked: a file as read.
        by: who sends it.
        managers: place codes by project, as in force; what a file says of a project
            that is known does not make its sender the manager.

    Returns:
        The same file without those lines and facts, with a finding for each line; it
        says nothing of what is stored about them.
    """
    managed = {**_managers_told(checked), **managers}
    own = {project for project, code in managed.items() if by.scope.holds(code)}
    foreign = set(managers) - own
    rows = checked.rows
    is_in_place = _inside(rows, by.scope)
    is_shares = pc.equal(rows["statement"], _SHARES)
    of_project = pc.if_else(is_shares, _of(rows, own), pc.invert(_of(rows, foreign)))
    is_own = pc.and_(of_project, pc.or_(is_in_place, is_shares))
    facts = {
        kind: told.filter(_is_own_fact(kind, told, by.scope, own))
        for kind, told in checked.facts.items()
    }
    is_whole = all(
        facts[kind].num_rows == told.num_rows for kind, told in checked.facts.items()
    )
    outside = pc.invert(is_own)
    findings = [
        *_told(rows.filter(pc.and_(outside, of_project)), _of_place()),
        *_told(rows.filter(pc.invert(of_project)), _of_others_project()),
    ]
    if is_whole and not findings:
        return checked
    kept = rows.filter(is_own)
    return replace(
        checked,
        rows=kept,
        rejected=checked.rejected + rows.num_rows - kept.num_rows,
        findings=in_order(
            together([*checked.findings, *(findings or [_error(_of_place())])])
        ),
        facts={kind: told for kind, told in facts.items() if told.num_rows},
    )


def _managers_told(checked: Checked) -> dict[str, str]:
    projects = checked.facts.get("project")
    if projects is None:
        return {}
    told = projects.select(["project_id", "managing_code"]).to_pylist()
    return {str(row["project_id"]): str(row["managing_code"]) for row in told}


def _inside(rows: pa.Table, scope: Scope) -> pa.ChunkedArray:
    """Tell of each row whether its village lies in a scope; each is tried once."""
    codes = rows["village_code"]
    held = [code for code in pc.unique(codes).to_pylist() if code and scope.holds(code)]
    return pc.is_in(codes, value_set=pa.array(held, pa.string()))


def _of(rows: pa.Table, projects: set[str]) -> pa.ChunkedArray:
    return pc.is_in(
        rows["project_id"], value_set=pa.array(sorted(projects), pa.string())
    )


def _is_own_fact(
    kind: str, rows: pa.Table, scope: Scope, own: set[str]
) -> pa.ChunkedArray:
    if kind in _OF_PROJECT:
        return _of(rows, own)
    inside = _inside(rows, scope)
    if kind == "expected":
        return pc.and_(inside, _of(rows, own | {NO_PROJECT}))
    return inside


def _of_place() -> str:
    return _("这一行的村不在您的报送范围内，没有收下。请只报自己负责的村。")


def _of_others_project() -> str:
    return _(
        "这个项目不由您报送范围内的村承办，没有收下。项目的收入和份额请由承办村报送。"
    )


def _told(outside: pa.Table, message: str) -> list[Finding]:
    if not outside.num_rows:
        return []
    cell = ["sheet", "cell"]
    cells = outside.select(cell).group_by(cell, use_threads=False).aggregate([])
    return [
        _error(message, str(row["sheet"]), str(row["cell"]))
        for row in cells.to_pylist()
    ]


def _error(message: str, sheet: str = "", cell: str = "") -> Finding:
    return error("out_of_scope", message, sheet, cell)
