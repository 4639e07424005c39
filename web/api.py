"""How do machines report? With a token of a scope, and the answer of `etl check`."""

from datetime import date
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from accounts.tokens import find
from base.catalogue import catalogue
from base.clock import SystemClock
from base.errors import ShownError
from base.settings import settings
from base.viewer import Viewer
from base.words import _
from etl.door import clock_of, load_file, too_large
from etl.reading.amounts import UNITS
from etl.said import as_dict
from etl.tables.context import Answers
from store import Store, store_at
from web.asked import address_of
from web.bodies import TooLarge, body_of, name_of
from web.drafts import turns
from web.limits import API, OPEN, told, wait_of

_BEARER = "Bearer "


def api_routes() -> list[Route]:
    """Return the routes for machines."""
    return [Route("/api/v1/submissions", _take, methods=["POST"])]


async def _take(request: Request) -> Response:
    store = store_at(settings().var)
    viewer = await to_thread.run_sync(_viewer, store, request)
    if viewer is None:
        return _stranger(address_of(request.scope))
    request.state.viewer = viewer
    if wait_s := wait_of(API, viewer.actor):
        return _waiting(wait_s)
    try:
        answers = _answers(request)
        content = await body_of(request)
        said = await to_thread.run_sync(
            _sent, store, viewer, request, content, answers, limiter=turns()
        )
    except TooLarge:
        return _problem(413, too_large())
    except ShownError as problem:
        return _problem(403, str(problem))
    except ValueError as problem:
        return _problem(400, str(problem))
    is_kept = "submission_no" in said[0]
    return JSONResponse(said, status_code=200 if is_kept else 422)


def _stranger(address: str) -> Response:
    """Refuse whoever brings no token that holds; who tries many waits."""
    if wait_s := wait_of(OPEN, address):
        return _waiting(wait_s)
    return _problem(401, _("令牌不对或已失效。"))


def _waiting(wait_s: float) -> Response:
    said, headers = told(wait_s)
    return JSONResponse({"message": said}, status_code=429, headers=headers)


def _viewer(store: Store, request: Request) -> Viewer | None:
    given = request.headers.get("authorization", "")
    if not given.startswith(_BEARER):
        return None
    address = address_of(request.scope)
    secret = given.removeprefix(_BEARER).strip()
    return find(store, secret, SystemClock().now(), address)


def _answers(request: Request) -> Answers:
    """Return what the address says of the file: ?source=, ?month=, ?unit=."""
    query = request.query_params
    source, month, unit = query.get("source"), query.get("month"), query.get("unit")
    if source is not None and source not in catalogue().sources:
        raise ValueError(_("没有「{source}」这个来源。", source=source))
    if unit is not None and unit not in UNITS:
        raise ValueError(_("没有「{unit}」这个单位。", unit=unit))
    try:
        day = date.fromisoformat(f"{month}-01") if month else None
    except ValueError as error:
        raise ValueError(_("月份写作 2018-06")) from error
    return Answers(source, day, UNITS[unit] if unit else None)


def _sent(
    store: Store, viewer: Viewer, request: Request, content: bytes, answers: Answers
) -> list[dict[str, Any]]:
    loaded = load_file(
        store,
        content,
        name_of(request, _("接口报送")),
        viewer,
        clock_of(store).now(),
        answers,
        is_accepted=False,
        is_sent_anew=request.query_params.get("anew") == "1",
    )
    said = as_dict(loaded.checked)
    if loaded.submission is not None:
        said["submission_no"] = loaded.submission.submission_no
        said["state"] = loaded.submission.state
        said["was_known"] = loaded.was_known
    return [said]


def _problem(status: int, message: str) -> Response:
    return JSONResponse({"message": message}, status_code=status)
