"""Where do the log's lines go? To a stream that may rest, without anybody waiting."""

import logging
import threading
from collections import deque
from typing import TextIO

_MOST = 10_000
_ENDS_WITHIN_S = 2.0


class Unhurried(logging.Handler):
    """Writes lines from a thread of its own.

    Who reads the log may rest, and then its pipe is full: a server that waited for it
    would answer nobody. Lines beyond those that are kept are left out, and counted.

    Args:
        stream: where the lines go.
        most: so many lines are kept while the stream rests.
    """

    def __init__(self, stream: TextIO, most: int = _MOST) -> None:
        super().__init__()
        self._stream = stream
        self._most = most
        self._lines: deque[str] = deque()
        self._left_out = 0
        self._is_ending = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line until it is written."""
        line = self.format(record)
        with self._changed:
            if len(self._lines) < self._most:
                self._lines.append(line)
            else:
                self._left_out += 1
            self._changed.notify_all()

    def _write(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._lines or self._is_ending)
                if not self._lines:
                    return
                lines = list(self._lines)
                taken = len(lines)
                left_out, self._left_out = self._left_out, 0
            if left_out:
                lines.append(f"{left_out} lines of the log were left out")
            try:
                self._stream.write("".join(f"{line}\n" for line in lines))
                self._stream.flush()
            except (OSError, ValueError):
                # nobody reads it any more
                pass
            with self._changed:
                for _line in range(taken):
                    self._lines.popleft()
                self._changed.notify_all()

    def flush(self) -> None:
        """Wait until what was said is written, but not for long."""
        with self._changed:
            self._changed.wait_for(lambda: not self._lines, timeout=_ENDS_WITHIN_S)

    def close(self) -> None:
        """Write what was said, and end."""
        self.flush()
        with self._changed:
            self._is_ending = True
            self._changed.notify_all()
        super().close()
