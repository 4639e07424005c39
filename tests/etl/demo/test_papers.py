"""Do the invented papers say what the invented economy says, in order and cleanly?"""

import csv
import io
import tomllib
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import cast

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from base.month import add_months
from base.settings import settings
from etl.demo.economy import invent, operating_sources
from etl.demo.papers import HEADINGS, Paper, papers

CLOSING = date(2018, 10, 1)
Table = list[list[str | float]]
Amounts = dict[tuple[str, date, str], int]


@pytest.fixture(scope="module")
def villages() -> pd.DataFrame:
    return pd.read_csv(settings().data / "registry" / "villages.csv", dtype=str)


@pytest.fixture(scope="module")
def economy(villages: pd.DataFrame) -> pd.DataFrame:
    return invent(villages, CLOSING)


@pytest.fixture(scope="module")
def made(villages: pd.DataFrame, economy: pd.DataFrame) -> list[Paper]:
    return list(papers(villages, economy))


@pytest.fixture(scope="module")
def tables(made: list[Paper]) -> dict[str, Table]:
    """The cells of every workbook, by file name."""
    return {
        paper.file_name: cast(
            Table,
            CalamineWorkbook.from_filelike(io.BytesIO(paper.content))
            .get_sheet_by_index(0)
            .to_python(),
        )
        for paper in made
        if not paper.file_name.endswith(".csv")
    }


@pytest.fixture(scope="module")
def ledgers(made: list[Paper]) -> list[Paper]:
    return [paper for paper in made if paper.file_name.endswith(".xlsx")]


@pytest.fixture(scope="module")
def catalogue() -> dict[str, dict[str, list[str]]]:
    """Synonyms in `data/sources.toml`: of columns, and of sources."""
    with (settings().data / "sources.toml").open("rb") as file:
        data = tomllib.load(file)
    sources = {name: one["synonyms"] for name, one in data["sources"].items()}
    return {"columns": data["columns"], "sources": sources}


def headings(table: Table) -> tuple[list[str], int]:
    """The lowest heading of each column, and the first row of the body."""
    body = 3 if isinstance(table[3][0], float) else 4
    pairs = zip(table[2], table[body - 1], strict=True)
    return [str(lower or upper) for upper, lower in pairs], body


def fen(cell: str | float, table: Table) -> int:
    assert isinstance(cell, float)
    exact = Decimal(repr(cell)) * (10**6 if "单位：万元" in table[1] else 100)
    assert exact == int(exact)
    return int(exact)


def rows(table: Table) -> tuple[Table, list[str | float]]:
    """The villages' rows, and the row of sums."""
    body = headings(table)[1]
    sums = next(n for n, row in enumerate(table) if "合计" in row[:3] and n >= body)
    return table[body:sums], table[sums]


def key_of(heading: str, synonyms: dict[str, list[str]]) -> str | None:
    return next((key for key, texts in synonyms.items() if heading in texts), None)


