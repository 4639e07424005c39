"""May this request come in? Pure ASGI, for HTTP and websocket, before any page runs.

Denied first: what is not listed as open needs a session, and a page's stream asks again
at every message, because it outlives a sign-out.
"""

from dataclasses import replace
from urllib.parse import quote

from anyio import to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from accounts.sessions import find, token_hash
from base.clock import SystemClock
from base.settings import settings
from base.viewer import Viewer
from base.words import _
from etl.door import is_demo
from store import store_at
from web.asked import address_of, is_from_own_page, is_ours, peer_of, token_of
from web.policy import bound

# What is open: each checks for itself who asks.
OPEN_PATHS = frozenset(
    {"/healthz", "/readyz", "/metrics"}
    | {"/sign-in", "/sign-out", "/set-up", "/password", "/commands"}
)
OPEN_UNDER = ("/api/v1/", "/oidc/")
# The framework's uploader is not used; files belong to a person, not to a connection.
_CLOSED_UNDER = ("/_stcore/upload_file",)
# Of the framework's own addresses, only what its pages ask for: not the door for
# programs, its own sign-in, its counters, components of others, a folder of files.
_FRAMEWORK_UNDER = ("/_stcore", "/auth", "/oauth2callback", "/component", "/app")
_FRAMEWORK_OPEN = ("/_stcore/health", "/_stcore/host-config", "/_stcore/stream")
_FRAMEWORK_OPEN_UNDER = ("/_stcore/bidi-components/",)
_BY_TOKEN = ("/api/v1/", "/commands")
_SAFE = ("GET", "HEAD", "OPTIONS")
SIGNED_OUT = 4401
# Room for cookies and long addresses; a browser sends a tenth.
_HEAD_BYTES = 32_768


class Guard:
    """Lets in whoever is signed in, and adds headers that bind the browser.

    Args:
        app: what is guarded; it finds the viewer in `scope["state"]["viewer"]`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if not await _is_ours(scope):
            await _refuse(scope, receive, send, 403, _("看板不接受这个地址的请求。"))
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = bound(list(message.get("headers", [])), scope)
            await send(message)

        path = scope["path"]
        if problem := _problem(scope):
            await _refuse(scope, receive, send, *problem)
            return
        is_open = path in OPEN_PATHS or path.startswith(OPEN_UNDER)
        if is_open and not _is_stream(scope):
            await self.app(scope, receive, with_headers)
            return
        viewer = await _viewer(scope)
        if viewer is None:
            await _send_to_sign_in(scope, receive, send)
            return
        if _is_closed(path):
            await _refuse(scope, receive, send, 403, _("没有权限。"))
            return
        state = scope.setdefault("state", {})
        state |= {"viewer": viewer, "session": token_hash(token_of(scope["headers"]))}
        asking = _asking_again(scope, receive, send) if _is_stream(scope) else receive
        await self.app(scope, asking, with_headers)


def _problem(scope: Scope) -> tuple[int, str] | None:
    """Return why nobody at all may ask so: status and words; or None."""
    path = scope["path"]
    if sum(len(name) + len(value) for name, value in scope["headers"]) > _HEAD_BYTES:
        return 431, _("请求头太长。请清除浏览器的 Cookie 后再试。")
    if path.startswith(_CLOSED_UNDER):
        return 403, _("没有权限。")
    if not path.startswith(_BY_TOKEN) and _is_foreign_write(scope):
        return 403, _("请从看板的页面上操作。")
    return None


def _is_closed(path: str) -> bool:
    """Tell whether an address of the framework is one that no page of ours needs."""
    is_framework = any(
        path == start or path.startswith(f"{start}/") for start in _FRAMEWORK_UNDER
    )
    is_needed = path in _FRAMEWORK_OPEN or path.startswith(_FRAMEWORK_OPEN_UNDER)
    return is_framework and not is_needed


async def _is_ours(scope: Scope) -> bool:
    """Tell whether a request is for us; a demonstration speaks to this machine alone.

    Most requests come straight from this machine: no question to the store then.
    """
    headers, peer = scope["headers"], peer_of(scope)
    if is_ours(headers, peer, is_demo=True):
        return True
    if not is_ours(headers, peer, is_demo=False):
        return False
    return not await to_thread.run_sync(_is_demo)


def _is_demo() -> bool:
    return is_demo(store_at(settings().var))


async def _viewer(scope: Scope) -> Viewer | None:
    token = token_of(scope["headers"])
    if not token:
        return None
    return await to_thread.run_sync(viewer_for, token, address_of(scope))


def viewer_for(token: str, address: str) -> Viewer | None:
    """Return whose session a token is of, or None."""
    store = store_at(settings().var)
    viewer = find(store, token, SystemClock().now())
    return None if viewer is None else replace(viewer, address=address)


def _is_stream(scope: Scope) -> bool:
    return bool(scope["type"] == "websocket")


def _is_foreign_write(scope: Scope) -> bool:
    is_write = scope["type"] == "http" and scope["method"] not in _SAFE
    return is_write and not is_from_own_page(scope["headers"])


def _asking_again(scope: Scope, receive: Receive, send: Send) -> Receive:
    """Return a stream that ends for page and browser once the session has ended."""

    async def received() -> Message:
        message = await receive()
        if message["type"] == "websocket.receive" and await _viewer(scope) is None:
            await send({"type": "websocket.close", "code": SIGNED_OUT})
            return {"type": "websocket.disconnect", "code": SIGNED_OUT}
        return message

    return received


async def _send_to_sign_in(scope: Scope, receive: Receive, send: Send) -> None:
    accepts = dict(scope["headers"]).get(b"accept", b"")
    if scope["type"] == "http" and scope["method"] == "GET" and b"html" in accepts:
        query = scope["query_string"].decode("latin-1")
        asked = scope["path"] + (f"?{query}" if query else "")
        address = f"/sign-in?next={quote(asked, safe='')}".encode("ascii")
        headers = bound([(b"location", address)], scope)
        start = {"type": "http.response.start", "status": 303, "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": b""})
        return
    await _refuse(scope, receive, send, 401, _("请先登录。"))


async def _refuse(
    scope: Scope, receive: Receive, send: Send, status: int, says: str
) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": SIGNED_OUT})
        return
    headers = bound([(b"content-type", b"text/plain; charset=utf-8")], scope)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": says.encode()})
