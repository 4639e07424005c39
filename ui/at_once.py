"""How many pages run at once? A few; the others wait their turn.

Each session runs its pages in a thread of its own, and all of them share one
interpreter: hundreds at once would each be as slow as all together, and each would hold
its memory until the end.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# A page waits for the database, too, so that one alone would leave it idle; under load,
# eight took a third more of the processor, to wait for each other.
_AT_ONCE = 2
_turns = threading.BoundedSemaphore(_AT_ONCE)


@contextmanager
def in_turn() -> Iterator[None]:
    """Wait for a turn, and give it back at the end, whatever happens."""
    with _turns:
        yield
