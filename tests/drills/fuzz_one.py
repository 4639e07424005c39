"""Does a reader break on some input? Run as a process of its own, by `fuzz`.

`python -m tests.drills.fuzz_one TARGET SECONDS SEED FOLDER`: inputs that break it are
written to the folder. What takes too long or too much memory ends the process; the
input of that moment stays in the folder as `now`.
"""

import faulthandler
import hashlib
import json
import random
import resource
import sys
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

MOST_SECONDS, MOST_MB = 30, 1_000
_LONGEST = 20_000
NOW, TOLD = "now", "told.json"


class Watch:
    """Asks a target and keeps what breaks it, one input for each place of breaking."""

    def __init__(self, ask: Callable[[bytes], object], folder: Path) -> None:
        self.ask, self.folder = ask, folder
        self.inputs = 0
        self.failures: dict[str, str] = {}

    def __call__(self, data: bytes) -> None:
        self.inputs += 1
        begun = time.monotonic()
        try:
            self.ask(data)
        except Exception as error:  # noqa: BLE001
            frame = traceback.extract_tb(error.__traceback__)[-1]
            self._keep(data, f"{type(error).__name__} {frame.filename}:{frame.lineno}")
        seconds = time.monotonic() - begun
        if seconds > MOST_SECONDS:
            self._keep(data, f"{seconds:.0f} s")
        if self.inputs % 500 == 0:
            self.tell()

    def _keep(self, data: bytes, what: str) -> None:
        if what not in self.failures:
            name = hashlib.sha256(data).hexdigest()[:16]
            self.failures[what] = name
            (self.folder / name).write_bytes(data)
        self.tell()

    def tell(self) -> None:
        """Write down how far it is, for whoever started this."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_000
        told = {"inputs": self.inputs, "failures": self.failures, "mb": peak}
        (self.folder / TOLD).write_text(json.dumps(told), encoding="utf-8")


def guided(name: str, seconds: int, seed: int, folder: Path) -> None:
    """Look for inputs that reach new places of the code; never returns."""
    import atheris

    with atheris.instrument_imports(include=["etl", "base.formats", "base.money"]):
        target = import_module("tests.drills.targets").TARGETS[name]
    with TemporaryDirectory() as seeds:
        for number, content in enumerate(target.seeds()):
            (Path(seeds) / str(number)).write_bytes(content)
        given = [sys.argv[0], f"-max_total_time={seconds}", f"-seed={seed or 1}"]
        given += [f"-timeout={MOST_SECONDS}", f"-rss_limit_mb={MOST_MB}"]
        given += [
            f"-artifact_prefix={folder}/",
            "-print_final_stats=1",
            f"-max_len={_LONGEST}",
        ]
        watch = Watch(target.ask, folder)
        atheris.Setup([*given, seeds], watch)
        atheris.Fuzz()


def mutating(name: str, seconds: int, seed: int, folder: Path) -> None:
    """Change real files at random."""
    target: Any = import_module("tests.drills.targets").TARGETS[name]
    mutated = import_module("tests.drills.mutating").mutated
    rng, seeds = random.Random(seed), target.seeds()
    watch, end = Watch(target.ask, folder), time.monotonic() + seconds
    while time.monotonic() < end:
        data = mutated(rng, rng.choice(seeds))
        (folder / NOW).write_bytes(data)
        faulthandler.dump_traceback_later(2 * MOST_SECONDS, exit=True)
        watch(data)
    faulthandler.cancel_dump_traceback_later()
    (folder / NOW).unlink()
    watch.tell()


if __name__ == "__main__":
    name, given_seconds, given_seed, given_folder = sys.argv[1:]
    is_guided = import_module("tests.drills.fuzz").is_guided(name)
    how = guided if is_guided else mutating
    how(name, int(given_seconds), int(given_seed), Path(given_folder))
