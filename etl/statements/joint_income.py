"""How is the income of joint projects read: a line a project and period?"""

from base.formats import listed
from base.words import _
from etl.joint import PROJECT_LINE, STATEMENT
from etl.reading.text import fold
from etl.tables.context import Context
from etl.tables.headings import source_named
from etl.tables.job import Job, tell_of_strays
from etl.tables.lines import Kind, Output
from etl.tables.recognise import Table
from etl.tables.records import Records, records_of

JOINT_SOURCES = ("joint_base", "joint_tourism", "joint_shopfront")
_ROLES = ("project_due", "project_received")


def read_joint_income(table: Table, context: Context, job: Job, output: Output) -> None:
    """Read what joint projects earned; their holders' parts arise on acceptance.

    Args:
        table: as recognised.
        context: what holds for all its lines.
        job: registry, catalogue, day and answers.
        output: takes rows, counts and findings.
    """
    records = records_of(table, context, job, output, _ROLES)
    tell_of_strays(table, job, output)
    records.add_money(
        records.pair("project_due", "project_received"),
        sources_of(records),
        Kind(STATEMENT, "", PROJECT_LINE, projects=project_ids(records)),
    )


def project_ids(records: Records) -> list[str]:
    """Return the number of each line's project, or its name where it has none."""
    names = map(fold, records.texts("project_name"))
    numbers = map(fold, records.texts("project_id"))
    return [number or name for number, name in zip(numbers, names, strict=True)]


def sources_of(records: Records) -> list[str | None]:
    """Return the joint source of each line: as it says, as its title says, as asked.

    A line whose source is not one of a joint project is told of.
    """
    table = records.table
    places = (*table.said_above, *table.said_on_top, table.sheet.name)
    titles = {source for text in places for source in _named_in(text)}
    of_title = titles.pop() if len(titles) == 1 else records.job.answers.source_id
    found: list[str | None] = []
    for position, text in enumerate(records.texts("project_kind")):
        source = source_named(text) if text else of_title
        if source not in JOINT_SOURCES:
            source = None
            records.refuse(
                position,
                "project_kind" if records.has("project_kind") else "project_name",
                "project_kind_unknown",
                _(
                    "没有说明是哪种联建项目。请在「项目类型」里填：{names}。",
                    names=listed(
                        records.job.entries.sources[one].name for one in JOINT_SOURCES
                    ),
                ),
            )
        found.append(source)
    return found


def _named_in(text: str) -> list[str]:
    folded = fold(text)
    return [source for name, source in _TITLES.items() if name in folded]


_TITLES = {
    "联建产业基地": "joint_base",
    "联建乡村旅游": "joint_tourism",
    "联建商业门面": "joint_shopfront",
}
