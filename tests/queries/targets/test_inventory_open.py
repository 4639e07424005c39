"""Which villages have not completed the inventory of what they own?"""

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from base.catalogue import catalogue
from store import Store
from tests.queries.asking import HESHUN, LIUQUAN, ask_of, end_of, tell

TARGET = catalogue().target("inventory_open")
JUNE = date(2018, 6, 20)
EARLY, LATER = datetime(2018, 7, 5), datetime(2018, 9, 5)


def paper(is_complete: bool | None, day: date | None, half: int = 1) -> dict[str, Any]:
    first = date(2018, 1, 1) if half == 1 else date(2018, 7, 1)
    return {
        "village_code": HESHUN,
        "period_start": first,
        "period_end": end_of(6 * half),
        "is_complete": is_complete,
        "completed_date": day,
    }


@pytest.mark.parametrize(
    ("papers", "as_of", "reason"),
    [
        ([], JUNE, "no_inventory"),
        ([paper(True, JUNE)], JUNE, None),
        ([paper(True, JUNE)], date(2018, 6, 19), "under_way"),
        ([paper(True, None)], JUNE, "undated"),
        ([paper(None, JUNE)], JUNE, "under_way"),
        ([paper(False, JUNE)], JUNE, "under_way"),
        ([paper(False, None, half=2)], JUNE, "no_inventory"),
        ([paper(True, JUNE), paper(False, None, half=2)], end_of(8), None),
    ],
)
def test_who_has_not_completed_it(
    store: Store, papers: list[dict], as_of: date, reason: str | None
) -> None:
    if papers:
        tell(store, inventory=papers)
    found = ask_of(TARGET, store, as_of)
    row = found.loc[HESHUN]
    assert row["standing"] == ("remaining" if reason else "cleared")
    assert (row["reason"] == reason) or pd.isna(row["reason"])
    money = found.loc[LIUQUAN, ["amount_yuan", "other_yuan", "gap_yuan"]]
    assert money.isna().all()


def test_a_correction_opens_it_again_and_the_past_stays(store: Store) -> None:
    tell(store, inventory=[paper(True, JUNE)], at=EARLY)
    tell(store, inventory=[paper(False, None)], at=LATER)
    now = ask_of(TARGET, store, end_of(8), LATER)
    then = ask_of(TARGET, store, end_of(8), EARLY)
    assert now.loc[HESHUN, "standing"] == "remaining"
    assert then.loc[HESHUN, "standing"] == "cleared"
