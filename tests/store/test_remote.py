"""Is the running dashboard told from one that is gone, whoever answers in its place?"""

import http.server
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from base.errors import ShownError
from etl.__main__ import main
from store import Store, remote


def note(var: Path, process: int, port: int) -> Path:
    """Leave behind what a dashboard writes down of itself."""
    path = var / "run" / "dashboard.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"process": process, "port": port, "token": "gone"}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Stranger(http.server.BaseHTTPRequestHandler):
    """Answers whatever it is asked, as a program that has nothing to do with us."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"welcome\n\x00exit 0\n")

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@contextmanager
def stranger() -> Iterator[int]:
    server = http.server.HTTPServer(("127.0.0.1", 0), Stranger)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def no_http() -> Iterator[int]:
    """Listen, and answer in a language of its own."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def answer() -> None:
            connection, _address = listening.accept()
            with connection:
                connection.sendall(b"SSH-2.0-other\r\n")
                connection.recv(100_000)

        threading.Thread(target=answer, daemon=True).start()
        yield int(listening.getsockname()[1])


@contextmanager
def nobody() -> Iterator[int]:
    yield free_port()


def ended_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_only_its_owner_may_read_what_lets_one_in(var: Path) -> None:
    path = note(var, 1, 1)
    path.chmod(0o644)
    first = remote.announce(8501)
    assert path.stat().st_mode & 0o777 == 0o600
    assert remote.running() == first
    assert first.process == os.getpid()
    assert len(first.token) >= 32
    assert remote.announce(8501).token != first.token


def test_a_dashboard_takes_back_its_own_word_only(var: Path) -> None:
    remote.announce(8501)
    remote.withdraw()
    assert remote.running() is None
    path = note(var, os.getppid(), 8501)
    remote.withdraw()
    assert path.exists()


@pytest.mark.parametrize("left", ["", "{", "[]", '{"process": 1}', '"text"'])
def test_a_note_half_written_is_no_dashboard(var: Path, left: str) -> None:
    note(var, 1, 1).write_text(left, encoding="utf-8")
    assert remote.running() is None


def test_a_dead_process_is_no_dashboard(var: Path) -> None:
    note(var, ended_process(), free_port())
    assert remote.running() is None


@pytest.mark.parametrize("listener", [nobody, stranger, no_http])
def test_a_process_number_used_again_does_not_block_commands(
    store: Store, var: Path, listener, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    with listener() as port:
        note(var, os.getpid(), port)
        assert remote.running() is not None
        assert main(["targets", "--json"]) == 0
    answer = json.loads(capsysbinary.readouterr().out)
    assert answer[0]["villages"] == 589


def test_one_that_ends_on_its_way_is_told(var: Path) -> None:
    class Falling(Stranger):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(200)
            self.send_header(remote.PROCESS_HEADER, str(os.getpid()))
            self.end_headers()
            self.wfile.write("一行\n\x00problem 二行\n".encode())

    server = http.server.HTTPServer(("127.0.0.1", 0), Falling)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told: list[str] = []
    complained: list[str] = []
    dashboard = remote.Running(os.getpid(), server.server_port, "token")
    with pytest.raises(ShownError, match="中途断开"):
        remote.send(dashboard, "etl", [], var, told.append, complained.append)
    server.shutdown()
    server.server_close()
    assert (told, complained) == (["一行"], ["二行"])


def test_a_problem_of_several_lines_stays_apart_from_the_output() -> None:
    assert remote.problem_lines("一\n二") == "\x00problem 一\n\x00problem 二"
    assert remote.exit_line(2) == "\x00exit 2"
