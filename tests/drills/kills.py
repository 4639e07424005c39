"""Does anything get lost, or come twice, when the real process is killed at work?

`python -m tests.drills kills --times 1000 --seed 1`
"""

import argparse
import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from base.settings import settings
from etl.door import opened
from store import close_all
from store.remote import to_screen
from tests.drills import after
from tests.drills.falling import Step, ended_by, fall_at, forked
from tests.drills.works import MENDING, WORKS, Work
from tests.making import ledger, load
from tests.signing import signed_in

_TOWNSHIPS = ("410581105", "410581106")
_BEGINNING, _FIRST = datetime(2018, 1, 1, 8), datetime(2018, 7, 5, 9)
_LONGEST_S = 120
_ANEW_OF = 2
Problems = dict[str, list[str]]
KINDS = ("losses", "doubles", "differing", "other")


@dataclass(frozen=True)
class Fall:
    """One kill: in which work, at a step or at a share of its time, and once more."""

    work: Work
    step: Step | None
    share: float
    again: Step | float | None


@dataclass
class Base:
    """An installation before a work, how long the work takes, and what it holds."""

    folder: Path
    seconds: float
    held: list[dict[str, Any]]


def few_villages(folder: Path) -> None:
    """Make facts of two townships alone, with which an installation is soon made."""
    shutil.copytree(settings().data, folder)
    path = folder / "registry" / "villages.csv"
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.startswith(_TOWNSHIPS)]
    path.write_text("\n".join([head, *kept]) + "\n", encoding="utf-8")


def _made(var: Path, work: Work) -> None:
    """Make the installation in which a work is done."""
    store = opened(var, at=_BEGINNING)
    signed_in(store, "office", "410581", name="office", at=_FIRST)
    load(store, ledger([["河顺", 1, 2, 3], ["柳泉", 4, 5, 6]]), _FIRST)
    for month in (4, 5):
        title = f"林州市河顺镇2018年{month}月村级集体经济收入台账"
        load(store, ledger([["河顺", month, 2, 3]], title=title), _FIRST)
    if work.prepare:
        work.prepare(store)
    close_all()
    if work.make_older:
        work.make_older(var)


def _lived(var: Path, work: Work, writing: int) -> None:
    """Do the whole work once, and tell how long it took and what was held between."""
    began = time.monotonic()
    store = opened()
    if not work.make_older:
        began = time.monotonic()
    seconds, states = 0.0, [after.held(store)]
    for call in work.calls:
        began = time.monotonic() if seconds else began
        call(store)
        seconds += time.monotonic() - began
        states.append(after.held(store))
    _write(writing, {"seconds": seconds, "held": _plain(states)})


def _plain(states: Any) -> Any:
    """Return what JSON makes of something, so that it can be compared."""
    return json.loads(json.dumps(states, default=str))


def _write(writing: int, told: Any) -> None:
    with os.fdopen(writing, "wb") as out:
        out.write(json.dumps(told, default=str).encode())


def _told_by(var: Path, work: Callable[[int], None]) -> Any:
    """Run something in a process of its own; return what it tells, None if killed."""
    reading, writing = os.pipe()
    process = forked(var, lambda: work(writing))
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        told = answer.read()
    os.waitpid(process, 0)
    return json.loads(told) if told else None


def base_of(folder: Path, work: Work) -> Base:
    """Make what a work begins with, and learn what a whole one leaves."""
    var = folder / work.name.replace(" ", "-")
    os.waitpid(forked(var, partial(_made, var, work)), 0)
    whole = var.with_name(f"{var.name}-whole")
    shutil.copytree(var, whole)
    told = _told_by(whole, partial(_lived, whole, work))
    shutil.rmtree(whole)
    if told is None:
        raise SystemExit(f"{work.name} cannot be done")
    return Base(var, float(told["seconds"]), told["held"])


