"""What does a file hold, and what is wrong with it? A dry run that writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from base.catalogue import Catalogue
from base.words import _
from etl.correct import corrected
from etl.facts import fact_tables
from etl.findings import Finding, error, in_order, together, warning
from etl.handed.heard import hear, tell_of_seal, with_sealed
from etl.handed.seal import Seal
from etl.reading.unpacking import NotReadable
from etl.reading.workbook import Sheet, read
from etl.registry import Registry
from etl.statements.attributes import read_attributes
from etl.statements.contract import read_contract
from etl.statements.detail import read_detail
from etl.statements.energy import read_energy
from etl.statements.flat_list import read_flat_list
from etl.statements.inventory import read_inventory
from etl.statements.joint_income import read_joint_income
from etl.statements.joint_shares import read_joint_shares
from etl.statements.ledger import read_ledger
from etl.statements.roster import read_roster
from etl.statements.settlement import read_settlement
from etl.statements.village_year import read_village_year
from etl.tables.context import Answers, context_of
from etl.tables.cumulative import only_cumulative, title_is_cumulative
from etl.tables.formulas import tell_of_formulas
from etl.tables.hidden import tell_of_hidden_rows
from etl.tables.job import Job, lacking, refuse, with_implied_year
from etl.tables.lines import Output
from etl.tables.merged import tell_of_merged_amounts
from etl.tables.recognise import Table, tables
from etl.tables.unit_doubts import doubtful_unit

_READERS = {
    "township_ledger": read_ledger,
    "flat_list": read_flat_list,
    "village_year": read_village_year,
    "detail": read_detail,
    "energy": read_energy,
    "settlement": read_settlement,
    "joint_income": read_joint_income,
    "joint_shares": read_joint_shares,
    "inventory": read_inventory,
    "contract": read_contract,
    "attributes": read_attributes,
    "roster": read_roster,
}
# A sheet with fewer numbers explains something; it is no ledger.
_FEW_NUMBERS = 3
# Whoever is told of these need not hear that the month is missing, too.
_NO_PERIOD = ("period_conflict", "year_odd")
# What makes a unit of replacement; the same unit in two tables of a file is a conflict.
UNIT = [
    "village_code",
    "source_id",
    "statement",
    "project_id",
    "period_start",
    "period_end",
]


@dataclass(frozen=True)
class Checked:
    """A file as read: the rows that can be accepted, what was rejected, findings.

    `rows` has one line per amount, with the columns of `etl.tables.lines.SCHEMA`.
    `is_readable` is false where the file is no table at all.
    """

    file_name: str
    sha256: str
    layouts: tuple[str, ...]
    rows: pa.Table
    rejected: int
    findings: list[Finding]
    is_readable: bool = True
    facts: Mapping[str, pa.Table] = field(default_factory=dict)

    @property
    def has_errors(self) -> bool:
        """Tell whether something is held back."""
        return any(finding.is_error for finding in self.findings)


def check(
    content: bytes,
    file_name: str,
    sha256: str,
    answers: Answers,
    registry: Registry,
    entries: Catalogue,
    today: date,
    key: bytes | None = None,
) -> Checked:
    """Read a file and collect all findings.

    Args:
        content: the file as it arrived.
        file_name: as sent; a month or a township in it is heard.
        sha256: of the content.
        answers: what was said when asked.
        registry: the villages.
        entries: sources, headings, limits, corrections.
        today: no figure can be of a month that has not begun.
        key: with which templates were sealed, where it is known.

    Returns:
        Rows, counts and findings; nothing is written.
    """
    job = Job(registry, entries, today, answers)
    output = Output()
    layouts: list[str] = []
    try:
        sheets = read(content)
    except NotReadable as problem:
        return unreadable(file_name, sha256, str(problem))
    heard = hear(content, key)
    sheets, stale = corrected(sheets, sha256, entries.corrections)
    output.findings += stale
    passed_over: list[Finding] = []
    for sheet in sheets:
        found = tables(sheet)
        if sheet.is_hidden or not found:
            passed_over += _passed_over(sheet, is_table=bool(found))
            continue
        output.findings += tell_of_hidden_rows(sheet, found, job)
        for table in found:
            layouts.append(table.layout)
            _merge(output, _read_table(table, file_name, job, heard.seal))
        output.findings += tell_of_formulas(sheet, found, output.findings)
    if not layouts:
        is_text = any(sheet.is_text_only for sheet in sheets)
        output.findings += _instead_of_a_table(passed_over, is_text)
    elif passed_over:
        output.findings += passed_over
    elif not (output.accepted or output.rejected or output.findings):
        output.findings.append(_nothing())
    tell_of_seal(heard, job, output)
    return Checked(
        file_name,
        sha256,
        tuple(dict.fromkeys(layouts)),
        output.rows(),
        output.rejected,
        in_order(together(output.findings)),
        is_readable=True,
        facts=fact_tables(output.facts),
    )


def _read_table(table: Table, file_name: str, job: Job, seal: Seal | None) -> Output:
    output = Output()
    context, findings = context_of(table, file_name, job.answers, job.registry)
    output.findings += findings
    is_told = any(finding.code in _NO_PERIOD for finding in findings)
    context = with_sealed(context, table, None if is_told else seal)
    context = with_implied_year(table, context, job)
    problems = [
        problem
        for problem in lacking(table, context, job)
        if not (is_told and problem.code == "period_missing")
    ] + title_is_cumulative(table, context.period)
    problems = problems or doubtful_unit(table, context, job)
    if problems or is_told:
        refuse(table, problems, job, output)
        return output
    output.findings += tell_of_merged_amounts(table, job)
    _READERS[table.layout](table, context, job, output)
    return output


def _merge(output: Output, more: Output) -> None:
    """Add a table's rows; a unit that an earlier table named already is rejected."""
    output.findings += more.findings
    output.rejected += more.rejected
    for kind, facts in more.facts.items():
        output.facts.setdefault(kind, []).extend(facts)
    rows = more.rows()
    if output.accepted and rows.num_rows:
        earlier = (
            output.rows()
            .group_by(UNIT, use_threads=False)
            .aggregate([("sheet", "first"), ("cell", "first")])
        )
        marked = rows.append_column("order", pa.array(range(rows.num_rows)))
        twice = marked.join(earlier, keys=UNIT, join_type="inner")
        if twice.num_rows:
            twice = twice.sort_by("order")
            output.findings += [_twice(row) for row in twice.to_pylist()]
            output.rejected += twice.num_rows
            is_new = pc.invert(pc.is_in(marked["order"], value_set=twice["order"]))
            rows = rows.filter(is_new)
    if rows.num_rows:
        output.accepted.append(rows)


