"""How fast is a large file read, against a bare parse and against the ordinary way?"""

import io
import statistics
from collections.abc import Sequence
from datetime import date, datetime
from itertools import count
from pathlib import Path

import pandas as pd
import python_calamine
import sqlalchemy

from base.catalogue import catalogue
from base.viewer import operator
from bench.ledgers import HEADING_ROW, SOURCES, city_ledger
from bench.rows import Row, Target
from bench.stores import installation
from bench.timing import in_turns, ratio, seconds
from etl.check import Checked, check
from etl.door import load_file
from etl.registry import registry
from etl.tables.context import Answers
from store.vault import sha256_of

ROWS, MONTHS, FIRST = 50_000, 85, date(2011, 9, 1)
TODAY = date(2026, 1, 1)
_BY = operator("bench")
_ROUNDS = 5


def main(place: Path) -> list[Row]:
    """Measure checking a ledger of 50,000 rows and nine sources.

    Args:
        place: a folder for scratch files.

    Returns:
        The figures.

    Raises:
        RuntimeError: when the contestants do not read the same.
    """
    content = city_ledger(FIRST, MONTHS, ROWS)
    numbers = count()

    def ordinary_way() -> int:
        return _ordinary_way(content, place / f"ordinary-{next(numbers)}.sqlite")

    _compare(content, ordinary_way())
    taken = in_turns(
        {
            "bare": lambda: _bare_parse(content),
            "check": lambda: _checked(content),
            "ordinary": ordinary_way,
        },
        _ROUNDS,
    )
    taken_in = [_taken_in(content, place / f"store-{run}") for run in range(3)][1:]
    medians = {name: statistics.median(times) for name, times in taken.items()}
    size = {"sheet_rows": ROWS, "sources": SOURCES, "file_mb": len(content) / 1e6}
    return [
        Row(
            "check ÷ bare calamine parse",
            ratio(taken["check"], taken["bare"]),
            "×",
            Target("at most", 4.0),
            {"check_s": medians["check"], "parse_s": medians["bare"], **size},
        ),
        Row(
            "openpyxl + to_sql ÷ check",
            ratio(taken["ordinary"], taken["check"]),
            "×",
            Target("at least", 2.5),
            {"ordinary_s": medians["ordinary"], "check_s": medians["check"]},
        ),
        Row(
            "openpyxl + to_sql ÷ check and durable acceptance",
            medians["ordinary"] / statistics.median(taken_in),
            "×",
            beside={"check_and_acceptance_s": statistics.median(taken_in)},
        ),
    ]


def _bare_parse(content: bytes) -> Sequence[object]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python()


def _checked(content: bytes) -> Checked:
    sha256 = sha256_of(content)
    return check(
        content, "bench.xlsx", sha256, Answers(), registry(), catalogue(), TODAY
    )


def _ordinary_way(content: bytes, database: Path) -> int:
    """Read the file as most programs do, into a new database; return its rows."""
    frame = pd.read_excel(io.BytesIO(content), engine="openpyxl", header=HEADING_ROW)
    engine = sqlalchemy.create_engine(f"sqlite:///{database}")
    frame.to_sql("ledger", engine, index=False)
    engine.dispose()
    return len(frame)


def _taken_in(content: bytes, var: Path) -> float:
    """Return the seconds until a new store has accepted the file, on the disk."""
    at = datetime(TODAY.year, TODAY.month, TODAY.day)
    with installation(var) as store:
        return seconds(lambda: load_file(store, content, "bench.xlsx", _BY, at))


def _compare(content: bytes, ordinary_rows: int) -> None:
    parsed = len(_bare_parse(content)) - HEADING_ROW - 1
    checked = _checked(content)
    if (parsed, ordinary_rows) != (ROWS, ROWS):
        raise RuntimeError(f"rows: {parsed} parsed, {ordinary_rows} the ordinary way")
    if checked.findings or checked.rows.num_rows != ROWS * SOURCES:
        raise RuntimeError(f"{checked.rows.num_rows} checked: {checked.findings[:3]}")
