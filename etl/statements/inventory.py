"""How is an inventory of funds, assets and resources read, and what it brought in?"""

from etl.reading.text import fold
from etl.tables.context import Context
from etl.tables.job import Job, tell_of_strays
from etl.tables.lines import Kind, Output
from etl.tables.recognise import Table
from etl.tables.records import records_of

STATEMENT = "inventory"
_DONE = frozenset(["是", "完成", "已完成", "全部完成", "100%", "1", "√", "已验收"])
_MU, _COPIES = "亩", "份"
_MONEY = ("arrears", "relet")
_ROLES = (
    "is_complete",
    "completed",
    "funds",
    "assets",
    "resources",
    "relet_count",
    *(f"{item}_{measure}" for item in _MONEY for measure in ("due", "received")),
)


def read_inventory(table: Table, context: Context, job: Job, output: Output) -> None:
    """Read an inventory into its state per village, and rows of what it brought in.

    Args:
        table: as recognised.
        context: what holds for all its lines.
        job: registry, catalogue, day and answers.
        output: takes rows, counts, facts and findings.
    """
    records = records_of(table, context, job, output, _ROLES)
    tell_of_strays(table, job, output)
    completed = records.days("completed", is_last=True)
    numbers = {
        "funds_yuan": records.money("funds"),
        "assets_yuan": records.money("assets"),
        "resources_mu": records.number("resources", _MU),
        "contracts_count": records.number("relet_count", _COPIES),
    }
    states = records.texts("is_complete")
    role = "is_complete" if records.has("is_complete") else "completed"
    for position in records.kept:
        start, end = records.period(position)
        values = {name: column[position] for name, column in numbers.items()}
        count = values.pop("contracts_count")
        is_done = fold(states[position]) in _DONE or (
            not states[position] and completed[position] is not None
        )
        records.add_fact(
            "inventory",
            position,
            role,
            village_code=records.lines.codes[position],
            period_start=start,
            period_end=end,
            is_complete=is_done,
            completed_date=(completed[position] or end) if is_done else None,
            contracts_count=None if count is None else int(count),
            **values,
        )
    sources: list[str | None] = [STATEMENT] * len(records.lines.rows)
    records.add_lines(role, sources, Kind(STATEMENT, "", "report"))
    for item in _MONEY:
        own = job.entries.sources[STATEMENT].items[item]
        records.add_money(
            records.pair(f"{item}_due", f"{item}_received"),
            sources,
            Kind(STATEMENT, item, is_one_off=own.is_one_off),
        )
