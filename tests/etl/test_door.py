"""Does every file come in through one door: checked, sent, accepted or left waiting?"""

import threading
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from base.clock import FixedClock, SystemClock
from base.settings import settings
from etl.door import (
    DEMO_NOW,
    NO_ANSWERS,
    check_file,
    clock_of,
    is_demo,
    load_file,
    opened,
)
from store import Store
from store.about import set_about
from tests.making import BY, NOW, codes_of, ledger, load, received, text, xlsx

HESHUN, LIUQUAN = "410581105200", "410581105201"
JUNE = date(2018, 6, 30)
GOOD = ledger([["河顺", 1, 2, 3], ["柳泉", 4, 5, 6]])
# 河顺 has one amount that cannot be read, and its others stand.
HALF_BAD = ledger([["河顺", "约10", 20, 30], ["柳泉", 40, 50, 60]])


def state_of(store: Store, submission_no: int) -> str:
    no = {"no": submission_no}
    wanted = "select state from ops.submission where submission_no = $no"
    return str(store.value(wanted, no))


def test_a_good_file_counts_at_once_unless_it_is_to_be_reviewed(store: Store) -> None:
    waiting = load(store, GOOD, is_accepted=False)
    assert (state_of(store, waiting), received(store)) == ("submitted", {})
    assert load(store, GOOD) == waiting
    assert state_of(store, waiting) == "accepted"
    assert received(store)[LIUQUAN, "solar", JUNE] == 4


def test_a_file_with_errors_waits_unless_good_rows_are_enough(store: Store) -> None:
    load(store, GOOD)
    before = received(store)
    number = load(store, HALF_BAD)
    assert (state_of(store, number), received(store)) == ("submitted", before)
    assert load(store, HALF_BAD, is_good_rows_enough=True) == number
    assert state_of(store, number) == "accepted"
    after = received(store)
    assert after.pop((HESHUN, "solar", JUNE)) == 1  # rejected: the earlier value stays
    assert after == {
        (HESHUN, "cooperative", JUNE): Decimal(20),
        (HESHUN, "joint_shopfront", JUNE): Decimal(30),
        (LIUQUAN, "solar", JUNE): Decimal(40),
        (LIUQUAN, "cooperative", JUNE): Decimal(50),
        (LIUQUAN, "joint_shopfront", JUNE): Decimal(60),
    }


def test_a_file_that_is_read_otherwise_today_is_sent_anew(store: Store) -> None:
    too_early = load(store, GOOD, datetime(2018, 5, 31, 9))
    assert state_of(store, too_early) == "submitted"
    number = load(store, GOOD, datetime(2018, 7, 5, 9))
    assert number > too_early
    assert [state_of(store, n) for n in (too_early, number)] == [
        "withdrawn",
        "accepted",
    ]
    assert len(received(store)) == 6


def test_what_is_no_table_leaves_nothing(store: Store) -> None:
    length = store.journal.length
    for content in (b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04 broken"):
        loaded = load_file(store, content, "照片.xlsx", BY, NOW)
        assert loaded.submission is None
        assert not loaded.checked.is_readable
    assert store.journal.length == length


def test_a_file_that_is_too_big_is_refused(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VILLAGE_LARGEST_FILE_MB", "1")
    settings.cache_clear()
    content = text(GOOD) + b"\n" * 1_000_000
    loaded = load_file(store, content, "台账.csv", BY, NOW)
    assert codes_of(loaded.checked.findings) == ["too_big"]
    assert loaded.submission is None
    small = load_file(store, content[:-500_000], "台账.csv", BY, NOW)
    assert small.submission is not None
    assert small.submission.state == "accepted"


def test_a_dry_run_reads_as_loading_does(store: Store) -> None:
    content = xlsx(HALF_BAD)
    dry = check_file(content, "台账.xlsx", NO_ANSWERS, FixedClock(NOW))
    loaded = load_file(store, content, "台账.xlsx", BY, NOW)
    assert dry == replace(loaded.checked, rows=dry.rows)
    assert dry.rows.equals(loaded.checked.rows)
    assert (dry.rows.num_rows, dry.rejected) == (5, 1)


def test_eight_who_load_at_once_lose_nothing(store: Store) -> None:
    months = range(1, 9)

    def work(month: int) -> None:
        title = f"林州市河顺镇2018年{month}月村级集体经济收入台账"
        load(store, ledger([["河顺", month, 0, "无"]], title=title))

    threads = [threading.Thread(target=work, args=[month]) for month in months]
    version = store.value("select version_no from ops.version")
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    solar = {
        end.month: int(amount or 0)
        for (_village, source, end), amount in received(store).items()
        if source == "solar"
    }
    assert solar == {month: month for month in months}
    assert store.value("select version_no from ops.version") == version + 8
    states = store.frame("select state from ops.submission", {})["state"]
    assert states.tolist() == ["accepted"] * 12
    assert store.journal.broken_line() is None


def test_eight_who_load_the_same_file_make_one_submission(store: Store) -> None:
    numbers: list[int] = []
    threads = [
        threading.Thread(target=lambda: numbers.append(load(store, GOOD)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(numbers) == 8
    assert len(set(numbers)) == 1
    counted = "select count(*) from ops.acceptance where kind = 'acceptance'"
    assert store.value(counted) == 1


def test_a_demonstration_has_a_clock_of_its_own(store: Store) -> None:
    assert isinstance(clock_of(store), SystemClock)
    assert not is_demo(store)
    set_about(store, DEMO_NOW, NOW.isoformat(), NOW)
    assert is_demo(store)
    assert clock_of(store).now() == NOW


def test_opening_again_changes_nothing(store: Store, var: Path) -> None:
    before = (store.journal.length, store.value("select version_no from ops.version"))
    assert opened() is opened(var) is store
    after = (store.journal.length, store.value("select version_no from ops.version"))
    assert before == after
