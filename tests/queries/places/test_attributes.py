"""What is known of each village besides money, and on whose word?"""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from store import Store
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    TOWNSHIP,
    end_of,
    moment,
    question,
    tell,
    viewer_of,
)


def attribute(
    code: str, attribute_id: str, value: str, first: date, **said: Any
) -> dict[str, Any]:
    return {
        "village_code": code,
        "attribute_id": attribute_id,
        "attribute_value": value,
        "valid_from_date": first,
        **said,
    }


def attributes(store: Store, as_of: date) -> pd.DataFrame:
    when = moment(store, as_of)
    found = question("places/attributes", store, viewer_of(TOWNSHIP), when)
    assert found["village_code"].is_unique
    return found.set_index("village_code")


def test_one_row_a_village_with_what_holds_on_the_day(store: Store) -> None:
    start = date(2018, 1, 1)
    tell(
        store,
        attribute=[
            attribute(HESHUN, "terrain", "mountain", start, is_checked=True),
            attribute(HESHUN, "pilot_level", "city", start, evidence="林办〔2018〕1号"),
            attribute(HESHUN, "exit_year", "2017", start),
            attribute(HESHUN, "solar_capacity_kw", "299.5", start, is_checked=False),
            attribute(LIUQUAN, "poor_village", "yes", start),
        ],
    )
    found = attributes(store, end_of(6))
    assert len(found) == 41
    row = found.loc[HESHUN]
    assert (row["terrain"], row["is_terrain_checked"]) == ("mountain", True)
    assert row["pilot_level_evidence"] == "林办〔2018〕1号"
    assert pd.isna(row["is_pilot_level_checked"])
    assert (row["exit_year"], row["solar_capacity_kw"]) == (2017, Decimal("299.5"))
    assert row["is_solar_capacity_checked"] is False
    assert pd.isna(row["poor_village"])
    assert found.loc[LIUQUAN, "poor_village"] == "yes"
    assert found.loc[DONGLI].isna().all()


def test_the_latest_that_has_begun_and_not_ended_holds(store: Store) -> None:
    tell(
        store,
        attribute=[
            attribute(HESHUN, "pilot_level", "township", date(2018, 1, 1)),
            attribute(
                HESHUN,
                "pilot_level",
                "province",
                date(2018, 4, 1),
                valid_to_date=end_of(6),
            ),
        ],
    )
    by_day = {
        day: attributes(store, day).loc[HESHUN, "pilot_level"]
        for day in (end_of(3), date(2018, 4, 1), end_of(6), date(2018, 7, 1))
    }
    assert list(by_day.values()) == ["township", "province", "province", "township"]
    assert pd.isna(attributes(store, end_of(12, 2017)).loc[HESHUN, "pilot_level"])
    tell(store, attribute=[attribute(HESHUN, "pilot_level", "city", date(2018, 1, 1))])
    assert attributes(store, end_of(3)).loc[HESHUN, "pilot_level"] == "city"
