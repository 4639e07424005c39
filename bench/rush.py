"""What do many people see who read and send at once? Each is a task of its own."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date

import httpx
from websockets.exceptions import WebSocketException

from accounts import COOKIE
from bench.reader import Broken, Reader
from bench.seats import Seat
from bench.sender import Sent, ledger_of, send

# One reader of so many has a browser that was never here: it fetches all the files.
NEW_EVERY = 20
_PAGES_EACH = 3
_CONNECTIONS = 200
_TIMEOUT_S = 120.0
WRONG = (
    *(Broken, httpx.HTTPError, WebSocketException, OSError, TimeoutError),
    *(KeyError, IndexError, ValueError),
)


@dataclass
class Seen:
    """What all of them saw: the seconds of pages and of uploads, and what went wrong.

    `pages` are by name; those that a browser opened first and those that a new browser
    opened first stand apart.
    """

    pages: dict[str, list[float]] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    byte_count: int = 0

    @property
    def all_pages(self) -> list[float]:
        """Return the seconds of all pages, the shortest first."""
        return sorted(taken for some in self.pages.values() for taken in some)


class Rush:
    """Many people at one server, all seen by one.

    Args:
        address: of the server, `http://…`.
        month: whose ledgers are sent.
    """

    def __init__(self, address: str, month: date) -> None:
        self.seen = Seen()
        self._address, self.month = address, month
        self._kinds: dict[str, str] = {}

    @asynccontextmanager
    async def client(self) -> AsyncIterator[httpx.AsyncClient]:
        """Give a client that all share: a bounded number of connections."""
        limits = httpx.Limits(max_connections=_CONNECTIONS)
        async with httpx.AsyncClient(
            base_url=self._address,
            limits=limits,
            timeout=_TIMEOUT_S,
            trust_env=False,
        ) as http:
            yield http

    async def reads(
        self,
        http: httpx.AsyncClient,
        seat: Seat,
        pause_s: float,
        is_new: bool = False,
        without: int | None = None,
    ) -> None:
        """Let somebody read the pages of their role.

        Args:
            http: as `client` gives it.
            seat: who reads.
            pause_s: a page is asked for each so many seconds.
            is_new: whether the browser was never here.
            without: the place of a page that is left out, after the first.
        """
        began = time.perf_counter()
        reader = Reader(http, self._address, seat.token, self._kinds)
        first, *others = seat.pages
        if without is not None:
            del others[without % len(others)]
        name = "first, new browser" if is_new else "first"
        await self._noted(name, reader.first(first, is_new))
        for number, page in enumerate(others, start=1):
            await asyncio.sleep(began + number * pause_s - time.perf_counter())
            await self._noted(page.page, reader.next(page))
        await reader.leave()
        self.seen.byte_count += reader.byte_count

    async def sends(
        self, http: httpx.AsyncClient, seat: Seat, file: tuple[str, bytes]
    ) -> None:
        """Let somebody send a ledger."""
        own = {"origin": self._address, "cookie": f"{COOKIE}={seat.token}"}
        try:
            self.seen.sent.append(await send(http, own, file))
        except WRONG as problem:
            self.went_wrong("upload", problem)

    async def _noted(self, name: str, visit: Awaitable[float]) -> None:
        try:
            self.seen.pages.setdefault(name, []).append(await visit)
        except WRONG as problem:
            self.went_wrong(name, problem)

    def went_wrong(self, where: str, problem: Exception) -> None:
        """Count an error by where it was and what it says."""
        # the first line says what; addresses would make each error one of its kind
        said = str(problem).partition(" for url")[0].partition("\n")[0]
        self.seen.errors[f"{where}: {type(problem).__name__} {said}"[:300]] += 1

    async def before(self, reading: Sequence[Seat]) -> None:
        """Let some read one after the other, as on any morning before the rush."""
        async with self.client() as http:
            for seat in reading:
                await self.reads(http, seat, 0.0)

    async def minute(
        self, reading: Sequence[Seat], sending: Sequence[Seat], within_s: float
    ) -> Seen:
        """Let all of them do what they came for, spread evenly over a time.

        Args:
            reading: who reads: three of the four pages of a role each, one in each
                third of the time.
            sending: who sends.
            within_s: over how many seconds.

        Returns:
            What they saw.
        """
        files = [ledger_of(seat, self.month, n) for n, seat in enumerate(sending)]
        part_s = within_s / _PAGES_EACH
        async with self.client() as http:
            await asyncio.gather(
                *(
                    _at(
                        number * part_s / len(reading),
                        self.reads(http, seat, part_s, number % NEW_EVERY == 0, number),
                    )
                    for number, seat in enumerate(reading)
                ),
                *(
                    _at(number * within_s / len(sending), self.sends(http, seat, file))
                    for number, (seat, file) in enumerate(
                        zip(sending, files, strict=True)
                    )
                ),
            )
        return self.seen


async def _at(wait_s: float, work: Awaitable[None]) -> None:
    await asyncio.sleep(wait_s)
    await work
