"""How does an empty installation become a demonstration, at the press of a button?"""

import logging
import threading

from base.errors import ShownError
from base.words import _
from etl.demo.run import TO_MONTH, load_demo
from store import Store


class DemoLoading:
    """The load of the demonstration, in a thread of its own; at most one runs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self.said = ""

    @property
    def is_running(self) -> bool:
        """Tell whether the demonstration is being loaded."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, store: Store) -> None:
        """Begin, unless it has begun."""
        with self._lock:
            if self.is_running:
                return
            self.said = _("正在载入演示数据……")
            self._thread = threading.Thread(
                target=self._load, args=(store,), daemon=True
            )
            self._thread.start()

    def _load(self, store: Store) -> None:
        try:
            load_demo(TO_MONTH, self._tell, store)
        except ShownError as problem:
            self.said = str(problem)
        except Exception:
            logging.getLogger(__name__).exception("the demonstration failed")
            self.said = _("演示数据没有载入，原因见看板的日志。")

    def _tell(self, line: str) -> None:
        self.said = line


loading = DemoLoading()
