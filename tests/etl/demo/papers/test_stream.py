"""Do the papers come in order, in believable numbers, and are they read cleanly?"""

from collections import Counter
from datetime import datetime

import pytest

from base.catalogue import catalogue
from etl.check import Checked, check
from etl.demo.economy import Economy
from etl.demo.paper import Paper
from etl.demo.papers.faulty import CODES
from etl.demo.papers.stream import events, papers
from etl.demo.troubles import Told
from etl.registry import registry
from etl.tables.context import Answers
from store.vault import sha256_of

NOW = datetime(2018, 11, 16, 9)


@pytest.fixture(scope="module")
def arrived(sent: list[Paper]) -> list[Paper]:
    return [paper for paper in sent if paper.sent_at <= NOW]


def checked(paper: Paper) -> Checked:
    content = paper.make()
    return check(
        content,
        paper.file_name,
        sha256_of(content),
        Answers(),
        registry(),
        catalogue(),
        paper.sent_at.date(),
    )


def test_papers_come_in_order_in_office_hours(sent: list[Paper]) -> None:
    moments = [paper.sent_at for paper in sent]
    assert moments == sorted(moments)
    assert {moment.hour for moment in moments} <= set(range(8, 18))
    assert len({paper.file_name for paper in sent}) == len(sent)
    assert all("演示" in paper.file_name for paper in sent)


def test_as_many_as_a_city_would_send(arrived: list[Paper]) -> None:
    assert 900 <= len(arrived) <= 1_600


def test_two_late_ledgers_and_the_faulty_papers_lie_in_review(
    sent: list[Paper],
) -> None:
    state = {event.paper.file_name: event.is_accepted for event in events(sent, NOW)}
    waiting = [name for name, is_accepted in state.items() if not is_accepted]
    ledgers = [name for name in waiting if "台账" in name]
    assert len(ledgers) == 2
    assert len(waiting) == 2 + len(CODES)


def test_what_waits_now_is_accepted_the_day_after(sent: list[Paper]) -> None:
    later = list(events(sent, datetime(2018, 11, 17, 12)))
    accepted = Counter(event.paper.file_name for event in later if event.is_accepted)
    assert max(accepted.values()) == 1
    assert sum("2018年10月集体经济台账" in name for name in accepted) == 20


def test_an_earlier_moment_shows_the_earlier_state(sent: list[Paper]) -> None:
    then = datetime(2017, 5, 16, 9)
    before = [(e.at, e.paper.file_name) for e in events(sent, then)]
    after = [(e.at, e.paper.file_name) for e in events(sent, NOW)]
    assert after[: len(before)] == before


def test_every_paper_is_read_without_a_finding_but_the_planned_ones(
    arrived: list[Paper],
) -> None:
    found, layouts = {}, set()
    for paper in arrived:
        result = checked(paper)
        layouts |= set(result.layouts)
        codes = [finding.code for finding in result.findings]
        if codes or not result.rows.num_rows:
            found[paper.file_name] = codes
    planned = {
        name: codes
        for name in found
        for text, code in CODES.items()
        if text in name and (codes := [code])
    }
    assert found == planned
    assert len(found) == len(CODES)
    assert layouts >= set(catalogue().statements) - {"ledger"}


def test_the_same_seed_gives_the_same_bytes(
    economy: Economy, told: Told, sent: list[Paper]
) -> None:
    again = papers(economy, told)
    for one, same in list(zip(sent, again, strict=True))[::25]:
        assert (one.sent_at, one.file_name) == (same.sent_at, same.file_name)
        assert one.make() == same.make()
