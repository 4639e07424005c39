"""`python -m bench [PART…]`: which figures are reached, and which are missed?

All parts together are one run, and are written to `bench/results.json`; some of them
alone are only printed, or with `--keep` take the place of their rows there, marked as a
run of their own. A miss is printed as a miss and is no error.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from base.settings import ROOT
from bench import (
    browser,
    crowd,
    demo,
    files,
    forecast,
    lists,
    load,
    meetings,
    pages,
    province,
    township,
)
from bench.machine import described, load_average
from bench.rows import Row, rounded, table
from bench.stores import SCRATCH
from bench.timing import calibration

RESULTS = ROOT / "bench" / "results.json"
# In this order: the demonstration that one part loads is what the later ones read.
PARTS: dict[str, Callable[[Path], list[Row]]] = {
    "files": files.main,
    "lists": lists.main,
    "demo": demo.main,
    "township": township.main,
    "forecast": forecast.main,
    "pages": pages.main,
    "province": province.main,
    "meetings": meetings.main,
    "browser": browser.main,
    "crowd": crowd.main,
    "load": load.main,
}


def main(arguments: Sequence[str]) -> int:
    """Run the bench.

    Args:
        arguments: names of parts; none means all.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--keep", action="store_true", help="keep the parts asked for")
    options = parser.parse_args(arguments)
    asked = options.parts
    if unknown := ", ".join(set(asked) - set(PARTS)):
        parser.error(f"no such part: {unknown}")
    # Whoever ends the bench early finds no scratch files and no server left.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # The framework reads its settings from the folder that a program runs in.
    os.chdir(ROOT)
    results: dict[str, Any] = {**described(), "calibration_s": {}, "load_average": {}}
    figures: list[dict[str, Any]] = []
    SCRATCH.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=SCRATCH) as place:
        for part, measure in PARTS.items():
            if asked and part not in asked:
                continue
            results["load_average"][part] = load_average()
            results["calibration_s"][part] = rounded(calibration())
            rows = measure(Path(place))
            figures += [row.as_entry(part) for row in rows]
            _say(table(part, rows))
    results["calibration_s"]["after"] = rounded(calibration())
    results["figures"] = figures
    _say(_summary(results))
    if asked and options.keep:
        results = _beside_the_others(results, asked)
    if not asked or options.keep:
        text = json.dumps(results, ensure_ascii=False, indent=2)
        RESULTS.write_text(f"{text}\n", encoding="utf-8")
    return 0


def _beside_the_others(results: dict[str, Any], parts: list[str]) -> dict[str, Any]:
    """Return the results that are kept, with those of some parts in their place."""
    kept: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))
    alone = [
        {**one, "beside": {**one["beside"], "run": f"alone: {', '.join(parts)}"}}
        for one in results["figures"]
    ]
    order = list(PARTS)
    others = [one for one in kept["figures"] if one["part"] not in parts]
    figures = sorted([*others, *alone], key=lambda one: order.index(one["part"]))
    told = {
        name: {part: {**kept[name], **results[name]}[part] for part in [*order, *more]}
        for name, more in (("calibration_s", ["after"]), ("load_average", []))
    }
    return {**kept, **told, "figures": figures}


def _summary(results: dict[str, Any]) -> str:
    figures = results["figures"]
    missed = [one["name"] for one in figures if one["is_reached"] is False]
    held = [one for one in figures if one["target"]]
    lines = [
        f"{len(held) - len(missed)} of {len(held)} targets reached",
        *(f"missed: {name}" for name in missed),
        f"{results['measured_on']}, {results['cores']} cores",
        f"calibration before each part, s: {_listed(results['calibration_s'])}",
        f"load average before each part: {_listed(results['load_average'])}",
    ]
    return "\n".join(["", *lines, ""])


def _listed(values: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in values.items())


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
