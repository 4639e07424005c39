"""What happens to a file the moment that it arrives? It is kept, and it is checked."""

from typing import Any

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from base.errors import ShownError
from base.settings import settings
from base.viewer import Viewer
from base.words import _
from etl import drafts
from etl.check import Checked
from etl.door import (
    NO_ANSWERS,
    check_file,
    clock_of,
    held_against,
    may_send,
    too_large,
)
from etl.reading.bundle import files_in
from etl.reading.unpacking import NotReadable
from etl.said import as_dict
from store import Store, store_at
from web.bodies import TooLarge, body_of, name_of

# As many files are read at once as there are cores; the others wait their turn.
_AT_ONCE = 2
_turns: list[CapacityLimiter] = []


def draft_routes() -> list[Route]:
    """Return the routes that take and send files of whoever is signed in."""
    return [
        Route("/drafts", _take, methods=["POST"]),
        Route("/drafts/{draft_id}/send", _send, methods=["POST"]),
    ]


def turns() -> CapacityLimiter:
    """Return the limit on how many files are read at once in this process."""
    if not _turns:
        _turns.append(CapacityLimiter(_AT_ONCE))
    return _turns[0]


async def _take(request: Request) -> Response:
    viewer: Viewer = request.state.viewer
    name = name_of(request, _("文件"))
    try:
        may_send(viewer)
        content = await body_of(request)
        answer = await to_thread.run_sync(_kept, viewer, name, content, limiter=turns())
    except TooLarge:
        return PlainTextResponse(too_large(), status_code=413)
    except (ShownError, NotReadable) as problem:
        return PlainTextResponse(str(problem), status_code=422)
    if not answer["drafts"]:
        return PlainTextResponse("\n".join(answer["problems"]), status_code=422)
    return JSONResponse(answer)


async def _send(request: Request) -> Response:
    viewer: Viewer = request.state.viewer
    draft_id = str(request.path_params["draft_id"])
    try:
        answer = await to_thread.run_sync(_sent, viewer, draft_id, limiter=turns())
    except ShownError as problem:
        return PlainTextResponse(str(problem), status_code=422)
    return JSONResponse(answer)


def _sent(viewer: Viewer, draft_id: str) -> dict[str, Any]:
    store = store_at(settings().var)
    draft = drafts.draft_of(store, viewer, draft_id)
    loaded = drafts.send(store, viewer, draft, clock_of(store).now())
    said = as_dict(loaded.checked)
    if loaded.submission is None:
        return {**said, "submission_no": None}
    return {
        **said,
        "submission_no": loaded.submission.submission_no,
        "state": loaded.submission.state,
        "was_known": loaded.was_known,
    }


def _kept(viewer: Viewer, name: str, content: bytes) -> dict[str, Any]:
    """Keep the tables that arrived and check each; tell what is no table."""
    store = store_at(settings().var)
    now = clock_of(store).now()
    kept, files, problems = [], [], []
    for file in files_in(content, name, settings().largest_file_bytes):
        if file.problem:
            problems.append(
                _("{file}：{problem}", file=file.name, problem=file.problem)
            )
            continue
        checked = _checked(store, viewer, file.name, file.content)
        if not checked.is_readable:
            problems += [one.line(file.name) for one in checked.findings]
            continue
        draft = drafts.keep_file(store, viewer, file.content, file.name, now)
        kept.append(draft.draft_id)
        files.append(as_dict(checked))
    return {"drafts": kept, "files": files, "problems": problems}


def _checked(store: Store, viewer: Viewer, name: str, content: bytes) -> Checked:
    checked = check_file(content, name, NO_ANSWERS, clock_of(store), store.folder)
    return held_against(store, checked, viewer) if checked.is_readable else checked
