"""Does a number show a change whole or not at all, and is it never used twice?"""

import threading
from collections.abc import Callable

import pytest

from store import Conflict, Cursor, Store
from store.publish import OPEN, pass_fence, publish, undo
from tests.making import NOW

ENTRY = {"kind": "acceptance", "actor": "测试", "submission_no": 0}
VERSION = "select version_no from ops.version"


def place(name: str) -> Callable[[Cursor, int], None]:
    """Write what replaces the one row of a table that figures read."""

    def write(cursor: Cursor, number: int) -> None:
        cursor.execute(
            "update core.township_shape set to_no = $n where to_no = $open",
            {"n": number, "open": OPEN},
        )
        cursor.execute(
            "insert into core.township_shape (township_code, from_no, to_no) "
            "values ($name, $n, $open)",
            {"name": name, "n": number, "open": OPEN},
        )

    return write


def fails(cursor: Cursor, number: int) -> None:
    place("half")(cursor, number)
    raise RuntimeError("half way")


def visible(store: Store, version_no: int | None = None) -> list[str]:
    frame = store.frame(
        "select township_code from core.township_shape "
        "where is_in_force(from_no, to_no, $v) order by 1",
        {"v": version_no or store.value(VERSION)},
    )
    return list(frame["township_code"])


def state_of(store: Store, number: int) -> str:
    return str(
        store.value(
            "select state from ops.acceptance where acceptance_no = $n", {"n": number}
        )
    )


@pytest.fixture
def first(store: Store) -> int:
    """The number of a first publication; the store has its registry and map before."""
    return publish(store, ENTRY, place("one"), NOW)


def test_the_number_grows_by_one_and_the_past_stays(store: Store, first: int) -> None:
    assert store.value(VERSION) == first
    assert publish(store, ENTRY, place("two"), NOW) == first + 1
    assert visible(store) == ["two"]
    assert visible(store, first) == ["one"]
    assert state_of(store, first + 1) == "published"


def test_what_fails_is_not_visible_and_its_number_is_spent(
    store: Store, first: int
) -> None:
    with pytest.raises(RuntimeError, match="half way"):
        publish(store, ENTRY, fails, NOW)
    assert (visible(store), store.value(VERSION)) == (["one"], first)
    assert state_of(store, first + 1) == "undone"
    assert publish(store, ENTRY, place("two"), NOW) == first + 2
    assert visible(store) == ["two"]
    numbers = [e["number"] for e in store.journal.entries() if "number" in e]
    assert numbers[-2:] == [first, first + 2]


def test_what_the_journal_could_not_take_is_undone(
    store: Store, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_entry: object) -> None:
        raise OSError("full")

    with monkeypatch.context() as patch:
        patch.setattr(store.journal, "append", full)
        with pytest.raises(OSError, match="full"):
            publish(store, ENTRY, place("lost"), NOW)
    assert publish(store, ENTRY, place("two"), NOW) == first + 2
    assert visible(store) == ["two"]
    assert visible(store, first) == visible(store, first + 1) == ["one"]


def test_a_late_holder_of_the_fence_changes_nothing(store: Store, first: int) -> None:
    late = first + 1
    undo(store, late)
    for number in (late, first):
        with pytest.raises(Conflict), store.transaction() as cursor:
            pass_fence(cursor, number)
            place("late")(cursor, number)
    assert visible(store) == ["one"]
    with store.transaction() as cursor:
        pass_fence(cursor, late + 1)
    assert store.value("select last_no from core.fence") == late + 1


def test_undoing_takes_back_what_a_number_wrote_and_twice_is_once(
    store: Store, first: int
) -> None:
    late = first + 1
    with store.transaction() as cursor:
        pass_fence(cursor, late)
        place("two")(cursor, late)
    assert visible(store, late) == ["two"]
    for _time in range(2):
        undo(store, late)
        assert visible(store, late) == ["one"]
        assert store.value("select last_no from core.fence") == late


def test_threads_publish_one_after_the_other(store: Store, first: int) -> None:
    numbers: list[int] = []

    def work(name: str) -> None:
        numbers.append(publish(store, ENTRY, place(name), NOW))

    threads = [threading.Thread(target=work, args=[str(n)]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(first + 1, first + 9))
    assert all(len(visible(store, number)) == 1 for number in numbers)
    assert store.value(VERSION) == first + 8
    assert store.journal.broken_line() is None
