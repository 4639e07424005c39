"""How does the grid company settle with the plants? A csv a month, subsidies late."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from etl.demo.economy import Economy
from etl.demo.months import Span
from etl.demo.paper import CITY, Paper, after, file_name, moment
from etl.demo.papers.energy import months_with_plants, on_the_grid
from etl.demo.sheets import Row, comma_separated, yuan

SENDER = "电网公司"
HEADINGS: Row = [
    "户号",
    "户名",
    "结算月份",
    "结算电量(千瓦时)",
    "应付电费(元)",
    "实付电费(元)",
    "应付补贴(元)",
    "实付补贴(元)",
]


def settlements(economy: Economy, seed: int) -> Iterator[Paper]:
    """Write the settlement of each month for all plants on the grid."""
    chance = np.random.default_rng([seed, 11])
    for span in months_with_plants():
        sent_at = moment(after(span.last_month), 12, 15, chance)
        yield Paper(
            sent_at,
            file_name(f"光伏结算单{span.text}", "csv"),
            SENDER,
            sent_at,
            partial(settlement, economy, span),
        )


def holder(economy: Economy, village: int) -> str:
    """Return in whose name a village's plant is settled: its committee's."""
    row = economy.world.villages.iloc[village]
    return f"{CITY}{row['township_name']}{row['official_name']}"


def settlement(economy: Economy, span: Span) -> bytes:
    """Write what was due for a month's energy, and what was paid in that month."""
    sun, place = economy.solar, span.places.start
    rows: list[Row] = [HEADINGS]
    for row in on_the_grid(economy, place):
        rows.append(
            [
                f"41058{10_000_000 + 37 * row}",
                holder(economy, sun.plants[row]),
                f"{span.year}{span.last:02}",
                int(sun.energy_kwh[row, place]),
                yuan(sun.electricity_due[row, place]),
                yuan(sun.electricity_received[row, place]),
                yuan(sun.subsidy_due[row, place]),
                yuan(sun.subsidy_received[row, place]),
            ]
        )
    return comma_separated(rows, "gb18030")
