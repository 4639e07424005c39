"""How is a responsibility roster read: who answers for which village, from when?"""

from etl.reading.text import fold
from etl.statements.reports import add_reports
from etl.tables.context import Context
from etl.tables.job import Job, tell_of_strays
from etl.tables.lines import Output
from etl.tables.recognise import Table
from etl.tables.records import records_of

STATEMENT = "roster"
_VACANT = frozenset(["", "-", "—", "——", "/", "无", "空缺", "暂缺", "待定", "未派"])
# The days on which a line's first secretary came and left are the only ones it says.
_DATED = "first_secretary"


def read_roster(table: Table, context: Context, job: Job, output: Output) -> None:
    """Read a roster into facts, one a village and duty; a vacant one has no holder.

    Args:
        table: as recognised.
        context: what holds for all its lines.
        job: registry, catalogue, day and answers.
        output: takes rows, counts, facts and findings.
    """
    roles = tuple(role for role in job.entries.duties if table.first(role) is not None)
    records = records_of(table, context, job, output, roles)
    tell_of_strays(table, job, output)
    holders = {role: records.texts(role) for role in roles}
    from_days, to_days = records.days("valid_from"), records.days("valid_to")
    organisations = records.texts("department")
    for position in records.kept:
        start, _end = records.period(position)
        for role in roles:
            text = holders[role][position]
            is_vacant = fold(text) in _VACANT
            is_dated = role == _DATED and not is_vacant
            since = from_days[position] if is_dated else None
            records.add_fact(
                "assignment",
                position,
                role,
                village_code=records.lines.codes[position],
                duty_id=role,
                holder_name="" if is_vacant else text,
                organisation_name=""
                if is_vacant or role == "township_lead"
                else organisations[position],
                since_date=since,
                # what the paper tells, it tells of its own period
                valid_from_date=max(since or start, start),
                valid_to_date=to_days[position] if is_dated else None,
            )
    add_reports(records, STATEMENT, roles[0])
