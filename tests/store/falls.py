"""A process that takes ledgers in and is killed on its way, again and again.

Run as `python -m tests.store.falls FOLDER`: each installation gets its own process,
forked before anything is open, that falls by SIGKILL. Nothing else would show what is
on the disk and what was only on its way there.
"""

import importlib
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from base.settings import settings
from etl.door import opened
from store.journal import Journal
from tests.making import ledger, load

# After which call of which function the process falls; `before` and `within` say that
# it falls earlier. In the order in which a ledger passes them.
STEPS = {
    "number_given": ("store.submissions", "next_submission_no", 1, "after"),
    "file_beside": ("pathlib", "Path.replace", 1, "before"),
    "file_kept": ("store.vault", "Vault.keep", 1, "after"),
    "rows_beside": ("pathlib", "Path.replace", 2, "before"),
    "rows_kept": ("store.vault", "Vault.keep_rows", 1, "after"),
    "lines_written": ("store.submissions", "write_lines", 1, "after"),
    "sending_torn": ("store.journal", "Journal.append", 1, "within"),
    "sending_told": ("store.journal", "Journal.append", 1, "after"),
    "sending_noted": ("store.submissions", "note_submitted", 1, "after"),
    "number_reserved": ("store.publish", "_reserve", 1, "after"),
    "fence_passed": ("store.publish", "pass_fence", 1, "after"),
    "units_open": ("etl.accept", "write_submission", 1, "after"),
    "units_written": ("store.journal", "Journal.append", 2, "before"),
    "acceptance_torn": ("store.journal", "Journal.append", 2, "within"),
    "acceptance_told": ("store.journal", "Journal.append", 2, "after"),
    "settled": ("store.publish", "settle", 1, "after"),
    "audited": ("store.connect", "audit_journal", 1, "after"),
}
# A second fall, while what the first left is mended.
MENDING = {
    "units_written": ("store.recover", "undo", 1, "after"),
    "acceptance_told": ("store.recover", "settle", 1, "before"),
    "lines_written": ("store.recover", "drop_unsent_lines", 1, "after"),
}
QUARTER = ledger([["河顺", 100, 7, 0]], title="林州市河顺镇2018年二季度收入台账")
AT = datetime(2018, 8, 1, 9)


def fall() -> None:
    """End this process at once, as when the power goes."""
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
        os.environ["VILLAGE_VAR"] = str(var)
        settings.cache_clear()
        try:
            work()
        finally:
            os._exit(1)
    return process


def ended_by(process: int) -> int:
    """Wait for a process and return the signal that ended it."""
    return -os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def take_in(step: tuple[str, str, int, str]) -> None:
    """Open the store, and fall at a step of mending or of taking a ledger in."""
    is_mending = step in MENDING.values()
    if is_mending:
        fall_at(*step)
    store = opened()
    if not is_mending:
        fall_at(*step)
    load(store, QUARTER, AT)


def at_steps(folder: Path) -> None:
    """Fall once in each installation of a folder, at the step of its name."""
    for var in sorted(folder.iterdir()):
        first, _, second = var.name.partition("-")
        steps = [STEPS[first], *([MENDING[first]] if second else [])]
        for step in steps:
            signal_number = ended_by(forked(var, partial(take_in, step)))
            assert signal_number == signal.SIGKILL, var.name


def at_any_time(folder: Path) -> None:
    """Fall while one ledger after the other comes in, at a time that a seed decides.

    Writes beside each installation how many ledgers were acknowledged.
    """
    for seed, var in enumerate(sorted(folder.iterdir())):
        reading, writing = os.pipe()
        process = forked(var, partial(take_in_year, writing))
        dice = random.Random(seed)
        acknowledged = sum(
            len(os.read(reading, 1)) for _loaded in range(dice.randint(1, 6))
        )
        time.sleep(dice.random() / 20)
        os.kill(process, signal.SIGKILL)
        os.close(writing)
        assert ended_by(process) == signal.SIGKILL
        acknowledged += len(os.read(reading, 100))
        (var / "acknowledged").write_text(str(acknowledged))


def take_in_year(writing: int) -> None:
    """Take in twelve ledgers and acknowledge each."""
    store = opened()
    for month in range(1, 13):
        title = f"林州市河顺镇2017年{month}月村级集体经济收入台账"
        load(store, ledger([["河顺", month, 0, 0]], title=title), AT)
        os.write(writing, b".")


if __name__ == "__main__":
    at_steps(Path(sys.argv[1]) / "steps")
    at_any_time(Path(sys.argv[1]) / "times")
