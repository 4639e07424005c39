"""How is what a command found printed: for people, and as JSON for programs?"""

import json
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from base.formats import yuan
from base.words import _
from etl.check import Checked
from etl.findings import SHOWN


def _total(checked: Checked, column: str) -> Decimal:
    is_income = pc.is_in(
        checked.rows["line_kind"], value_set=pa.array(["income", "project"])
    )
    total = pc.sum(checked.rows[column].filter(is_income)).as_py()
    return Decimal(total) if total is not None else Decimal("0.00")


def _source(checked: Checked) -> str:
    sources = pc.unique(checked.rows["source_id"]).to_pylist()
    return sources[0] if len(sources) == 1 else "several" if sources else ""


def as_dict(checked: Checked) -> dict[str, Any]:
    """Return what `check --json` says of a file; money as decimal texts."""
    accepted = checked.rows.num_rows
    return {
        "file": checked.file_name,
        "sha256": checked.sha256,
        "source": _source(checked),
        "rows": accepted + checked.rejected,
        "accepted": accepted,
        "rejected": checked.rejected,
        "total_due_yuan": f"{_total(checked, 'amount_due_yuan'):.2f}",
        "total_received_yuan": f"{_total(checked, 'amount_received_yuan'):.2f}",
        "findings": [
            {
                "severity": finding.severity,
                "code": finding.code,
                "sheet": finding.sheet,
                "cell": finding.cell,
                "found": finding.found,
                "message": finding.message,
            }
            for finding in checked.findings
        ],
    }


def as_json(files: list[Checked]) -> str:
    """Return the JSON of several files."""
    return json.dumps([as_dict(c) for c in files], ensure_ascii=False, indent=2)


def as_lines(checked: Checked) -> list[str]:
    """Return what a person reads: a line of counts, then the first findings."""
    accepted = checked.rows.num_rows
    lines = [
        _(
            "{file}：读到 {rows} 笔，可用 {accepted} 笔，退回 {rejected} 笔，"
            "到账合计 {total}",
            file=checked.file_name,
            rows=accepted + checked.rejected,
            accepted=accepted,
            rejected=checked.rejected,
            total=yuan(_total(checked, "amount_received_yuan")),
        )
    ]
    for finding in checked.findings[:SHOWN]:
        word = _("错误") if finding.is_error else _("提醒")
        lines.append(f"  [{word}] {finding.line(checked.file_name)}")
    if len(checked.findings) > SHOWN:
        lines.append(_("  ……还有 {count} 处", count=len(checked.findings) - SHOWN))
    return lines


def exit_code(files: list[Checked]) -> int:
    """Return 0 for clean files, 1 for findings, 2 where one is no table."""
    if any(not checked.is_readable for checked in files):
        return 2
    return 1 if any(checked.findings for checked in files) else 0
