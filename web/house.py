"""What does the server do when it starts and ends, and which routes are its own?"""

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from accounts.first_run import offer_set_up
from base.settings import settings
from base.words import _
from etl.door import clock_of, is_demo, opened
from etl.drafts import clear_old
from store import close_all, remote, store_at
from web.api import api_routes
from web.commands import commands_route
from web.drafts import draft_routes
from web.evidence import evidence_routes
from web.face import Face
from web.files import file_routes
from web.guard import OPEN_PATHS, OPEN_UNDER, Guard
from web.home import Home
from web.inbox import InboxWatch
from web.meetings import meeting_routes
from web.oidc import oidc_routes
from web.people import people_routes
from web.sign_in import sign_in_routes
from web.tables import table_routes

# New objects before a look at the young ones, and how many looks before older ones.
_COLLECT = (20_000, 20, 50)
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def middleware() -> list[Middleware]:
    """Return what stands before every request, outermost first."""
    return [Middleware(Guard), Middleware(Home), Middleware(Face)]


def routes() -> list[Route]:
    """Return the routes that are no pages."""
    return [
        Route("/healthz", _healthz),
        commands_route(),
        *sign_in_routes(),
        *oidc_routes(),
        *draft_routes(),
        *evidence_routes(),
        *file_routes(),
        *table_routes(),
        *meeting_routes(),
        *people_routes(),
        *api_routes(),
        *_closed_routes(),
    ]


def _closed_routes() -> list[Route]:
    """Return what answers under open addresses where no route of ours does.

    Else the framework would answer there with a page, to whoever asks.
    """
    under = [f"{start}{{rest:path}}" for start in OPEN_UNDER]
    return [
        Route(path, _closed, methods=_METHODS) for path in [*sorted(OPEN_PATHS), *under]
    ]


async def _closed(_request: Request) -> PlainTextResponse:
    return PlainTextResponse(_("这里没有这个地址。"), status_code=404)


def _quiet_collector() -> None:
    """Let the collector pass over what stands for good, and come less often.

    It holds up all sessions while it looks; the rest goes when nobody refers to it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT)


async def _healthz(_request: Request) -> PlainTextResponse:
    number = store_at(settings().var).value("select version_no from ops.version")
    return PlainTextResponse(f"ok {number}")


def lifespan(
    port: Callable[[], int],
) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Return what opens the store before the first request and closes it at the end.

    Args:
        port: tells on which port the server listens, once it does.
    """

    @asynccontextmanager
    async def living(_app: Any) -> AsyncIterator[None]:
        store = opened()
        clear_old(store, clock_of(store).now())
        if not is_demo(store):
            offer_set_up(store)
        remote.announce(port())
        watch = InboxWatch(store)
        watch.start()
        _quiet_collector()
        yield
        watch.stop()
        remote.withdraw()
        close_all()

    return living
