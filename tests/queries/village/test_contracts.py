"""Which contracts of a village run, until when, and what do they bring?"""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from store import Store
from tests.queries.asking import (
    HESHUN,
    LIUQUAN,
    TOWNSHIP,
    end_of,
    moment,
    question,
    tell,
    viewer_of,
)


def contract(contract_id: str, end: date | None, **said: Any) -> dict[str, Any]:
    return {
        "village_code": HESHUN,
        "contract_id": contract_id,
        "start_date": date(2017, 1, 1),
        "end_date": end,
        **said,
    }


def contracts(store: Store, as_of: date, code: str = HESHUN) -> pd.DataFrame:
    when, viewer = moment(store, as_of), viewer_of(TOWNSHIP)
    return question("village/contracts", store, viewer, when, village_code=code)


def test_a_contract_with_its_cell_and_the_next_to_end_first(store: Store) -> None:
    tell(
        store,
        contract=[
            contract("甲", None),
            contract("乙", date(2020, 12, 31), due_days="06-30 12-31"),
            contract("丙", end_of(12), rent_yuan_per_year=Decimal(9000)),
        ],
    )
    found = contracts(store, end_of(6))
    assert list(found["contract_id"]) == ["丙", "乙", "甲"]
    assert list(found["cell"]) == ["A6", "A5", "A4"]
    assert found["file_name"].str.endswith(".xlsx").all()
    assert (found["rent_yuan_per_year"][0], found["due_days"][1]) == (
        9000,
        "06-30 12-31",
    )
    assert contracts(store, end_of(6), LIUQUAN).empty


@pytest.mark.parametrize(
    ("as_of", "is_in_force"),
    [
        (date(2016, 12, 31), False),
        (date(2017, 1, 1), True),
        (end_of(6), True),
        (date(2018, 7, 1), False),
    ],
)
def test_it_runs_from_its_first_to_its_last_day(
    store: Store, as_of: date, is_in_force: bool
) -> None:
    tell(store, contract=[contract("甲", end_of(6))])
    assert len(contracts(store, as_of)) == is_in_force
    tell(store, contract=[contract("甲", end_of(6), start_date=None)])
    assert len(contracts(store, date(2016, 12, 31))) == 1
