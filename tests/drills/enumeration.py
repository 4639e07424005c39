"""Does a failed sign-in tell by its time whether there is such a name?

python -m tests.drills enumeration [TRIES] [SEED]: as many tries of names that are and
of names that are not, mixed, through the running server.
"""

import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from accounts.people import Person, create
from base.clock import SystemClock
from etl.door import opened
from store import close_all
from tests.signing import ADMIN
from tests.web.running import Dashboard, started, wait_until_it_answers

_TRIES, _SEED = 200, 7
# Medians that lie nearer than this cannot be told apart over a network.
_MOST_APART = 0.10


def main(arguments: list[str]) -> int:
    """Measure, print a table, and return 1 where the times tell names apart."""
    tries = int(arguments[0]) if arguments else _TRIES
    seed = int(arguments[1]) if len(arguments) > 1 else _SEED
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder) / "var"
        store = opened(var)
        now = SystemClock().now()
        create(store, ADMIN, Person("admin", "admin", ()), now)
        for number in range(tries):
            create(store, ADMIN, Person(f"known{number}", "admin", ()), now)
        close_all()
        # all tries come from one address, which would wait after 200 failures
        more = {"hosts": '["localhost"]', "proxies": '["127.0.0.1"]'}
        with started(var, **more) as found:
            wait_until_it_answers(found)
            took = _measured(found, tries, random.Random(seed))
    medians = {kind: statistics.median(times) for kind, times in took.items()}
    apart = abs(medians["known"] - medians["unknown"]) / min(medians.values())
    lines = ["names    tries  median ms  p95 ms"]
    for kind, times in took.items():
        late = sorted(times)[int(len(times) * 0.95)]
        lines.append(
            f"{kind:8} {len(times):5}  {medians[kind] * 1000:9.1f}  {late * 1000:6.1f}"
        )
    lines.append(f"medians apart: {apart:.1%}, allowed {_MOST_APART:.0%}, seed {seed}")
    sys.stdout.write("\n".join(lines) + "\n")
    return int(apart > _MOST_APART)


def _measured(
    found: Dashboard, tries: int, chance: random.Random
) -> dict[str, list[float]]:
    """Try names that are and names that are not, in an order that means nothing."""
    names = [
        (kind, f"{kind}{n}") for kind in ("known", "unknown") for n in range(tries)
    ]
    chance.shuffle(names)
    took: dict[str, list[float]] = defaultdict(list)
    said = set()
    for number, (kind, name) in enumerate(names):
        headers = {"x-forwarded-for": f"10.0.{number // 250}.{number % 250}"}
        body = f"name={name}&secret=wrong-wrong-wrong".encode()
        headers["content-type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        answer = found.post("/sign-in", body, **headers)
        took[kind].append(time.perf_counter() - began)
        said.add((answer.status_code, answer.text.replace(name, "")))
    if len(said) != 1:
        raise SystemExit("the words differ between names that are and that are not")
    return dict(took)