def _work_on(fall: Fall, ready: int, acknowledging: int) -> None:
    """Do the work, acknowledging each call, until the end comes."""
    work = fall.work
    if work.make_older:
        if fall.step:
            fall_at(*fall.step)
        os.write(ready, b"r")
        store = opened()
    else:
        store = opened()
        if fall.step:
            fall_at(*fall.step)
        os.write(ready, b"r")
    for call in work.calls:
        call(store)
        os.write(acknowledging, b".")
    # whoever did not fall on the way falls while nothing is done
    os.close(ready)
    signal.pause()


def _killed(fall: Fall, base: Base, var: Path) -> int:
    """Let a process fall, and return how many calls it had acknowledged."""
    ready, ready_in = os.pipe()
    reading, writing = os.pipe()
    process = forked(var, partial(_work_on, fall, ready_in, writing))
    os.close(ready_in)
    os.close(writing)
    try:
        os.read(ready, 1)
        if fall.step is None:
            time.sleep(fall.share * base.seconds)
        else:
            # it falls by itself, or tells by closing that it has ended
            select.select([ready], [], [], _LONGEST_S)
        os.kill(process, signal.SIGKILL)
        assert ended_by(process) == signal.SIGKILL
        with os.fdopen(reading, "rb") as acknowledged:
            return len(acknowledged.read())
    finally:
        os.close(ready)


def _reopen(step: Step | None) -> None:
    if step:
        fall_at(*step)
    opened()
    signal.pause()


def _kill_while_mending(var: Path, again: Step | float) -> None:
    at_step = again if isinstance(again, tuple) else None
    process = forked(var, partial(_reopen, at_step))
    time.sleep(0.15 if isinstance(again, tuple) else again)
    os.kill(process, signal.SIGKILL)
    ended_by(process)


def _look(work: Work, base: Base, acknowledged: int, is_late: bool, out: int) -> None:
    """Open the store anew, look, do what is left, and look again."""
    found: Problems = {kind: [] for kind in KINDS}
    try:
        _look_into(work, base, acknowledged, is_late, found)
    except Exception as problem:
        found["other"].append(f"{type(problem).__name__}: {problem}")
    _write(out, found)


def _look_into(
    work: Work, base: Base, acknowledged: int, is_late: bool, found: Problems
) -> None:
    store = opened()
    state = _plain(after.held(store))
    places = [place for place, one in enumerate(base.held) if one == state]
    # a call that changes nothing of this leaves two places alike
    likely = [one for one in places if acknowledged <= one <= acknowledged + 1]
    done = max(likely or places, default=-1)
    if not likely:
        found["losses"].append(_unlike(state, base.held[acknowledged], done))
    _check(store, found, is_anew=not is_late)
    for call in work.calls[acknowledged if work.is_repeatable else max(done, 0) :]:
        call(store)
    resumed = _plain(after.held(store))
    if resumed != base.held[-1]:
        found["other"].append(f"resumed: {_unlike(resumed, base.held[-1], -1)}")
    _check(store, found, is_anew=is_late)


def _check(store: Any, found: Problems, is_anew: bool) -> None:
    found["doubles"] += after.twice(store)
    found["other"] += [*after.left_over(store), *after.broken_chains(store)]
    found["other"] += after.broken_backups(store)
    if is_anew:
        differing = after.differing(store)
        found["differing"] += [str(differing)] if differing else []


def _unlike(state: dict[str, Any], expected: dict[str, Any], done: int) -> str:
    names = [name for name in expected if state[name] != expected[name]]
    return f"stands at {done}, unlike in {names}"


def falls(times: int, seed: int) -> list[Fall]:
    """Return which kills are done: every named step, and moments that a seed decides.

    Args:
        times: how many; the steps come first, in an order that the seed decides.
        seed: of the dice.
    """
    dice = random.Random(seed)
    steps = [
        Fall(work, step, 0, _again(dice, 4)) for work in WORKS for step in work.steps
    ]
    dice.shuffle(steps)
    moments = [
        Fall(work, None, dice.random() * 1.05, _again(dice, 5))
        for work in (dice.choice(WORKS) for _one in range(max(0, times - len(steps))))
    ]
    return [*steps, *moments][:times]


