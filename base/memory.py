"""What was answered before? Kept for all sessions, asked once at a time.

Keys are compared as they are: the framework's own memory hashes all of a key at every
look, which took longer than the look.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Key = tuple[Any, ...]


@dataclass
class _Kept:
    """An answer, once there is one; whoever else wants it waits for the lock."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    has_answer: bool = False
    answer: Any = None
    asked_at: float = 0.0


class Memory:
    """Answers by key: so many at most, the longest unused goes; each for some time.

    Args:
        most: so many are kept.
        for_s: so long one is kept, in seconds.
    """

    def __init__(self, most: int, for_s: float) -> None:
        self._most, self._for_s = most, for_s
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()

    def __len__(self) -> int:
        """Return how many answers are kept."""
        return len(self._kept)

    def of(self, key: Key, ask: Callable[[], Any]) -> Any:
        """Return what is kept for a key, or ask; two who want the same ask once.

        What fails is not kept.

        Args:
            key: all that the answer depends on.
            ask: gives the answer.
        """
        with self._lock:
            kept = self._kept.setdefault(key, _Kept())
            self._kept.move_to_end(key)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        if kept.has_answer and time.monotonic() - kept.asked_at < self._for_s:
            return kept.answer
        with kept.lock:
            if kept.has_answer and time.monotonic() - kept.asked_at < self._for_s:
                return kept.answer
            kept.answer = ask()
            kept.asked_at, kept.has_answer = time.monotonic(), True
            return kept.answer
