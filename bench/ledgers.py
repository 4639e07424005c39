"""Which ledgers are the contestants given? Made up, with a fixed seed."""

import io
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import islice, product
from pathlib import Path

import numpy as np
import xlsxwriter

from base.catalogue import catalogue
from base.month import add_months
from etl.registry import Village, registry

SOURCES = 9
# The rows of title and unit stand above the row of headings.
HEADING_ROW = 2
_WORDS = Path(__file__).parent / "ledger.toml"
_LARGEST_YUAN = 40_000


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def largest_township() -> list[Village]:
    """Return the villages of the township that has most of them."""
    by_township: dict[str, list[Village]] = {}
    for village in registry().villages.values():
        by_township.setdefault(village.township_code, []).append(village)
    return max(by_township.values(), key=len)


def city_ledger(first: date, months: int, rows: int) -> bytes:
    """Make the ledger of all villages over many months: a row a village and month.

    Args:
        first: the first month.
        months: how many months.
        rows: how many rows it has at most.
    """
    words = _words()
    when = [add_months(first, number) for number in range(months)]
    lines = product(when, registry().villages.values())
    places = (
        [village.township_name, village.short_name, f"{month:%Y-%m}"]
        for month, village in lines
    )
    span = words["years"].format(first=when[0].year, last=when[-1].year)
    return _workbook(
        words["title"].format(place=catalogue().city.name, when=span),
        [words["township"], words["village"], words["month"]],
        islice(places, rows),
        seed=1,
    )


def township_ledger(
    villages: list[Village], month: date, seed: int
) -> tuple[bytes, str]:
    """Make the ledger of a township and month: a row a village.

    Args:
        villages: of the township.
        month: its first day.
        seed: another seed gives other amounts.

    Returns:
        The workbook and the name of its file.
    """
    words = _words()
    when = words["year_month"].format(year=month.year, month=month.month)
    place = villages[0].township_name
    content = _workbook(
        words["title"].format(place=place, when=when),
        [words["village"]],
        ([village.short_name] for village in villages),
        seed,
    )
    return content, words["file_name"].format(place=place, when=when)


def _workbook(
    title: str, place_headings: list[str], places: Iterator[list[str]], seed: int
) -> bytes:
    sources = [one.name for one in islice(catalogue().sources.values(), SOURCES)]
    chance = np.random.default_rng(seed)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, title)
        sheet.write(1, 0, _words()["unit"])
        sheet.write_row(HEADING_ROW, 0, [*place_headings, *sources])
        for row, place in enumerate(places, start=HEADING_ROW + 1):
            fen = chance.integers(_LARGEST_YUAN * 100, size=SOURCES)
            sheet.write_row(row, 0, [*place, *(fen / 100).tolist()])
    return out.getvalue()
