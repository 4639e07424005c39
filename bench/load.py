"""What do 500 people see who read while 500 send, all within a minute?

Driven through the real server over the demonstration, by a program of its own, whose
share of the processor is told beside. All are signed in before it begins.
"""

import asyncio
import resource
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from base.clock import SystemClock
from base.month import first_day
from bench.browser import running
from bench.crowd import percentile
from bench.machine import cores
from bench.rows import Row, Target
from bench.rush import NEW_EVERY, Rush, Seen
from bench.seats import readers, senders
from bench.stores import demo_copy, installation
from bench.watching import Watch, cores_between, watching
from etl.door import clock_of
from store import Store

PEOPLE = 500
# So many read and so many send as well, to see from when on it is too much.
_FEWER = (50, 100, 200)
_WITHIN_S = 60.0
_PAGE_S, _UPLOAD_S, MEMORY_MB = 0.5, 3.0, 2000
_EVERY_S = 1.0
_SHOWN_ERRORS = 5
# Readers of every role who open all their pages before it begins.
_EARLY = 10


@dataclass(frozen=True)
class Rushed:
    """What came of it: what was seen, what the server took, and what it kept."""

    reading: int
    sending: int
    seen: Seen
    watch: Watch
    taken_s: float
    server_cores: float
    client_cores: float
    slowest_early_s: float
    kept: int
    twice: int


def main(place: Path) -> list[Row]:
    """Let them in.

    Args:
        place: a folder with the demonstration, or for it.

    Returns:
        The figures, those with targets first.
    """
    found = rows_of(rushed(demo_copy(place, "load"), PEOPLE, PEOPLE, _WITHIN_S))
    for people in _FEWER:
        copy = demo_copy(place, f"load-{people}")
        found += fewer_of(rushed(copy, people, people, _WITHIN_S))
    return found


def fewer_of(rushed: Rushed) -> list[Row]:
    """Return the figures of a rush of fewer people.

    Args:
        rushed: what came of it.
    """
    seen = rushed.seen
    beside: dict[str, float | str] = {
        "errors": float(seen.errors.total()),
        "server's share of a core": rushed.server_cores,
        "load client's share of a core": rushed.client_cores,
    }
    sent = sorted(one.sent_s for one in seen.sent)
    people = f"{rushed.reading} + {rushed.sending}"
    return [
        Row(
            f"load of {people}: p95 of a page",
            p95(seen.all_pages),
            "s",
            beside={**_spread(seen.all_pages), **beside},
        ),
        Row(
            f"load of {people}: p95 from send to submitted",
            p95(sent),
            "s",
            beside=_spread(sent),
        ),
    ]


def rushed(var: Path, reading: int, sending: int, within_s: float) -> Rushed:
    """Let people read and send at a server over a demonstration.

    Args:
        var: its folder; what is sent stays in it.
        reading: how many read.
        sending: how many send.
        within_s: over how many seconds they come.
    """
    now = SystemClock().now()
    with installation(var) as store:
        reads, sends = readers(store, reading, now), senders(store, sending, now)
        month = last_month(store)
        there = numbers_of(store)
    log = var / "server.log"
    with running(var, log) as server, watching(server.process_no, _EVERY_S) as watch:
        early, rush = Rush(server.address, month), Rush(server.address, month)
        asyncio.run(early.before(reads[:_EARLY]))
        before, spent = watch.look(), _spent()
        seen = asyncio.run(rush.minute(reads, sends, within_s))
        after = watch.look()
        taken = after.at_s - before.at_s
        client = (_spent() - spent) / taken
    seen.errors.update(early.seen.errors)
    count_in_log(log, seen)
    with installation(var) as store:
        kept, twice = whole_of(store, seen, there)
    server_cores = cores_between(before, after)
    slowest = early.seen.all_pages[-1] if early.seen.all_pages else 0.0
    return Rushed(
        reading, sending, seen, watch, taken, server_cores, client, slowest, kept, twice
    )


