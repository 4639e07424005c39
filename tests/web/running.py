"""How do tests get a dashboard that really runs, and end it whatever happens?"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Dashboard:
    """A running dashboard: where it listens, where it writes, and its process."""

    var: Path
    port: int
    process: subprocess.Popen[bytes]

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

    def get(self, path: str = "/", **headers: str) -> httpx.Response:
        return httpx.get(self.address + path, headers=headers, trust_env=False)

    def socket(self, **how: Any) -> ClientConnection:
        """Open the stream over which pages come."""
        return connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            proxy=None,
            **how,
        )

    def page(self, name: str) -> list[ForwardMsg]:
        """Ask for a page as the browser does; return all that comes."""
        asked = BackMsg()
        asked.rerun_script.page_name = name
        told: list[ForwardMsg] = []
        with self.socket() as stream:
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
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
        + ["--server.port", str(port)],
        cwd=ROOT,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        yield Dashboard(var, port, process)
    finally:
        process.kill()
        process.communicate()


def wait_until_it_answers(dashboard: Dashboard) -> None:
    for _attempt in range(600):
        try:
            if dashboard.get("/healthz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            assert dashboard.process.poll() is None
        time.sleep(0.1)
    raise AssertionError(dashboard.address)
