"""Are times counted by name, in bounded room, and is what is slow written down?"""

import logging

import pytest
from prometheus_client import generate_latest

from base import meters as module
from base.meters import PAGE, QUERY, Meters, process_now, timed
from base.settings import settings


def test_half_and_nineteen_in_twenty_and_the_longest() -> None:
    meters = Meters()
    for number in range(1, 101):
        meters.took(QUERY, "a/b", number / 100)
    meters.took(PAGE, "map", 0.5)
    first, second = meters.table()
    assert (first.name, first.count) == ("a/b", 100)
    assert (first.p50, first.p95, first.longest) == (0.5, 0.95, 1.0)
    assert (second.p50, second.p95, second.longest) == (0.5, 0.5, 0.5)


def test_names_and_times_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_NAMES", 2)
    meters = Meters()
    for name in ("a", "b", "c", "d", "a"):
        meters.took(QUERY, name, 0.1)
    assert sorted((one.name, one.count) for one in meters.table()) == [
        ("a", 2),
        ("b", 1),
        ("other", 2),
    ]
    for _ in range(1000):
        meters.took(QUERY, "a", 9.0)
    meters.took(QUERY, "a", 1.0)
    assert meters.table()[0].count == 1003


def test_prometheus_reads_pages_by_name_and_questions_together() -> None:
    meters = Meters()
    meters.took(PAGE, "map", 0.07)
    meters.took(QUERY, "a/b", 0.07)
    text = generate_latest(meters.registry).decode()
    assert 'village_page_seconds_bucket{le="0.1",page="map"} 1.0' in text
    assert 'village_query_seconds_bucket{le="0.05"} 0.0' in text
    assert "a/b" not in text


@pytest.mark.parametrize(("limit", "count"), [("0.000000001", 1), ("60", 0)])
def test_what_is_slow_is_written_down_by_name(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    limit: str,
    count: int,
) -> None:
    monkeypatch.setenv("VILLAGE_SLOW_SECONDS", limit)
    settings.cache_clear()
    with caplog.at_level(logging.WARNING), timed(QUERY, "progress/path"):
        pass
    settings.cache_clear()
    told = [vars(record)["said"] for record in caplog.records]
    assert [one["name"] for one in told] == ["progress/path"] * count


def test_what_fails_is_timed_too() -> None:
    before = sum(one.count for one in module.meters().table() if one.name == "x/y")
    with pytest.raises(ValueError, match="x"), timed(QUERY, "x/y"):
        raise ValueError("x")
    after = sum(one.count for one in module.meters().table() if one.name == "x/y")
    assert after == before + 1


def test_a_process_knows_what_it_takes() -> None:
    assert process_now()["memory_bytes"] > 10_000_000
    assert process_now()["handles"] > 0