def _twice(row: dict[str, object]) -> Finding:
    before = f"{row['sheet_first']} {row['cell_first']}".strip()
    return error(
        "unit_twice",
        _(
            "同一村同一期同一项收入前面（{before}）已经报过，这里未读取。请只留一处。",
            before=before,
        ),
        str(row["sheet"]),
        str(row["cell"]),
    )


def _passed_over(sheet: Sheet, is_table: bool) -> list[Finding]:
    """Tell of a sheet with figures that was not read."""
    if sheet.is_hidden and is_table:
        message = _("隐藏的工作表未读取。如要上报，请取消隐藏。")
        return [warning("sheet_hidden", message, sheet.name)]
    count = sum(type(cell) in (int, float) for row in sheet.rows for cell in row)
    cumulative = [] if sheet.is_hidden else only_cumulative(sheet)
    if sheet.is_hidden or cumulative or count < _FEW_NUMBERS:
        return cumulative
    message = _(
        "这张工作表有数字，没有认出表头，未读取。如要上报，表头要有「村名」和收入来源。"
    )
    return [warning("sheet_not_read", message, sheet.name)]


def _instead_of_a_table(passed_over: list[Finding], is_text: bool) -> list[Finding]:
    cumulative = [f for f in passed_over if f.code == "cumulative_only"]
    if cumulative:
        return cumulative
    hidden = [f for f in passed_over if f.code == "sheet_hidden"]
    return [*hidden, _no_table(is_hidden=bool(hidden), is_text=is_text)]


def _nothing() -> Finding:
    return warning("nothing_stated", _("表里没有填金额。没有收入请填 0 或 无。"))


def _no_table(is_hidden: bool, is_text: bool) -> Finding:
    if is_hidden:
        message = _("台账都在隐藏的工作表里。请取消隐藏后再交。")
    else:
        message = _(
            "没有找到台账表头。表头要有「村名」和收入来源（如 光伏、合作社），"
            "一列一项；一个村的账，标题写村名，每行写月份。"
        )
        if is_text:
            message += _("打开若是乱码，请在 WPS 或 Excel 中另存为 xlsx 再交。")
    return error("no_table", message)


def unreadable(file_name: str, sha256: str, message: str) -> Checked:
    """Return what is said of a file that is no table: one finding with the cure."""
    return Checked(
        file_name,
        sha256,
        (),
        Output().rows(),
        0,
        [error("not_readable", message)],
        is_readable=False,
    )
