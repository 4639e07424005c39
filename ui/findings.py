"""What is wrong in a file, shown so that a person finds the cell and mends it?"""

import pandas as pd
import streamlit as st

from base.words import _
from etl.check import Checked
from etl.findings import SHOWN, Finding


def findings_of(checked: Checked) -> None:
    """Show the first findings of a file, and count the rest."""
    findings = checked.findings
    if not findings:
        return
    errors = sum(finding.is_error for finding in findings)
    said = _("{errors} 处错误", errors=errors) if errors else ""
    if len(findings) > errors:
        warnings = _("{count} 处提醒", count=len(findings) - errors)
        said = _("{a}，{b}", a=said, b=warnings) if said else warnings
    (st.error if errors else st.warning)(said)
    findings_table(findings)


def findings_table(findings: list[Finding]) -> None:
    """Show findings as a table: where, what, and how to mend it."""
    st.dataframe(
        pd.DataFrame(
            {
                _("类别"): [
                    _("✕ 错误") if one.is_error else _("! 提醒") for one in findings
                ],
                _("位置"): [_place(one) for one in findings],
                _("读到"): [one.found for one in findings],
                _("怎么改"): [one.message for one in findings],
            }
        ).head(SHOWN),
        hide_index=True,
        column_config={_("怎么改"): st.column_config.TextColumn(width="large")},
    )
    if len(findings) > SHOWN:
        st.caption(_("还有 {count} 处，见标错文件。", count=len(findings) - SHOWN))


def _place(finding: Finding) -> str:
    return " ".join(part for part in (finding.sheet, finding.cell) if part)
