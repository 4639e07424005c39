"""What is said where nothing is, or where something failed? In words, with an id."""

from html import escape
from typing import Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from base.log import request_id
from base.words import _
from web.home import PAGES
from web.plain import page


def broken(scope: Scope, given_id: str) -> Response:
    """Return what is answered for an unexpected error: status 500, no traceback."""
    return _said(
        scope,
        500,
        _("出错了"),
        _("系统出了问题，已记入日志。请稍后再试；如仍这样，请把编号告诉管理员。"),
        given_id,
    )


async def missing(request: Request, _problem: Exception) -> Response:
    """Answer for an address that is not there."""
    says = _("这里没有这个地址。")
    return _said(request.scope, 404, _("没有找到"), says, request_id())


async def not_so(request: Request, problem: Exception) -> Response:
    """Answer for a way of asking that an address does not know."""
    says = _("这个地址不接受这样的请求。")
    answer = _said(request.scope, 405, _("请求不对"), says, request_id())
    if isinstance(problem, HTTPException) and problem.headers:
        answer.headers.update(problem.headers)
    return answer


class Unknown(Route):
    """Answers where a browser asks for a page that nobody has.

    The framework would show its first page, and say so in English.
    """

    def __init__(self) -> None:
        super().__init__("/{page}", _unknown)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match names that are no page's, of a browser that asks for a page."""
        match, found = super().matches(scope)
        name = scope.get("path", "").strip("/")
        is_page = name in PAGES or "." in name or name.startswith("_")
        if is_page or match is Match.NONE or "html" not in _accepts(scope):
            return Match.NONE, {}
        return match, found


async def _unknown(request: Request) -> Response:
    return await missing(request, HTTPException(404))


def fault_handlers() -> dict[Any, Any]:
    """Return what answers in place of the framework's English."""
    return {404: missing, 405: not_so}


def _said(scope: Scope, status: int, title: str, says: str, given_id: str) -> Response:
    if "html" in _accepts(scope):
        told = _("编号：{number}", number=given_id)
        home = _("回到首页")
        return page(
            title,
            f"<p>{escape(says)}</p><p><code>{escape(told)}</code></p>"
            f'<p><a href="/">{escape(home)}</a></p>',
            status,
        )
    return JSONResponse({"message": says, "request_id": given_id}, status)


def _accepts(scope: Scope) -> str:
    return Headers(scope=scope).get("accept", "")
