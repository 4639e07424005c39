"""Who answers for a village, and which required duties does nobody bear?"""

from datetime import date
from typing import Any

import pandas as pd

from base.catalogue import catalogue
from store import Store
from tests.queries.asking import (
    HESHUN,
    LIUQUAN,
    TOWNSHIP,
    ask_of,
    end_of,
    moment,
    question,
    tell,
    viewer_of,
)

SPRING = date(2018, 3, 1)


def borne(duty_id: str, name: str | None, **said: Any) -> dict[str, Any]:
    return {
        "village_code": HESHUN,
        "duty_id": duty_id,
        "holder_name": name,
        "valid_from_date": SPRING,
        **said,
    }


def people(store: Store, as_of: date, code: str = HESHUN) -> pd.DataFrame:
    when, viewer = moment(store, as_of), viewer_of(TOWNSHIP)
    return question("village/people", store, viewer, when, village_code=code)


def test_who_bears_what_and_what_nobody_does(store: Store) -> None:
    tell(
        store,
        assignment=[
            borne("first_secretary", "张三", organisation_name="林业局"),
            borne("work_team", "李四"),
            borne("work_team", "王五"),
            borne("township_lead", None),
        ],
    )
    found = people(store, end_of(3))
    assert list(found["duty_id"]) == [
        "department",
        "first_secretary",
        "township_lead",
        "work_team",
        "work_team",
    ]
    assert list(found["is_vacant"]) == [True, False, True, False, False]
    assert list(found["is_required"]) == [True, True, True, False, False]
    first = found.loc[1]
    assert (first["holder_name"], first["organisation_name"]) == ("张三", "林业局")
    assert (first["valid_from_date"], first["cell"]) == (SPRING, "A4")
    assert sorted(found["holder_name"].dropna()) == ["张三", "李四", "王五"]
    assert pd.isna(found.loc[0, "file_name"])


def test_the_latest_to_have_begun_is_shown(store: Store) -> None:
    tell(
        store,
        assignment=[
            borne("first_secretary", "张三"),
            borne("first_secretary", "李四", valid_from_date=date(2018, 6, 1)),
        ],
    )
    names = [
        people(store, day)["holder_name"].dropna().tolist()
        for day in (date(2018, 2, 28), date(2018, 5, 31), date(2018, 6, 1))
    ]
    assert names == [[], ["张三"], ["李四"]]


def test_vacancies_are_those_of_the_target(store: Store) -> None:
    tell(
        store,
        assignment=[
            borne("department", "张三", valid_to_date=end_of(3)),
            borne("first_secretary", "李四"),
        ],
    )
    target = catalogue().target("unassigned")
    for code, day in [(HESHUN, end_of(3)), (HESHUN, end_of(4)), (LIUQUAN, end_of(4))]:
        found = people(store, day, code)
        detail = ask_of(target, store, day).loc[code, "detail"]
        assert set(found.loc[found["is_vacant"], "duty_id"]) == set(detail.split(","))


def test_a_paper_that_names_nobody_ends_a_duty_and_since_is_told(store: Store) -> None:
    since = date(2016, 5, 1)
    summer = date(2018, 7, 1)
    tell(store, assignment=[borne("first_secretary", "张三", since_date=since)])
    tell(store, assignment=[borne("first_secretary", "", valid_from_date=summer)])
    before = people(store, end_of(6)).set_index("duty_id")
    assert before.loc["first_secretary", "valid_from_date"] == since
    after = people(store, end_of(7)).set_index("duty_id")
    assert after.loc["first_secretary", "is_vacant"]