def _again(dice: random.Random, of: int) -> Step | float | None:
    if dice.randrange(of):
        return None
    return dice.choice(MENDING) if dice.randrange(2) else dice.random() / 5


def drill(given: list[Fall], folder: Path, tell: Callable[[str], None]) -> Counter:
    """Do kills one after the other; return the counts of the closing table."""
    bases: dict[str, Base] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for number, fall in enumerate(given):
        name = fall.work.name
        if name not in bases:
            bases[name] = base_of(folder, fall.work)
        base, var = bases[name], folder / f"kill-{number}"
        shutil.copytree(base.folder, var)
        acknowledged = _killed(fall, base, var)
        if fall.again is not None:
            _kill_while_mending(var, fall.again)
        is_late = number % _ANEW_OF == 0
        looked = partial(_look, fall.work, base, acknowledged, is_late)
        found = _told_by(var, looked) or {"other": ["could not be looked at"]}
        counts[name, "kills"] += 1 + (fall.again is not None)
        counts[name, "acknowledged"] += acknowledged
        for kind, problems in found.items():
            counts[name, kind] += len(problems)
            for problem in problems:
                tell(f"{name} at {fall.step or round(fall.share, 3)}: {kind} {problem}")
        shutil.rmtree(var)
    return counts


def _worker(given: list[Fall], out: int) -> None:
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        counts = drill(given, Path(folder), to_screen)
    _write(out, [[*key, count] for key, count in counts.items()])


def table(counts: Counter[tuple[str, str]]) -> list[str]:
    """Return the closing table, one line a work and one for all."""
    columns = ("kills", "acknowledged", *KINDS)
    heads = ("kills", "acknowledged", "losses", "doubles", "figures that differ")
    lines = [f"{'work':18}" + "".join(f"{head:>20}" for head in (*heads, "other"))]
    names = [work.name for work in WORKS]
    for name in [*names, "all"]:
        own = [name] if name != "all" else names
        sums = [sum(counts[one, column] for one in own) for column in columns]
        lines.append(f"{name:18}" + "".join(f"{one:>20}" for one in sums))
    return lines


def main(arguments: list[str]) -> int:
    """Run the drill; 1 where a promise does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.drills kills")
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kills-data-") as folder:
        few_villages(Path(folder) / "data")
        os.environ["VILLAGE_DATA"] = str(Path(folder) / "data")
        settings.cache_clear()
        counts = _all(falls(options.times, options.seed), options.workers)
    for line in table(counts):
        to_screen(line)
    killed = sum(n for (_name, kind), n in counts.items() if kind == "kills")
    seconds = time.monotonic() - began
    to_screen(f"{killed} kills, seed {options.seed}, {seconds:.0f} s")
    bad = sum(n for (_name, kind), n in counts.items() if kind in KINDS)
    return 1 if bad or not killed else 0


def _all(given: list[Fall], workers: int) -> Counter[tuple[str, str]]:
    """Share kills among processes; those of one work follow each other."""
    ordered = sorted(given, key=lambda fall: fall.work.name)
    pipes = []
    for part in (ordered[one::workers] for one in range(workers)):
        reading, writing = os.pipe()
        process = forked(settings().var, partial(_worker, part, writing))
        os.close(writing)
        pipes.append((process, reading))
    counts: Counter[tuple[str, str]] = Counter()
    for process, reading in pipes:
        with os.fdopen(reading, "rb") as answer:
            told = answer.read()
        os.waitpid(process, 0)
        if not told:
            sys.exit("a worker of the drill failed")
        for name, kind, count in json.loads(told):
            counts[name, kind] += count
    return counts
