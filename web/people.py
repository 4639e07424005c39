"""How do accounts come in by the workbook, and what is handed out for them?"""

from datetime import date
from typing import Any

from anyio import to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from accounts import handing_out
from accounts.account import account_numbered
from accounts.audit_read import Asked, entries
from accounts.audit_told import told_of
from accounts.personal_data import personal_data
from accounts.roster import codes_workbook, import_roster
from accounts.roster_blank import blank_roster
from accounts.sessions import token_hash
from base.clock import SystemClock
from base.errors import ShownError
from base.roles import ACCOUNTS
from base.settings import settings
from base.viewer import Viewer
from base.words import _
from etl.door import clock_of
from etl.handed.handover import handover
from etl.handed.plain_book import Table, plain_book
from store import Store, store_at
from store.audit import record
from web.asked import own_address, token_of
from web.bodies import TooLarge, body_of
from web.drafts import turns
from web.files import XLSX, File, answered_with, as_file


def people_routes() -> list[Route]:
    """Return the routes of accounts: lists, codes, handovers, the audit as a file."""
    return [
        Route("/people/import", _import, methods=["POST"]),
        Route("/files/accounts-template.xlsx", answered_with(_blank)),
        Route("/files/codes/{handle}", _codes, methods=["GET"]),
        Route("/files/handover", answered_with(_own_handover)),
        Route("/files/handover/{login_name}", answered_with(_handover)),
        Route("/files/personal-data", answered_with(_own_personal_data)),
        Route("/files/personal-data/{login_name}", answered_with(_personal_data)),
        Route("/files/audit.xlsx", _audit),
    ]


async def _import(request: Request) -> Response:
    viewer: Viewer = request.state.viewer
    if not viewer.may(ACCOUNTS):
        return PlainTextResponse(_("您不能管理账号。"), status_code=403)
    session = token_hash(token_of(request.headers.raw))
    address = own_address(request.scope)
    try:
        content = await body_of(request)
        answer = await to_thread.run_sync(
            _made, viewer, session, content, address, limiter=turns()
        )
    except TooLarge:
        limit = settings().largest_file_mb
        said = _("文件超过 {limit} MB。请只留名单再导入。", limit=limit)
        return PlainTextResponse(said, status_code=413)
    except ShownError as problem:
        return PlainTextResponse(str(problem), status_code=422)
    return JSONResponse(answer)


def _made(viewer: Viewer, session: str, content: bytes, address: str) -> dict[str, Any]:
    """Import a list, and keep the codes of the new for whoever imported it."""
    now = SystemClock().now()
    made = import_roster(store_at(settings().var), content, viewer, now)
    new = [row for row in made if row.code]
    book = codes_workbook(new, address) if new else b""
    kept = handing_out.keep(session, book, len(new), len(made) - len(new), now)
    return {
        "new": kept.new_count,
        "known": kept.known_count,
        "codes": f"/files/codes/{kept.handle}" if kept.has_codes else None,
    }


async def _codes(request: Request) -> Response:
    # A look ahead must not use the codes up.
    if request.method != "GET":
        return PlainTextResponse("", status_code=405)
    viewer: Viewer = request.state.viewer
    session = token_hash(token_of(request.headers.raw))
    now = SystemClock().now()
    content = handing_out.take(session, str(request.path_params["handle"]), now)
    if content is None:
        said = _("口令只能下载一次，十分钟内有效。请在「账号」页给个人发新口令。")
        return PlainTextResponse(said, status_code=404)
    name = _("一次性口令.xlsx")
    store, place = store_at(settings().var), viewer.scope.common
    await run_in_threadpool(record, store, viewer, "fetched", now, place, name)
    return as_file((name, content, XLSX))


def _blank(store: Store, viewer: Viewer, _parts: dict[str, str]) -> File:
    return _("账号名单（空白）.xlsx"), blank_roster(store, viewer), XLSX


def _handover(store: Store, viewer: Viewer, parts: dict[str, str]) -> File:
    name, content = handover(store, viewer, parts["login_name"], clock_of(store))
    return name, content, XLSX


def _own_handover(store: Store, viewer: Viewer, _parts: dict[str, str]) -> File:
    return _handover(store, viewer, _own(store, viewer))


def _own(store: Store, viewer: Viewer) -> dict[str, str]:
    number = viewer.actor.removeprefix("u")
    account = account_numbered(store, int(number)) if number.isdigit() else None
    if account is None:
        raise ShownError(_("没有您的账号。"))
    return {"login_name": account.login_name}


def _personal_data(store: Store, viewer: Viewer, parts: dict[str, str]) -> File:
    login_name = parts["login_name"]
    now = SystemClock().now()
    told = personal_data(store, viewer, login_name, now)
    name = _("个人数据-{name}-{day}.json", name=login_name, day=f"{now:%Y%m%d}")
    return name, told.encode("utf-8"), "application/json"


def _own_personal_data(store: Store, viewer: Viewer, _parts: dict[str, str]) -> File:
    return _personal_data(store, viewer, _own(store, viewer))


async def _audit(request: Request) -> Response:
    viewer: Viewer = request.state.viewer
    query = dict(request.query_params)
    try:
        since = date.fromisoformat(query["since"]) if query.get("since") else None
        asked = Asked(
            query.get("village", ""), query.get("file", ""), query.get("person", "")
        )
        file = await run_in_threadpool(_audit_book, viewer, asked, since)
    except ValueError:
        return PlainTextResponse(_("日期写作 2018-06-30"), status_code=400)
    except ShownError as problem:
        return PlainTextResponse(str(problem), status_code=404)
    return as_file(file)


def _audit_book(viewer: Viewer, asked: Asked, since: date | None) -> File:
    store = store_at(settings().var)
    narrowed = Asked(asked.village_code, asked.sha256, asked.person, since)
    told = told_of(store, entries(store, viewer, narrowed))
    headings = [_("编号"), _("时间"), _("谁"), _("角色"), _("做了什么"), _("地方")]
    headings += [_("对象"), _("文件"), _("说明"), _("从哪里"), _("地址")]
    rows = [list(vars(one).values()) for one in told]
    now = clock_of(store).now()
    name = _("操作记录-{day}.xlsx", day=f"{now:%Y%m%d}")
    record(store, viewer, "fetched", now, viewer.scope.common, name)
    return name, plain_book([Table(_("操作记录"), headings, rows)], now), XLSX
