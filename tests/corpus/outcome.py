"""What came of a bad file, by each way in, and is it what its sender needs?"""

import json
import os
import re
import resource
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import httpx

from etl.arguments import parser
from etl.commands import run
from tests.corpus.bad import REFUSED, Bad
from tests.web.running import Dashboard

MOST_SECONDS, MOST_BYTES = 30, 1_000_000_000
# How long an answer is waited for by the clock.
_PATIENCE = 120
API = "/api/v1/submissions"
_CHINESE = re.compile("[\u4e00-\u9fff]")
_FAULT = re.compile(r"Traceback|Internal Server Error|\bError\(|Exception")


@dataclass(frozen=True)
class Answer:
    """What was said of a file.

    `findings` is None where there are words alone. `fault` says what should never be.
    `seconds` are those that the processor worked.
    """

    findings: list[dict[str, Any]] | None
    words: str
    yuan: str = ""
    fault: str = ""
    seconds: float = 0.0
    peak_bytes: int = 0


def wrong_with(bad: Bad, answer: Answer, is_alone: bool = True) -> str:
    """Say in what an answer differs from what is expected; empty where it does not.

    Args:
        bad: the file.
        answer: what was said.
        is_alone: whether no other finding may stand beside; a store tells of more.
    """
    if answer.fault:
        return answer.fault
    if answer.seconds > MOST_SECONDS or answer.peak_bytes > MOST_BYTES:
        return f"{answer.seconds:.0f} s, {answer.peak_bytes // 1_000_000} MB"
    if answer.findings is None:
        is_told = bad.code in (REFUSED, "too_big") and bad.words in answer.words
        return "" if is_told else f"words: {answer.words[:200]}"
    codes = {one["code"] for one in answer.findings}
    expected = {bad.code, *bad.also} - {""}
    if (codes != expected) if is_alone else not expected <= codes:
        return f"findings: {sorted(codes)}"
    if is_alone and bad.yuan is not None and answer.yuan != bad.yuan:
        return f"yuan: {answer.yuan}"
    if not all(map(_is_plainly_said, answer.findings)):
        return "a message that is no sentence"
    fits = not bad.code or any(_fits(bad, one) for one in answer.findings)
    return "" if fits else f"findings: {str(answer.findings)[:300]}"


def _fits(bad: Bad, finding: dict[str, Any]) -> bool:
    severity = "error" if bad.is_error else "warning"
    place = (finding["code"], finding["severity"], finding["sheet"], finding["cell"])
    expected = (bad.code, severity, bad.sheet, bad.cell)
    return place == expected and bad.words in finding["message"]


def _is_plainly_said(finding: dict[str, Any]) -> bool:
    said = finding["message"]
    return bool(_CHINESE.search(said)) and not _FAULT.search(said)


def by_command(bad: Bad, folder: Path) -> Answer:
    """Ask `python -m etl check --json`, in this process."""
    path = folder / bad.name
    path.write_bytes(bad.make())
    said: list[str] = []
    try:
        options = parser().parse_args(["check", str(path), "--json"])
        code = run(options, folder, said.append)
    except Exception as error:  # noqa: BLE001
        return Answer(None, "", fault=f"{type(error).__name__}: {error}"[:300])
    finally:
        path.unlink()
    files = json.loads("".join(said))
    answer = answer_of(files)
    expected = 2 if bad.code in (REFUSED, "too_big") else 1 if bad.code else 0
    if not answer.fault and code != expected:
        return Answer(answer.findings, answer.words, fault=f"exit code {code}")
    return answer


def answer_of(files: list[dict[str, Any]]) -> Answer:
    """Return the answer for the one file that was read."""
    if len(files) != 1:
        return Answer([], "", fault=f"{len(files)} files")
    [file] = files
    words = "\n".join(one["message"] for one in file["findings"])
    return Answer(file["findings"], words, file["total_received_yuan"])


def measured(ask: Callable[[], Answer]) -> Answer:
    """Ask in a child process, so that time and memory are those of the file alone."""
    context = get_context("fork")
    ours, its = context.Pipe(duplex=False)
    child = context.Process(target=_tell, args=(ask, its))
    child.start()
    its.close()
    try:
        answer = ours.recv() if ours.poll(_PATIENCE) else None
    except EOFError:
        answer = None
    child.kill() if answer is None else child.join()
    return answer or Answer([], "", fault=f"no answer, exit code {child.exitcode}")


def _tell(ask: Callable[[], Answer], its: Any) -> None:
    begun = worked_seconds(os.getpid())
    answer = ask()
    seconds = worked_seconds(os.getpid()) - begun
    peak = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    told = (answer.findings, answer.words, answer.yuan, answer.fault)
    its.send(Answer(*told, seconds, peak * 1024))
    its.close()
    os._exit(0)


def by_command_measured(bad: Bad) -> Answer:
    """Ask the command line in a child process; the file is made there, too."""
    with TemporaryDirectory() as folder:
        return measured(lambda: by_command(bad, Path(folder)))


def by_program(bad: Bad, content: bytes, server: Dashboard, secret: str) -> Answer:
    """Send a file as a program does; a zip of files is none for it."""
    headers = {"authorization": f"Bearer {secret}"}
    path = f"{API}?name={quote(bad.name)}"
    return _sent(server, lambda: server.ask("POST", path, "", content, **headers))


def by_page(bad: Bad, content: bytes, server: Dashboard, by: str) -> Answer:
    """Send a file as the uploader of the page does."""
    path = f"/drafts?name={quote(bad.name)}"
    return _sent(server, lambda: server.post(path, content, by))


def _sent(server: Dashboard, send: Callable[[], httpx.Response]) -> Answer:
    forget_peak(server)
    begun = worked_seconds(server.process.pid)
    try:
        response = send()
    except httpx.TransportError as error:
        return Answer([], "", fault=f"{type(error).__name__}: {error}")
    seconds = worked_seconds(server.process.pid) - begun
    said = _said(response)
    told = (said.findings, said.words, said.yuan, said.fault)
    return Answer(*told, seconds, peak_of(server))


def _said(response: httpx.Response) -> Answer:
    words = response.text
    if response.status_code not in (200, 413, 422) or _FAULT.search(words):
        return Answer([], words, fault=f"status {response.status_code}")
    if response.headers["content-type"].startswith("text/plain"):
        return Answer(None, words)
    told = response.json()
    if response.status_code == 413:
        return Answer(None, told["message"])
    files = told if isinstance(told, list) else told["files"]
    return answer_of(files)


def worked_seconds(pid: int) -> float:
    """Return how long a process and its children have worked.

    On a machine that does other things besides, the clock would tell of those.
    """
    stat = Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
    return sum(map(int, stat[11:15])) / os.sysconf("SC_CLK_TCK")


def forget_peak(server: Dashboard) -> None:
    """Have the system count the memory of a server anew."""
    Path(f"/proc/{server.process.pid}/clear_refs").write_text("5")


def peak_of(server: Dashboard) -> int:
    """Return how much memory a server has held at most, in bytes."""
    status = Path(f"/proc/{server.process.pid}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024
