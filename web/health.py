"""Is it alive, is it ready, and what does it count? For machines that watch.

`/healthz` and `/readyz` say one word each to anybody; figures are for this machine, and
for whoever bears the token of the settings.
"""

import secrets

from anyio import CapacityLimiter, fail_after, to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from base.settings import settings
from base.words import _
from store import store_at
from store.ready import OK, checks
from web.asked import names_this_machine, peer_of
from web.metrics import METRICS_TYPE, exposed

_PATIENCE_S = 5.0
_BEARER = "Bearer "
_LOOPBACK = frozenset({"127.0.0.1", "::1"})
_AT_ONCE = 2
_turns: list[CapacityLimiter] = []


def health_routes() -> list[Route]:
    """Return the routes for machines that watch."""
    return [
        Route("/healthz", _healthz),
        Route("/readyz", _readyz),
        Route("/metrics", _metrics),
    ]


def _turn() -> CapacityLimiter:
    """Return the limit for questions of watchers, who must not take pages' threads."""
    if not _turns:
        _turns.append(CapacityLimiter(_AT_ONCE))
    return _turns[0]


async def _healthz(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


async def _readyz(_request: Request) -> PlainTextResponse:
    store = store_at(settings().var)
    try:
        with fail_after(_PATIENCE_S):
            found = await to_thread.run_sync(
                checks, store, abandon_on_cancel=True, limiter=_turn()
            )
    except TimeoutError:
        found = {"database": "waits"}
    is_ready = all(word == OK for word in found.values())
    text = "".join(f"{name} {word}\n" for name, word in found.items())
    return PlainTextResponse(text, 200 if is_ready else 503)


async def _metrics(request: Request) -> Response:
    if not _may_read(request):
        return PlainTextResponse(_("没有权限。"), status_code=403)
    text = await to_thread.run_sync(exposed, limiter=_turn())
    return Response(text, media_type=METRICS_TYPE)


def _may_read(request: Request) -> bool:
    """Tell whether somebody sits at this machine, or bears the token.

    A proxy on this machine passes on what others ask: it says so, or it names the host
    that they asked for.
    """
    expected = settings().metrics_token.get_secret_value()
    given = request.headers.get("authorization", "")
    if given:
        token = f"{_BEARER}{expected}"
        is_same = secrets.compare_digest(given.encode(), token.encode())
        return bool(expected) and is_same
    is_near = peer_of(request.scope) in _LOOPBACK
    return is_near and names_this_machine(request.scope["headers"])
