"""Is the dashboard running? Then commands go through it: it owns the database."""

import http.client
import json
import os
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from base.errors import ShownError
from base.settings import settings
from base.words import _

PATH = "/commands"
_EXIT = "\x00exit "


@dataclass(frozen=True)
class Running:
    """Where the dashboard listens, on loopback, and the token that lets one in."""

    process: int
    port: int
    token: str


def _file() -> Path:
    return settings().var / "run" / "dashboard.json"


def announce(port: int) -> Running:
    """Write down that this process is the running dashboard; only its owner may read.

    Args:
        port: on which it listens.
    """
    running = Running(os.getpid(), port, secrets.token_urlsafe(32))
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as out:
        json.dump(vars(running), out)
    return running


def withdraw() -> None:
    """Take the announcement of this process back."""
    found = running()
    if found is not None and found.process == os.getpid():
        _file().unlink(missing_ok=True)


def running() -> Running | None:
    """Return the running dashboard of this installation, or None."""
    try:
        found = Running(**json.loads(_file().read_text(encoding="utf-8")))
        os.kill(found.process, 0)
    except (OSError, ValueError, TypeError):
        return None
    return found


def send(
    dashboard: Running, arguments: list[str], folder: Path, tell: Callable[[str], None]
) -> int:
    """Have the dashboard run a command, and pass its output on line by line.

    Args:
        dashboard: where it listens.
        arguments: of the command line.
        folder: what paths are relative to.
        tell: takes each line.

    Returns:
        The exit code.

    Raises:
        ShownError: when the dashboard does not answer.
    """
    body = json.dumps({"arguments": arguments, "folder": str(folder)})
    headers = {
        "Authorization": f"Bearer {dashboard.token}",
        "Content-Type": "application/json",
    }
    connection = http.client.HTTPConnection("127.0.0.1", dashboard.port, timeout=3600)
    try:
        connection.request("POST", PATH, body.encode("utf-8"), headers)
        answer = connection.getresponse()
        if answer.status != http.client.OK:
            raise ShownError(_("看板拒绝了命令（{status}）。", status=answer.status))
        for raw in answer:
            line = raw.decode("utf-8").rstrip("\n")
            if line.startswith(_EXIT):
                return int(line.removeprefix(_EXIT))
            tell(line)
    except (OSError, http.client.HTTPException) as error:
        raise ShownError(
            _("看板在运行却没有应答。请稍后再试，或先停下看板。")
        ) from error
    finally:
        connection.close()
    raise ShownError(_("看板中途断开，命令可能没有做完。请再运行一次。"))


def exit_line(code: int) -> str:
    """Return the line that ends an answer."""
    return f"{_EXIT}{code}"


def to_screen(line: str) -> None:
    """Write a line to the standard output, as UTF-8 whatever the terminal says."""
    sys.stdout.buffer.write(line.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()
