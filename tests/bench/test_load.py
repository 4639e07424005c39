"""Do people who read and send at once get pages, and is all kept that they send?

A few of them, at the real server; how long they wait is measured by the bench.
"""

import asyncio
import csv
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest

from base.clock import SystemClock
from bench import load, soak
from bench.browser import running
from bench.reader import Asked, Broken, Reader
from bench.rows import Row
from bench.rush import Rush
from bench.seats import readers
from bench.stores import installation
from bench.watching import Sample

pytestmark = pytest.mark.xdist_group("demo")


def by_name(rows: list[Row]) -> dict[str, Row]:
    return {row.name.partition(": ")[2]: row for row in rows}


@pytest.fixture
def demo(demo_var: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_var, tmp_path / "demo"))


def test_a_few_read_and_send_at_once(demo: Path, monkeypatch):
    monkeypatch.setattr(load, "_EARLY", 1)
    found = load.rushed(demo, reading=4, sending=3, within_s=1.5)
    assert found.seen.errors == {}
    # the first pages of four, one of them in a new browser, and two more of each
    assert len(found.seen.all_pages) == 12
    assert len(found.seen.pages["first, new browser"]) == 1
    assert (found.kept, found.twice) == (3, 0)
    rows = by_name(load.rows_of(found))
    assert rows["errors"].is_reached
    assert rows["files kept"].is_reached
    missing = by_name(load.rows_of(replace(found, sending=4)))
    assert missing["files kept"].is_reached is False


def test_a_short_soak(demo: Path, tmp_path: Path):
    rate = soak.Rate(40, 40, export_every_s=1.5, pause_s=0.3, look_every_s=0.5)
    found = soak.soaked(demo, minutes=0.08, rate=rate)
    assert found.seen.errors == {}
    assert (found.exports, found.lost) == (4, 0)
    assert len(found.seen.sent) == 4
    soak.write_samples(found.watch.samples, tmp_path / "soak.csv")
    with (tmp_path / "soak.csv").open(encoding="utf-8") as file:
        told = list(csv.DictReader(file))
    assert len(told) == len(found.watch.samples) > 5
    assert all(int(one["memory_bytes"]) > 50_000_000 for one in told)


def at(seconds: float, memory_mb: float) -> Sample:
    return Sample(seconds, int(memory_mb * 1e6), 40, 20, 1, seconds / 2)


def test_growth_is_that_of_the_last_half():
    rising = [at(600 * n, 300 + (0 if n < 6 else 10 * n)) for n in range(13)]
    assert soak.growth_mb_per_hour(rising) == pytest.approx(60)
    flat = [at(600 * n, 300 + min(n, 6) * 50) for n in range(13)]
    assert soak.growth_mb_per_hour(flat) == pytest.approx(0)
    assert soak.growth_mb_per_hour(flat[:1]) == 0


def test_a_page_that_does_not_say_what_it_should_is_an_error(demo: Path):
    with installation(demo) as store:
        (seat,) = readers(store, 1, SystemClock().now())
    with running(demo) as server:
        rush = Rush(server.address, date(2018, 10, 1))

        async def visit(asked: Asked) -> None:
            async with rush.client() as http:
                reader = Reader(http, server.address, seat.token, {})
                await reader.first(seat.pages[0], is_new=False)
                try:
                    await reader.next(asked)
                finally:
                    await reader.leave()

        with pytest.raises(Broken, match="no such words"):
            asyncio.run(visit(Asked("map", says=("no such words",))))
        with pytest.raises(Broken, match="without plotly_chart"):
            asyncio.run(visit(Asked("map", shows="plotly_chart")))
        with pytest.raises(Broken, match="another page came"):
            asyncio.run(visit(Asked("people")))
        nobody = Reader(httpx.AsyncClient(base_url=server.address), "", "x", {})
        with pytest.raises(Broken, match="/: 303"):
            asyncio.run(nobody.first(seat.pages[0], is_new=False))
