"""Which request was it, how did it end, and how long did it take?

Outermost of all: whatever goes wrong inside is answered with a page that bears the
request's id, and the log holds what happened under the same id.
"""

import logging
import time
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from base import log
from base.meters import REQUEST, meters
from base.settings import settings
from web.asked import peer_of
from web.faults import broken
from web.home import PAGES

HEADER = "X-Request-ID"
_NAME = HEADER.lower().encode()
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# What the framework gives besides pages.
_PARTS = frozenset({"static", "media", "component", "_stcore"})
_WATCHERS = frozenset({"healthz", "readyz", "metrics"})
# Refused before any route was looked for.
_NOWHERE = "-"
_FAILED = 1011


class Watched:
    """Gives each request an id, counts and logs it, and answers for what fails.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer under an id."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        request_id = _id_of(scope)
        others = [one for one in scope["headers"] if one[0] != _NAME]
        # pages read the id of their connection from its headers
        scope = {
            **scope,
            "headers": [*others, (_NAME, request_id.encode())],
            "state": dict(scope.get("state", {})),
        }
        with log.under(request_id):
            await _Answer(self.app, scope, receive, send, request_id).give()


class _Answer:
    """One request on its way through."""

    def __init__(
        self, app: ASGIApp, scope: Scope, receive: Receive, send: Send, request_id: str
    ) -> None:
        self.app, self.scope, self.receive, self.send = app, scope, receive, send
        self.request_id = request_id
        self.status = 0
        self.start = time.perf_counter()
        self.is_stream = scope["type"] == "websocket"
        self.is_open = False

    async def give(self) -> None:
        """Pass the request on; answer for what fails."""
        try:
            await self.app(self.scope, self.receive, self._sent)
        except Exception:
            meters().faults.labels("request").inc()
            self._tell("request failed", logging.ERROR, exc_info=True)
            if self.status and not self.is_stream:
                # half an answer must not look like a whole one
                raise
            await self._answer_for_it()
        finally:
            self._count()

    async def _sent(self, message: Message) -> None:
        kind = message["type"]
        if kind == "http.response.start":
            self.status = message["status"]
            MutableHeaders(scope=message)[HEADER] = self.request_id
        elif kind == "websocket.accept":
            self.status, self.is_open = 101, True
            meters().websockets.inc()
            headers = [*message.get("headers", []), (_NAME, self.request_id.encode())]
            message = {**message, "headers": headers}
        elif kind == "websocket.close" and not self.status:
            self.status = 403
        await self.send(message)

    async def _answer_for_it(self) -> None:
        if self.is_stream:
            await self._sent({"type": "websocket.close", "code": _FAILED})
        else:
            answer = broken(self.scope, self.request_id)
            await answer(self.scope, self.receive, self._sent)

    @property
    def route(self) -> str:
        state: MutableMapping[str, Any] = self.scope["state"]
        return str(state.get("route", _NOWHERE))

    def _count(self) -> None:
        seconds = time.perf_counter() - self.start
        method = "WEBSOCKET" if self.is_stream else str(self.scope["method"])
        kind = method if method in _METHODS or self.is_stream else "OTHER"
        meters().requests.labels(kind, self.route, str(self.status or 499)).inc()
        if self.is_stream:
            if self.is_open:
                meters().websockets.dec()
            self._tell("stream closed")
            return
        meters().took(REQUEST, self.route, seconds)
        if seconds > settings().slow_seconds:
            self._tell("slow request", logging.WARNING)
            return
        # a browser fetches dozens of parts for a page, and machines ask all the time
        first = self.route.strip("/").split("/")[0]
        is_usual = first in _PARTS | _WATCHERS and self.status < 400
        self._tell("request", logging.DEBUG if is_usual else logging.INFO)

    def _tell(self, name: str, level: int = logging.INFO, **how: Any) -> None:
        if how:
            logging.getLogger(log.OWN).log(
                level, name, extra={"said": self._said()}, **how
            )
        else:
            log.event(name, level, **self._said())

    def _said(self) -> dict[str, Any]:
        viewer = self.scope["state"].get("viewer")
        return {
            "method": self.scope.get("method", "WEBSOCKET"),
            "route": self.route,
            "status": self.status or None,
            "ms": round((time.perf_counter() - self.start) * 1000),
            # a number; what else signs, such as the name of a program, stays out
            "actor": viewer.actor if viewer is not None else None,
        }


class Named:
    """Innermost: writes down which route answers, by its template.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; the template is known as soon as anything is sent."""
        state = scope.setdefault("state", {})

        async def sent(message: Message) -> None:
            state["route"] = _template(scope)
            await send(message)

        try:
            await self.app(scope, receive, sent)
        finally:
            if scope["type"] != "lifespan":
                state["route"] = _template(scope)


def _template(scope: Scope) -> str:
    """Return the template of the route, or which page or part the framework gives."""
    route = scope.get("route")
    if route is None:
        return _NOWHERE
    template = str(getattr(route, "path", ""))
    if template not in ("", "/"):
        return template
    first, _slash, rest = scope["path"].strip("/").partition("/")
    if not rest and first in PAGES:
        return f"/{first}"
    return f"/{first}" if first in _PARTS else "/"


def _id_of(scope: Scope) -> str:
    """Return the id that a proxy of ours gave, if it is well formed, else a new one."""
    given = dict(scope["headers"]).get(_NAME, b"").decode("latin-1")
    is_trusted = peer_of(scope) in settings().proxies
    return given if is_trusted and log.is_well_formed(given) else log.new_id()
