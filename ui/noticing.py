"""Which changes do pages show at once, and which, in a rush, together a little later?

A paper that arrives moves no figure, but what pages remember of counts and states. If
hundreds arrive in a minute, and each emptied what is remembered, nobody would get a
page. So a few changes a minute are noticed at once, and the rest together, after some
seconds. Whoever made a change sees it at once, always; so does everybody what is
accepted, which has a number of its own.
"""

import threading
from collections import deque

AT_ONCE = 4
_WITHIN_S = 60.0
LATER_S = 30.0


class Noticed:
    """The number of changes that pages know of, between all sessions."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._number = -1
        self._taken: deque[float] = deque(maxlen=AT_ONCE)

    def of(self, number: int, now_s: float) -> int:
        """Return the number that is known from now on.

        Args:
            number: of the latest change; a lower one than is known is known at once,
                because then another database is in its place.
            now_s: by a clock that only goes forward, in seconds.
        """
        with self._lock:
            if number < self._number or (number > self._number and self._may(now_s)):
                self._number = number
                self._taken.append(now_s)
            return self._number

    def _may(self, now_s: float) -> bool:
        taken = self._taken
        if len(taken) < AT_ONCE or now_s - taken[0] > _WITHIN_S:
            return True
        return now_s - taken[-1] > LATER_S
