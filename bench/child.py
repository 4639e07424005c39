"""How long does a command take, and how much memory does it need at its peak?

`python -m bench.child COMMAND…` runs it and writes one line of JSON. A process of its
own, because a child is counted with the memory of the process that started it, and
this one is small.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple


class Used(NamedTuple):
    """What a command took: seconds by the clock and of a core, bytes at its peak."""

    seconds: float
    core_seconds: float
    peak_bytes: int


def used_by(command: list[str], folder: Path, environment: dict[str, str]) -> Used:
    """Run a command and return what it took.

    Args:
        command: as for a shell, in parts.
        folder: where it runs.
        environment: its variables.

    Raises:
        CalledProcessError: when the command fails.
    """
    answer = subprocess.run(
        [sys.executable, "-m", "bench.child", *command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    return Used(**json.loads(answer.stdout))


def _main(command: list[str]) -> int:
    start = time.perf_counter()
    code = subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode
    taken = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Linux counts memory in KiB.
    found = Used(taken, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)
    sys.stdout.write(json.dumps(found._asdict()))
    return code


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