def count_in_log(log: Path, seen: Seen) -> None:
    """Count what the server did not expect among the errors."""
    told = log.read_text(encoding="utf-8", errors="replace").count("Traceback")
    if told:
        seen.errors["traceback in the server's log"] += told


def last_month(store: Store) -> date:
    """Return the first day of the month before an installation's today."""
    today = clock_of(store).now().date()
    return first_day(first_day(today) - timedelta(days=1))


def numbers_of(store: Store) -> set[int]:
    """Return the numbers of all submissions."""
    return {
        number for (number,) in store.rows("select submission_no from ops.submission")
    }


def whole_of(store: Store, seen: Seen, before: set[int]) -> tuple[int, int]:
    """Count the files that are there, whole, and those that nobody was told of."""
    told = {one.submission_no for one in seen.sent}
    there = numbers_of(store) - before
    whole = 0
    for number in told & there:
        sha256 = store.value(
            "select sha256 from ops.submission where submission_no = $no",
            {"no": number},
        )
        store.vault.original(sha256)
        whole += store.vault.rows(number).num_rows > 0
    return whole, len(there) - len(told)


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def rows_of(rushed: Rushed) -> list[Row]:
    """Return the figures of a rush.

    Args:
        rushed: what came of it.
    """
    seen, watch = rushed.seen, rushed.watch
    last = watch.samples[-1]
    beside: dict[str, float | str] = {
        "people who read": float(rushed.reading),
        "people who send": float(rushed.sending),
        "server's share of a core": rushed.server_cores,
        "load client's share of a core": rushed.client_cores,
        "cores": float(cores()),
    }
    found = sorted(one.findings_s for one in seen.sent)
    sent = sorted(one.sent_s for one in seen.sent)
    errors = seen.errors.total()
    return [
        Row(
            "load: errors",
            float(errors),
            "errors",
            Target("at most", 0),
            dict(seen.errors.most_common(_SHOWN_ERRORS)) if errors else {},
        ),
        Row(
            "load: p95 of a page",
            p95(seen.all_pages),
            "s",
            Target("under", _PAGE_S),
            {
                **_spread(seen.all_pages),
                "pages": float(len(seen.all_pages)),
                "megabytes": seen.byte_count / 1e6,
                "new browsers, one in": float(NEW_EVERY),
                **beside,
            },
        ),
        *(
            Row(f"load: p95 of a page, {name}", p95(some), "s")
            for name, some in seen.pages.items()
        ),
        Row(
            "load: p95 from send to submitted",
            p95(sent),
            "s",
            Target("under", _UPLOAD_S),
            {
                **_spread(sent),
                "p95 to findings, s": p95(found) or 0.0,
                "files": float(len(sent)),
            },
        ),
        Row(
            "load: files kept",
            float(rushed.kept),
            "files",
            Target("at least", rushed.sending),
            {"twice": float(rushed.twice)},
        ),
        Row(
            "load: highest memory of the server",
            watch.highest_bytes / 1e6,
            "MB",
            Target("under", MEMORY_MB),
            {
                "at first": watch.samples[0].memory_bytes / 1e6,
                "at the end": last.memory_bytes / 1e6,
                "processes": float(last.processes),
                "handles at the end": float(last.handles),
                "threads at the end": float(last.threads),
            },
        ),
        Row("load: all read and sent", rushed.taken_s, "s"),
        Row(
            "load: slowest page before, on a server just started",
            rushed.slowest_early_s,
            "s",
            beside={"readers, one after the other": float(_EARLY)},
        ),
    ]


def p95(values: Sequence[float]) -> float | None:
    """Return the value under which 95 of a hundred are, or None where there is none."""
    return percentile(sorted(values), 0.95) if values else None


def _spread(ordered: Sequence[float]) -> dict[str, float | str]:
    if not ordered:
        return {"why": "none came through"}
    return {"median": statistics.median(ordered), "longest": ordered[-1]}
