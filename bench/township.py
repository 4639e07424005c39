"""How long does one township's ledger take, from bytes to accepted and on the disk?"""

import os
import statistics
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from base.catalogue import catalogue
from base.month import add_months
from base.viewer import operator
from bench.ledgers import SOURCES, largest_township, township_ledger
from bench.rows import Row, Target
from bench.stores import demo_copy, installation
from bench.timing import seconds
from etl.check import check
from etl.door import load_file
from etl.registry import registry
from etl.tables.context import Answers
from store import Store
from store.vault import sha256_of

FILES = 30
_WARM_UP = 3
_TARGET = Target("at most", 0.07)
# The demonstration ends with October 2018; its months of these years stand in full.
_NEW_FROM, _REPLACED_FROM = date(2018, 11, 1), date(2016, 1, 1)
_SENT_AT = datetime(2022, 1, 4, 9)
_BLOCK = bytes(4096)


def main(place: Path) -> list[Row]:
    """Measure taking in ledgers of the largest township, beside the demonstration.

    Args:
        place: a folder for scratch files.

    Returns:
        The figures.

    Raises:
        RuntimeError: when a ledger is not accepted as a whole.
    """
    with installation(demo_copy(place, "township")) as store:
        lines = store.value("select count(*) from core.income")
        new = _times(store, _NEW_FROM, 1, _take_in)
        replaced = _times(store, _REPLACED_FROM, 2, _take_in)
        checked = _times(store, _NEW_FROM, 1, _check)
        synced = [seconds(lambda: _sync(store.folder)) for _run in range(FILES)]
    beside = {
        "villages": len(largest_township()),
        "sources": SOURCES,
        "lines_in_store_at_first": int(lines),
    }
    return [
        Row(
            "ledger of a new month",
            statistics.median(new),
            "s",
            _TARGET,
            {"slowest_s": max(new), **beside},
        ),
        Row(
            "ledger of a month that it replaces",
            statistics.median(replaced),
            "s",
            _TARGET,
            {"slowest_s": max(replaced)},
        ),
        Row("of which the check", statistics.median(checked), "s"),
        Row("one fsync of 4 KB there", statistics.median(synced), "s"),
    ]


def _times(
    store: Store, first: date, seed: int, take: Callable[[Store, bytes, str], None]
) -> list[float]:
    villages = largest_township()
    papers = [
        township_ledger(villages, add_months(first, number), seed)
        for number in range(_WARM_UP + FILES)
    ]

    def timed(content: bytes, file_name: str) -> float:
        return seconds(lambda: take(store, content, file_name))

    return [timed(*paper) for paper in papers][_WARM_UP:]


def _take_in(store: Store, content: bytes, file_name: str) -> None:
    loaded = load_file(store, content, file_name, operator("bench"), _SENT_AT)
    if loaded.submission is None or loaded.submission.state != "accepted":
        raise RuntimeError(f"{file_name}: {loaded.checked.findings[:3]}")
    expected = len(largest_township()) * SOURCES
    if loaded.was_known or loaded.checked.rows.num_rows != expected:
        raise RuntimeError(f"{file_name}: {loaded.checked.rows.num_rows} rows")


def _check(_store: Store, content: bytes, file_name: str) -> None:
    sha256, day = sha256_of(content), _SENT_AT.date()
    check(content, file_name, sha256, Answers(), registry(), catalogue(), day)


def _sync(folder: Path) -> None:
    path = folder / "sync"
    with path.open("wb") as file:
        file.write(_BLOCK)
        file.flush()
        os.fsync(file.fileno())
