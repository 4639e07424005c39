"""Which villages fit what is asked of source, terrain, pilot level and poverty?"""

from datetime import date

from store import Store
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    TOWNSHIP,
    end_of,
    give,
    moment,
    question,
    tell,
    viewer_of,
)

NOTHING = dict.fromkeys(("source", "terrain", "pilot", "poor"), "")


def fitting(store: Store, **asked: str) -> list[str]:
    when = moment(store, end_of(6))
    given = {**NOTHING, **asked}
    found = question("places/fitting", store, viewer_of(TOWNSHIP), when, **given)
    return list(found["village_code"])


def test_what_is_not_asked_does_not_narrow(store: Store) -> None:
    give(store, (HESHUN, "2018-01", "光伏", 10), (LIUQUAN, "2018-01", "门面", 10))
    known = [
        (HESHUN, "terrain", "mountain"),
        (DONGLI, "terrain", "mountain"),
        (DONGLI, "poor_village", "yes"),
        (LIUQUAN, "pilot_level", "city"),
    ]
    tell(
        store,
        attribute=[
            {
                "village_code": code,
                "attribute_id": attribute,
                "attribute_value": value,
                "valid_from_date": date(2018, 1, 1),
            }
            for code, attribute, value in known
        ],
    )
    assert {HESHUN, LIUQUAN, DONGLI} < set(fitting(store))
    assert fitting(store, terrain="mountain") == [HESHUN, DONGLI]
    assert fitting(store, terrain="mountain", source="solar") == [HESHUN]
    assert fitting(store, poor="yes") == [DONGLI]
    assert fitting(store, pilot="city") == [LIUQUAN]
    assert fitting(store, pilot="city", source="solar") == []
