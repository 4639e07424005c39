"""`python -m bench.soak --minutes 20`: does the server stay as it is, hour after hour?

People come, read, send and go at a steady rate; tables and the screen of a meeting are
fetched now and then. Memory, handles and threads are written to a csv as they are seen.
The exit code is 1 where anything failed, or where memory grew by more than is allowed.
"""

import argparse
import asyncio
import csv
import os
import signal
import statistics
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from accounts import COOKIE
from base.clock import SystemClock
from base.settings import ROOT
from bench.browser import Server, running
from bench.load import (
    MEMORY_MB,
    count_in_log,
    last_month,
    numbers_of,
    p95,
    whole_of,
)
from bench.machine import cores
from bench.meetings import frozen_meeting
from bench.rows import Row, Target, table
from bench.rush import WRONG, Rush, Seen
from bench.seats import Seat, readers, senders
from bench.sender import ledger_of
from bench.stores import SCRATCH, demo_copy, installation
from bench.watching import Sample, Watch, cores_between, watching

READERS_A_MINUTE, SENDERS_A_MINUTE = 60, 30
# How much the server may grow over the last half, in MB an hour: what it remembers is
# bounded, and so is what a thousand files leave in the database's own memory.
MOST_MB_PER_HOUR = 120.0
# Where half of the time is shorter, growth says nothing: the first visits fill memory.
_LEAST_MINUTES = 10.0
# So many handles more than in the middle mean that some are not given back.
_MOST_HANDLES = 50
_PAUSE_S, _EXPORT_EVERY_S = 5.0, 20.0
_TABLES = ("/files/table/villages.xlsx", "/files/table/villages.csv")


@dataclass(frozen=True)
class Rate:
    """How many come in a minute, how often a table is fetched and the server seen."""

    readers: float = READERS_A_MINUTE
    senders: float = SENDERS_A_MINUTE
    export_every_s: float = _EXPORT_EVERY_S
    pause_s: float = _PAUSE_S
    look_every_s: float = 10.0


@dataclass(frozen=True)
class Soaked:
    """What came of it: what was seen, the samples, and files that are not there."""

    seen: Seen
    watch: Watch
    lost: int
    exports: int


def soaked(var: Path, minutes: float, rate: Rate) -> Soaked:
    """Let people come and go at a server over a demonstration.

    Args:
        var: its folder; what is sent stays in it.
        minutes: for how long.
        rate: how many and how often.
    """
    now = SystemClock().now()
    with installation(var) as store:
        reads = readers(store, max(1, round(rate.readers)), now)
        sends = senders(store, max(1, round(rate.senders)), now)
        month, before = last_month(store), numbers_of(store)
        meeting = frozen_meeting(store)
    log = var / "server.log"
    with (
        running(var, log) as server,
        watching(server.process_no, rate.look_every_s) as watch,
    ):
        soak = _Soak(Rush(server.address, month), server, rate, meeting)
        asyncio.run(soak.run(reads, sends, minutes * 60))
    seen = soak.rush.seen
    count_in_log(log, seen)
    with installation(var) as store:
        whole, _twice = whole_of(store, seen, before)
    return Soaked(seen, watch, len(seen.sent) - whole, soak.exports)


class _Soak:
    def __init__(self, rush: Rush, server: Server, rate: Rate, meeting: int) -> None:
        self.rush, self.exports = rush, 0
        self._address, self._rate = server.address, rate
        self._papers = cycle((*_TABLES, f"/meetings/{meeting}/screen"))

    async def run(
        self, reads: Sequence[Seat], sends: Sequence[Seat], for_s: float
    ) -> None:
        """Begin a visit, a file or a fetch whenever its time has come."""
        readers_on, senders_on = cycle(reads), cycle(enumerate(sends))
        fetches = next(one for one in reads if one.role in ("leader", "office"))
        files = 0

        async with self.rush.client() as http:

            def read() -> Coroutine[None, None, None]:
                return self.rush.reads(http, next(readers_on), self._rate.pause_s)

            def send() -> Coroutine[None, None, None]:
                nonlocal files
                files += 1
                _number, seat = next(senders_on)
                # another amount each time, so that no file is known already
                file = ledger_of(seat, self.rush.month, files)
                return self.rush.sends(http, seat, file)

            def fetch() -> Coroutine[None, None, None]:
                return self._fetch(http, fetches, next(self._papers))

            async with asyncio.TaskGroup() as tasks:
                for every_s, begin in (
                    (60 / self._rate.readers, read),
                    (60 / self._rate.senders, send),
                    (self._rate.export_every_s, fetch),
                ):
                    tasks.create_task(_again_and_again(tasks, every_s, for_s, begin))

    async def _fetch(self, http: httpx.AsyncClient, seat: Seat, path: str) -> None:
        try:
            answer = await http.get(path, headers={"cookie": f"{COOKIE}={seat.token}"})
            answer.raise_for_status()
            self.exports += 1
        except WRONG as problem:
            self.rush.went_wrong(path, problem)


