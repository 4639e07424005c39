"""May this request come in? Pure ASGI, for HTTP and websocket, before any page runs.

Until accounts exist the dashboard speaks to this machine alone: whatever names another
host, comes from another origin or was forwarded by a proxy is refused.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from base.words import _

_OWN = frozenset({"localhost", "127.0.0.1", "::1"})
_FORWARDED = (b"forwarded", b"x-real-ip", b"via", b"x-forwarded-")
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"referrer-policy", b"same-origin"),
    (
        b"content-security-policy",
        b"default-src 'self'; connect-src 'self' ws: wss: blob: data:; "
        b"img-src 'self' data: blob:; font-src 'self' data:; "
        b"style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; "
        b"script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        b"frame-ancestors 'self'; base-uri 'self'; form-action 'self'",
    ),
)


class Guard:
    """Lets in what comes from this machine, and adds headers that bind the browser.

    Args:
        app: what is guarded.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if not is_own(scope["headers"]):
            await _refuse(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_HEADERS]
            await send(message)

        await self.app(scope, receive, with_headers)


def is_own(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Tell whether a request names this machine, and nobody forwarded it.

    Args:
        headers: of the request, names in lower case.
    """
    given = dict(headers)
    if any(name.startswith(_FORWARDED) for name in given):
        return False
    host = given.get(b"host", b"")
    if _host(b"//" + host) not in _OWN:
        return False
    origin = given.get(b"origin")
    # another port is another program, whose pages must not speak to this one
    return origin is None or origin.split(b"://", 1)[-1] == host


def _host(address: bytes) -> str | None:
    try:
        return urlsplit(address.decode("latin-1")).hostname
    except ValueError:
        return None


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    body = _("看板目前只在本机开放。").encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *_HEADERS]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
