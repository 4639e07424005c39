"""Which counties, townships and villages does the invented province have?

Linzhou is there with its real registry; every other county is invented. Its codes are
of prefectures that do not exist (4151 and on), and its name says that it is invented.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.registry import Registry

PROVINCE, PROVINCE_NAME = "41", "演示省（虚构）"
REAL_COUNTY, REAL_COUNTY_NAME = "410581", "林州市"
_FIRST_PREFECTURE, _COUNTIES_OF_ONE = 51, 9
_COUNTY, _TOWNSHIP, _VILLAGE = (
    "虚构{no:02d}县",
    "虚构{of:02d}县第{no:02d}镇",
    "第{no:02d}村",
)
_OFFICIAL = "{name}村民委员会（虚构）"
_VILLAGES_OF_ONE = 25


@dataclass(frozen=True)
class Places:
    """The counties and villages of a province, in the order of their codes.

    `counties` has place_code, place_name; `villages` has village_code, village_name,
    official_name, township_code, township_name, county_code, unit_kind.
    """

    counties: pd.DataFrame
    villages: pd.DataFrame

    def places_of(self, county_code: str) -> np.ndarray:
        """Return where the villages of a county stand in the list."""
        return np.flatnonzero(self.villages["county_code"] == county_code)


def places(registry: Registry, counties: int, villages: int) -> Places:
    """Lay the province out.

    Args:
        registry: the real villages, which are kept.
        counties: how many counties are invented.
        villages: how many villages there are in all, the real ones with them.
    """
    real = [
        {
            "village_code": one.village_code,
            "village_name": one.short_name,
            "official_name": one.official_name,
            "township_code": one.township_code,
            "township_name": one.township_name,
            "county_code": one.township_code[:6],
            "unit_kind": one.kind,
        }
        for one in registry.villages.values()
    ]
    each, more = divmod(villages - len(real), counties)
    named = [(REAL_COUNTY, REAL_COUNTY_NAME)]
    rows = sorted(real, key=lambda one: one["village_code"])
    for number in range(counties):
        code = _county_code(number)
        named.append((code, _COUNTY.format(no=number + 1)))
        rows += _villages(code, number + 1, each + (number < more))
    return Places(
        pd.DataFrame(named, columns=["place_code", "place_name"]), pd.DataFrame(rows)
    )


def _county_code(number: int) -> str:
    prefecture, county = divmod(number, _COUNTIES_OF_ONE)
    return f"{PROVINCE}{_FIRST_PREFECTURE + prefecture}{county + 1:02d}"


def _villages(county_code: str, county_no: int, count: int) -> list[dict[str, str]]:
    rows = []
    for number in range(count):
        township, village = divmod(number, _VILLAGES_OF_ONE)
        name = _VILLAGE.format(no=village + 1)
        township_code = f"{county_code}{101 + township}"
        rows.append(
            {
                "village_code": f"{township_code}{201 + village}",
                "village_name": name,
                "official_name": _OFFICIAL.format(name=name),
                "township_code": township_code,
                "township_name": _TOWNSHIP.format(of=county_no, no=township + 1),
                "county_code": county_code,
                "unit_kind": "village",
            }
        )
    return rows
