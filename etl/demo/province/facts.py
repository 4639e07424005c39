"""What else is known of the villages of a county: people, plants, contracts, shares?"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from etl.demo.province.kinds import JOINT

Whole = npt.NDArray[np.int64]
HOLDERS, PROJECTS = 10, 2
_TERRAINS, _TERRAIN_SHARES = (
    ("mountain", "scenic", "urban", "town"),
    (0.4, 0.1, 0.1, 0.4),
)
_PILOTS, _PILOT_SHARES = (
    ("province", "city", "township", "none"),
    (0.01, 0.03, 0.07, 0.89),
)
_POOR, _PLANTS = 0.1, 0.08
_SMALLEST_KW, _LARGEST_KW = 60, 300
# Invented: so much of a plant for one household, so much for a point of a project.
_KW_PER_HOUSEHOLD = 5
_YUAN_PER_POINT = (6_000, 9_000, 12_000)
_HOLDS_FROM = date(2016, 1, 1)
_DUTIES = {"township_lead": 0.97, "department": 0.92, "first_secretary": 0.94}
_DUTIES["work_team"] = 0.7
_ROSTERS = {date(2017, 1, 1): 0.9, date(2018, 1, 1): 1.0}
_HOLDER, _ORGANISATION = "演示{no}", "演示单位{no:02d}"
_SUBJECTS = ("机动地", "荒山荒坡", "沿街门面", "鱼塘", "旧校舍")
_PARTY, _PROJECT_NAME = "演示承包人{no}", "{county}演示项目{no}"
_HAS_CONTRACT = 0.6
_EVIDENCE = "演示虚构"


@dataclass(frozen=True)
class Facts:
    """Rows of `core`, by table; `capacity_kw` and `projects` of the county's villages.

    `projects` are number, place in `kinds.JOINT`, holders (places in the county) and
    shares in whole percents.
    """

    rows: dict[str, pd.DataFrame]
    capacity_kw: Whole
    projects: list[tuple[int, int, Whole, Whole]]


def facts(
    codes: list[str],
    county_name: str,
    county_no: int,
    numbers: dict[tuple[str, int], tuple[int, int]],
    chance: np.random.Generator,
) -> Facts:
    """Invent what is known of a county's villages.

    Args:
        codes: of the villages.
        county_name: of the county.
        county_no: its place among the counties.
        numbers: by statement and year (0 where it tells of none): submission and
            acceptance of the papers that have come.
        chance: draws.
    """
    size = len(codes)
    capacity = np.where(
        chance.random(size) < _PLANTS,
        chance.integers(_SMALLEST_KW // 5, _LARGEST_KW // 5, size) * 5,
        0,
    )
    projects = _projects(size, county_no, chance)
    rows = {
        "core.attribute": _signed(
            _attributes(codes, capacity, chance), numbers, ("attributes", 0)
        ),
        "core.assignment": pd.concat(
            [
                _signed(
                    _duties(codes, day, share, chance), numbers, ("roster", day.year)
                )
                for day, share in _ROSTERS.items()
            ]
        ),
        "core.inventory": _signed(
            _inventory(codes, chance), numbers, ("inventory", 2018)
        ),
        "core.contract": _signed(
            _contracts(codes, chance), numbers, ("contract", 2016)
        ),
        "core.project": _signed(
            _project_rows(projects, codes, county_name), numbers, ("joint_shares", 0)
        ),
        "core.project_share": _signed(
            _share_rows(projects, codes), numbers, ("joint_shares", 0)
        ),
    }
    return Facts(rows, capacity, projects)


def _signed(
    rows: pd.DataFrame,
    numbers: dict[tuple[str, int], tuple[int, int]],
    paper: tuple[str, int],
) -> pd.DataFrame:
    """Say by which paper rows came; without the paper there are none."""
    if paper not in numbers:
        return rows.iloc[:0].assign(submission_no=0, from_no=0)
    submission_no, from_no = numbers[paper]
    return rows.assign(submission_no=submission_no, from_no=from_no)


def _attributes(
    codes: list[str], capacity: Whole, chance: np.random.Generator
) -> pd.DataFrame:
    size = len(codes)
    poor = chance.random(size) < _POOR
    values = {
        "terrain": chance.choice(_TERRAINS, size, p=_TERRAIN_SHARES),
        "pilot_level": chance.choice(_PILOTS, size, p=_PILOT_SHARES),
        "poor_village": np.where(poor, "yes", "no"),
        "exit_year": np.where(poor, chance.integers(2015, 2019, size).astype(str), ""),
        "solar_capacity_kw": np.where(capacity > 0, capacity.astype(str), ""),
        "solar_households": np.where(
            poor & (capacity > 0), (capacity // _KW_PER_HOUSEHOLD).astype(str), ""
        ),
    }
    frames = [
        pd.DataFrame(
            {
                "village_code": codes,
                "attribute_id": attribute_id,
                "attribute_value": told,
                "valid_from_date": _HOLDS_FROM,
                "evidence": _EVIDENCE,
                "is_checked": False,
            }
        )
        for attribute_id, told in values.items()
    ]
    found = pd.concat(frames)
    return found[found["attribute_value"] != ""]


def _duties(
    codes: list[str], day: date, share: float, chance: np.random.Generator
) -> pd.DataFrame:
    size = len(codes)
    frames = []
    for duty_id, borne in _DUTIES.items():
        is_borne = chance.random(size) < borne * share
        person = chance.integers(0, 5000, size)
        office = chance.integers(0, 40, size)
        has_office = is_borne & (duty_id != "township_lead")
        frames.append(
            pd.DataFrame(
                {
                    "village_code": codes,
                    "duty_id": duty_id,
                    "holder_name": [
                        _HOLDER.format(no=no) if is_there else ""
                        for no, is_there in zip(person, is_borne, strict=True)
                    ],
                    "organisation_name": [
                        _ORGANISATION.format(no=no) if is_there else ""
                        for no, is_there in zip(office, has_office, strict=True)
                    ],
                    "valid_from_date": day,
                }
            )
        )
    return pd.concat(frames)


def _inventory(codes: list[str], chance: np.random.Generator) -> pd.DataFrame:
    size = len(codes)
    is_complete = chance.random(size) < 0.85
    done = pd.Series(
        pd.Timestamp(2018, 1, 3) + pd.to_timedelta(chance.integers(0, 175, size), "D")
    )
    return pd.DataFrame(
        {
            "village_code": codes,
            "period_start": date(2018, 1, 1),
            "period_end": date(2018, 6, 30),
            "is_complete": is_complete,
            "completed_date": done.where(pd.Series(is_complete)),
            "funds_yuan": chance.integers(20, 900, size) * 1000,
            "assets_yuan": chance.integers(50, 900, size) * 1000,
            "resources_mu": chance.integers(5, 600, size),
            "contracts_count": chance.integers(0, 5, size),
        }
    )


def _contracts(codes: list[str], chance: np.random.Generator) -> pd.DataFrame:
    size = len(codes)
    start = chance.integers(2008, 2016, size)
    years = chance.integers(3, 25, size)
    month, day = chance.integers(1, 13, size), chance.integers(1, 28, size)
    found = pd.DataFrame(
        {
            "village_code": codes,
            "contract_id": [f"YS{one}" for one in range(size)],
            "party_name": [
                _PARTY.format(no=no) for no in chance.integers(0, 9000, size)
            ],
            "subject_name": chance.choice(_SUBJECTS, size),
            "start_date": [date(year, 1, 1) for year in start],
            "end_date": [date(year, 12, 31) for year in start + years],
            "rent_yuan_per_year": chance.integers(5, 400, size) * 100,
            "due_days": [f"{m:02d}-{d:02d}" for m, d in zip(month, day, strict=True)],
        }
    )
    return found[chance.random(size) < _HAS_CONTRACT]


def _projects(
    size: int, county_no: int, chance: np.random.Generator
) -> list[tuple[int, int, Whole, Whole]]:
    made = []
    for number in range(PROJECTS):
        holders = chance.choice(size, min(HOLDERS, size), replace=False)
        share = np.full(len(holders), 100 // len(holders))
        share[0] += 100 - share.sum()
        made.append((PROJECTS * county_no + number, number % 3, holders, share))
    return made


def project_id(number: int) -> str:
    """Return how a project is called by its number."""
    return f"YS{number:04d}"


def _project_rows(
    projects: list[tuple[int, int, Whole, Whole]], codes: list[str], county: str
) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "project_id": project_id(number),
                "project_name": _PROJECT_NAME.format(county=county, no=number + 1),
                "source_id": JOINT[kind],
                "managing_code": codes[holders[0]],
                "place_name": county,
            }
            for number, kind, holders, _share in projects
        ]
    )


def _share_rows(
    projects: list[tuple[int, int, Whole, Whole]], codes: list[str]
) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "project_id": project_id(number),
                "valid_from_date": _HOLDS_FROM,
                "village_code": codes[holder],
                "share_pct": int(pct),
                "invested_yuan": int(pct) * _YUAN_PER_POINT[kind],
            }
            for number, kind, holders, share in projects
            for holder, pct in zip(holders, share, strict=True)
        ]
    )
