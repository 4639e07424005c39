"""Does the demonstration come in once, under its own clock, and never beside others?"""

import json
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import pytest

from base.clock import FixedClock
from base.errors import ShownError
from base.settings import settings
from etl.__main__ import main
from etl.demo.papers.faulty import CODES
from etl.demo.papers.stream import events
from etl.demo.run import load_demo
from etl.door import clock_of, is_demo, opened
from etl.published import TABLES
from store import Store, close_all
from tests.making import ledger, load

OCTOBER = date(2018, 10, 1)


def come_in(patch: pytest.MonkeyPatch, count: int) -> int:
    """Load the first papers only, so that it takes a moment; return the new ones."""
    patch.setattr("etl.demo.run.events", lambda *of: islice(events(*of), count))
    return load_demo(OCTOBER, lambda _line: None)


def standing(store: Store) -> tuple[object, ...]:
    said = "select version_no from ops.version"
    return store.value(said), store.journal.length, clock_of(store).now()


def test_the_demonstration_comes_in_once_under_its_own_clock(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert come_in(monkeypatch, 3) == 3
    store = opened()
    assert is_demo(store)
    assert clock_of(store) == FixedClock(datetime(2018, 11, 16, 9))
    first = "select min(reserved_at) from ops.acceptance"
    assert store.value(first) == datetime(2013, 12, 1, 8)
    before = standing(store)
    assert come_in(monkeypatch, 3) == 0
    assert standing(store) == before
    # one that was broken off goes on
    assert come_in(monkeypatch, 4) == 1


def test_what_lay_in_review_is_accepted_when_time_goes_on(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    february, march = date(2015, 2, 1), date(2015, 3, 1)
    assert load_demo(february, lambda _line: None) > 0
    store = opened()
    waiting = "select count(*) from ops.submission where state = 'submitted'"
    assert store.value(waiting) == 1
    assert clock_of(store) == FixedClock(datetime(2015, 3, 16, 9))
    assert load_demo(march, lambda _line: None) > 0
    late = "select min(decided_at) from ops.submission where decided_at > $day"
    assert store.value(late, {"day": datetime(2015, 3, 16)}) == datetime(
        2015, 3, 17, 10
    )
    assert store.value(waiting) == 1


@pytest.mark.parametrize("month", [date(2013, 12, 1), date(2019, 1, 1)])
def test_the_invented_world_has_an_end(var: Path, month: date) -> None:
    with pytest.raises(ShownError, match="2014 年到 2018 年"):
        load_demo(month, lambda _line: None)
    assert not var.exists()


def test_real_data_are_not_mixed_with_invented_ones(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    load(store, ledger([["河顺", 1, 2, 3]]))
    before = (store.journal.length, store.value("select version_no from ops.version"))
    with pytest.raises(ShownError, match="已有真实数据"):
        come_in(monkeypatch, 1)
    assert main(["demo"]) == 2
    assert "已有真实数据" in capsysbinary.readouterr().err.decode()
    after = (store.journal.length, store.value("select version_no from ops.version"))
    assert before == after
    assert not is_demo(store)


@pytest.mark.xdist_group("demo")
def test_the_whole_demonstration_stands(
    demo_var: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.setenv("VILLAGE_VAR", str(demo_var))
    settings.cache_clear()
    try:
        assert main(["targets", "--json"]) == 0
        store = opened()
        states = store.frame(
            "select state, count(*) as files from ops.submission "
            "where not list_contains($ours, statement) group by state order by state",
            {"ours": list(TABLES)},
        )
        unlike = store.value(
            """
            select count(*)
            from core.income as i
            inner join ops.submission as s on i.submission_no = s.submission_no
            where
                s.state = 'accepted'
                and s.statement = 'ledger'
                and i.amount_received_yuan is null
            """
        )
    finally:
        close_all()
        settings.cache_clear()
    [headline, *_rest] = json.loads(capsysbinary.readouterr().out)
    assert headline["as_of"] == "2018-10-31"
    assert headline["villages"] == headline["cleared"] + headline["remaining"]
    assert 280 <= headline["villages"] <= 315
    assert 90 <= headline["remaining"] <= 120
    assert states["state"].tolist() == ["accepted", "submitted"]
    assert states["files"].tolist()[1] == 2 + len(CODES)
    assert unlike == 0
