"""How long does it take to freeze a meeting, and to make its papers, in which memory?

`python -m bench.meetings FOLDER PLACE RESULT` freezes two meetings of a place and, of
a county, makes all papers of the second; it writes the seconds as JSON. It is a
process of its own, so that its memory can be told.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

from base.place import Scope, level_of
from base.settings import ROOT
from base.viewer import operator
from bench.child import Used, used_by
from bench.province import load
from bench.rows import Row, Target
from bench.stores import demo_copy, environment, installation
from bench.timing import seconds
from etl.door import clock_of, home_of
from office.meetings import Plan, call, freeze, meeting_of
from queries import moment_now
from reports.meeting.papers import WHOLE, Making, makes
from store import Store

_COUNTY, _PROVINCE = "410581", "41"


def main(place: Path) -> list[Row]:
    """Measure freezes and papers.

    Args:
        place: a folder for scratch files.

    Returns:
        The figures.
    """
    told, used = _child(demo_copy(place, "meeting"), _COUNTY)
    province = place / "province"
    if not province.exists():
        load(province)
    wide, wide_used = _child(province, _PROVINCE)
    return [
        Row("freeze, 589 villages", told["first_s"], "s"),
        Row("freeze beside a meeting before, 589 villages", told["second_s"], "s"),
        Row(
            "papers of the county: slides, brief, workbook, print, screen",
            told["papers_s"],
            "s",
            Target("under", 15),
        ),
        Row(
            "papers of its townships",
            told["townships_s"],
            "s",
            Target("under", 60),
            {"files": told["townships"]},
        ),
        Row(
            "freezes and papers: memory at its peak",
            used.peak_bytes / 1e9,
            "GB",
            Target("under", 1),
        ),
        Row("freeze, 50,000 villages", wide["first_s"], "s", Target("under", 10)),
        Row(
            "freeze beside a meeting before, 50,000 villages",
            wide["second_s"],
            "s",
            Target("under", 10),
            {"peak_gb": wide_used.peak_bytes / 1e9},
        ),
    ]


def _child(folder: Path, place_code: str) -> tuple[dict[str, float], Used]:
    result = folder / "meeting.json"
    command = [sys.executable, "-m", "bench.meetings", str(folder), place_code]
    used = used_by([*command, str(result)], ROOT, environment(folder))
    told: dict[str, float] = json.loads(result.read_text(encoding="utf-8"))
    return told, used


def frozen_meeting(store: Store) -> int:
    """Hold a meeting of the whole city, and return its number."""
    clock = clock_of(store)
    now = clock.now()
    by, home = operator(), home_of(store)
    number = call(store, by, Plan(home, "bench", now.date()), now)
    freeze(store, by, number, now, moment_now(store, by, clock).as_of)
    return number


def _measure(store: Store, place_code: str) -> dict[str, float]:
    clock = clock_of(store)
    now = clock.now()
    by = replace(operator(), scope=Scope.of([place_code]))
    as_of = moment_now(store, by, clock).as_of

    def held() -> int:
        number = call(store, by, Plan(place_code, "bench", now.date()), now)
        freeze(store, by, number, now, as_of)
        return number

    numbers: list[int] = []
    told = {
        name: seconds(lambda: numbers.append(held()))
        for name in ("first_s", "second_s")
    }
    if level_of(place_code) != "county":
        return told
    making = Making(store, by, meeting_of(store, by, numbers[-1]), True, now)
    townships = sorted(map(str, making.whole().townships["township_code"]))
    told["papers_s"] = seconds(lambda: list(makes(making, WHOLE)))
    told["townships_s"] = seconds(lambda: list(makes(making, (), townships)))
    return {**told, "townships": len(townships)}


if __name__ == "__main__":
    with installation(Path(sys.argv[1])) as opened_store:
        found = _measure(opened_store, sys.argv[2])
    Path(sys.argv[3]).write_text(json.dumps(found), encoding="utf-8")
