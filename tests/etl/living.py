"""What does a store hold in which something of every kind has happened?"""

from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from base.catalogue import catalogue
from etl.maps.geography import import_positions
from etl.registry import registry
from etl.review import withdraw
from store import Cursor, Store
from store.about import set_about
from store.publish import VERSIONED, publish
from tests.making import BY, NOW, ledger, load

ENTRY = {"kind": "acceptance", "actor": "测试"}
OPS = ["version", "acceptance", "submission", "about"]


def everything(store: Store) -> dict[str, pd.DataFrame]:
    """Return all that the store holds, but for numbers that came to nothing."""
    tables = {name: f"select * from {name}" for name in [*VERSIONED, "core.income"]}
    tables |= {name: f"select * from ops.{name}" for name in OPS}
    tables["acceptance"] += " where state <> 'undone'"
    return {
        name: store.frame(f"{sql} order by all", {}).drop(
            columns="reserved_at", errors="ignore"
        )
        for name, sql in tables.items()
    }


def assert_same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    for name, frame in one.items():
        pd.testing.assert_frame_equal(frame, other[name], obj=name)


def fails(_cursor: Cursor, _number: int) -> None:
    raise ZeroDivisionError


def live(store: Store) -> None:
    """Let something of every kind happen."""
    months: list[tuple[int, list[Any]]] = [
        (4, [10.5, 20, 0]),
        (5, [11, "无", 0.01]),
        (6, [12, 3, "—"]),
    ]
    for month, amounts in months:
        title = f"林州市河顺镇2018年{month}月村级集体经济收入台账"
        load(store, ledger([["河顺", *amounts], ["柳泉", 1, 2, 3]], title=title))
    quarter = "林州市河顺镇2018年二季度村级集体经济收入台账"
    load(store, ledger([["河顺", 100, 0, 0]], title=quarter), datetime(2018, 11, 17))
    load(store, ledger([["河顺", "坏", 77, 1]]), is_good_rows_enough=True)
    load(store, ledger([["东里", 1, 1, 1]]), is_accepted=False)
    waiting = load(store, ledger([["东里", 2, 2, 2]]), is_accepted=False)
    withdraw(store, waiting, BY, NOW)
    with pytest.raises(ZeroDivisionError):
        publish(store, {**ENTRY, "submission_no": waiting}, fails, NOW)
    set_about(store, "key", "one", NOW)
    set_about(store, "key", "two", NOW)
    places = "村代码,经度,纬度\n410581105200,113.9,36.1\n".encode()
    import_positions(store, places, "WGS84", registry(), catalogue(), BY, NOW)
