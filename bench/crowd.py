"""What happens when 500 people sign in and each sends a file, all within a minute?

Driven through the real server by a program of its own, whose share of the processor is
told beside the figures. Each has a village, a password and a file; each waits for the
findings before sending.
"""

import asyncio
import os
import resource
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import httpx

from accounts.changes import changing
from accounts.passwords import hash_of
from accounts.people import Person, add, keep_password
from base.viewer import Viewer, system_viewer
from bench.browser import server_of
from bench.ledgers import (
    amounts_list,
    as_xlsx,
    largest_township,
    township_ledger,
)
from bench.rows import Row, Target
from bench.sender import send
from etl.door import opened
from etl.form import Filled, form_file
from etl.registry import registry
from store import Store, close_all

PEOPLE = 500
_WITHIN_S, _ARRIVE_S = 60.0, 50.0
_FINDINGS_S = 3.0
LONG_ROWS = 50_000
_OFFICE = "bench.office"
_PASSWORD = "a phrase one remembers 2018"
_MONTH = date(2018, 10, 1)
_AT = datetime(2018, 11, 1, 8)


@dataclass(frozen=True)
class Journey:
    """What one person saw: seconds, and the number of the submission."""

    signed_in_s: float
    findings_s: float
    ended_s: float
    submission_no: int


def main(place: Path) -> list[Row]:
    """Let the crowd in.

    Args:
        place: an empty folder.

    Returns:
        The figures, those with targets first.
    """
    var = place / "crowd"
    people = _people(var)
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    with server_of(var) as address:
        began = time.perf_counter()
        journeys = asyncio.run(_crowd(address, people))
        taken = time.perf_counter() - began
        files = asyncio.run(_files(address))
    after = resource.getrusage(resource.RUSAGE_SELF)
    client = (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
    beside: dict[str, float | str] = {
        "people": float(PEOPLE),
        "load client's share of a core": client / (time.perf_counter() - start),
        "cores": float(len(os.sched_getaffinity(0))),
    }
    kept, twice = _kept(var, journeys)
    waits = sorted(one.findings_s for one in journeys)
    return [
        Row(
            "crowd: p95 from send to findings",
            percentile(waits, 0.95),
            "s",
            Target("under", _FINDINGS_S),
            {**beside, "median": statistics.median(waits), "longest": waits[-1]},
        ),
        Row(
            "crowd: all signed in and sent",
            taken,
            "s",
            Target("under", _WITHIN_S + 1),
            beside,
        ),
        Row(
            "crowd: files kept",
            float(kept),
            "files",
            Target("at least", PEOPLE),
            {"twice": float(twice)},
        ),
        Row(
            "crowd: p95 from password to session",
            percentile(sorted(one.signed_in_s for one in journeys), 0.95),
            "s",
        ),
        *files,
    ]


def _people(var: Path) -> list[tuple[str, str]]:
    """Make an installation with a first secretary in each of 500 villages."""
    store = opened(var, _AT)
    by = Viewer("bench", "admin", system_viewer().scope)
    made = []
    # one hash for all: it is the sign-in that is measured
    kept = hash_of(_PASSWORD)
    with changing(store) as cursor:
        for village in list(registry().villages.values())[:PEOPLE]:
            name = f"bench.{village.village_code}"
            person = Person(name, "secretary", (village.village_code,))
            given = add(cursor, by, person, _AT)
            keep_password(cursor, given.account, kept, _AT)
            made.append((name, village.village_code))
        office = Person(_OFFICE, "office", ("410581",))
        given = add(cursor, by, office, _AT)
        keep_password(cursor, given.account, kept, _AT)
    close_all()
    return made


async def _crowd(address: str, people: Sequence[tuple[str, str]]) -> list[Journey]:
    start = time.perf_counter()
    limits = httpx.Limits(max_connections=PEOPLE)
    async with httpx.AsyncClient(
        base_url=address, limits=limits, timeout=120, trust_env=False
    ) as client:
        return await asyncio.gather(
            *(
                _journey(client, address, *person, start, number)
                for number, person in enumerate(people)
            )
        )


async def _journey(
    client: httpx.AsyncClient,
    address: str,
    name: str,
    village_code: str,
    start: float,
    number: int,
) -> Journey:
    await asyncio.sleep(number * _ARRIVE_S / PEOPLE)
    own = {"origin": address}
    began = time.perf_counter()
    # a session of its own: the client's cookies are not shared
    answer = await client.post(
        "/sign-in", data={"name": name, "secret": _PASSWORD}, headers=own
    )
    signed_in = time.perf_counter() - began
    if answer.status_code != 303:
        raise RuntimeError(f"sign-in {answer.status_code}: {answer.text[-200:]}")
    cookie = answer.headers["set-cookie"].partition(";")[0]
    client.cookies.clear()
    own["cookie"] = cookie
    filled = [
        Filled(source, _amount(number))
        for source in ("solar", "cooperative", "farmland")
    ]
    sent = await send(client, own, form_file(village_code, _MONTH, filled))
    return Journey(
        signed_in,
        sent.findings_s,
        time.perf_counter() - start,
        sent.submission_no,
    )


def _amount(number: int) -> Decimal:
    """Return an amount in yuan that no other person sends."""
    return Decimal(1000 + number)


def percentile(ordered: Sequence[float], part: float) -> float:
    """Return the value under which a part of the values is; they stand in order."""
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


def _kept(var: Path, journeys: Sequence[Journey]) -> tuple[int, int]:
    """Count the files that are there, whole, and those that are there twice."""
    store = opened(var)
    try:
        return _counted(store, journeys)
    finally:
        close_all()


def _counted(store: Store, journeys: Sequence[Journey]) -> tuple[int, int]:
    rows = store.rows(
        "select submission_no, sha256, place_code from ops.submission "
        "where statement = 'ledger'"
    )
    told = {one.submission_no for one in journeys}
    kept = 0
    for number, sha256, _place in rows:
        store.vault.original(sha256)
        kept += number in told and store.vault.rows(number).num_rows > 0
    places = {place for _number, _sha256, place in rows}
    return kept, len(rows) - len(places)


async def _files(address: str) -> list[Row]:
    """Return how long single files take from send to findings, through the server."""
    first, _villages_named = township_ledger(largest_township(), _MONTH, 1)
    long = as_xlsx(amounts_list(LONG_ROWS, 0.02))
    async with httpx.AsyncClient(
        base_url=address, timeout=120, trust_env=False
    ) as client:
        own = {"origin": address}
        answer = await client.post(
            "/sign-in", data={"name": _OFFICE, "secret": _PASSWORD}, headers=own
        )
        own["cookie"] = answer.headers["set-cookie"].partition(";")[0]
        taken = []
        for name, content in (("township.xlsx", first), ("long.xlsx", long)):
            start = time.perf_counter()
            answer = await client.post(
                "/drafts", params={"name": name}, content=content, headers=own
            )
            taken.append(time.perf_counter() - start)
            answer.raise_for_status()
    return [
        Row(
            "through the server: findings of a township's ledger of 9 sources",
            taken[0],
            "s",
            Target("under", 1),
            {"villages": float(len(largest_township()))},
        ),
        Row(
            f"through the server: findings of {LONG_ROWS:,} rows",
            taken[1],
            "s",
            Target("under", 5),
            {"file_mb": len(long) / 1e6},
        ),
    ]
