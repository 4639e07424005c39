"""How is a ledger of contracts read: party, term, yearly rent, days on which it is due?

A contract tells what should come each year; what came is told by the ledger.
"""

from datetime import date

from base.words import _
from etl.findings import warning
from etl.reading.days import read_due_days, read_term
from etl.reading.text import fold
from etl.statements.reports import add_reports
from etl.tables.context import Context
from etl.tables.job import Job, tell_of_strays
from etl.tables.lines import Output
from etl.tables.recognise import Table
from etl.tables.records import Records, records_of

_ROLES = ("party", "rent", "start_day", "end_day", "term")


def read_contract(table: Table, context: Context, job: Job, output: Output) -> None:
    """Read contracts into facts, one a contract.

    Args:
        table: as recognised.
        context: what holds for all its lines.
        job: registry, catalogue, day and answers.
        output: takes rows, counts, facts and findings.
    """
    records = records_of(table, context, job, output, _ROLES)
    tell_of_strays(table, job, output)
    starts, ends = _terms(records)
    rents = records.money("rent")
    due_days = _due_days(records)
    parties, subjects = records.texts("party"), records.texts("subject")
    numbers = records.texts("contract_number")
    for position, end in enumerate(ends):
        start = starts[position]
        if start and end and start > end:
            message = _("起始日期晚于终止日期。请核对。")
            records.refuse(position, "end_day", "term_reversed", message)
        if not (numbers[position] or parties[position]):
            message = _("没有合同编号，也没有承包方。请至少填一项。")
            records.refuse(position, "party", "contract_unnamed", message)
    for position in records.kept:
        records.add_fact(
            "contract",
            position,
            "rent",
            village_code=records.lines.codes[position],
            contract_id=fold(numbers[position])
            or f"{fold(parties[position])}·{fold(subjects[position])}",
            party_name=parties[position],
            subject_name=subjects[position],
            start_date=starts[position],
            end_date=ends[position],
            rent_yuan_per_year=rents[position],
            due_days=due_days[position],
        )
    add_reports(records, "contract", "rent")


def _terms(records: Records) -> tuple[list[date | None], list[date | None]]:
    starts = records.days("start_day")
    ends = records.days("end_day", is_last=True)
    if not records.has("term"):
        return starts, ends
    for position, text in enumerate(records.texts("term")):
        if not text or starts[position] or ends[position]:
            continue
        try:
            starts[position], ends[position] = read_term(text)
        except ValueError:
            message = _("期限读不出。请写成 2016-01-01至2025-12-31。")
            records.refuse(position, "term", "term_unreadable", message)
    return starts, ends


def _due_days(records: Records) -> list[str]:
    found = []
    for position, text in enumerate(records.texts("due_days")):
        try:
            found.append(read_due_days(text))
        except ValueError:
            found.append("")
            records.output.findings.append(
                warning(
                    "due_days_unreadable",
                    _("应缴日期读不出，到期提醒将缺这一份。请写成 6月30日、12月31日。"),
                    records.table.sheet.name,
                    records.cell(position, "due_days"),
                    text,
                )
            )
    return found
