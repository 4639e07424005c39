"""How much memory, how many handles and threads, and how much of a core does it take?

A server is watched with all the processes that it started.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

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


class Watch:
    """What was seen of a server so far.

    Args:
        process_no: of the server.
    """

    def __init__(self, process_no: int) -> None:
        self._server = psutil.Process(process_no)
        self._began = time.perf_counter()
        self.samples: list[Sample] = []

    @property
    def highest_bytes(self) -> int:
        """Return the most memory that was seen."""
        return max(one.memory_bytes for one in self.samples)

    def look(self) -> Sample:
        """Look at the server and its children once more."""
        memory = handles = threads = 0
        spent = 0.0
        seen = [self._server, *self._server.children(recursive=True)]
        for one in seen:
            # a child may end between the list and the look
            with suppress(psutil.NoSuchProcess), one.oneshot():
                memory += one.memory_info().rss
                handles += one.num_fds()
                threads += one.num_threads()
                times = one.cpu_times()
                spent += times.user + times.system
        at = time.perf_counter() - self._began
        found = Sample(at, memory, handles, threads, len(seen), spent)
        self.samples.append(found)
        return found


def cores_between(first: Sample, last: Sample) -> float:
    """Return the mean share of a core that a server took between two samples."""
    taken = last.at_s - first.at_s
    return (last.core_seconds - first.core_seconds) / taken if taken else 0.0


@contextmanager
def watching(process_no: int, every_s: float) -> Iterator[Watch]:
    """Look at a server again and again until the block ends, and once more then."""
    watch, ended = Watch(process_no), threading.Event()
    watch.look()

    def again() -> None:
        while not ended.wait(every_s):
            watch.look()

    looker = threading.Thread(target=again, daemon=True)
    looker.start()
    try:
        yield watch
        watch.look()
    finally:
        ended.set()
        looker.join()
