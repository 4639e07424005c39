"""How does somebody send a ledger? The file, then its findings, then the word."""

import time
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import httpx

from bench.ledgers import township_ledger
from bench.seats import Seat
from etl.form import Filled, form_file
from etl.registry import registry

_SOURCES = ("solar", "cooperative", "farmland")
# Above what the form of the demonstration states, so that no file is known already.
_LEAST_YUAN = 1000


@dataclass(frozen=True)
class Sent:
    """What a sender saw: seconds until findings and until sent, and the number."""

    findings_s: float
    sent_s: float
    submission_no: int


def ledger_of(seat: Seat, month: date, number: int) -> tuple[str, bytes]:
    """Return the name and the bytes of a ledger that nobody else sends.

    Args:
        seat: of a township, for all its villages; of anybody else, for one.
        month: any day of the month.
        number: another number gives other amounts.
    """
    village = seat.village
    if seat.role == "township":
        villages = [
            one
            for one in registry().villages.values()
            if one.township_code == village.township_code
        ]
        content, name = township_ledger(villages, month.replace(day=1), number)
        return name, content
    amount = Decimal(_LEAST_YUAN + number)
    filled = [Filled(source, amount) for source in _SOURCES]
    return form_file(village.village_code, month, filled)


async def send(
    http: httpx.AsyncClient, own: dict[str, str], file: tuple[str, bytes]
) -> Sent:
    """Send a ledger, and wait for its findings before the word is given.

    Args:
        http: a client that keeps no cookies.
        own: headers of whoever sends: the session's cookie and the server as origin.
        file: its name and bytes.

    Raises:
        httpx.HTTPError: when the server does not take it.
        KeyError: when the answer is not as it should be.
    """
    name, content = file
    start = time.perf_counter()
    answer = await http.post(
        "/drafts", params={"name": name}, content=content, headers=own
    )
    found = time.perf_counter() - start
    answer.raise_for_status()
    draft_id = answer.json()["drafts"][0]
    answer = await http.post(f"/drafts/{draft_id}/send", headers=own)
    taken = time.perf_counter() - start
    answer.raise_for_status()
    return Sent(found, taken, int(answer.json()["submission_no"]))
