"""How much memory, how many handles and threads, and how much of a core does it take?

A server is watched with all the processes that it started.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil


@dataclass(frozen=True)
class Sample:
    """What a server and its children held at a moment.

    `at_s` counts from the first sample; memory is what is resident, in bytes, where
    pages that several processes share are counted for each.
    """

    at_s: float
    memory_bytes: int
    handles: int
    threads: int
    processes: int
    core_seconds: float


@dataclass
class Watch:
    """What was seen of a server so far."""

    samples: list[Sample] = field(default_factory=list)

    @property
    def highest_bytes(self) -> int:
        """Return the most memory that was seen."""
        return max(one.memory_bytes for one in self.samples)

    def cores_between(self, first: int = 0, last: int = -1) -> float:
        """Return the mean share of a core between two samples."""
        earlier, later = self.samples[first], self.samples[last]
        taken = later.at_s - earlier.at_s
        return (later.core_seconds - earlier.core_seconds) / taken if taken else 0.0


def sample(process_no: int, began: float) -> Sample:
    """Look at a server and its children once.

    Args:
        process_no: of the server.
        began: when the watch began, by `time.perf_counter`.
    """
    server = psutil.Process(process_no)
    memory = handles = threads = 0
    spent = 0.0
    seen = [server, *server.children(recursive=True)]
    for one in seen:
        try:
            with one.oneshot():
                memory += one.memory_info().rss
                handles += one.num_fds()
                threads += one.num_threads()
                times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        spent += times.user + times.system
    at = time.perf_counter() - began
    return Sample(at, memory, handles, threads, len(seen), spent)


@contextmanager
def watching(process_no: int, every_s: float) -> Iterator[Watch]:
    """Look at a server again and again until the block ends, and once more then."""
    began = time.perf_counter()
    watch, ended = Watch([sample(process_no, began)]), threading.Event()

    def look() -> None:
        while not ended.wait(every_s):
            watch.samples.append(sample(process_no, began))

    looker = threading.Thread(target=look, daemon=True)
    looker.start()
    try:
        yield watch
    finally:
        ended.set()
        looker.join()
        watch.samples.append(sample(process_no, began))
