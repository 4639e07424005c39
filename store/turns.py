"""Who may use the connection while it is exchanged for another? Nobody but one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Any number use a thing at once, or one alone exchanges it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._users = 0
        self._is_exchanged = False
        self._own = threading.local()

    @property
    def is_user(self) -> bool:
        """Tell whether this thread uses it just now."""
        return getattr(self._own, "depth", 0) > 0

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Use it; a thread that uses it already does not wait."""
        depth: int = getattr(self._own, "depth", 0)
        with self._changed:
            self._changed.wait_for(lambda: depth > 0 or not self._is_exchanged)
            self._users += 1
        self._own.depth = depth + 1
        try:
            yield
        finally:
            self._own.depth = depth
            with self._changed:
                self._users -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Exchange it, once all who use it have ended; others wait meanwhile."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_exchanged)
            self._is_exchanged = True
            self._changed.wait_for(lambda: self._users == 0)
        try:
            yield
        finally:
            with self._changed:
                self._is_exchanged = False
                self._changed.notify_all()
