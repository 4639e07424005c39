"""How does a command line given while the dashboard runs reach its database?"""

import json
import os
import queue
import secrets
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from accounts import arguments as accounts_arguments
from accounts import commands as accounts_commands
from base.errors import ShownError
from base.words import _
from etl import arguments as etl_arguments
from etl import commands as etl_commands
from etl.door import opened
from store import remote
from store.errors import Trouble

# A program runs its arguments, in a folder, and tells its lines one by one.
Program = Callable[[list[str], Path, Callable[[str], None]], int]


def _etl(arguments: list[str], folder: Path, tell: Callable[[str], None]) -> int:
    options = etl_arguments.parser().parse_args(arguments)
    return etl_commands.run(options, folder, tell, opened())


def _accounts(arguments: list[str], folder: Path, tell: Callable[[str], None]) -> int:
    options = accounts_arguments.parser().parse_args(arguments)
    return accounts_commands.run(options, folder, tell, opened())


PROGRAMS: dict[str, Program] = {"etl": _etl, "accounts": _accounts}


def commands_route() -> Route:
    """Return the route that runs commands for whoever holds the token of this process.

    The token lies in a file that only the owner of the installation can read.
    """
    return Route(remote.PATH, _answer, methods=["POST"])


async def _answer(request: Request) -> Response:
    dashboard = remote.running()
    given = request.headers.get("authorization", "")
    expected = f"Bearer {dashboard.token}" if dashboard else ""
    if not expected or not secrets.compare_digest(given.encode(), expected.encode()):
        return PlainTextResponse(_("没有权限。"), status_code=403)
    try:
        asked = json.loads(await request.body())
        arguments, folder = [str(a) for a in asked["arguments"]], Path(asked["folder"])
        program = PROGRAMS[asked["program"]]
    except (ValueError, TypeError, KeyError):
        return PlainTextResponse(_("命令写错了。"), status_code=400)
    return StreamingResponse(
        _run(program, arguments, folder),
        media_type="text/plain; charset=utf-8",
        headers={remote.PROCESS_HEADER: str(os.getpid())},
    )


def _run(program: Program, arguments: list[str], folder: Path) -> Iterator[str]:
    """Run a command in a thread of its own and yield its lines as they come."""
    lines: queue.Queue[str | None] = queue.Queue()

    def work() -> None:
        code = 2
        try:
            code = program(arguments, folder, lines.put)
        except (ShownError, Trouble) as problem:
            lines.put(remote.problem_lines(str(problem)))
        except SystemExit:
            lines.put(remote.problem_lines(_("命令写错了。")))
        except Exception:
            lines.put(remote.problem_lines(_("命令没有做完，原因见看板的日志。")))
            raise
        finally:
            lines.put(remote.exit_line(code))
            lines.put(None)

    threading.Thread(target=work, daemon=True).start()
    while (line := lines.get()) is not None:
        yield f"{line}\n"
