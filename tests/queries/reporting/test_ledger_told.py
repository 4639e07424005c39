"""What do ledgers, and ledgers alone, tell of each source in a month?"""

from datetime import date
from decimal import Decimal

from store import Store
from tests.making import load
from tests.queries.asking import (
    DONGLI,
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

MAY = date(2018, 5, 1)


def told(store: Store, *codes: str) -> dict[tuple[str, str], object]:
    """Return what was told of May."""
    when = moment(store, end_of(5))
    viewer = viewer_of(*codes)
    found = question("reporting/ledger_told", store, viewer, when, first_date=MAY)
    assert set(found["period_start"]) <= {MAY}
    keys = zip(found["village_code"], found["source_id"], strict=True)
    return dict(zip(keys, found["received_yuan"], strict=True))


def test_months_of_ledgers_are_told_and_no_other_paper(store: Store) -> None:
    give(
        store,
        (HESHUN, "2018-05", "光伏", 5),
        (HESHUN, "2018-05", "门面", "无"),
        (HESHUN, "2018-04", "光伏", 4),
        (HESHUN, "2018年上半年", "合作社", 9),
        (LIUQUAN, "2018-05", "管理费用", 3),
    )
    give(store, (DONGLI, "2018-05", "光伏", 1), is_accepted=False)
    tell(store, row(HESHUN, MAY, end_of(5), "solar", 77, statement="settlement"))
    assert told(store, TOWNSHIP) == {
        (HESHUN, "joint_shopfront"): Decimal(0),
        (HESHUN, "solar"): Decimal(5),
        (LIUQUAN, "admin_cost"): Decimal(3),
    }
    assert told(store, LIUQUAN) == {(LIUQUAN, "admin_cost"): Decimal(3)}


def test_a_later_ledger_replaces_and_what_is_due_is_not_received(store: Store) -> None:
    give(store, (HESHUN, "2018-05", "光伏", 5))
    give(store, (HESHUN, "2018-05", "光伏", 6))
    load(
        store,
        [["村代码", "月份", "来源", "应收（元）"], [LIUQUAN, "2018-05", "光伏", 8]],
    )
    found = told(store, TOWNSHIP)
    assert found.pop((LIUQUAN, "solar")) is None
    assert found == {(HESHUN, "solar"): Decimal(6)}
