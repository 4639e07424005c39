"""Which inputs break a reader? Each target for its part of the time, then a table."""

import argparse
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.drills.fuzz_one import MOST_MB, NOW, TOLD

# Names of targets; those that coverage guides, then those that change real files. The
# targets themselves are only imported where their code is being watched.
GUIDED = ("texts", "tables", "resolve", "amounts", "periods", "records")
NAMES = (*GUIDED, "workbooks", "old workbooks", "bundles")
_REACHED = re.compile(r"cov: (\d+) ft: (\d+)")
_DONE = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_ARTIFACTS = ("crash-", "timeout-", "oom-", "leak-", "slow-unit-")
_GRACE_SECONDS = 90


@dataclass(frozen=True)
class Found:
    """What came of a target: coverage at the first and the last, and failures."""

    name: str
    inputs: int
    reached: str
    failures: list[str]
    peak_mb: int

    def cells(self) -> tuple[object, ...]:
        """Return the line of the closing table."""
        return (self.name, self.inputs, self.reached, len(self.failures), self.peak_mb)


def is_guided(name: str) -> bool:
    """Tell whether coverage guides what a target is asked."""
    return name in GUIDED


def fuzzed(name: str, seconds: int, seed: int, keep: Path) -> Found:
    """Ask a target in a process of its own; keep the inputs that break it."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        command = [sys.executable, "-m", "tests.drills.fuzz_one", name]
        child = subprocess.run(
            [*command, str(seconds), str(seed), folder],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=seconds + _GRACE_SECONDS,
            check=False,
        )
        said = child.stderr.decode("utf-8", "replace")
        told = json.loads((place / TOLD).read_text("utf-8")) if _has_told(place) else {}
        failures = dict(told.get("failures", {}))
        stopped = [p for p in place.iterdir() if p.name.startswith(_ARTIFACTS)]
        if child.returncode and not stopped:
            stopped = [place / NOW] if (place / NOW).exists() else []
            failures[f"exit code {child.returncode}: {said[-300:]}"] = NOW
        failures |= {one.name: one.name for one in stopped if one.name != NOW}
        for number, kept in enumerate(failures.values()):
            if (place / kept).exists():
                target = keep / name.replace(" ", "-")
                target.mkdir(parents=True, exist_ok=True)
                shutil.copy(place / kept, target / f"{seed}-{number}-{kept[:24]}")
        done = _DONE.search(said)
        inputs = int(done[1]) if done else int(told.get("inputs", 0))
        return Found(name, inputs, _reached(said), [*failures], int(told.get("mb", 0)))


def _has_told(place: Path) -> bool:
    return (place / TOLD).exists()


def _reached(said: str) -> str:
    """Return how many places of the code were reached, from the seeds to the end."""
    steps = _REACHED.findall(said)
    return f"{steps[0][0]} → {steps[-1][0]}" if steps else "–"


def main(arguments: list[str]) -> int:
    """Fuzz all targets; return 1 where an input broke one."""
    options = argparse.ArgumentParser(prog="python -m tests.drills fuzz")
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--target", choices=NAMES, action="append")
    options.add_argument("--keep", type=Path, default=Path("fuzz-failures"))
    given = options.parse_args(arguments)
    names = given.target or [*NAMES]
    seconds = max(int(given.minutes * 60 / len(names)), 1)
    found = []
    for name in names:
        found.append(fuzzed(name, seconds, given.seed, given.keep))
        sys.stderr.write(f"{name}: {found[-1].inputs}\n")
    head = ("target", "inputs", "places reached", "failures", f"MB (of {MOST_MB})")
    for cells in (head, *(one.cells() for one in found)):
        sys.stdout.write(" | ".join(map(str, cells)) + "\n")
    failures = [f"{one.name}: {what}" for one in found for what in one.failures]
    sys.stdout.write("".join(f"{failure}\n" for failure in failures))
    return 1 if failures else 0
