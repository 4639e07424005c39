"""How long does the first visitor of a new server wait for the first number?"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from base.settings import ROOT
from bench.rows import Row, Target
from bench.stores import demo_folder, environment

NUMBER = ".v-number"
_SERVERS = 3
_STARTS_WITHIN_S = 60
_NAME = "overview: first visit until its number shows"
_TARGET = Target("under", 3)


def main(place: Path) -> list[Row]:
    """Measure the overview in a real browser, on new servers.

    Args:
        place: a folder for scratch files.

    Returns:
        The figures.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        reason = {"why": "no chromium here; scripts/browser.sh installs it"}
        return [Row(_NAME, None, "s", _TARGET, reason)]
    var = demo_folder(place)
    first, second = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"]
        )
        browser.new_page().goto("about:blank")
        for _server in range(_SERVERS):
            with server_of(var) as address:
                first.append(_wait(browser, address))
                second.append(_wait(browser, address))
        browser.close()
    return [
        Row(
            _NAME,
            statistics.median(first),
            "s",
            _TARGET,
            {"servers": _SERVERS, "slowest_s": max(first)},
        ),
        Row(
            "overview: second visitor, nothing kept in the browser",
            statistics.median(second),
            "s",
        ),
    ]


def _wait(browser: Browser, address: str) -> float:
    """Return the seconds from going there until the number is seen, as a new visitor.

    Raises:
        RuntimeError: when what is seen is no number.
    """
    context = browser.new_context()
    # Signed in before the clock starts: the demonstration's office, by its button.
    context.request.post(
        f"{address}/sign-in",
        form={"demo": "office"},
        headers={"origin": address},
        max_redirects=0,
    )
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    number = page.locator(NUMBER).first
    number.wait_for(state="visible", timeout=_STARTS_WITHIN_S * 1000)
    taken = time.perf_counter() - start
    shown = number.inner_text()
    context.close()
    if not any(char.isdigit() for char in shown):
        raise RuntimeError(f"no number: {shown!r}")
    return taken


class Server(NamedTuple):
    """A server that runs: where it answers, and its process."""

    address: str
    process_no: int


@contextmanager
def server_of(var: Path) -> Iterator[str]:
    """Start a server of its own, wait until it is healthy, and end it afterwards."""
    with running(var) as server:
        yield server.address


@contextmanager
def running(var: Path, log: Path | None = None) -> Iterator[Server]:
    """Start a server as `server_of` does, and tell its process as well.

    Args:
        var: the folder of its installation.
        log: where it writes what it says; default nowhere.
    """
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
    with (log or Path(os.devnull)).open("ab") as said:
        server = subprocess.Popen(
            [*command, "--server.port", str(port)],
            cwd=ROOT,
            env=environment(var),
            stdout=said,
            stderr=said,
        )
    try:
        _until_healthy(server, address)
        yield Server(address, server.pid)
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_healthy(server: subprocess.Popen[bytes], address: str) -> None:
    patience = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < patience and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError("the server does not start")
