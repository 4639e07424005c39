"""How does each solar plant stand, this month and over the window, and what is owed?"""

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from base.formats import listed, month
from queries.plants import LOOK_AT

_PLANT = ["village_code", "village_name", "township_code", "township_name"]
_OF_THE_MONTH = [
    *_PLANT,
    "commissioned_date",
    "capacity_kw",
    "energy_kwh",
    "full_load_hours",
    "peers_share",
    "expected_share",
    "state",
]
PARTS = ("electricity", "subsidy", "unsplit")
_RECEIVED = [f"{part}_received_yuan" for part in PARTS]
_FEN = Decimal("0.01")
AGES = ("under_3_yuan", "from_3_yuan", "from_6_yuan", "from_12_yuan")


@dataclass(frozen=True)
class Summary:
    """What the plants' page says at its top.

    `plants` are on the grid; `looked_at` of them are weak or down in the month, whose
    names come worst first; `unknown` have no figure. `subsidy_open_yuan` is None where
    nobody said what came; `subsidy_late_yuan` of it is open for six months and more.
    """

    plants: int
    capacity_kw: Decimal
    looked_at: pd.DataFrame
    outages: int
    unknown: int
    ever_looked_at: int
    subsidy_open_yuan: Decimal | None
    subsidy_late_yuan: Decimal | None


def plant_list(
    months: pd.DataFrame, arrears: pd.DataFrame, households: pd.DataFrame
) -> pd.DataFrame:
    """Return one row per plant, those that need a look first.

    Args:
        months: as `plants.plant_months` returns them.
        arrears: as `queries/solar/arrears.sql` returns them.
        households: as `queries/solar/households.sql` returns them.

    Returns:
        Figures of the last month, and of the window: window_kwh and window_hours (of
        the months with a figure), told_months, looked_at_months, and what is open by
        part: electricity_open_yuan, subsidy_open_yuan, unsplit_open_yuan;
        year_yuan (what came since January), household_count, and per_household_yuan.
    """
    last = months["period_start"] == months["period_start"].max()
    plants = months.loc[last, _OF_THE_MONTH].set_index("village_code")
    grouped = months.groupby("village_code")
    told = months[months["energy_kwh"].notna()].groupby("village_code")
    plants["window_kwh"] = told["energy_kwh"].sum()
    plants["window_hours"] = told["full_load_hours"].sum()
    plants["told_months"] = grouped["energy_kwh"].count()
    plants["looked_at_months"] = grouped["state"].agg(lambda s: s.isin(LOOK_AT).sum())
    open_yuan = arrears.pivot(index="village_code", columns="part", values="open_yuan")
    for part in PARTS:
        known = open_yuan[part] if part in open_yuan else pd.Series(dtype=object)
        plants[f"{part}_open_yuan"] = known.reindex(plants.index)
    plants["year_yuan"] = _received_this_year(months).reindex(plants.index)
    counts = households.set_index("village_code")["household_count"]
    plants["household_count"] = counts.reindex(plants.index)
    plants["per_household_yuan"] = [
        None if pd.isna(yuan) or pd.isna(count) else (yuan / int(count)).quantize(_FEN)
        for yuan, count in zip(
            plants["year_yuan"], plants["household_count"], strict=True
        )
    ]
    turn = {"outage": 0, "weak": 1, "no_figure": 2, "normal": 3, "not_yet": 4}
    ordered = plants.assign(turn=plants["state"].map(turn)).reset_index()
    ordered = ordered.sort_values(
        ["turn", "looked_at_months", "village_code"], ascending=[True, False, True]
    )
    return ordered.drop(columns="turn").reset_index(drop=True)


def _received_this_year(months: pd.DataFrame) -> pd.Series:
    """Return by village what came since January; nothing where nobody says so."""
    if months.empty:
        return pd.Series(dtype=object)
    year_start = months["period_start"].max().replace(month=1)
    this_year = months[months["period_start"] >= year_start]
    sums = {
        code: [yuan for yuan in group[_RECEIVED].to_numpy().ravel() if pd.notna(yuan)]
        for code, group in this_year.groupby("village_code")
    }
    told = {code: sum(yuan, Decimal(0)) for code, yuan in sums.items() if yuan}
    return pd.Series(told, dtype=object)


def maintenance(months: pd.DataFrame) -> pd.DataFrame:
    """Return what the maintainer is to look at: a row per plant with such a month.

    Args:
        months: as `plants.plant_months` returns them.

    Returns:
        Of the months that are weak or down: looked_at (their names), outage_months,
        energy_kwh, expected_kwh (by the light), peers_kwh, lost_kwh and lost_yuan, the
        largest loss first.
    """
    found = months[months["state"].isin(LOOK_AT)]
    grouped = found.groupby(_PLANT, as_index=False)
    rows = grouped.agg(
        capacity_kw=("capacity_kw", "last"),
        looked_at=("period_start", lambda days: listed(map(month, days))),
        outage_months=("state", lambda states: int((states == "outage").sum())),
        energy_kwh=("energy_kwh", "sum"),
        expected_kwh=("expected_kwh", "sum"),
        peers_kwh=("peers_kwh", "sum"),
        lost_kwh=("lost_kwh", "sum"),
        lost_yuan=("lost_yuan", "sum"),
    )
    return rows.sort_values(
        ["lost_kwh", "village_code"], ascending=[False, True], ignore_index=True
    )


def summary(plants: pd.DataFrame, arrears: pd.DataFrame) -> Summary:
    """Return what is to be said of some plants.

    Args:
        plants: as `plant_list` returns them.
        arrears: as `queries/solar/arrears.sql` returns them, of the same place.
    """
    on_grid = plants[plants["state"] != "not_yet"]
    looked_at = on_grid[on_grid["state"].isin(LOOK_AT)]
    subsidy = arrears[arrears["part"] == "subsidy"]
    late = (
        subsidy["from_6_yuan"].dropna().sum() + subsidy["from_12_yuan"].dropna().sum()
    )
    is_told = bool(subsidy["open_yuan"].notna().any())
    return Summary(
        plants=len(on_grid),
        capacity_kw=Decimal(on_grid["capacity_kw"].dropna().sum()),
        looked_at=looked_at,
        outages=int((looked_at["state"] == "outage").sum()),
        unknown=int((on_grid["state"] == "no_figure").sum()),
        ever_looked_at=int((plants["looked_at_months"] > 0).sum()),
        subsidy_open_yuan=subsidy["open_yuan"].dropna().sum() if is_told else None,
        subsidy_late_yuan=Decimal(late) if is_told else None,
    )
