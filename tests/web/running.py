"""How do tests get a dashboard that really runs, and end it whatever happens?"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urlencode

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from accounts import COOKIE

ROOT = Path(__file__).resolve().parents[2]
Content = bytes | Iterator[bytes]


@dataclass
class Dashboard:
    """A running dashboard: where it listens, where it writes, and its process."""

    var: Path
    port: int
    process: subprocess.Popen[bytes]
    # What it wrote to its output.
    log: Path
    # Tokens of sessions, by whom they are.
    sessions: dict[str, str] = field(default_factory=dict)
    # Numbers of submissions, by who sent them.
    sent: dict[str, int] = field(default_factory=dict)

    def ended(self) -> str:
        """Wait until it has ended; return all that it wrote to its output."""
        self.process.wait(timeout=60)
        return self.log.read_text(encoding="utf-8")

    def version(self) -> int:
        """Return the highest number that its journal tells."""
        lines = (self.var / "journal" / "journal.jsonl").read_bytes().splitlines()
        return max(json.loads(line).get("number", 0) for line in lines)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def note(self) -> Path:
        """The file in which it says where it listens."""
        return self.var / "run" / "dashboard.json"

    @property
    def token(self) -> str:
        return str(json.loads(self.note.read_text(encoding="utf-8"))["token"])

    def cookie(self, by: str) -> dict[str, str]:
        """Return the header of whoever is signed in; nobody's is empty."""
        return {"cookie": f"{COOKIE}={self.sessions.get(by, by)}"} if by else {}

    def get(self, path: str = "/", by: str = "", **headers: str) -> httpx.Response:
        """Ask for an address as somebody who is signed in, or as nobody."""
        return self.ask("GET", path, by, b"", **headers)

    def post(
        self, path: str, content: Content = b"", by: str = "", **headers: str
    ) -> httpx.Response:
        """Send something as a page of the dashboard does."""
        own = {"origin": self.address, **headers}
        return self.ask("POST", path, by, content, **own)

    def form(self, path: str, by: str = "", **fields: str) -> httpx.Response:
        """Send a form as a page of the dashboard does."""
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return self.post(path, urlencode(fields).encode(), by, **kind)

    def ask(
        self,
        method: str,
        path: str,
        by: str = "",
        content: Content = b"",
        **headers: str,
    ) -> httpx.Response:
        """Send a request as it is given."""
        return httpx.request(
            method,
            self.address + path,
            headers={**self.cookie(by), **headers},
            content=content,
            trust_env=False,
            # there is no TLS here, and its list of authorities takes long to read
            verify=False,
            timeout=120,
        )

    def socket(
        self, by: str = "", path: str = "/_stcore/stream", **how: Any
    ) -> ClientConnection:
        """Open the stream over which pages come."""
        headers = {**self.cookie(by), **how.pop("additional_headers", {})}
        return connect(
            f"ws://127.0.0.1:{self.port}{path}",
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            proxy=None,
            additional_headers=headers,
            **how,
        )

    def page(self, name: str, by: str) -> list[ForwardMsg]:
        """Ask for a page as the browser does; return all that comes."""
        with self.socket(by) as stream:
            return told_by(stream, name)


def told_by(stream: ClientConnection, name: str) -> list[ForwardMsg]:
    """Ask an open stream for a page; return all that comes."""
    asked = BackMsg()
    asked.rerun_script.page_name = name
    return told_for(stream, asked)


def told_for(stream: ClientConnection, asked: BackMsg) -> list[ForwardMsg]:
    """Ask an open stream for a page as it is given; return all that comes."""
    told: list[ForwardMsg] = []
    stream.send(asked.SerializeToString())
    while not told or told[-1].WhichOneof("type") != "script_finished":
        message = ForwardMsg()
        message.ParseFromString(stream.recv(timeout=60, decode=False))
        told.append(message)
    return told


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def started(var: Path, **given: str) -> Iterator[Dashboard]:
    """Start a dashboard on a free port, with settings; it need not come up."""
    port = free_port()
    variables = {f"VILLAGE_{key.upper()}": value for key, value in given.items()}
    variables |= {"VILLAGE_VAR": str(var)}
    # a file, not a pipe: nobody reads while it runs, and a pipe fills up
    with NamedTemporaryFile(prefix="dashboard-", suffix=".log") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
            + ["--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, **variables},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            yield Dashboard(var, port, process, Path(said.name))
        finally:
            process.kill()
            process.wait()


def wait_until_it_answers(dashboard: Dashboard) -> None:
    for _attempt in range(600):
        try:
            if dashboard.get("/healthz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            assert dashboard.process.poll() is None
        time.sleep(0.1)
    raise AssertionError(dashboard.address)