async def _again_and_again(
    tasks: asyncio.TaskGroup,
    every_s: float,
    for_s: float,
    begin: Callable[[], Coroutine[None, None, None]],
) -> None:
    """Begin something each so many seconds, however long what was begun takes."""
    start, number = time.perf_counter(), 0
    while (due := number * every_s) < for_s:
        await asyncio.sleep(start + due - time.perf_counter())
        tasks.create_task(begin())
        number += 1


def growth_mb_per_hour(samples: Sequence[Sample]) -> float:
    """Return the slope of memory over the last half of the samples, in MB an hour.

    Args:
        samples: in the order of time.
    """
    half = samples[len(samples) // 2 :]
    hours = [one.at_s / 3600 for one in half]
    if len(set(hours)) < 2:
        return 0.0
    memory = [one.memory_bytes / 1e6 for one in half]
    return statistics.linear_regression(hours, memory).slope


def rows_of(soaked: Soaked, minutes: float) -> list[Row]:
    """Return the figures of a soak; of a short one growth has no target.

    Args:
        soaked: what came of it.
        minutes: for how long it went.
    """
    seen, samples = soaked.seen, soaked.watch.samples
    middle, last = samples[len(samples) // 2], samples[-1]
    is_long = minutes >= _LEAST_MINUTES
    errors = seen.errors.total()
    return [
        Row(
            "soak: errors",
            float(errors),
            "errors",
            Target("at most", 0),
            {name: float(count) for name, count in seen.errors.most_common(5)},
        ),
        Row("soak: files lost", float(soaked.lost), "files", Target("at most", 0)),
        Row(
            "soak: growth over the last half",
            growth_mb_per_hour(samples),
            "MB an hour",
            Target("under", MOST_MB_PER_HOUR) if is_long else None,
            {
                "first MB": samples[0].memory_bytes / 1e6,
                "middle MB": middle.memory_bytes / 1e6,
                "last MB": last.memory_bytes / 1e6,
            },
        ),
        Row(
            "soak: highest memory of the server",
            soaked.watch.highest_bytes / 1e6,
            "MB",
            Target("under", MEMORY_MB),
        ),
        Row(
            "soak: handles more than in the middle",
            float(last.handles - middle.handles),
            "handles",
            Target("at most", _MOST_HANDLES),
            {
                "first": float(samples[0].handles),
                "last": float(last.handles),
                "threads at first": float(samples[0].threads),
                "threads at the end": float(last.threads),
            },
        ),
        Row(
            "soak: p95 of a page",
            p95(seen.all_pages),
            "s",
            beside={
                "pages": float(len(seen.all_pages)),
                "uploads": float(len(seen.sent)),
                "tables and screens": float(soaked.exports),
                "server's share of a core": cores_between(samples[0], last),
                "cores": float(cores()),
            },
        ),
        Row(
            "soak: p95 from send to submitted", p95([s.sent_s for s in seen.sent]), "s"
        ),
    ]


def write_samples(samples: Sequence[Sample], path: Path) -> None:
    """Write what was seen of the server as a csv, a line a sample."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.name for column in fields(Sample))
        writer.writerows(astuple(one) for one in samples)


def main(arguments: Sequence[str]) -> int:
    """Run the soak, and tell its figures.

    Args:
        arguments: as on the command line.

    Returns:
        The exit code: 1 where a target was missed.
    """
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--readers", type=float, default=READERS_A_MINUTE)
    parser.add_argument("--senders", type=float, default=SENDERS_A_MINUTE)
    parser.add_argument("--folder", type=Path, default=Path(), help="of the csv")
    options = parser.parse_args(arguments)
    # Whoever ends the soak early leaves no scratch files and no server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    options.folder.mkdir(parents=True, exist_ok=True)
    samples_file = options.folder.resolve() / "soak.csv"
    os.chdir(ROOT)
    SCRATCH.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=SCRATCH) as place:
        rate = Rate(options.readers, options.senders)
        found = soaked(demo_copy(Path(place), "soak"), options.minutes, rate)
    write_samples(found.watch.samples, samples_file)
    rows = rows_of(found, options.minutes)
    sys.stdout.write(f"{table('soak', rows)}\n{samples_file}\n")
    return int(any(row.is_reached is False for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
