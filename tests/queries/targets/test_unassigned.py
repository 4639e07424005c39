"""For which villages does nobody bear one of the required duties?"""

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from base.catalogue import catalogue
from store import Store
from tests.queries.asking import HESHUN, LIUQUAN, ask_of, end_of, tell

TARGET = catalogue().target("unassigned")
REQUIRED = [i for i, duty in catalogue().duties.items() if duty.is_required]
SPRING = date(2018, 3, 1)


def borne(duty_id: str, **said: Any) -> dict[str, Any]:
    return {
        "village_code": HESHUN,
        "duty_id": duty_id,
        "holder_name": "张三",
        "valid_from_date": SPRING,
        **said,
    }


ALL = [borne(duty_id) for duty_id in REQUIRED]


@pytest.mark.parametrize(
    ("people", "as_of", "detail"),
    [
        ([], SPRING, "township_lead,department,first_secretary"),
        (ALL, SPRING, None),
        (ALL, date(2018, 2, 28), "township_lead,department,first_secretary"),
        (ALL[:2], SPRING, "first_secretary"),
        ([*ALL[1:], borne("work_team")], SPRING, "township_lead"),
        ([*ALL[:2], borne(REQUIRED[2], valid_to_date=SPRING)], SPRING, None),
        (
            [*ALL[:2], borne(REQUIRED[2], valid_to_date=SPRING)],
            date(2018, 3, 2),
            "first_secretary",
        ),
        ([*ALL[:2], borne(REQUIRED[2], holder_name=None)], SPRING, "first_secretary"),
        (
            [
                *ALL[:2],
                borne(REQUIRED[2], holder_name=None, organisation_name="林业局"),
            ],
            SPRING,
            None,
        ),
    ],
)
def test_which_duties_nobody_bears(
    store: Store, people: list[dict], as_of: date, detail: str | None
) -> None:
    if people:
        tell(store, assignment=people)
    found = ask_of(TARGET, store, as_of)
    row = found.loc[HESHUN]
    assert row["standing"] == ("remaining" if detail else "cleared")
    assert (row["detail"] == detail) or pd.isna(row["detail"])
    if detail:
        is_all = detail.count(",") == len(REQUIRED) - 1
        assert row["reason"] == ("all_vacant" if is_all else "vacant")
    assert found.loc[LIUQUAN, "reason"] == "all_vacant"
    assert found.loc[LIUQUAN, ["amount_yuan", "gap_yuan"]].isna().all()


def test_it_is_read_at_its_number(store: Store) -> None:
    early, later = datetime(2018, 4, 1), datetime(2018, 5, 1)
    tell(store, assignment=ALL, at=early)
    tell(store, assignment=[borne(REQUIRED[0], valid_to_date=end_of(4))], at=later)
    for known_at, standing in [(early, "cleared"), (later, "remaining")]:
        found = ask_of(TARGET, store, end_of(5), known_at)
        assert found.loc[HESHUN, "standing"] == standing


def test_the_latest_word_on_a_duty_decides(store: Store) -> None:
    summer = date(2018, 7, 1)
    tell(store, assignment=ALL)
    vacated = borne(REQUIRED[0], holder_name="", valid_from_date=summer)
    tell(store, assignment=[vacated])
    assert ask_of(TARGET, store, end_of(6)).loc[HESHUN, "standing"] == "cleared"
    assert ask_of(TARGET, store, end_of(7)).loc[HESHUN, "detail"] == REQUIRED[0]
