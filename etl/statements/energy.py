"""How is a solar platform's monthly export read: a line a plant and month, in kWh?"""

import re

import numpy as np

from base.solar import price_on
from base.words import _
from etl.findings import error
from etl.solar import due_of
from etl.tables.context import Context
from etl.tables.job import Job, tell_of_strays
from etl.tables.lines import NO_PROJECT, Counted, Kind, Output
from etl.tables.recognise import Table
from etl.tables.records import Records, records_of

_ENERGY = ("ongrid_energy", "generated_energy")
# 柳泉村300kW光伏电站, 柳泉村级光伏扶贫电站2号: what stands after the village's name.
_PLANT = re.compile(
    r"(?:村级|集体|扶贫|分布式|屋顶|[\d.]+\s*(?:kwp?|千瓦|mwp?)|光伏|电站|发电).*$",
    re.IGNORECASE,
)
# No plant runs at full load for so many hours of a month; a village's has at most
# 500 kW where the paper does not say how many.
_MOST_HOURS = 300
_LARGEST_KW = 500


def read_energy(table: Table, context: Context, job: Job, output: Output) -> None:
    """Read a platform's export into rows of energy and of the money it should bring.

    Args:
        table: as recognised.
        context: what holds for all its lines.
        job: registry, catalogue, day and answers.
        output: takes rows, counts and findings.
    """
    records = records_of(table, context, job, output, _ENERGY, village_of_plant)
    tell_of_strays(table, job, output)
    role = next(role for role in _ENERGY if records.has(role))
    energy = records.quantity(role, "kWh")
    if energy is None:
        output.rejected += len(records.lines.rows)
        return
    capacity = records.quantity("capacity", "kW")
    _look_at_sizes(records, role, energy, capacity)
    commissioned = records.days("commissioned")
    prices = [price_on(job.entries.solar_prices, day) for day in commissioned]
    codes = records.texts("plant_code")
    projects = [code or NO_PROJECT for code in codes]
    sources: list[str | None] = ["solar"] * len(projects)
    due = due_of(energy.amounts, prices)
    kind = Kind("energy", "energy", projects=projects)
    records.add_lines(role, sources, kind, energy, due)
    if capacity is not None:
        kind = Kind("energy", "capacity", "quantity", projects=projects)
        records.add_lines("capacity", sources, kind, capacity)


def village_of_plant(text: str) -> str:
    """Return the village that the name of a plant begins with."""
    return _PLANT.sub("", text.strip()) or text


def _look_at_sizes(
    records: Records, role: str, energy: Counted, capacity: Counted | None
) -> None:
    kw = np.full(len(records.lines.rows), _LARGEST_KW * 100, np.int64)
    if capacity is not None:
        is_told = capacity.amounts.is_stated & (capacity.amounts.fen > 0)
        kw = np.where(is_told, capacity.amounts.fen, kw)
    months = _months(records)
    is_large = energy.amounts.fen > kw * _MOST_HOURS * months
    for position in np.flatnonzero(is_large | (energy.amounts.fen < 0)).tolist():
        records.is_bad[position] = True
        records.output.findings.append(
            error(
                "energy_implausible",
                _(
                    "电量与装机容量不符（一个月超过 {hours} 小时满发，或为负数）。"
                    "请核对单位是度还是万度。",
                    hours=_MOST_HOURS,
                ),
                records.table.sheet.name,
                records.cell(position, role),
                records.table.text(
                    records.lines.rows[position], records.table.first(role)
                ),
            )
        )


def _months(records: Records) -> np.ndarray:
    given = records.lines.arrays
    starts = given.starts.astype("datetime64[M]").astype(np.int64)
    ends = given.ends.astype("datetime64[M]").astype(np.int64)
    months: np.ndarray = np.where(given.is_placed, ends - starts + 1, 1)
    return months
