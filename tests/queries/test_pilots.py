"""Do pilots stand beside the rest, each group with its number?"""

from decimal import Decimal

import pandas as pd

from queries.pilots import beside_others


def test_medians_and_shares_of_each_level() -> None:
    villages = pd.DataFrame(
        [
            ("province", 100, "cleared"),
            ("province", 300, "met_last_year"),
            ("township", None, "remaining"),
            ("none", 10, "remaining"),
            ("none", 20, "cleared"),
            (None, 999, "cleared"),
        ],
        columns=["pilot_level", "yuan", "standing"],
    )
    amounts = [None if pd.isna(one) else Decimal(one) for one in villages["yuan"]]
    found = beside_others(villages.assign(income_yuan=amounts))
    assert found.astype(object).where(found.notna(), None).to_numpy().tolist() == [
        ["province", 2, 2, Decimal(200), 2, 1.0],
        ["township", 1, 0, None, 0, 0.0],
        ["pilots", 3, 2, Decimal(200), 2, 2 / 3],
        ["none", 2, 2, Decimal(15), 1, 0.5],
    ]


def test_without_villages_there_is_no_group() -> None:
    columns = ["pilot_level", "income_yuan", "standing"]
    assert beside_others(pd.DataFrame(columns=columns)).empty
