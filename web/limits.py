"""How often and how slowly may somebody ask? Whoever asks too much waits; denied first.

Counted in this process: of a session where there is one, of an address only for what
has none, because a whole county may sit behind one address.
"""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from math import ceil

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from base.settings import settings
from base.words import _
from web.asked import address_of

# What counts by itself, before all that is left over.
_UPLOADS_UNDER = ("/drafts", "/evidence/", "/actions/", "/people/import")
_PAPERS_UNDER = ("/files/", "/meetings/")
_BY_THEMSELVES = ("/api/v1/", "/commands")
OPEN, REST, UPLOADS, PAPERS, API = "open", "rest", "uploads", "papers", "api"
# A form of sign-in holds a few short texts; a command its arguments.
_FORM_BYTES = 65_536
_MINUTE_S = 60.0
_TRY_LATER = 1013
# So many are counted before those that have their turns back are forgotten.
_MOST_COUNTED = 20_000


@dataclass
class _Left:
    turns: float
    at: float


@dataclass
class Meter:
    """Counts turns that come back evenly over a minute; a rush may take all at once."""

    _left: dict[tuple[str, str], _Left] = field(default_factory=dict)

    def wait_s(self, kind: str, whose: str, now: float) -> float:
        """Take a turn; return 0, or after how many seconds there is one again.

        Args:
            kind: of what.
            whose: session, token or address.
            now: seconds on a clock that never goes back.
        """
        most = per_minute(kind)
        left = self._left.get((kind, whose)) or _Left(most, now)
        turns = min(left.turns + (now - left.at) * most / _MINUTE_S, most)
        has_turn = turns >= 1
        self._left[kind, whose] = _Left(turns - has_turn, now)
        if len(self._left) > _MOST_COUNTED:
            self._forget(now)
        return 0.0 if has_turn else (1 - turns) * _MINUTE_S / most

    def _forget(self, now: float) -> None:
        self._left = {
            key: left for key, left in self._left.items() if now - left.at < _MINUTE_S
        }

    @property
    def counted(self) -> int:
        """Return how many are being counted."""
        return len(self._left)


_meter = Meter()


def per_minute(kind: str) -> int:
    """Return how many turns of a kind there are in a minute."""
    given = settings()
    return {
        OPEN: given.open_per_minute,
        REST: given.requests_per_minute,
        UPLOADS: given.uploads_per_minute,
        PAPERS: given.papers_per_minute,
        API: given.api_per_minute,
    }[kind]


def wait_of(kind: str, whose: str) -> float:
    """Take a turn now; return 0, or how many seconds to wait.

    Args:
        kind: of what.
        whose: session, token or address.
    """
    return _meter.wait_s(kind, whose, time.monotonic())


def told(wait_s: float) -> tuple[str, dict[str, str]]:
    """Return what whoever must wait is told, and the header that tells machines."""
    seconds = max(ceil(wait_s), 1)
    said = _("请求太频繁。请 {seconds} 秒后再试。", seconds=seconds)
    return said, {"retry-after": str(seconds)}


class _Refused(Exception):
    """A body is not taken any further.

    Args:
        said: why, in words.
        status: of the answer.
    """

    def __init__(self, said: str, status: int) -> None:
        super().__init__(said)
        self.said = said
        self.status = status


class Limits:
    """Lets through what comes not too often, is not too large and not too slow.

    It stands behind whoever finds out who asks.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        # Bytes of bodies that are held at this moment, of all requests together.
        self.held = 0
        # Open streams of each session; a page is one, and a reload a moment's second.
        self.streams: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it in words."""
        if scope["type"] == "websocket":
            await self._stream(scope, receive, send)
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if wait_s := _wait(scope):
            said, headers = told(wait_s)
            answer = PlainTextResponse(said, status_code=429, headers=headers)
            await answer(scope, receive, send)
            return
        body = _Body(self, scope, receive)
        has_begun = False

        async def answering(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, body.received, answering)
        except _Refused as problem:
            if has_begun:
                raise
            headers = {"connection": "close", "retry-after": "30"}
            await PlainTextResponse(problem.said, problem.status, headers)(
                scope, receive, send
            )
        finally:
            self.held -= body.size

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        session = scope.get("state", {}).get("session", "")
        if self.streams[session] >= settings().streams_at_once:
            await receive()
            await send({"type": "websocket.close", "code": _TRY_LATER})
            return
        self.streams[session] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.streams[session] -= 1
            self.streams += Counter()


class _Body:
    """Reads a body, and ends where it is too large or trickles."""

    def __init__(self, limits: Limits, scope: Scope, receive: Receive) -> None:
        # whoever takes files refuses what is too large in words of its own
        is_file = scope["path"].startswith((*_UPLOADS_UNDER, "/api/v1/"))
        self.most = None if is_file else _FORM_BYTES
        self.limits, self.receive = limits, receive
        self.size = 0
        self.waited_s = 0.0
        self.is_whole = False

    async def received(self) -> Message:
        """Return the next part."""
        if self.is_whole:
            return await self.receive()
        began = time.monotonic()
        given = settings()
        allowed_s = given.body_seconds + self.size / given.body_bytes_per_second
        try:
            message = await asyncio.wait_for(
                self.receive(), max(allowed_s - self.waited_s, 0.1)
            )
        except TimeoutError as error:
            said = _("传得太慢，已停止接收。请换个网络再试。")
            raise _Refused(said, 408) from error
        self.waited_s += time.monotonic() - began
        if message["type"] == "http.request":
            self._hold(len(message.get("body", b"")))
            self.is_whole = not message.get("more_body", False)
        return message

    def _hold(self, count: int) -> None:
        self.size += count
        self.limits.held += count
        if self.most is not None and self.size > self.most:
            raise _Refused(_("内容太大，没有接收。"), 413)
        if self.limits.held > settings().bodies_mb_at_once * 1_000_000:
            said = _("现在上传的人太多。请过一会儿再传。")
            raise _Refused(said, 503)


def _wait(scope: Scope) -> float:
    path = scope["path"]
    if path.startswith(_BY_THEMSELVES):
        # a program is counted by its token, once that is known to be one
        return 0.0
    viewer = scope.get("state", {}).get("viewer")
    if viewer is None:
        return wait_of(OPEN, address_of(scope))
    return wait_of(_kind(path, scope["method"]), scope["state"]["session"])


def _kind(path: str, method: str) -> str:
    if path.startswith(_UPLOADS_UNDER) and method == "POST":
        return UPLOADS
    return PAPERS if path.startswith(_PAPERS_UNDER) else REST
