"""Which files may be fetched, and by whom? Each asks again whose scope it lies in."""

import json
from collections.abc import Callable
from datetime import date
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from base.errors import ShownError
from base.number import number_in
from base.roles import SEE
from base.settings import settings
from base.viewer import Viewer
from base.words import _
from etl import drafts
from etl.check import Checked
from etl.door import check_file, clock_of, held_against
from etl.findings import Finding
from etl.handed.marked import marked_copy
from etl.handed.template import template
from etl.review import standing
from etl.tables.lines import SCHEMA
from store import Store, store_at
from store.audit import record
from store.kept import kept_original

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PLAIN = "application/octet-stream"
# What a browser may show by itself; everything else is saved.
_SHOWN = ("image/jpeg", "image/png", "application/pdf")
File = tuple[str, bytes, str]


def file_routes() -> list[Route]:
    """Return the routes of files that people fetch."""
    return [
        Route("/files/template/{place}/{month}", answered_with(_template)),
        Route("/files/marked/{which}", answered_with(_marked)),
        Route("/files/original/{number:int}", answered_with(_original)),
        Route("/files/evidence/{line:int}", answered_with(_evidence)),
        Route("/files/action/{line:int}", answered_with(_action_evidence)),
    ]


def answered_with(
    make: Callable[[Store, Viewer, dict[str, str]], File],
) -> Callable[[Request], object]:
    """Return what answers a request with a file, or says in words why not."""

    async def answered(request: Request) -> Response:
        viewer: Viewer = request.state.viewer
        store = store_at(settings().var)
        parts = {name: str(value) for name, value in request.path_params.items()}
        try:
            file = await run_in_threadpool(make, store, viewer, parts)
        except ShownError as problem:
            return PlainTextResponse(str(problem), status_code=404)
        return as_file(file)

    return answered


def as_file(file: File) -> Response:
    """Return a file under its name; a browser runs nothing in it."""
    name, content, kind = file
    how = "inline" if kind in _SHOWN else "attachment"
    return Response(
        content,
        media_type=kind,
        headers={
            "content-disposition": f"{how}; filename*=UTF-8''{quote(name, safe='')}",
            "cache-control": "private, no-store",
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )


def _template(store: Store, viewer: Viewer, parts: dict[str, str]) -> File:
    try:
        month = date.fromisoformat(f"{parts['month']}-01")
    except ValueError as error:
        raise ShownError(_("月份写作 2018-06")) from error
    now = clock_of(store).now()
    name, content = template(store, viewer, parts["place"], month, now)
    return name, content, XLSX


def _marked(store: Store, viewer: Viewer, parts: dict[str, str]) -> File:
    which = parts["which"]
    number = number_in(which.removeprefix("sent-"))
    if which.startswith("sent-") and number is not None:
        content, checked = _sent(store, viewer, number)
    else:
        draft = drafts.draft_of(store, viewer, which)
        content = drafts.content_of(store, draft)
        clock = clock_of(store)
        checked = held_against(
            store,
            check_file(content, draft.file_name, draft.answers, clock, store.folder),
            viewer,
        )
    return *marked_copy(content, checked), XLSX


def _sent(store: Store, viewer: Viewer, number: int) -> tuple[bytes, Checked]:
    """Return a file that was sent, with what was found then."""
    row = _row(store, viewer, number)
    content = kept_original(store, row["sha256"], row["file_name"])
    told = row["answer_sha256"]
    said = (
        json.loads(kept_original(store, told, _("检查结果")))["findings"]
        if told
        else []
    )
    findings = [Finding(**one) for one in said]
    return content, Checked(
        row["file_name"], row["sha256"], (), SCHEMA.empty_table(), 0, findings
    )


def _original(store: Store, viewer: Viewer, parts: dict[str, str]) -> File:
    number = int(parts["number"])
    row = _row(store, viewer, number)
    content = kept_original(store, row["sha256"], row["file_name"])
    now = clock_of(store).now()
    record(store, viewer, "fetched", now, row["place_code"], row["file_name"])
    return row["file_name"], content, _PLAIN


def _evidence(store: Store, viewer: Viewer, parts: dict[str, str]) -> File:
    found = store.row(
        "select submission_no, sha256, file_name, media_type from ops.evidence "
        "where journal_line = $line",
        {"line": int(parts["line"])},
    )
    if found is None:
        raise ShownError(_("没有这个附件。"))
    number, sha256, name, kind = found
    _row(store, viewer, int(number))
    return str(name), kept_original(store, str(sha256), str(name)), str(kind)


def _action_evidence(store: Store, viewer: Viewer, parts: dict[str, str]) -> File:
    """Return the file of a step of an action, to whoever sees the action."""
    if not viewer.may(SEE):
        raise ShownError(_("您的账号不能看这一页。"))
    found = store.row(
        "select place_code, evidence_sha256, evidence_name, evidence_type "
        "from ops.action_step where journal_line = $line and evidence_sha256 <> ''",
        {"line": int(parts["line"])},
    )
    if found is None or not viewer.scope.holds(str(found[0])):
        raise ShownError(_("没有这个附件。"))
    content = kept_original(store, str(found[1]), str(found[2]))
    return str(found[2]), content, str(found[3])


def _row(store: Store, viewer: Viewer, number: int) -> dict[str, str]:
    if not viewer.may(SEE):
        raise ShownError(_("您的账号不能看这一页。"))
    found = standing(store, number, viewer)
    sha256, name, told = store.row(
        "select sha256, file_name, answer_sha256 from ops.submission "
        "where submission_no = $no",
        {"no": number},
    ) or ("", "", "")
    return {
        "sha256": str(sha256),
        "file_name": str(name),
        "answer_sha256": str(told or ""),
        "place_code": found.place_code,
    }
