"""Do the ledgers say what was told, whatever the township's manner of writing?"""

from decimal import Decimal

import pytest

from etl.demo.economy import SOURCES, Economy
from etl.demo.months import at
from etl.demo.paper import Paper, townships
from etl.demo.papers.ledger import ledgers
from etl.demo.papers.manner import HEADINGS, has_costs, spans
from etl.demo.troubles import Told
from etl.tables.headings import source_named
from tests.making import checked


def test_headings_are_synonyms_of_their_source() -> None:
    for source, texts in HEADINGS.items():
        assert {source_named(text) for text in texts} == {source}


def test_old_years_are_coarser_for_some() -> None:
    counts = {
        year: sum(len(spans(n, year)) for n in range(20)) for year in (2014, 2018)
    }
    assert counts[2018] == 240
    assert 20 < counts[2014] <= 40
    for manner in range(20):
        for year in range(2014, 2019):
            months = [
                n for s in spans(manner, year) for n in range(s.first, s.last + 1)
            ]
            assert months == list(range(1, 13))


@pytest.fixture(scope="module")
def october(economy: Economy, told: Told) -> dict[str, Paper]:
    places = list(townships(economy.world.villages).values())
    made = ledgers(economy, told, places, 2018)
    return {p.sender: p for p in made if "2018年10月" in p.file_name}


def test_every_manner_says_what_was_told(
    economy: Economy, told: Told, october: dict[str, Paper]
) -> None:
    places = townships(economy.world.villages)
    month = at(2018, 10)
    for township in places.values():
        rows = checked(
            october[township.name].make(), october[township.name].file_name
        ).rows.to_pylist()
        read = [row for row in rows if row["line_kind"] == "income"]
        members = [v for v in township.villages if told.is_told[v, month]]
        fen = int(told.stated[:, members, month].sum())
        assert sum(row["amount_received_yuan"] for row in read) == Decimal(fen) / 100
        assert {row["source_id"] for row in read} <= set(SOURCES)
        codes = economy.world.villages["village_code"]
        assert {row["village_code"] for row in read} == {codes[v] for v in members}
        is_cost = [row for row in rows if row["line_kind"] == "cost"]
        assert bool(is_cost) == has_costs(township.manner)
