"""How does a photo or slip reach its submission?"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from base.errors import ShownError
from base.settings import settings
from base.viewer import Viewer
from base.words import _
from etl.door import clock_of
from etl.evidence import LARGEST_BYTES, attach
from store import store_at
from web.bodies import TooLarge, body_of, name_of


def evidence_routes() -> list[Route]:
    """Return the route that takes what is attached to a submission."""
    return [Route("/evidence/{number:int}", _take, methods=["POST"])]


async def _take(request: Request) -> Response:
    viewer: Viewer = request.state.viewer
    store = store_at(settings().var)
    number = int(request.path_params["number"])
    try:
        content = await body_of(request, LARGEST_BYTES)
        await run_in_threadpool(
            attach,
            store,
            number,
            content,
            name_of(request, _("附件")),
            viewer,
            clock_of(store).now(),
        )
    except TooLarge:
        return PlainTextResponse(_("附件超过 10 MB。请压缩后再传。"), status_code=413)
    except ShownError as problem:
        return PlainTextResponse(str(problem), status_code=422)
    return JSONResponse({"submission_no": number})
