"""Which ledgers are the contestants given? Made up, with a fixed seed."""

import csv
import io
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import count, islice, product
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


def amounts_list(rows: int, bad_share: float = 0.0) -> list[list[str | float]]:
    """Make a list with an amount a line: its headings, then its lines.

    Args:
        rows: how many lines.
        bad_share: of the lines, those with a cell that cannot be read; as many more
            name a village that there is not.
    """
    words = _words()
    sources = [one.name for one in islice(catalogue().sources.values(), SOURCES)]
    chance = np.random.default_rng(3)
    fen = chance.integers(_LARGEST_YUAN * 100, size=(rows, 2))
    luck = chance.random(rows)
    when = (add_months(date(2014, 1, 1), number) for number in count())
    lines = product_of_months(when, list(registry().villages.values()), sources)
    headings = ("township", "village", "month", "source", "due", "received")
    table: list[list[str | float]] = [[words[name] for name in headings]]
    for number, (month, village, source) in enumerate(islice(lines, rows)):
        due, received = (fen[number] / 100).tolist()
        name: str = village.short_name
        if luck[number] < bad_share:
            received = words["unreadable"]
        elif luck[number] < 2 * bad_share:
            name = words["nowhere"]
        place = [village.township_name, name, f"{month:%Y-%m}", source]
        table.append([*place, due, received])
    return table


def product_of_months(
    months: Iterator[date], villages: list[Village], sources: list[str]
) -> Iterator[tuple[date, Village, str]]:
    """Return every source of every village, month by month without end."""
    for month in months:
        for village in villages:
            for source in sources:
                yield month, village, source


def as_csv(table: list[list[str | float]]) -> bytes:
    """Write a table as a csv, as most programs do."""
    out = io.StringIO()
    csv.writer(out).writerows(table)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(table: list[list[str | float]]) -> bytes:
    """Write a table as a workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(table):
            sheet.write_row(row, 0, cells)
    return out.getvalue()


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
