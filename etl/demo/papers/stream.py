"""Which papers arrive, in which order, and which of them lie in review?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from etl.demo.economy import SEED, Economy
from etl.demo.paper import Paper, townships
from etl.demo.papers.attributes import attributes
from etl.demo.papers.contract import contracts
from etl.demo.papers.correction import corrections
from etl.demo.papers.detail import details
from etl.demo.papers.energy import energy
from etl.demo.papers.faulty import faulty
from etl.demo.papers.inventory import inventories
from etl.demo.papers.joint import joint
from etl.demo.papers.ledger import ledgers
from etl.demo.papers.roster import rosters
from etl.demo.papers.settlement import settlements
from etl.demo.papers.village_year import village_years
from etl.demo.troubles import Told


@dataclass(frozen=True, order=True)
class Event:
    """A paper is sent, or taken up again to be accepted."""

    at: datetime
    paper: Paper
    is_accepted: bool = field(compare=False)


def papers(economy: Economy, told: Told, seed: int = SEED) -> list[Paper]:
    """Return all papers of the world, in the order of sending."""
    places = townships(economy.world.villages)
    found = [
        *ledgers(economy, told, list(places.values()), seed),
        *corrections(told, places, seed),
        *village_years(economy, told, places, seed),
        *energy(economy, places, seed),
        *settlements(economy, seed),
        *joint(economy, places, seed),
        *inventories(economy, told, places, seed),
        *contracts(economy, places, seed),
        *attributes(economy, places),
        *rosters(economy, places, seed),
        *details(economy, places, seed),
        *faulty(economy, places),
    ]
    return sorted(found)


def events(sent: list[Paper], until: datetime) -> Iterator[Event]:
    """Return what happens with the papers until a moment, in order of time.

    A paper that is accepted on a later day than it was sent comes twice.
    """
    found = []
    for paper in sent:
        later = paper.accepted_at
        found.append(Event(paper.sent_at, paper, later == paper.sent_at))
        if later is not None and later != paper.sent_at:
            found.append(Event(later, paper, True))
    yield from (event for event in sorted(found) if event.at <= until)
