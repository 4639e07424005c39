"""How many pages run at once? A few; the others wait their turn.

Each session runs its pages in a thread of its own, and all of them share one
interpreter: hundreds at once would each be as slow as all together, and each would hold
its memory until the end.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# More than the cores of a small machine, because a page waits for the database, too.
_AT_ONCE = 8
_turns = threading.BoundedSemaphore(_AT_ONCE)


@contextmanager
def in_turn() -> Iterator[None]:
    """Wait for a turn, and give it back at the end, whatever happens."""
    with _turns:
        yield
