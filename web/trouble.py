"""What is answered when disk or database fail, at whatever address? Words, no trace."""

import logging

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from base.errors import ShownError
from base.words import _
from store import StoreError
from store.errors import DiskFull, InUse, Trouble

_FULL, _AWAY = 507, 503


class Troubles:
    """Answers for whatever stands behind it, where the store could not.

    Args:
        app: what answers else.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and say in words why it could not be answered."""
        has_begun = False

        async def noting(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except (StoreError, InUse) as problem:
            if scope["type"] != "http" or has_begun:
                raise
            logging.getLogger(__name__).exception("the store could not answer")
            answer = PlainTextResponse(
                said_of(problem),
                status_code=_FULL if isinstance(problem, DiskFull) else _AWAY,
                headers={"retry-after": "60", "cache-control": "no-store"},
            )
            await answer(scope, receive, send)


def said_of(problem: Exception) -> str:
    """Return what a person is told of a problem of the store."""
    if isinstance(problem, (Trouble, ShownError)):
        return str(problem)
    return _("数据库正忙或正在重建。请稍等片刻，刷新页面。")
