"""What does the server do when it starts and ends, and which routes are its own?"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from base.settings import settings
from etl.door import opened
from store import close_all, remote, store_at
from web.commands import commands_route
from web.face import Face
from web.guard import Guard


def middleware() -> list[Middleware]:
    """Return what stands before every request, outermost first."""
    return [Middleware(Guard), Middleware(Face)]


def routes() -> list[Route]:
    """Return the routes that are no pages."""
    return [Route("/healthz", _healthz), commands_route()]


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
        opened()
        remote.announce(port())
        yield
        remote.withdraw()
        close_all()

    return living