@pytest.fixture(scope="module")
def codes(villages: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Village codes by township code and name, as the townships may write it."""
    pairs = zip(villages["township_code"], villages["short_name"], strict=True)
    exact = dict(zip(pairs, villages["village_code"], strict=True))
    return {(t, f"{name}村"): code for (t, name), code in exact.items()} | exact


@pytest.fixture(scope="module")
def loaded(
    made: list[Paper],
    tables: dict[str, Table],
    catalogue: dict[str, dict[str, list[str]]],
    codes: dict[tuple[str, str], str],
) -> Amounts:
    """What stands in fen once all papers are read in order, zeros included."""
    amounts: Amounts = {}
    for paper in made:
        if paper.file_name.endswith(".xlsx"):
            table = tables[paper.file_name]
            texts = headings(table)[0]
            name_at = next(
                n
                for n, t in enumerate(texts)
                if t in catalogue["columns"]["village_name"]
            )
            sources = {n: key_of(t, catalogue["sources"]) for n, t in enumerate(texts)}
            for row in rows(table)[0]:
                code = codes[paper.township_code, str(row[name_at])]
                for at, source in sources.items():
                    if source and row[at] != "":
                        cell = 0 if row[at] == "无" else fen(row[at], table)
                        amounts[code, paper.month, source] = cell
        elif paper.file_name.endswith(".csv"):
            for line in flat(paper):
                code = codes[paper.township_code, line["村名"]]
                source = key_of(line["收入来源"], catalogue["sources"])
                assert source
                cell = int(Decimal(line["实收(元)"]) * 100)
                amounts[code, paper.month, source] = cell
    return amounts


def flat(paper: Paper) -> list[dict[str, str]]:
    has_mark = paper.content.startswith(b"\xef\xbb\xbf")
    text = paper.content.decode("utf-8-sig" if has_mark else "gb18030")
    return list(csv.DictReader(io.StringIO(text)))


def test_one_ledger_per_township_and_month(ledgers: list[Paper]) -> None:
    keys = {(paper.township_code, paper.month) for paper in ledgers}
    assert len(ledgers) == len(keys) == 20 * 34


def test_papers_come_in_order_in_office_hours(
    made: list[Paper], ledgers: list[Paper]
) -> None:
    assert all(one.sent_at <= other.sent_at for one, other in pairwise(made))
    assert len({paper.file_name for paper in made}) == len(made)
    assert {paper.sent_at.hour for paper in made} <= set(range(8, 18))
    for paper in ledgers:
        assert paper.sent_at.date().replace(day=1) == add_months(paper.month, 1)
        assert paper.sent_at.day <= 20
    late = sum(paper.sent_at.day > 9 for paper in ledgers)
    assert 0 < late < 0.1 * len(ledgers)


def test_two_ledgers_of_the_last_month_lie_in_review(made: list[Paper]) -> None:
    waiting = [paper for paper in made if not paper.is_accepted]
    assert [paper.month for paper in waiting] == [CLOSING, CLOSING]
    assert len({paper.township_code for paper in waiting}) == 2


def test_titles_name_township_and_month(
    ledgers: list[Paper], tables: dict[str, Table], villages: pd.DataFrame
) -> None:
    pairs = zip(villages["township_code"], villages["township_name"], strict=True)
    names = dict(pairs)
    for paper in ledgers:
        title = str(tables[paper.file_name][0][0])
        assert names[paper.township_code] in title
        assert f"{paper.month.year}年{paper.month.month}月" in title


def test_every_heading_is_in_the_catalogue(
    tables: dict[str, Table],
    ledgers: list[Paper],
    catalogue: dict[str, dict[str, list[str]]],
) -> None:
    known = catalogue["columns"] | catalogue["sources"]
    shapes = set()  # first row of the body, and whether there are codes
    for paper in ledgers:
        texts, body = headings(tables[paper.file_name])
        meant = [key_of(text, known) for text in texts]
        assert None not in meant
        assert len(set(meant)) == len(meant)
        shapes.add((body, "village_code" in meant))
    assert shapes == {(3, True), (3, False), (4, True), (4, False)}


def test_the_constants_are_synonyms_of_their_source(
    catalogue: dict[str, dict[str, list[str]]],
) -> None:
    for source, texts in HEADINGS.items():
        assert set(texts) <= set(catalogue["sources"][source])


def test_sums_are_true(ledgers: list[Paper], tables: dict[str, Table]) -> None:
    for paper in ledgers:
        table = tables[paper.file_name]
        body, sums = rows(table)
        texts = headings(table)[0]
        first = 3 if "村代码" in texts else 2
        for at in range(first, len(texts) - 1):
            cells = [row[at] for row in body if isinstance(row[at], float)]
            assert sum(fen(cell, table) for cell in cells) == fen(sums[at], table)
        for row in body:
            cells = [cell for cell in row[first:-2] if isinstance(cell, float)]
            total = row[len(texts) - 2]
            assert sum(fen(cell, table) for cell in cells) == fen(total or 0.0, table)


def test_a_line_reports_or_is_entirely_blank(
    ledgers: list[Paper], tables: dict[str, Table]
) -> None:
    blank = written = nothing = 0
    for paper in ledgers:
        table = tables[paper.file_name]
        first = 3 if "村代码" in headings(table)[0] else 2
        for row in rows(table)[0]:
            has_total = row[-2] != ""
            has_cell = any(cell != "" for cell in row[first:-2])
            assert has_total == has_cell
            blank += not has_cell
            written += has_cell
            nothing += "无" in row
    assert 0.005 < blank / (blank + written) < 0.045
    assert nothing > 100


def test_what_is_loaded_is_the_economy_but_for_blank_lines(
    economy: pd.DataFrame, loaded: Amounts
) -> None:
    columns = ["village_code", "month", "source_id", "amount_fen"]
    lines = zip(*(economy[name].tolist() for name in columns), strict=True)
    true: Amounts = {(code, month, source): cell for code, month, source, cell in lines}
    told = {(code, month) for code, month, _source in loaded}
    assert {key: cell for key, cell in loaded.items() if cell} == {
        key: cell for key, cell in true.items() if key[:2] in told
    }


@pytest.mark.parametrize(("year", "low", "high"), [(2016, 420, 445), (2017, 285, 320)])
def test_villages_under_the_line_as_loaded(
    loaded: Amounts, villages: pd.DataFrame, year: int, low: int, high: int
) -> None:
    under = codes_under(loaded, villages, year)
    assert low <= len(under) <= high
    if year == 2017:
        assert 95 <= len(under & codes_under(loaded, villages, 2018)) <= 120


def codes_under(loaded: Amounts, villages: pd.DataFrame, year: int) -> set[str]:
    sources = operating_sources()
    total = dict.fromkeys(villages["village_code"], 0)
    for (code, month, source), cell in loaded.items():
        if month.year == year and source in sources:
            total[code] += cell
    return {code for code, cell in total.items() if cell < 5_000_000}


def test_corrections_come_one_or_two_months_later(made: list[Paper]) -> None:
    corrections = [paper for paper in made if paper.file_name.endswith(".csv")]
    assert 24 <= len(corrections) <= 48
    assert len({paper.township_code for paper in corrections}) == 6
    heads = {tuple(flat(paper)[0]) for paper in corrections}
    assert heads == {("乡镇", "村名", "月份", "收入来源", "应收(元)", "实收(元)")}
    for paper in corrections:
        first = paper.sent_at.date().replace(day=1)
        assert first in (add_months(paper.month, 2), add_months(paper.month, 3))
    marks = {paper.content.startswith(b"\xef\xbb\xbf") for paper in corrections}
    assert marks == {True, False}


def test_village_years_repeat_the_ledgers(
    made: list[Paper],
    tables: dict[str, Table],
    loaded: Amounts,
    codes: dict[tuple[str, str], str],
    catalogue: dict[str, dict[str, list[str]]],
) -> None:
    years = [paper for paper in made if paper.file_name.endswith(".xls")]
    assert {paper.file_name[:3] for paper in years} == {"茶店镇", "河顺镇"}
    for paper in years:
        table = tables[paper.file_name]
        village = paper.file_name[3:].removesuffix("2016年集体经济收入情况表.xls")
        code = codes[paper.township_code, village]
        assert table[2][1:13] == [f"{n}月" for n in range(1, 13)]
        read: Amounts = {}
        for row in table[3:-1]:
            source = key_of(str(row[0]), catalogue["sources"])
            assert source
            for n in range(1, 13):
                if row[n] != "":
                    cell = 0 if row[n] == "无" else fen(float(row[n]), table)
                    read[code, date(2016, n, 1), source] = cell
        assert any(read.values())
        assert {key: loaded[key] for key in read} == read
        stated = {key for key in loaded if key[0] == code and key[1].year == 2016}
        assert {key for key in stated if loaded[key]} <= set(read)


def test_the_seed_decides(villages: pd.DataFrame) -> None:
    few = villages[villages["township_name"].isin(["茶店镇", "河顺镇", "桂园街道"])]
    economy = invent(few, CLOSING, months=12)
    assert list(papers(few, economy)) == list(papers(few, economy))
    other = {paper.sent_at for paper in papers(few, economy, seed=1)}
    assert other != {paper.sent_at for paper in papers(few, economy)}
