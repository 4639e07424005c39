"""How long does something take? After a warm-up, with memory settled, in turns."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping

import numpy as np

Work = Callable[[], object]


def seconds(work: Work) -> float:
    """Return how long one run takes, in seconds; taking its result down is not in it.

    Args:
        work: what to run.
    """
    gc.collect()
    start = time.perf_counter()
    result = work()
    taken = time.perf_counter() - start
    del result
    return taken


def in_turns(contestants: Mapping[str, Work], rounds: int) -> dict[str, list[float]]:
    """Time contestants in turns, so that what drifts on the machine hits them all.

    Args:
        contestants: by name; each runs once more at first, to warm up.
        rounds: how often each is timed.

    Returns:
        The seconds of each round, by name.
    """
    for work in contestants.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for _round in range(rounds):
        for name, work in contestants.items():
            taken[name].append(seconds(work))
    return taken


def ratio(above: list[float], below: list[float]) -> float:
    """Return the median of the ratios that two contestants had in the same rounds."""
    pairs = zip(above, below, strict=True)
    return statistics.median(one / other for one, other in pairs)


def calibration() -> float:
    """Return how long a fixed piece of work takes here, in seconds.

    Half of it is plain Python, half numpy on one core; it tells how fast the machine
    was, so that seconds of two machines can be held against each other.
    """

    def work() -> float:
        numbers = np.random.default_rng(2018).random(3_000_000)
        total = float(np.sort(numbers).cumsum()[-1])
        counts: dict[int, int] = {}
        for number in range(1_500_000):
            rest = number * number % 97
            counts[rest] = counts.get(rest, 0) + 1
        return total + len(counts)

    work()
    return statistics.median(seconds(work) for _run in range(5))
