"""Does whoever asks too often, too much or too slowly wait, and nobody else?"""

import asyncio
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from accounts import COOKIE, tokens
from base.clock import SystemClock
from base.settings import settings
from store import Store
from tests.etl.statements.grids import DONGLI, LIUQUAN
from tests.making import ledger, xlsx
from tests.signing import ADMIN, signed_in
from web import limits
from web.house import middleware, routes
from web.limits import OPEN, UPLOADS, Limits, Meter

HOST = "http://127.0.0.1"
FEW = {"uploads": 2, "papers": 3, "api": 2, "open": 10, "requests": 100}


@pytest.fixture
def few(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The routes of the dashboard, where few requests are allowed."""
    for kind, number in FEW.items():
        monkeypatch.setenv(f"VILLAGE_{kind.upper()}_PER_MINUTE", str(number))
    monkeypatch.setenv("VILLAGE_BODY_SECONDS", "1")
    settings.cache_clear()
    monkeypatch.setattr(limits, "_meter", Meter())
    app = Starlette(routes=routes(), middleware=middleware())
    yield TestClient(app, base_url=HOST, client=("127.0.0.1", 5))


def codes(asked: Iterator[Any]) -> list[int]:
    return [answer.status_code for answer in asked]


def test_turns_come_back_evenly() -> None:
    meter = Meter()
    most = limits.per_minute(UPLOADS)
    assert {meter.wait_s(UPLOADS, "a", 5.0) for _n in range(most)} == {0.0}
    assert meter.wait_s(UPLOADS, "a", 5.0) == pytest.approx(60 / most)
    assert meter.wait_s(UPLOADS, "b", 5.0) == 0
    assert meter.wait_s(OPEN, "a", 5.0) == 0
    assert meter.wait_s(UPLOADS, "a", 5.0 + 61 / most) == 0
    assert meter.wait_s(UPLOADS, "a", 5.0 + 61 / most) > 0


def test_what_nobody_asked_for_lately_is_forgotten() -> None:
    meter = Meter()
    for number in range(20_000):
        meter.wait_s(OPEN, str(number), 0.0)
    assert meter.counted == 20_000
    meter.wait_s(OPEN, "late", 100.0)
    assert meter.counted == 1


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("POST", "/drafts?name=a.xlsx", "uploads"),
        ("POST", "/evidence/1", "uploads"),
        ("POST", "/actions/1/evidence", "uploads"),
        ("GET", "/files/original/1", "papers"),
        ("GET", "/meetings/1/screen", "papers"),
    ],
)
def test_a_session_waits_and_its_neighbour_at_the_same_address_does_not(
    few: TestClient, store: Store, method: str, path: str, kind: str
) -> None:
    one, other = (signed_in(store, "secretary", code) for code in (LIUQUAN, DONGLI))

    def ask(token: str) -> Any:
        headers = {"origin": HOST, "cookie": f"{COOKIE}={token}"}
        return few.request(method, path, headers=headers, content=b"x")

    answers = [ask(one) for _number in range(FEW[kind] + 1)]
    assert 429 not in codes(iter(answers[:-1]))
    last = answers[-1]
    assert last.status_code == 429
    assert 1 <= int(last.headers["retry-after"]) <= 60
    assert "请求太频繁" in last.text
    assert ask(other).status_code != 429
    # what else the same session asks for goes on
    assert few.get("/account", headers={"cookie": f"{COOKIE}={one}"}).status_code == 200


def test_whoever_has_no_session_is_counted_by_address(few: TestClient) -> None:
    answers = codes(few.get("/sign-in", follow_redirects=False) for _n in range(12))
    assert answers.count(429) == 2
    refused = few.post("/sign-in", headers={"origin": HOST}, data={"name": "x"})
    assert refused.status_code == 429


def test_a_program_is_counted_by_its_token_and_a_stranger_by_address(
    few: TestClient, store: Store
) -> None:
    now = SystemClock().now()
    one, other = (
        tokens.make(store, ADMIN, name, "secretary", (LIUQUAN,), 9, now)[1]
        for name in ("one", "other")
    )
    content = xlsx(ledger([["柳泉", 1, "", ""]]))

    def sent(secret: str) -> int:
        headers = {"authorization": f"Bearer {secret}"}
        address = "/api/v1/submissions?name=a.xlsx"
        answer = few.post(address, headers=headers, content=content)
        if answer.status_code == 429:
            assert "请求太频繁" in answer.json()["message"]
            assert "retry-after" in answer.headers
        return answer.status_code

    assert [sent(one) for _number in range(3)] == [200, 200, 429]
    assert sent(other) == 200
    guessed = [sent(f"vt_{number}") for number in range(12)]
    assert guessed == [401] * 10 + [429] * 2


def trickle(*sizes: int) -> Iterator[dict[str, Any]]:
    parts: list[dict[str, Any]] = [
        {"type": "http.request", "body": b"x" * size, "more_body": True}
        for size in sizes
    ]
    parts[-1]["more_body"] = False
    return iter(parts)


def answered(
    path: str, parts: Iterator[dict[str, Any]], wait_s: float = 0.0
) -> tuple[int, str, int]:
    """Send a body in parts to something that reads it whole; return what is told."""
    told: list[Any] = []
    read = 0

    async def app(scope: Any, receive: Any, send: Any) -> None:
        nonlocal read
        more = True
        while more:
            message = await receive()
            read += len(message["body"])
            more = message["more_body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"read"})

    async def receive() -> Any:
        await asyncio.sleep(wait_s)
        return next(parts)

    async def send(message: Any) -> None:
        told.append(message)

    scope = {
        **{"type": "http", "method": "POST", "path": path, "headers": []},
        **{"client": ("127.0.0.1", 5)},
    }
    guarded = Limits(app)
    asyncio.run(guarded(scope, receive, send))
    assert guarded.held == 0
    return told[0]["status"], told[1]["body"].decode(), read


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [("/sign-in", 60_000, 200), ("/sign-in", 70_000, 413), ("/drafts", 70_000, 200)],
)
def test_a_form_is_small(var: Any, path: str, size: int, status: int) -> None:
    assert answered(path, trickle(size // 2, size - size // 2))[0] == status


def test_a_body_that_trickles_is_refused(few: TestClient) -> None:
    """One byte each fifth of a second: it would hold its place for days."""
    status, said, read = answered("/drafts", trickle(*[1] * 50), wait_s=0.2)
    assert (status, said) == (408, "传得太慢，已停止接收。请换个网络再试。")
    assert read < 10
    # as slow, but it comes along: 4 seconds for 20,000 bytes are allowed
    status, _said, read = answered("/drafts", trickle(*[4_000] * 8), wait_s=0.2)
    assert (status, read) == (200, 32_000)


def test_all_bodies_together_are_bounded(
    var: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VILLAGE_BODIES_MB_AT_ONCE", "1")
    settings.cache_clear()
    assert answered("/drafts", trickle(900_000))[0] == 200
    status, said, _read = answered("/drafts", trickle(*[300_000] * 5))
    assert (status, said) == (503, "现在上传的人太多。请过一会儿再传。")


def test_a_session_has_so_many_pages_open(
    var: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VILLAGE_STREAMS_AT_ONCE", "2")
    settings.cache_clear()
    closed = asyncio.run(_streams(3, "one", "other"))
    assert closed == ["one"]


async def _streams(count: int, *sessions: str) -> list[str]:
    """Open as many streams for each; return whose were closed."""
    closed: list[str] = []
    done = asyncio.Event()
    guarded = Limits(lambda *_given: done.wait())  # type: ignore[arg-type]

    async def open_one(session: str) -> None:
        async def send(_message: Any) -> None:
            closed.append(session)

        async def receive() -> Any:
            return {"type": "websocket.connect"}

        state = {"session": session}
        await guarded({"type": "websocket", "state": state}, receive, send)

    wanted = [session for session in sessions[:1] for _number in range(count)]
    waiting = [
        asyncio.create_task(open_one(session))
        for session in itertools.chain(wanted, sessions[1:])
    ]
    await asyncio.sleep(0)
    done.set()
    await asyncio.gather(*waiting)
    assert not guarded.streams
    return closed
