"""How do tests of charts make plants? Two in a township, one down, one unknown."""

from datetime import date
from decimal import Decimal

import pandas as pd

MAY, JUNE = date(2018, 5, 1), date(2018, 6, 1)
DOWN, SILENT = "410581101201", "410581102202"
COLUMNS = ["village_code", "village_name", "township_name", "period_start", "state"]
COLUMNS += ["energy_kwh", "full_load_hours", "capacity_kw", "peers_share"]
COLUMNS += ["expected_share", "peers_kwh", "expected_kwh", "is_partly_told"]
_NO = (None, None, 90, None, None, None, None)


def months() -> pd.DataFrame:
    rows = [
        (DOWN, "<b>木纂", "合涧镇", MAY, "normal", 9000, 90.0, Decimal("100.000"))
        + (1.01, 0.97, 8900.0, 9300.0, False),
        (DOWN, "<b>木纂", "合涧镇", JUNE, "outage", 5000, 50.0, Decimal("100.000"))
        + (0.554, 0.5, 9000.0, 10000.0, False),
        (SILENT, "上庄", "临淇镇", MAY, "not_yet", *_NO, False),
        (SILENT, "上庄", "临淇镇", JUNE, "no_figure", *_NO, True),
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def plants() -> pd.DataFrame:
    last = months()[months()["period_start"] == JUNE]
    return last.assign(
        township_code=["410581101", "410581102"],
        lon_deg=[113.84, 113.76],
        lat_deg=[36.02, 36.03],
        position_kind=["laid_out", "measured"],
    )
