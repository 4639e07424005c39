"""Is what arrived written down once, invisible, and taken back where it must be?"""

import threading
from datetime import date

from store import Store
from store.journal import Entry
from store.submissions import next_submission_no, note_submitted
from tests.making import lines, received, send

JUNE = (date(2018, 6, 1), date(2018, 6, 30))
ROWS = lines(("410581105200", "solar", *JUNE, None, "5.00"))


def state_of(store: Store, number: int) -> tuple[object, ...] | None:
    return store.row(
        "select state, decided_by from ops.submission where submission_no = $n",
        {"n": number},
    )


def test_numbers_are_given_out_once_whoever_asks(store: Store) -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(next_submission_no(store)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(min(found), min(found) + 8))


def test_what_is_sent_is_kept_and_no_figure_shows_it(store: Store) -> None:
    activity = "select activity_no from ops.activity"
    before = store.value(activity)
    number = send(store, ROWS)
    assert state_of(store, number) == ("submitted", None)
    assert store.vault.rows(number).equals(ROWS)
    counted = "select count(*) from core.income where submission_no = $n"
    assert store.value(counted, {"n": number}) == 1
    assert received(store) == {}
    assert store.value(activity) == before + 1
    last: Entry = list(store.journal.entries())[-1]
    assert (last["kind"], last["submission_no"]) == ("submitted", number)


def test_noting_twice_is_noting_once(store: Store) -> None:
    number = send(store, ROWS)
    note_submitted(store, list(store.journal.entries())[-1])
    counted = "select count(*) from ops.submission where submission_no = $n"
    assert store.value(counted, {"n": number}) == 1
