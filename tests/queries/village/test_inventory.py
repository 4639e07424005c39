"""How far is a village's inventory, by its latest paper?"""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

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


def paper(half: int, **said: Any) -> dict[str, Any]:
    return {
        "village_code": HESHUN,
        "period_start": date(2018, 6 * half - 5, 1),
        "period_end": end_of(6 * half),
        **said,
    }


def inventory(store: Store, as_of: date, code: str = HESHUN) -> pd.DataFrame:
    when, viewer = moment(store, as_of), viewer_of(TOWNSHIP)
    return question("village/inventory", store, viewer, when, village_code=code)


def test_the_latest_paper_that_has_begun(store: Store) -> None:
    done = date(2018, 5, 20)
    tell(
        store,
        inventory=[
            paper(1, is_complete=True, completed_date=done, funds_yuan=Decimal(7)),
            paper(2, is_complete=False, resources_mu=Decimal("12.5")),
        ],
    )
    [first] = inventory(store, end_of(5)).to_dict("records")
    assert (first["is_complete"], first["completed_date"]) == (True, done)
    assert (first["first_completed_date"], first["funds_yuan"]) == (done, 7)
    assert (first["cell"], pd.isna(first["assets_yuan"])) == ("A4", True)
    [second] = inventory(store, end_of(7)).to_dict("records")
    assert (second["is_complete"], second["completed_date"]) == (False, None)
    assert second["first_completed_date"] == done
    assert second["resources_mu"] == Decimal("12.5")
    [early] = inventory(store, date(2018, 5, 19)).to_dict("records")
    assert early["first_completed_date"] is None


def test_without_a_paper_there_is_nothing(store: Store) -> None:
    tell(store, inventory=[paper(2, is_complete=True)])
    assert inventory(store, end_of(6)).empty
    assert inventory(store, end_of(8), LIUQUAN).empty
