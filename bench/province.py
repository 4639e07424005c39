"""How fast is each page over a province of 50,000 villages and three years of months?

The province is invented and written in bulk: `python -m etl demo --scale province`.
Each page runs as in `bench.pages`: once with its caches empty, then warm.
"""

import logging
import statistics
import sys
from collections.abc import Mapping
from pathlib import Path

from base.settings import ROOT
from bench.child import Used, used_by
from bench.pages import forget, run, signed_in, visit
from bench.rows import Row, Target
from bench.stores import environment, installation
from bench.timing import seconds

_WARM_RUNS = 7
_COUNTY, _TOWNSHIP = "415101", "415101101"
_VILLAGE = f"{_TOWNSHIP}201"
_LINZHOU, _HESHUN, _LIUQUAN = "410581", "410581106", "410581106205"
# Which pages each role opens, about which place; "" is the whole of the role.
_VISITS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "office": (
        ("overview", ""),
        ("map", ""),
        ("map", _COUNTY),
        ("map", _LINZHOU),
        ("map", _TOWNSHIP),
        ("village", ""),
        ("village", _VILLAGE),
        ("report", ""),
        ("review", ""),
        ("reporting", ""),
        ("outlook", ""),
        ("gaps", ""),
        ("sources", ""),
        ("joint", ""),
        ("solar", ""),
        ("actions", ""),
        ("alerts", ""),
        ("doubts", ""),
        ("duties", ""),
        ("meeting", ""),
        ("strategy", ""),
        ("people", ""),
        ("audit", ""),
    ),
    "township": (
        ("overview", ""),
        ("report", ""),
        ("review", ""),
        ("reporting", ""),
        ("outlook", ""),
        ("gaps", ""),
        ("sources", ""),
        ("joint", ""),
        ("solar", ""),
        ("actions", ""),
        ("alerts", ""),
        ("doubts", ""),
        ("duties", ""),
        ("meeting", ""),
        ("strategy", ""),
        ("map", ""),
        ("village", _LIUQUAN),
    ),
    "secretary": (
        ("report", ""),
        ("village", _LIUQUAN),
        ("actions", ""),
        ("alerts", ""),
    ),
}


def main(place: Path) -> list[Row]:
    """Measure the load of the province, and the pages over it.

    Args:
        place: a folder for scratch files.

    Returns:
        The figures.

    Raises:
        RuntimeError: when a page shows an error.
    """
    var = place / "province"
    used = load(var)
    rows = [
        Row("province from nothing", used.seconds, "s", Target("under", 180)),
        Row(
            "province: memory at its peak",
            used.peak_bytes / 1e9,
            "GB",
            Target("under", 4),
        ),
    ]
    return rows + pages_of(var)


def load(var: Path) -> Used:
    """Write the province into a folder by its command, and return what it took."""
    command = [sys.executable, "-m", "etl", "demo", "--scale", "province"]
    return used_by(command, ROOT, environment(var))


def pages_of(var: Path) -> list[Row]:
    """Measure every page of each role over the province in a folder."""
    # The harness warns at every turn that there is no server.
    logging.disable(logging.WARNING)
    rows = []
    with installation(var) as store:
        for role, visits in _VISITS.items():
            with signed_in(store, role):
                rows += [_measured(role, *one) for one in visits]
    logging.disable(logging.NOTSET)
    return rows


def _measured(role: str, page: str, place_code: str) -> Row:
    at = visit(page, place_code)
    forget()
    cold = seconds(lambda: run(at))
    run(at)
    warm = [seconds(lambda: run(at)) for _run_no in range(_WARM_RUNS)]
    return Row(
        " ".join(filter(None, (f"{role}, {page}", place_code))) + ": warm",
        statistics.median(warm),
        "s",
        Target("under", 1),
        {"cold_s": cold, "slowest_s": max(warm)},
    )
