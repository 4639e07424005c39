"""What has each source brought this year, in how many villages, and what was due?"""

from datetime import date

import pandas as pd

from store import Store
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    TOWNSHIP,
    end_of,
    give,
    joint,
    moment,
    question,
    row,
    share,
    tell,
    viewer_of,
)


def sources(store: Store, as_of: date) -> pd.DataFrame:
    viewer, when = viewer_of(TOWNSHIP), moment(store, as_of)
    return question("progress/sources", store, viewer, when).set_index("source_id")


def of_villages(store: Store, as_of: date) -> dict[tuple[str, str], object]:
    viewer, when = viewer_of(TOWNSHIP), moment(store, as_of)
    found = question("progress/village_sources", store, viewer, when)
    keys = zip(found["village_code"], found["source_id"], strict=True)
    assert not found.duplicated(["village_code", "source_id"]).any()
    return dict(zip(keys, found["received_yuan"], strict=True))


def test_villages_amounts_and_what_was_due(store: Store) -> None:
    give(
        store,
        (HESHUN, "2018-01", "光伏", 10, 12),
        (HESHUN, "2018-02", "光伏", 20, 22),
        (LIUQUAN, "2018-01", "光伏", "", 40),
        (DONGLI, "2018-01", "光伏", "无"),
        (DONGLI, "2018-01", "管理费用", 5),
        (DONGLI, "2017-12", "门面", 5),
    )
    found = sources(store, end_of(2))
    assert list(found.index) == ["solar"]
    columns = ["village_count", "told_count", "received_yuan", "due_yuan"]
    assert list(found.loc["solar", columns]) == [2, 3, 30, 74]
    assert sources(store, end_of(1)).loc["solar", "received_yuan"] == 10


def test_money_told_twice_counts_once(store: Store) -> None:
    """The settlement goes before the ledger, the quarter before its months."""
    give(
        store,
        (HESHUN, "2018-01", "光伏", 10, 12),
        (HESHUN, "2018-01", "门面", 3),
        (HESHUN, "2018年一季度", "门面", 9),
    )
    day = date(2018, 1, 1)
    tell(store, row(HESHUN, day, end_of(1), received=15, statement="settlement"))
    assert of_villages(store, end_of(1)) == {
        (HESHUN, "solar"): 15,
        (HESHUN, "joint_shopfront"): 3,
    }
    assert sources(store, end_of(1)).loc["solar", "due_yuan"] == 12
    assert sources(store, end_of(3)).loc["joint_shopfront", "received_yuan"] == 9


def test_a_project_is_counted_by_its_parts(store: Store) -> None:
    day = date(2018, 1, 1)
    tell(
        store,
        joint("P1", day, end_of(6), 100),
        row(HESHUN, day, end_of(6), line_kind="quantity", quantity=7),
        share=share("P1", day, {LIUQUAN: "60", DONGLI: "40"}),
    )
    assert of_villages(store, end_of(6)) == {
        (LIUQUAN, "joint_base"): 60,
        (DONGLI, "joint_base"): 40,
    }
    found = sources(store, end_of(6)).loc["joint_base"]
    assert (found["village_count"], found["received_yuan"]) == (2, 100)
