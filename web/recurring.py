"""Who does something again and again while the server runs?"""

import logging
import threading
from collections.abc import Callable


class Recurring:
    """Does some work every few seconds, until it is told to stop.

    Args:
        work: what is done; where it fails, it is tried again the next time.
        every_s: seconds between.
    """

    def __init__(self, work: Callable[[], object], every_s: float) -> None:
        self._work = work
        self._every_s = every_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after what is being done."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(self._every_s):
            try:
                self._work()
            except Exception:
                logging.getLogger(__name__).exception("tried again in a moment")
