"""Does a table replace the one in force as a whole, and only when it differs?"""

from dataclasses import replace
from datetime import date

import pytest

from base.catalogue import catalogue
from etl.door import opened
from etl.published import latest_sha256, publish_table
from etl.registry import Registry, registry
from etl.registry_rows import registry_rows
from store import Store
from store.vault import sha256_of
from tests.making import BY, NOW

HESHUN = "410581105200"
VERSION = "select version_no from ops.version"


def publish_registry(store: Store, villages: Registry) -> int | None:
    rows = registry_rows(villages, catalogue())
    content = rows.to_pandas().to_csv(index=False).encode()
    return publish_table(
        store, "registry", content, "villages.csv", rows, catalogue(), BY, NOW
    )


def with_name(name: str) -> Registry:
    changed = [
        replace(village, short_name=name) if code == HESHUN else village
        for code, village in registry().villages.items()
    ]
    return Registry(changed)


def name_at(store: Store, version_no: int) -> list[str]:
    frame = store.frame(
        "select village_name from core.village "
        "where village_code = $code and is_in_force(from_no, to_no, $version_no)",
        {"code": HESHUN, "version_no": version_no},
    )
    return list(frame["village_name"])


def test_the_shipped_registry_is_in_force_with_what_all_owe(store: Store) -> None:
    version = store.value(VERSION)
    assert name_at(store, version) == ["河顺"]
    counted = "select count(*), count(distinct village_code) from core.village"
    assert store.row(counted) == (589, 589)
    owed = store.frame(
        "select statement, cadence, due_days, owed_to_date, count(*) as villages "
        "from core.expected group by all order by statement",
        {},
    )
    assert owed["statement"].tolist() == ["contract", "inventory", "ledger", "roster"]
    assert owed["cadence"].tolist() == ["year", "half_year", "month", "half_year"]
    assert owed["due_days"].tolist() == [31, 30, 10, 31]
    assert set(owed["owed_to_date"]) == {date(9999, 12, 31)}
    assert set(owed["villages"]) == {589}


def test_the_same_registry_publishes_no_number(store: Store) -> None:
    before = (store.value(VERSION), store.journal.length)
    assert publish_registry(store, registry()) is None
    assert opened() is store
    assert (store.value(VERSION), store.journal.length) == before


def test_a_changed_registry_publishes_one_and_may_change_back(store: Store) -> None:
    first = store.value(VERSION)
    assert publish_registry(store, with_name("河顺新村")) == first + 1
    assert publish_registry(store, with_name("河顺新村")) is None
    assert publish_registry(store, registry()) == first + 2
    names = [name_at(store, first + step) for step in range(3)]
    assert names == [["河顺"], ["河顺新村"], ["河顺"]]
    counted = "select count(*) from core.village where is_in_force(from_no, to_no, $v)"
    assert {store.value(counted, {"v": first + step}) for step in range(3)} == {589}


def test_a_table_that_cannot_be_written_leaves_the_one_in_force(store: Store) -> None:
    before = (store.value(VERSION), latest_sha256(store, "registry"))
    lacking = registry_rows(registry(), catalogue()).drop_columns(["village_name"])
    with pytest.raises(Exception, match="village_name"):
        publish_table(
            store, "registry", b"lacking", "x.csv", lacking, catalogue(), BY, NOW
        )
    assert (store.value(VERSION), latest_sha256(store, "registry")) == before
    assert name_at(store, before[0] + 1) == ["河顺"]
    assert latest_sha256(store, "registry") != sha256_of(b"lacking")
    assert publish_registry(store, with_name("河顺新村")) == before[0] + 2
