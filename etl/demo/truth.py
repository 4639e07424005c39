"""How does the invented year really end? Written for the bench, read by none else."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from etl.demo.economy import SOURCES, Economy
from etl.demo.months import at, day_of

FILE = "demo_truth.parquet"
SCHEMA = pa.schema(
    [
        ("village_code", pa.string()),
        ("source_id", pa.string()),
        ("month", pa.date32()),
        ("amount_received_yuan", pa.decimal128(18, 2)),
    ]
)


def truth(economy: Economy, to_month: date) -> pa.Table:
    """Return what the rest of the year brings.

    Args:
        economy: the whole world.
        to_month: the last month of which there are ledgers.

    Returns:
        One row per village, source and month after `to_month` in its year in which
        something comes: village_code, source_id, month (first day),
        amount_received_yuan.
    """
    first = at(to_month.year, to_month.month) + 1
    rest = economy.received[:, :, first : at(to_month.year, 12) + 1]
    villages, months, sources = np.nonzero(rest.transpose(1, 2, 0))
    codes = economy.world.villages["village_code"].to_numpy(str)
    fen = rest[sources, villages, months].tolist()
    return pa.table(
        {
            "village_code": codes[villages].tolist(),
            "source_id": [SOURCES[source] for source in sources.tolist()],
            "month": [day_of(first + month) for month in months.tolist()],
            "amount_received_yuan": [Decimal(one).scaleb(-2) for one in fen],
        },
        schema=SCHEMA,
    )


def write_truth(economy: Economy, to_month: date, folder: Path) -> None:
    """Write the rest of the year beside the installation's own files."""
    pq.write_table(truth(economy, to_month), folder / FILE)
