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
from store.errors import Trouble

PATH = "/commands"
# Which process answers, so that a stranger on an old port is not taken for it.
PROCESS_HEADER = "village-process"
_EXIT, _PROBLEM = "\x00exit ", "\x00problem "
# The answer begins before the command does, so whoever lives answers soon.
_ANSWER_S, _COMMAND_S = 30, 3600


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
    dashboard: Running,
    program: str,
    arguments: list[str],
    folder: Path,
    tell: Callable[[str], None],
    complain: Callable[[str], None],
) -> int | None:
    """Have the dashboard run a command, and pass its output on line by line.

    Args:
        dashboard: where it listens.
        program: whose command it is: `etl` or `accounts`.
        arguments: of the command line.
        folder: what paths are relative to.
        tell: takes each line of the output.
        complain: takes each line that tells why the command was refused.

    Returns:
        The exit code, or None where the dashboard is not there any more: nobody
        answers, or somebody else. Then nothing was done.

    Raises:
        ShownError: when the dashboard does not answer.
    """
    asked = {"program": program, "arguments": arguments, "folder": str(folder)}
    body = json.dumps(asked)
    headers = {
        "Authorization": f"Bearer {dashboard.token}",
        "Content-Type": "application/json",
    }
    connection = http.client.HTTPConnection("127.0.0.1", dashboard.port, _ANSWER_S)
    try:
        connection.request("POST", PATH, body.encode("utf-8"), headers)
        connection_socket = connection.sock
        answer = connection.getresponse()
        if answer.getheader(PROCESS_HEADER) != str(dashboard.process):
            return None
        connection_socket.settimeout(_COMMAND_S)
        return _passed_on(answer, tell, complain)
    except (ConnectionRefusedError, http.client.BadStatusLine):
        return None
    except (OSError, http.client.HTTPException) as error:
        raise ShownError(
            _("看板在运行却没有应答。请稍后再试，或先停下看板。")
        ) from error
    finally:
        connection.close()


def there_or_here(
    program: str, arguments: list[str], here: Callable[[], int], is_sent: bool = True
) -> int:
    """Have the running dashboard run a command, or run it here where there is none.

    A problem is told in words, without a traceback.

    Args:
        program: whose command it is: `etl` or `accounts`.
        arguments: of the command line.
        here: runs it in this process.
        is_sent: whether the command needs the database at all.

    Returns:
        The exit code; 2 where it was refused.
    """
    try:
        dashboard = running() if is_sent else None
        code = (
            send(dashboard, program, arguments, Path.cwd(), to_screen, to_errors)
            if dashboard is not None
            else None
        )
        return here() if code is None else code
    except (ShownError, Trouble) as problem:
        to_errors(str(problem))
        return 2


def _passed_on(
    answer: http.client.HTTPResponse,
    tell: Callable[[str], None],
    complain: Callable[[str], None],
) -> int:
    for raw in answer:
        line = raw.decode("utf-8").rstrip("\n")
        if line.startswith(_EXIT):
            return int(line.removeprefix(_EXIT))
        if line.startswith(_PROBLEM):
            complain(line.removeprefix(_PROBLEM))
        else:
            tell(line)
    raise ShownError(_("看板中途断开，命令可能没有做完。请再运行一次。"))


def exit_line(code: int) -> str:
    """Return the line that ends an answer."""
    return f"{_EXIT}{code}"


def problem_lines(text: str) -> str:
    """Return a problem as lines of an answer, apart from the output."""
    return "\n".join(f"{_PROBLEM}{line}" for line in text.splitlines())


def to_screen(line: str) -> None:
    """Write a line to the standard output, as UTF-8 whatever the terminal says."""
    sys.stdout.buffer.write(line.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def to_errors(line: str) -> None:
    """Write a line to the standard error."""
    sys.stderr.write(f"{line}\n")
