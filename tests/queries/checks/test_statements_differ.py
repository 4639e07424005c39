"""Where do two statements in force tell of other money for exactly the same span?"""

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
    give,
    moment,
    question,
    row,
    tell,
    viewer_of,
)

FIRST, YEAR = date(2018, 1, 1), end_of(12)


def differ(
    store: Store, tolerance_yuan: str | None = "0", as_of: date = YEAR
) -> pd.DataFrame:
    return question(
        "checks/statements_differ",
        store,
        viewer_of(TOWNSHIP),
        moment(store, as_of),
        tolerance_yuan=None if tolerance_yuan is None else Decimal(tolerance_yuan),
    )


def settled(**said: Any) -> dict[str, Any]:
    return row(HESHUN, FIRST, end_of(1), statement="settlement", **said)


def test_both_amounts_and_their_difference(store: Store) -> None:
    give(store, (HESHUN, "2018-01", "光伏", 100, 130), (LIUQUAN, "2018-01", "光伏", 5))
    tell(store, settled(received=90, due=130))
    [found] = differ(store).to_dict("records")
    assert (found["village_code"], found["source_id"]) == (HESHUN, "solar")
    assert (found["period_start"], found["period_end"]) == (FIRST, end_of(1))
    assert found["amount_kind"] == "received"
    assert (found["statement"], found["other_statement"]) == ("ledger", "settlement")
    assert (found["one_amount_yuan"], found["other_amount_yuan"]) == (100, 90)
    assert found["amount_yuan"] == 10
    assert found["difference_yuan"] == 10
    assert differ(store, as_of=date(2018, 1, 30)).empty


@pytest.mark.parametrize(
    ("tolerance", "is_found"),
    [("9.99", True), ("10", False), ("10.01", False), (None, True)],
)
def test_the_tolerance_is_still_alike(
    store: Store, tolerance: str | None, is_found: bool
) -> None:
    give(store, (HESHUN, "2018-01", "光伏", 90))
    tell(store, settled(received=100))
    assert differ(store, tolerance).empty is not is_found


def test_projects_and_items_of_a_statement_add_up(store: Store) -> None:
    give(store, (HESHUN, "2018-01", "光伏", 100))
    electricity = settled(received=60, item_id="electricity")
    subsidy = settled(received=40, item_id="subsidy")
    tell(store, electricity, subsidy)
    assert differ(store).empty
    tell(store, electricity, {**subsidy, "project_id": "P1"})
    assert differ(store).empty
    # the unit of the project alone is replaced
    tell(store, {**subsidy, "project_id": "P1", "amount_received_yuan": Decimal(39)})
    assert list(differ(store)["difference_yuan"]) == [1]


def test_a_sum_that_is_not_known_is_not_alike(store: Store) -> None:
    give(store, (HESHUN, "2018-01", "光伏", 100))
    tell(
        store,
        settled(received=100, item_id="electricity"),
        settled(due=7, item_id="subsidy"),
    )
    [found] = differ(store, "1000").to_dict("records")
    assert pd.isna(found["other_amount_yuan"]) and pd.isna(found["difference_yuan"])


def test_who_tells_nothing_of_a_kind_differs_from_nobody(store: Store) -> None:
    give(store, (HESHUN, "2018-01", "光伏", 100))
    tell(store, settled(due=70))
    tell(store, row(HESHUN, FIRST, end_of(3), received=5, statement="detail"))
    before = row(HESHUN, date(2017, 12, 1), end_of(1), received=5, statement="detail")
    tell(store, before)
    tell(store, settled(line_kind="quantity", quantity=Decimal(5), item_id="energy"))
    assert differ(store).empty
