"""Whose are the joint projects, which have shares to give, what would a share clear?"""

from decimal import ROUND_UP, Decimal

import pandas as pd

from base.catalogue import catalogue
from base.place import LENGTHS
from base.viewer import system_viewer
from queries.moment import Moment
from queries.run import run
from store import Store

_WHOLE = Decimal(100)
_STEP = Decimal("0.01")
# A project is offered within its county.
_COUNTY_DIGITS = LENGTHS["county"]
_OF_PROJECT = [
    "managing_code",
    "project_id",
    "project_name",
    "source_id",
    "yuan_per_point",
    "full_year_date",
]
_OFFER = [
    "managing_code",
    "project_id",
    "project_name",
    "source_id",
    "site_township_name",
    "given_pct",
    "free_pct",
    "yuan_per_point",
    "full_year_date",
]


def free_shares(store: Store, moment: Moment) -> pd.DataFrame:
    """Return which projects have shares to give, and what a point brings a year.

    Such a project is an offer to every village, so it is told whoever asks; of its
    holders nothing is told.

    Args:
        store: where.
        moment: shares and income of that day.

    Returns:
        One row per project whose shares sum to less than 100 %: managing_code,
        project_id, project_name, source_id, site_township_name, given_pct, free_pct,
        yuan_per_point (what one per cent brought in the last twelve months that are
        told without a gap; none where there are none) and full_year_date, their end.
        A project without any share table offers nothing: nobody has parted it.
    """
    found = run(
        "joint/projects",
        system_viewer(),
        store,
        version_no=moment.version_no,
        as_of_date=moment.as_of,
    )
    return offered(found)


def offered(projects: pd.DataFrame) -> pd.DataFrame:
    """Return the offers among projects, as `free_shares` returns them."""
    free = projects["given_pct"].map(
        lambda given: None if pd.isna(given) else _WHOLE - given
    )
    has_free = free.map(lambda points: points is not None and points > 0)
    return projects.assign(free_pct=free)[has_free.astype(bool)][_OFFER]


def with_own(projects: pd.DataFrame, holders: pd.DataFrame) -> pd.DataFrame:
    """Return projects with the parts of the villages that are seen, and the rest.

    Args:
        projects: as `queries/joint/projects.sql` returns them.
        holders: as `queries/joint/holders.sql` returns them, of the same viewer.

    Returns:
        The projects with own_count, own_pct, own_received_yuan and
        others_received_yuan; a sum of which a part is unknown is unknown.
    """
    own = holders.groupby("project_id").agg(
        own_count=("village_code", "size"),
        own_pct=("share_pct", "sum"),
        own_received_yuan=("received_yuan", _all_or_none),
    )
    found = projects.merge(own, on="project_id", how="left")
    rest = [
        None if pd.isna(total) or pd.isna(part) else total - part
        for total, part in zip(
            found["received_yuan"], found["own_received_yuan"], strict=True
        )
    ]
    return found.assign(
        others_received_yuan=pd.Series(rest, index=found.index, dtype=object)
    )


def _all_or_none(amounts: "pd.Series[Decimal]") -> Decimal | None:
    return None if amounts.isna().any() else sum(amounts, Decimal(0))


def fits(source_id: str, terrain: object) -> bool | None:
    """Tell whether a kind of project is meant for a terrain; None: nobody knows.

    Source: `fits_terrain` in `data/sources.toml`, a working reading.
    """
    source = catalogue().sources.get(source_id)
    if source is None or not source.fits_terrain or not isinstance(terrain, str):
        return None
    return terrain in source.fits_terrain


def effect(remaining: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """Return how many points of each project a village would need to reach the line.

    Args:
        remaining: one row per village: village_code, village_name, township_code,
            township_name, terrain, gap_yuan, has_share.
        projects: managing_code, project_id, project_name, source_id, yuan_per_point,
            full_year_date.

    Returns:
        One row per village and project of its county of which it is known what a point
        brings: both
        sides' columns, points_needed (per cent of the project, rounded up; above 100
        all of it is not enough) and is_fitting; who lacks least comes first, and of
        each village the project of which it needs least.
    """
    known = projects[projects["yuan_per_point"].map(_is_positive).astype(bool)]
    lacking = remaining[remaining["gap_yuan"].map(_is_positive).astype(bool)]
    lacking = lacking.assign(county_code=_counties(lacking["village_code"]))
    pairs = lacking.merge(
        known[_OF_PROJECT].assign(county_code=_counties(known["managing_code"])),
        on="county_code",
    )
    points = [
        (gap / each).quantize(_STEP, ROUND_UP)
        for gap, each in zip(pairs["gap_yuan"], pairs["yuan_per_point"], strict=True)
    ]
    fitting = [
        fits(source_id, terrain)
        for source_id, terrain in zip(pairs["source_id"], pairs["terrain"], strict=True)
    ]
    return pairs.assign(
        points_needed=pd.Series(points, index=pairs.index, dtype=object),
        is_fitting=pd.Series(fitting, index=pairs.index, dtype=object),
    ).sort_values(
        ["gap_yuan", "village_code", "points_needed", "project_id"], ignore_index=True
    )


def _counties(codes: "pd.Series[str]") -> "pd.Series[str]":
    return codes.str[:_COUNTY_DIGITS]


def _is_positive(amount: Decimal | None) -> bool:
    return not pd.isna(amount) and amount > 0  # type: ignore[operator]


def illustrated(effects: pd.DataFrame, offers: pd.DataFrame) -> pd.DataFrame:
    """Return who would clear if free shares went to those nearest the line.

    Each village takes of one project what it needs, and no village takes where the
    kind does not fit; villages come in the order of their gaps. It illustrates: what
    a point brought last year nobody promises.

    Args:
        effects: as `effect` returns them.
        offers: as `free_shares` returns them.

    Returns:
        The rows of `effects` that are given, one per village.
    """
    left = dict(zip(offers["project_id"], offers["free_pct"], strict=True))
    given: list[int] = []
    served: set[str] = set()
    for row in effects.sort_values(
        ["gap_yuan", "village_code", "points_needed"]
    ).itertuples():
        is_open = row.points_needed <= left.get(row.project_id, 0)
        if row.village_code in served or not is_open or row.is_fitting is False:
            continue
        served.add(str(row.village_code))
        left[row.project_id] -= row.points_needed
        given.append(int(row.Index))
    return effects.loc[given]
