"""Who looks into the inbox while the server runs?"""

import logging
import threading

from etl.door import clock_of
from etl.inbox import take_inbox
from store import Store

_EVERY_S = 5.0


class InboxWatch:
    """Looks into the inbox every few seconds, until it is told to stop.

    Args:
        store: whose inbox.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End after the file that is being taken."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(_EVERY_S):
            try:
                take_inbox(self._store, clock_of(self._store).now())
            except Exception:
                # tried again in a moment; the log keeps why
                logging.getLogger(__name__).exception("the inbox could not be read")
