"""Does an annulment leave everything as if the paper had never been accepted?"""

import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from base.errors import ShownError
from etl.accept import accept
from etl.annul import annul
from etl.door import load_file
from etl.rebuild import rebuild
from store import Store
from store.audit import broken_act
from store.publish import OPEN
from tests.etl.statements.grids import (
    ATTRIBUTES,
    CONTRACT,
    INVENTORY,
    JOINT,
    OF_L01,
    ROSTER,
    SHARES,
    with_cell,
)
from tests.making import BY, NOW, Grid, ledger, lines, load, received, send, xlsx

HESHUN = "410581105200"
JUNE, MAY = (
    (date(2018, 6, 1), date(2018, 6, 30)),
    (date(2018, 5, 1), date(2018, 5, 31)),
)
YEAR = (date(2018, 1, 1), date(2018, 12, 31))
Alone = Callable[[str, tuple[int, ...]], dict[str, pd.DataFrame]]
VERSION = "select version_no from ops.version"
MOVED = (
    "core.income_period",
    "core.expected",
    "core.project",
    "core.project_share",
    "core.inventory",
    "core.contract",
    "core.attribute",
    "core.assignment",
)
# What tells versions apart, and nothing of what counts.
_OF_VERSIONS = ["from_no", "to_no", "submission_no"]


def in_force(store: Store) -> dict[str, pd.DataFrame]:
    """Return all that counts now, without the numbers that papers have."""
    found = {}
    for table in MOVED:
        frame = store.frame(
            f"select * from {table} where to_no = $open", {"open": OPEN}
        ).drop(columns=_OF_VERSIONS, errors="ignore")
        order = frame.astype(str).sort_values(list(frame.columns)).index
        found[table] = frame.loc[order].reset_index(drop=True)
    return found


def assert_same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    for name, frame in one.items():
        pd.testing.assert_frame_equal(frame, other[name], obj=name)


def solar(*said: tuple[str, tuple[date, date], str | None]) -> Any:
    return lines(*((code, "solar", *when, None, got) for code, when, got in said))


def taken(store: Store, rows: Any) -> int:
    number = send(store, rows)
    accept(store, number, BY, NOW)
    return number


def taken_grid(store: Store, grid: Grid) -> int:
    loaded = load_file(store, xlsx(grid), "表.xlsx", BY, NOW, is_sent_anew=True)
    assert loaded.submission is not None
    assert loaded.submission.state == "accepted", loaded.checked.findings
    return loaded.submission.submission_no


def annulled(store: Store, number: int) -> None:
    annul(store, number, "报错了", BY, NOW)


def state_of(store: Store, number: int) -> str:
    wanted = "select state from ops.submission where submission_no = $no"
    return str(store.value(wanted, {"no": number}))


def assert_rebuilt(store: Store) -> None:
    said: list[str] = []
    assert rebuild(said.append) == 0, said
    assert "不同 0 条" in said[0]
    assert broken_act(store) is None


def test_what_counted_before_counts_again(store: Store) -> None:
    first = load(store, ledger([["河顺", 1, 2, 3], ["柳泉", 4, 5, 6]]))
    before = in_force(store)
    past = received(store)
    second = load(store, ledger([["河顺", 9, "撤销", ""]]))
    version = store.value(VERSION)
    annulled(store, second)
    assert_same(before, in_force(store))
    assert store.value(VERSION) == version + 1
    assert received(store, version_no=version) != past
    assert [state_of(store, n) for n in (first, second)] == ["accepted", "annulled"]
    last = list(store.journal.entries())[-1]
    assert (last["kind"], last["reason"]) == ("annulment", "报错了")
    assert_rebuilt(store)


def test_what_nobody_told_before_is_not_told_any_more(store: Store) -> None:
    before = in_force(store)
    number = load(store, ledger([["河顺", 1, 2, 3]]))
    annulled(store, number)
    assert_same(before, in_force(store))


def test_what_was_not_accepted_or_is_annulled_cannot_be_annulled(store: Store) -> None:
    waiting = send(store, solar((HESHUN, JUNE, "1")))
    done = taken(store, solar((HESHUN, JUNE, "1")))
    annulled(store, done)
    of_registry = store.value(
        "select min(submission_no) from ops.submission where statement = 'registry'"
    )
    length = store.journal.length
    for wrong in (waiting, done, int(of_registry), 99):
        with pytest.raises(ShownError, match=f"第 {wrong} 号"):
            annulled(store, wrong)
    assert store.journal.length == length


def test_months_count_again_without_the_year(store: Store) -> None:
    taken(store, solar((HESHUN, MAY, "1"), (HESHUN, JUNE, "2")))
    before = in_force(store)
    year = taken(store, solar((HESHUN, YEAR, "50")))
    assert set(received(store).values()) == {Decimal(50)}
    annulled(store, year)
    assert_same(before, in_force(store))
    assert set(received(store).values()) == {Decimal(1), Decimal(2)}


def test_the_annulled_bytes_may_be_sent_anew(store: Store) -> None:
    grid = ledger([["河顺", 1, 2, 3]])
    number = load(store, grid)
    before = in_force(store)
    annulled(store, number)
    assert load(store, grid) > number
    assert_same(before, in_force(store))


