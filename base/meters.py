"""How often and how long, in this process since it started?

Meters for Prometheus, and a short table of what is slow for people. Names are few:
route templates, pages and questions, never what somebody typed.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.process_collector import ProcessCollector

from base.log import event
from base.settings import settings

# What is timed: requests by route template, pages by name, questions by file.
REQUEST, PAGE, QUERY = "request", "page", "query"
_MOST_NAMES, _LATEST = 400, 500
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_REST = "other"


@dataclass(frozen=True)
class Timed:
    """How long something took, in seconds: half, nineteen in twenty, the longest.

    `count` and `longest` are of all times, the shares of the latest 500.
    """

    kind: str
    name: str
    count: int
    p50: float
    p95: float
    longest: float


@dataclass
class _Times:
    count: int = 0
    longest: float = 0.0
    latest: deque[float] = field(default_factory=lambda: deque(maxlen=_LATEST))


class Meters:
    """What one process counts; a new one begins at nothing."""

    def __init__(self) -> None:
        self.started = time.time()
        self.registry = CollectorRegistry()
        self._turn = threading.Lock()
        self._times: dict[tuple[str, str], _Times] = {}
        self.requests = Counter(
            "village_requests",
            "requests answered",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self.websockets = Gauge(
            "village_websockets_open", "open streams of pages", registry=self.registry
        )
        self.uploads = Counter(
            "village_uploads", "files taken in", ("way",), registry=self.registry
        )
        self.faults = Counter(
            "village_faults", "unexpected errors", ("where",), registry=self.registry
        )
        self.checks = self._histogram("village_check_seconds", "findings of a file")
        self._seconds = {
            REQUEST: self._histogram(
                "village_request_seconds", "answers to requests", "route"
            ),
            PAGE: self._histogram("village_page_seconds", "runs of pages", "page"),
            QUERY: self._histogram("village_query_seconds", "questions to the store"),
        }
        ProcessCollector(registry=self.registry)

    def _histogram(self, name: str, what: str, *labels: str) -> Histogram:
        return Histogram(name, what, labels, registry=self.registry, buckets=_BUCKETS)

    def took(self, kind: str, name: str, seconds: float) -> None:
        """Count that something took so long.

        Args:
            kind: REQUEST, PAGE or QUERY.
            name: route template, page or question.
            seconds: how long.
        """
        histogram = self._seconds[kind]
        (histogram if kind == QUERY else histogram.labels(name)).observe(seconds)
        with self._turn:
            is_full = len(self._times) >= _MOST_NAMES
            key = (kind, name)
            key = key if key in self._times or not is_full else (kind, _REST)
            times = self._times.setdefault(key, _Times())
            times.count += 1
            times.longest = max(times.longest, seconds)
            times.latest.append(seconds)

    def table(self) -> list[Timed]:
        """Return what was timed, the slowest first."""
        with self._turn:
            held = [
                (key, times.count, times.longest, sorted(times.latest))
                for key, times in self._times.items()
            ]
        told = [
            Timed(*key, count, _share(latest, 0.5), _share(latest, 0.95), longest)
            for key, count, longest, latest in held
        ]
        return sorted(told, key=lambda one: (-one.p95, one.kind, one.name))


def _share(ordered: list[float], share: float) -> float:
    """Return the time that so large a share did not exceed (nearest rank)."""
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


@lru_cache(maxsize=1)
def meters() -> Meters:
    """Return the meters of this process."""
    return Meters()


@contextmanager
def timed(kind: str, name: str) -> Iterator[None]:
    """Time what is done inside; what is slow is written down with its name."""
    start = time.perf_counter()
    try:
        yield
    finally:
        seconds = time.perf_counter() - start
        meters().took(kind, name, seconds)
        if seconds > settings().slow_seconds:
            event(f"slow {kind}", logging.WARNING, name=name, ms=round(seconds * 1000))


def process_now() -> dict[str, float]:
    """Return memory in bytes and open handles of this process, where it is known."""
    known = {
        "process_resident_memory_bytes": "memory_bytes",
        "process_open_fds": "handles",
        "process_max_fds": "handles_most",
    }
    return {
        known[one.name]: float(one.samples[0].value)
        for one in ProcessCollector(registry=None).collect()
        if one.name in known
    }
