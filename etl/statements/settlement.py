"""How is a grid's settlement read: electricity and subsidy apart, due and received?"""

from etl.statements.energy import village_of_plant
from etl.tables.context import Context
from etl.tables.job import Job, tell_of_strays
from etl.tables.lines import NO_PROJECT, Kind, Output
from etl.tables.recognise import Table
from etl.tables.records import records_of

_ITEMS = ("electricity", "subsidy")
_ROLES = tuple(
    f"{item}_{measure}" for item in _ITEMS for measure in ("due", "received")
)


def read_settlement(table: Table, context: Context, job: Job, output: Output) -> None:
    """Read a settlement into rows, one per account and part.

    Args:
        table: as recognised.
        context: what holds for all its lines.
        job: registry, catalogue, day and answers.
        output: takes rows, counts and findings.
    """
    records = records_of(table, context, job, output, _ROLES, village_of_plant)
    tell_of_strays(table, job, output)
    accounts = [number or NO_PROJECT for number in records.texts("account_number")]
    sources: list[str | None] = ["solar"] * len(accounts)
    energy = records.quantity("settled_energy", "kWh")
    for item in _ITEMS:
        records.add_money(
            records.pair(f"{item}_due", f"{item}_received"),
            sources,
            Kind("settlement", item, projects=accounts),
            energy if item == "electricity" else None,
        )