def test_a_fall_in_the_middle_leaves_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store, ATTRIBUTES)
    load(store, ledger([["河顺", 1, 2, 3]]))
    number = load(store, ledger([["河顺", 9, "撤销", ""]]))
    other = load(store, with_cell(ATTRIBUTES, 2, 2, "集镇"))
    before, version = in_force(store), store.value(VERSION)

    def fall(*_given: object) -> None:
        raise OSError("full")

    for place in ("etl.annul.follow", "store.journal.Journal.append"):
        for one in (number, other):
            with monkeypatch.context() as patch:
                patch.setattr(place, fall)
                with pytest.raises(OSError, match="full"):
                    annulled(store, one)
            assert_same(before, in_force(store))
            assert (state_of(store, one), store.value(VERSION)) == (
                "accepted",
                version,
            )
    annulled(store, other)
    annulled(store, number)
    assert_rebuilt(store)


def test_what_fell_after_the_journal_is_finished(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = in_force(store)
    number = load(store, ledger([["河顺", 1, 2, 3]]))

    def fall(*_given: object) -> None:
        raise OSError("full")

    with monkeypatch.context() as patch:
        patch.setattr("store.publish.settle", fall)
        with pytest.raises(OSError, match="full"):
            annulled(store, number)
    with store.writing():
        assert state_of(store, number) == "annulled"
    assert_same(before, in_force(store))
    assert broken_act(store) is None


def holders(first: str, second: str) -> Grid:
    """Return a share table of 柳泉 and 东里 alone."""
    return [
        *SHARES[:2],
        [*OF_L01, "河顺镇", "柳泉", first, "2018-01-01"],
        [*OF_L01, "河顺镇", "东里", second, "2018-01-01"],
    ]


PAPERS: dict[str, list[Grid]] = {
    "units": [
        ledger([["河顺", 1, 2, 3], ["柳泉", 4, 5, 6]]),
        ledger([["河顺", "撤销", 7, ""]]),
        ledger([["河顺", 8, "撤销", ""], ["柳泉", "", 9, ""]]),
    ],
    "overlaps": [
        ledger([["河顺", 1, 2, 3]]),
        ledger([["河顺", 50, 60, ""]], title="河顺镇2018年二季度收入台账"),
        ledger([["河顺", 90, "撤销", 0]], title="河顺镇2018年二季度收入台账"),
    ],
    "joint": [SHARES, JOINT, holders("70%", "30%")],
    "income": [holders("70%", "30%"), JOINT, with_cell(JOINT, 3, 6, 300)],
    "attributes": [
        ATTRIBUTES,
        with_cell(ATTRIBUTES, 2, 7, "2016-08-01"),
        with_cell(ATTRIBUTES, 3, 6, 500),
    ],
    "contracts": [
        CONTRACT,
        with_cell(CONTRACT, 3, 6, 5000),
        with_cell(CONTRACT[:4], 3, 2, "李某"),
    ],
    "inventories": [
        INVENTORY,
        with_cell(INVENTORY, 3, 4, 99),
        with_cell(INVENTORY, 4, 1, "是"),
    ],
    "rosters": [ROSTER, with_cell(ROSTER, 2, 3, "钱某"), ROSTER[:3]],
}


# Papers that reach into each other; of the others two orders show as much.
EVERY_ORDER = ("units", "attributes", "joint")
ORDERS = ([(0, 2, 1), (1, 0, 2)], list(permutations(range(3))))


@pytest.fixture(scope="module")
def alone(new_var: Path, tmp_path_factory: pytest.TempPathFactory) -> Alone:
    """Return what counts where only some papers were ever accepted."""

    @cache
    def counts(name: str, left: tuple[int, ...]) -> dict[str, pd.DataFrame]:
        folder = tmp_path_factory.mktemp("alone") / "var"
        shutil.copytree(new_var, folder)
        store = Store(folder)
        for paper in left:
            taken_grid(store, PAPERS[name][paper])
        found = in_force(store)
        store.close()
        return found

    return counts


@pytest.mark.parametrize("name", PAPERS)
def test_in_every_order_what_is_left_counts_as_if_alone(
    store: Store, alone: Alone, name: str
) -> None:
    for order in ORDERS[name in EVERY_ORDER]:
        numbers = [taken_grid(store, grid) for grid in PAPERS[name]]
        left = [0, 1, 2]
        assert_same(alone(name, tuple(left)), in_force(store))
        for paper in order:
            annulled(store, numbers[paper])
            left.remove(paper)
            assert_same(alone(name, tuple(left)), in_force(store))
    assert_rebuilt(store)


def test_what_was_restored_may_be_annulled_and_replaced_again(
    store: Store, alone: Alone
) -> None:
    for name in ("attributes", "joint", "units"):
        first, second, third = PAPERS[name]
        one = taken_grid(store, first)
        annulled(store, taken_grid(store, second))
        last = taken_grid(store, third)
        annulled(store, one)
        assert_same(alone(name, (2,)), in_force(store))
        annulled(store, last)
        assert_same(alone(name, ()), in_force(store))
    assert_rebuilt(store)
