"""How do pilot villages stand beside the others, by level? No cause is claimed."""

from decimal import Decimal
from statistics import median

import pandas as pd

# In the order in which they are told; the rest are no pilots.
LEVELS = ("province", "city", "township", "none")
ALL_PILOTS = "pilots"


def beside_others(villages: pd.DataFrame) -> pd.DataFrame:
    """Return pilots of each level, all of them and the rest, side by side.

    Args:
        villages: one row per village: pilot_level (none told counts to no group),
            income_yuan (unknown where nothing is reported) and standing.

    Returns:
        One row per group that has villages: level, village_count, known_count (with
        an amount), median_yuan of those, over_count (not remaining) and over_share.
    """
    level = villages["pilot_level"]
    groups = {one: villages[level == one] for one in LEVELS}
    groups[ALL_PILOTS] = villages[level.isin(LEVELS[:3])]
    rows = [_row(one, groups[one]) for one in (*LEVELS[:3], ALL_PILOTS, LEVELS[3])]
    columns = [
        "level",
        "village_count",
        "known_count",
        "median_yuan",
        "over_count",
        "over_share",
    ]
    kept = [row for row in rows if row["village_count"]]
    return pd.DataFrame(kept, columns=columns)


def _row(level: str, villages: pd.DataFrame) -> dict[str, object]:
    known: list[Decimal] = list(villages["income_yuan"].dropna())
    over = int((villages["standing"] != "remaining").sum())
    count = len(villages)
    return {
        "level": level,
        "village_count": count,
        "known_count": len(known),
        "median_yuan": round(median(known), 2) if known else None,
        "over_count": over,
        "over_share": over / count if count else None,
    }
