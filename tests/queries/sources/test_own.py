"""What does each income model count besides money? Hand-made papers, by hand."""

from decimal import Decimal

import pandas as pd
import pytest

from store import Store
from tests.etl.statements.grids import (
    CONTRACT,
    COOPERATIVE,
    FARMLAND,
    HOMETOWN,
    INVENTORY,
    KINDERGARTEN,
    with_cell,
)
from tests.making import Grid, load
from tests.queries.asking import DONGLI, LIUQUAN, end_of, give, months
from tests.queries.sources.asking import asked, known


@pytest.mark.parametrize(
    ("paper", "source_id", "quantity_id", "expected"),
    [
        (COOPERATIVE, "cooperative", "members", [("", 120, "户", "233.33")]),
        (FARMLAND, "farmland", "area", [("", Decimal("12.5"), "亩", "20000.00")]),
        (
            KINDERGARTEN,
            "kindergarten",
            "children",
            [("autumn_term", 45, "人", "711.11"), ("spring_term", 45, "人", "666.67")],
        ),
    ],
)
def test_money_per_unit(
    store: Store, paper: Grid, source_id: str, quantity_id: str, expected: list
) -> None:
    load(store, paper)
    found = asked(
        store,
        "per_unit",
        end_of(6),
        source_id=source_id,
        quantity_id=quantity_id,
    )
    assert set(found["village_code"]) == {LIUQUAN}
    columns = ["item_id", "quantity", "quantity_unit"]
    told = [
        (*(row[one] for one in columns), str(row["per_unit_yuan"]))
        for row in found.to_dict("records")
    ]
    assert told == expected


def test_members_without_dividend_stand_by_themselves(store: Store) -> None:
    load(store, with_cell(COOPERATIVE, 2, 3, ""))
    own = {"source_id": "cooperative", "quantity_id": "members"}
    [row] = asked(store, "per_unit", end_of(6), **own).to_dict("records")
    assert row["quantity"] == 120
    assert pd.isna(row["received_yuan"]) and pd.isna(row["per_unit_yuan"])


def test_pledges_arrive_on_their_own_paper(store: Store) -> None:
    load(store, HOMETOWN)
    give(store, (LIUQUAN, "2018-08", "乡脉", 50_000))
    [row] = asked(store, "pledges", end_of(9), source_id="hometown").to_dict("records")
    assert (row["due_yuan"], row["received_yuan"]) == (125_000, 20_000)
    # what came in August is no part of June's pledge
    assert row["open_yuan"] == 105_000
    assert row["arrived_share"] == pytest.approx(0.16)
    assert row["period_end"] == end_of(6)
    # a pledge stays open in the next year, and is none before it was made
    later = asked(store, "pledges", end_of(3, 2019), source_id="hometown")
    assert known(later.iloc[0], "open_yuan") == [105_000]
    assert asked(store, "pledges", end_of(5), source_id="hometown").empty


def test_arrears_and_contracts_that_were_let_again(store: Store) -> None:
    load(store, INVENTORY)
    found = asked(store, "recoveries", end_of(6)).set_index("village_code")
    columns = ["arrears_due_yuan", "arrears_received_yuan", "arrears_open_yuan"]
    columns += ["relet_contracts", "relet_received_yuan"]
    assert known(found.loc[LIUQUAN], *columns) == [5000, 3000, 2000, 3, 8000]
    # what came in of the arrears of 东里 is not said, 无 is zero
    assert known(found.loc[DONGLI], *columns) == [400, None, None, None, 0]
    assert dict(found["is_complete"]) == {LIUQUAN: True, DONGLI: False}


@pytest.mark.parametrize(
    ("month", "due", "received"),
    [(5, 0, 500), (6, 4500, 600), (12, 9000, 1000)],
)
def test_rents_fall_due_on_their_days(
    store: Store, month: int, due: int, received: int
) -> None:
    """9000 a year in equal parts on the 30th of June and the 31st of December."""
    load(store, CONTRACT)
    give(store, *((LIUQUAN, one, "承包费", 100) for one in months(1, 10)))
    how = {"source_id": "contracting", "within_days": 60}
    found = asked(store, "rents", end_of(month), **how).set_index("village_code")
    columns = ("contract_count", "rent_yuan_per_year", "due_yuan", "received_yuan")
    assert known(found.loc[LIUQUAN], *columns) == [1, 9000, due, received]
    assert known(found.loc[LIUQUAN], "open_yuan") == [due - received]
    # nobody said what 东里 received: that is not zero, and nothing is open
    assert known(found.loc[DONGLI], "received_yuan", "open_yuan") == [None, None]


def test_a_contract_that_ends_soon_is_expiring(store: Store) -> None:
    """Today is the 16th of November: 60 days on it is the 15th of January."""
    ended = ("2018-11-15", "2018-11-16", "2019-01-15", "2019-01-16")
    line = list(CONTRACT[3])
    lines = [
        [*line[:1], f"HT-{n}", *line[2:5], d, *line[6:]] for n, d in enumerate(ended)
    ]
    load(store, [*CONTRACT[:3], *lines])
    found = asked(store, "expiring", end_of(10), within_days=60)
    assert list(found["contract_id"]) == ["HT-1", "HT-2"]
    how = {"source_id": "contracting", "within_days": 60}
    rents = asked(store, "rents", end_of(10), **how)
    assert known(rents.iloc[0], "contract_count", "expiring_count") == [4, 2]
