"""How does a process fall, as when the power goes, and where exactly?

Each installation gets its own process, forked before anything is open. Nothing else
would show what is on the disk and what was only on its way there.
"""

import importlib
import json
import os
import signal
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from base.settings import settings
from store.journal import Journal

# After which call of which function the process falls; `before` and `within` say that
# it falls earlier.
Step = tuple[str, str, int, str]


def fall() -> None:
    """End this process at once."""
    os.kill(os.getpid(), signal.SIGKILL)


def torn(journal: Journal, entry: dict[str, Any]) -> None:
    """Fall in the middle of a line of the journal."""
    with journal.path.open("ab") as file:
        file.write(json.dumps(entry, default=str).encode()[:40])
        file.flush()
        os.fsync(file.fileno())
    fall()


def fall_at(module: str, name: str, call: int, when: str) -> None:
    """Make this process fall at a call of a function."""
    owner: Any = importlib.import_module(module)
    *inside, attribute = name.split(".")
    for part in inside:
        owner = getattr(owner, part)
    plain, calls = getattr(owner, attribute), 0

    def falling(*given: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == call and when == "before":
            fall()
        if calls == call and when == "within":
            torn(*given)
        found = plain(*given, **named)
        if calls == call:
            fall()
        return found

    setattr(owner, attribute, falling)


def forked(var: Path, work: Callable[[], None]) -> int:
    """Run something in a process of its own; return the process."""
    process = os.fork()
    if process == 0:
        code = 1
        try:
            os.environ["VILLAGE_VAR"] = str(var)
            settings.cache_clear()
            work()
            code = 0
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(code)
    return process


def ended_by(process: int) -> int:
    """Wait for a process and return the signal that ended it; 0 for none."""
    return max(0, -os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
