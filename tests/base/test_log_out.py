"""Does nobody wait for whoever reads the log, and is what is left out counted?"""

import io
import logging
import os
import threading

from base.log_out import Unhurried


def said(handler: Unhurried, *lines: str) -> None:
    for line in lines:
        handler.emit(logging.LogRecord("x", 20, "", 0, line, (), None))


def test_lines_are_written_in_their_order() -> None:
    stream = io.StringIO()
    handler = Unhurried(stream)
    said(handler, *map(str, range(100)))
    handler.close()
    assert stream.getvalue().split() == [str(number) for number in range(100)]


def test_nobody_waits_for_a_pipe_that_nobody_reads() -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as stream:
        handler = Unhurried(stream, most=50)
        writer = threading.Thread(target=said, args=(handler, *["x" * 10_000] * 200))
        writer.start()
        writer.join(timeout=30)
        assert not writer.is_alive()
        told: list[bytes] = []
        with os.fdopen(reading, "rb") as pipe:
            reader = threading.Thread(target=lambda: told.extend(pipe))
            reader.start()
            handler.close()
            said(handler, "last")
            stream.close()
            reader.join(timeout=30)
    assert 50 <= sum(line.startswith(b"x") for line in told) < 200
    assert any(line.endswith(b"were left out\n") for line in told)


def test_a_stream_that_is_gone_is_no_error() -> None:
    stream, before = io.StringIO(), set(threading.enumerate())
    handler = Unhurried(stream)
    [writer] = set(threading.enumerate()) - before
    stream.close()
    said(handler, "x")
    handler.close()
    writer.join(timeout=30)
    assert not writer.is_alive()
