"""How many rows of a sheet does a core take in a second, and how soon are errors told?

Core seconds are those of all threads of the process, so that two threads do not pass
for one fast one.
"""

import statistics
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from base.clock import FixedClock
from base.viewer import operator
from bench.ledgers import amounts_list, as_csv, as_xlsx
from bench.rows import Row, Target
from bench.stores import installation
from bench.timing import seconds
from etl.check import Checked
from etl.door import NO_ANSWERS, check_file, load_file

XLSX_ROWS, CSV_ROWS = 50_000, 200_000
_NOW = datetime(2040, 1, 1)
_BAD_SHARE = 0.02
_BY = operator("bench")
_ROUNDS = 5


def main(place: Path) -> list[Row]:
    """Measure lists with an amount a line, as workbook and as csv.

    Args:
        place: a folder for scratch files.

    Returns:
        The figures.
    """
    return [
        *_rate("xlsx", as_xlsx(amounts_list(XLSX_ROWS)), XLSX_ROWS, 20_000, place),
        *_rate("csv", as_csv(amounts_list(CSV_ROWS)), CSV_ROWS, 100_000, place),
        _findings(as_xlsx(amounts_list(XLSX_ROWS, _BAD_SHARE))),
    ]


def _checked(content: bytes, name: str) -> Checked:
    return check_file(content, name, NO_ANSWERS, FixedClock(_NOW))


def _rate(kind: str, content: bytes, rows: int, bound: int, place: Path) -> list[Row]:
    name = f"bench.{kind}"

    def check() -> None:
        found = _checked(content, name)
        if found.findings or found.rows.num_rows != rows:
            raise RuntimeError(f"{found.rows.num_rows} rows: {found.findings[:3]}")

    check()
    read = statistics.median(core_seconds(check) for _round in range(_ROUNDS))
    taken = [
        _taken_in(content, name, place / f"{kind}-{run}") for run in range(_ROUNDS)
    ]
    by_clock = statistics.median(clock for clock, _core in taken)
    by_core = statistics.median(core for _clock, core in taken)
    beside: dict[str, float | str] = {"rows": rows, "core_s": read}
    return [
        Row(
            f"{kind}: sheet rows to rows that can be accepted",
            rows / read,
            "a core second",
            Target("at least", bound),
            beside,
        ),
        Row(
            f"{kind}: sheet rows to rows accepted, on the disk",
            rows / by_core,
            "a core second",
            Target("at least", bound),
            {"core_s": by_core, "by_the_clock_s": by_clock},
        ),
    ]


def core_seconds(work: Callable[[], object]) -> float:
    """Return how much of a core a piece of work takes, in seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _taken_in(content: bytes, name: str, var: Path) -> tuple[float, float]:
    """Return seconds by the clock and of a core until a new store has it accepted."""
    with installation(var) as store:
        start = time.process_time()
        by_clock = seconds(lambda: load_file(store, content, name, _BY, _NOW))
        return by_clock, time.process_time() - start


def _findings(content: bytes) -> Row:
    found = _checked(content, "bench.xlsx")
    taken = [
        seconds(lambda: _checked(content, "bench.xlsx")) for _round in range(_ROUNDS)
    ]
    return Row(
        f"all findings of a workbook of {XLSX_ROWS:,} rows",
        statistics.median(taken),
        "s",
        Target("under", 5),
        {"findings": len(found.findings), "rows_rejected": found.rejected},
    )
