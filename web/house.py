"""What does the server do when it starts and ends, and which routes are its own?"""

import gc
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from accounts.ages import clear_overdue
from accounts.first_run import offer_set_up
from base.clock import SystemClock
from base.errors import ShownError
from base.log import event, set_up_logs
from base.words import _
from etl.door import clock_of, is_demo, opened
from etl.drafts import clear_old
from etl.inbox import take_inbox
from store import InUse, Store, StoreError, close_all, remote
from web.api import api_routes
from web.backups import nightly
from web.commands import commands_route
from web.drafts import draft_routes
from web.evidence import evidence_routes
from web.face import Face
from web.faults import Unknown
from web.files import file_routes
from web.guard import OPEN_PATHS, OPEN_UNDER, Guard
from web.health import health_routes
from web.home import Home
from web.limits import Limits
from web.meetings import meeting_routes
from web.oidc import oidc_routes
from web.people import people_routes
from web.recurring import Recurring
from web.sign_in import sign_in_routes
from web.tables import table_routes
from web.trouble import Troubles, said_of
from web.watch import Named, Watched

_INBOX_EVERY_S = 5.0
# How long it is looked for damage before the first request, and the exit code.
_LOOKS_S, _REFUSED = 1.0, 2
# New objects before a look at the young ones, and how many looks before older ones.
_COLLECT = (20_000, 20, 50)
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def middleware() -> list[Middleware]:
    """Return what stands before every request, outermost first."""
    return [
        Middleware(Watched),
        Middleware(Troubles),
        Middleware(Guard),
        Middleware(Limits),
        Middleware(Home),
        Middleware(Face),
        Middleware(Named),
    ]


def routes() -> list[Route]:
    """Return the routes that are no pages."""
    return [
        *health_routes(),
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
        Unknown(),
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


def lifespan(
    port: Callable[[], int],
) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Return what opens the store before the first request and closes it at the end.

    Args:
        port: tells on which port the server listens, once it does.
    """

    @asynccontextmanager
    async def living(_app: Any) -> AsyncIterator[None]:
        set_up_logs()
        store = _opened()
        remote.announce(port())
        recurring = [
            Recurring(lambda: take_inbox(store, clock_of(store).now()), _INBOX_EVERY_S),
            nightly(store),
        ]
        for one in recurring:
            one.start()
        event("started", port=port())
        _quiet_collector()
        yield
        event("ending")
        for one in recurring:
            one.stop()
        remote.withdraw()
        close_all()

    return living


def _opened() -> Store:
    """Open the store, or end with words: no server can do without it."""
    try:
        store = opened()
        for table in store.unreadable(_LOOKS_S):
            remote.to_errors(
                _(
                    "数据库的 {table} 有损坏。底册和日志还在。"
                    "请运行：python -m etl rebuild",
                    table=table,
                )
            )
        clear_old(store, clock_of(store).now())
        clear_overdue(store, SystemClock().now())
        if not is_demo(store):
            offer_set_up(store)
    except (ShownError, StoreError, InUse) as problem:
        remote.to_errors(said_of(problem))
        sys.stderr.flush()
        # what runs the server would show a trace and an exit code of its own
        os._exit(_REFUSED)
    return store
