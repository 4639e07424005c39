"""How does a photo or slip reach its submission, or the action that it proves?"""

from collections.abc import Awaitable, Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from base.errors import ShownError
from base.settings import settings
from base.viewer import Viewer
from base.words import _
from etl.door import clock_of
from etl.evidence import LARGEST_BYTES, attach, attach_to_action
from store import Store, store_at
from web.bodies import TooLarge, body_of, name_of

Keep = Callable[[Store, int, bytes, str, Viewer, datetime], None]


def evidence_routes() -> list[Route]:
    """Return the routes that take what is attached to a submission or an action."""
    return [
        Route(
            "/evidence/{number:int}", _taking(attach, "submission_no"), methods=["POST"]
        ),
        Route(
            "/actions/{number:int}/evidence",
            _taking(attach_to_action, "action_no"),
            methods=["POST"],
        ),
    ]


def _taking(keep: Keep, key: str) -> Callable[[Request], Awaitable[Response]]:
    """Return what takes a file and keeps it beside the number of the address."""

    async def take(request: Request) -> Response:
        viewer: Viewer = request.state.viewer
        store = store_at(settings().var)
        number = int(request.path_params["number"])
        try:
            content = await body_of(request, LARGEST_BYTES)
            await run_in_threadpool(
                keep,
                store,
                number,
                content,
                name_of(request, _("附件")),
                viewer,
                clock_of(store).now(),
            )
        except TooLarge:
            message = _("附件超过 10 MB。请压缩后再传。")
            return PlainTextResponse(message, status_code=413)
        except ShownError as problem:
            return PlainTextResponse(str(problem), status_code=422)
        return JSONResponse({key: number})

    return take
