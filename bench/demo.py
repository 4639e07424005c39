"""How long does the demonstration take from nothing, and does it load but once?"""

import sys
from collections import Counter
from pathlib import Path

from base.settings import ROOT
from bench.child import used_by
from bench.rows import Row, Target
from bench.stores import environment, installation, load_demo
from store import Store
from store.publish import VERSIONED

# What must be the same before and after a second load.
_FACTS = {
    "version": "select version_no from ops.version",
    "submissions": "select count(*) from ops.submission",
    "lines": "select count(*) from core.income",
    "lines_received_yuan": "select sum(amount_received_yuan) from core.income",
    "units": "select count(*) from core.income_period where to_no > (select version_no "
    "from ops.version)",
    "units_received_yuan": "select sum(amount_received_yuan) from core.income_period "
    "where to_no > (select version_no from ops.version)",
    "acceptances": "select count(*) from ops.acceptance",
}


def main(place: Path) -> list[Row]:
    """Measure `python -m etl demo` into an empty folder, and once more.

    Args:
        place: a folder for scratch files; the demonstration stays in it.

    Returns:
        The figures.
    """
    var = place / "demo"
    first = load_demo(var)
    before = _facts(var)
    again = load_demo(var)
    after = _facts(var)
    changed = [name for name, value in before.items() if after[name] != value]
    return [
        Row(
            "demo from nothing",
            first.seconds,
            "s",
            Target("under", 120),
            {
                "core_s": first.core_seconds,
                **{name: before[name] for name in ("submissions", "lines", "units")},
            },
        ),
        Row(
            "demo: memory at its peak",
            first.peak_bytes / 1e9,
            "GB",
            Target("under", 1.5),
        ),
        Row(
            "second load changes nothing: facts changed",
            len(changed),
            f"of {len(_FACTS)}",
            Target("at most", 0),
            {"changed": ", ".join(changed)} if changed else {},
        ),
        Row("second load", again.seconds, "s"),
        _rebuilt(var),
    ]


def _rebuilt(var: Path) -> Row:
    """Make the database anew from vault and journal; count the rows that differ."""
    with installation(var) as store:
        before = {name: _rows(store, name) for name in VERSIONED}
    used = used_by([sys.executable, "-m", "etl", "rebuild"], ROOT, environment(var))
    with installation(var) as store:
        after = {name: _rows(store, name) for name in VERSIONED}
    differing = sum(
        (before[name] - after[name]).total() + (after[name] - before[name]).total()
        for name in VERSIONED
    )
    return Row(
        "rebuild: rows that differ, to the fen",
        differing,
        f"of {sum(rows.total() for rows in before.values())}",
        Target("at most", 0),
        {"rebuild_s": used.seconds, "peak_gb": used.peak_bytes / 1e9},
    )


def _rows(store: Store, table: str) -> Counter[str]:
    rows = store.frame(f"select cast(t as varchar) as said from {table} as t", {})
    return Counter(rows["said"])


def _facts(var: Path) -> dict[str, str]:
    with installation(var) as store:
        return {name: _fact(store, sql) for name, sql in _FACTS.items()}


def _fact(store: Store, sql: str) -> str:
    return str(store.value(sql))
