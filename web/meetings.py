"""How are the screen and the papers of a meeting fetched?"""

from typing import Any

import pandas as pd
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

import queries
from base.errors import ShownError
from base.meeting import FROZEN
from base.place import prefix_of
from base.roles import MEETINGS
from base.settings import settings
from base.viewer import Viewer
from base.words import _
from etl.door import clock_of, is_demo
from office.meetings import meeting_of
from reports.meeting import screen
from reports.meeting.papers import Making, shown
from store import Store, store_at
from store.audit import record
from web.files import File, answered_with
from web.policy import source_of


def meeting_routes() -> list[Route]:
    """Return the routes of meetings: the screen, and papers that were kept."""
    return [
        Route("/meetings/{number:int}/screen", _screen),
        Route("/files/meeting/{number:int}/{kind}", answered_with(_paper)),
        Route("/files/meeting/{number:int}/{kind}/{place}", answered_with(_paper)),
    ]


async def _screen(request: Request) -> Response:
    viewer: Viewer = request.state.viewer
    number = int(request.path_params["number"])
    try:
        content = await run_in_threadpool(_shown, viewer, number)
    except ShownError as problem:
        return PlainTextResponse(str(problem), status_code=404)
    headers = {
        "cache-control": "private, no-store",
        "content-security-policy": _policy(),
    }
    return Response(content, media_type=screen.MEDIA_TYPE, headers=headers)


def _policy() -> str:
    """Return what the screen may do: run its own few lines, and ask for nothing."""
    return (
        "default-src 'none'; style-src 'unsafe-inline'; "
        f"script-src {source_of(screen.script())}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _shown(viewer: Viewer, number: int) -> bytes:
    store = store_at(settings().var)
    held = _held(store, viewer, number)
    if held["state"] != FROZEN:
        raise ShownError(_("会议还没有冻结数据，不能放大屏。"))
    now = clock_of(store).now()
    content = shown(Making(store, viewer, held, is_demo(store), now))
    record(store, viewer, "fetched", now, viewer.scope.common, str(held["title"]))
    return content


def _held(store: Store, viewer: Viewer, number: int) -> "pd.Series[Any]":
    if not viewer.may(MEETINGS):
        raise ShownError(_("您的账号不能看会议材料。"))
    return meeting_of(store, viewer, number)


def _paper(store: Store, viewer: Viewer, parts: dict[str, str]) -> File:
    number = int(parts["number"])
    held = _held(store, viewer, number)
    place = prefix_of(parts["place"]) if "place" in parts else str(held["place_code"])
    found = queries.run("meetings/papers", viewer, store, meeting_no=number)
    own = found[(found["kind"] == parts["kind"]) & (found["place_code"] == place)]
    if own.empty:
        raise ShownError(_("没有这份材料，或您的账号不能看。"))
    row = own.iloc[0]
    try:
        content = store.vault.original(str(row["sha256"]))
    except (OSError, ValueError) as error:
        raise ShownError(_("这份材料的文件缺失或被改动。请重新生成。")) from error
    now = clock_of(store).now()
    record(store, viewer, "fetched", now, place, str(row["file_name"]))
    return str(row["file_name"]), content, str(row["media_type"])
