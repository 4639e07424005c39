"""Does each question read at its number, so that later papers change no past answer?"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

import queries
from base.catalogue import catalogue
from queries import Moment
from store import Store
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    TARGET,
    end_of,
    give,
    joint,
    moment,
    row,
    share,
    tell,
    viewer_of,
)
from tests.queries.conftest import Make

EARLY, LATER = datetime(2018, 7, 20), datetime(2018, 9, 1)
FIRST, CLOSE = date(2018, 1, 1), end_of(12, 2017)
CITY = viewer_of("410581")
NAMES = [
    "checks/statements_differ",
    "places/attributes",
    "progress/measures",
    "progress/restated",
    "progress/sources",
    "progress/village_sources",
    "village/contracts",
    "village/figures",
    "village/inventory",
    "village/measures",
    "village/people",
    "village/projects",
]
# 河顺 has income in both rounds, so it never stands among those without any.
TARGETS = [t.id for t in catalogue().targets if t.id != "no_income"]


def papers(store: Store, at: datetime, step: int) -> None:
    """Send a round of papers in; the second one corrects all that the first tells."""
    give(
        store,
        (HESHUN, "2017-12", "光伏", 30_000 * step),
        (HESHUN, "2018-01", "光伏", 30_000 * step),
        (HESHUN, "2018-01", "经营支出", step),
        at=at,
    )
    tell(
        store,
        row(HESHUN, FIRST, end_of(1), received=step, statement="detail"),
        joint("P1", FIRST, end_of(3), 100 * step),
        at=at,
        project=[{"project_id": "P1", "project_name": f"基地{step}"}],
        share=share("P1", FIRST, {HESHUN: f"{50 + step}", LIUQUAN: f"{50 - step}"}),
        **facts(step),
    )


def facts(step: int) -> dict[str, list[dict[str, Any]]]:
    """Return what each round tells besides money; only the second is complete."""
    of_village = {"village_code": HESHUN}
    duties = [i for i, duty in catalogue().duties.items() if duty.is_required]
    return {
        "inventory": [
            {
                **of_village,
                "period_start": FIRST,
                "period_end": end_of(6),
                "is_complete": step == 2,
                "completed_date": end_of(5),
            }
        ],
        "contract": [
            {
                **of_village,
                "contract_id": "甲",
                "rent_yuan_per_year": Decimal(step),
            }
        ],
        "attribute": [
            {
                **of_village,
                "attribute_id": "exit_year",
                "attribute_value": f"201{step}",
                "valid_from_date": FIRST,
            }
        ],
        "assignment": [
            {
                **of_village,
                "duty_id": duty_id,
                "holder_name": "张三" if step == 2 else None,
                "valid_from_date": FIRST,
            }
            for duty_id in duties
        ],
    }


def answers(store: Store, when: Moment) -> dict[str, pd.DataFrame]:
    """Return the answer to each question, and to each target of where 河顺 stands."""
    days = [(day, when.version_no) for day in (when.as_of, CLOSE)]
    params = {"village_code": HESHUN, "tolerance_yuan": 0, "before_date": None}
    found = {
        name: queries.ask(name, TARGET, CITY, store, when, days, **params)
        for name in NAMES
    }
    for target in catalogue().targets:
        villages = queries.ask(
            "progress/villages", target, CITY, store, when, days, **params
        )
        found[target.id] = villages.set_index("village_code").loc[[HESHUN, DONGLI]]
    return found


@pytest.fixture(scope="module")
def rounds(
    new_store: Make, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, pd.DataFrame], ...]:
    """The answers after the first round, then of the first again, then of the second.

    The list of 2018 was closed before either, by a paper that told of 柳泉 alone.
    """
    store = new_store(tmp_path_factory.mktemp("rounds"))
    try:
        paper = (LIUQUAN, "2017-12", "光伏", 1)
        give(store, paper, at=datetime(2018, 1, 10))
        papers(store, EARLY, 1)
        first = moment(store, end_of(6), EARLY)
        at_first = answers(store, first)
        papers(store, LATER, 2)
        return at_first, answers(store, first), answers(store, moment(store, end_of(6)))
    finally:
        store.close()


@pytest.mark.parametrize("name", [*NAMES, *TARGETS])
def test_a_correction_changes_the_present_and_not_the_past(
    rounds: tuple[dict[str, pd.DataFrame], ...], name: str
) -> None:
    at_first, again, now = (answer[name] for answer in rounds)
    pd.testing.assert_frame_equal(again, at_first)
    assert not now.equals(at_first), name
