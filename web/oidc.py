"""How does somebody come in by the city's own sign-in? To the provider, and back."""

from html import escape
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from accounts.oidc import refuse, sign_in_as
from accounts.sign_in import Outcome
from base.settings import settings
from base.words import _
from store import store_at
from web.asked import address_of, is_secure, next_address, own_address
from web.oidc_provider import ProviderError, Said, address_to_ask, claims_of
from web.oidc_trip import COOKIE, COOKIE_PATH, LASTS_S, Trip, trips
from web.plain import page
from web.sign_in import now, signed_in


def oidc_routes() -> list[Route]:
    """Return the routes of the city's own sign-in."""
    return [
        Route("/oidc/start", _start, methods=["GET"]),
        Route("/oidc/return", _return, methods=["GET"]),
    ]


async def _start(request: Request) -> Response:
    if not settings().oidc_issuer:
        return _told(_("这里没有设统一身份认证。请用密码登录。"), "/", 404)
    to = next_address(request.query_params)
    trip = Trip(own_address(request.scope) + "/oidc/return", to)
    try:
        provider = await address_to_ask(trip)
    except ProviderError as problem:
        return await _refused(request, problem, to)
    answer = RedirectResponse(provider, status_code=303)
    answer.set_cookie(
        COOKIE,
        await run_in_threadpool(lambda: trips().sealed(trip)),
        max_age=LASTS_S,
        path=COOKIE_PATH,
        httponly=True,
        samesite="lax",
        secure=is_secure(request.scope),
    )
    return answer


async def _return(request: Request) -> Response:
    answer = await _come_back(request)
    answer.delete_cookie(COOKIE, path=COOKIE_PATH, httponly=True, samesite="lax")
    return answer


async def _come_back(request: Request) -> Response:
    state = request.query_params.get("state", "")
    cookie = request.cookies.get(COOKIE, "")
    trip = await run_in_threadpool(lambda: trips().opened(cookie, state))
    if trip is None:
        said = _("这次登录已用过或已过期，或是从别的窗口开始的。请重新登录。")
        return await _refused(request, ProviderError("state", said, 400), "/")
    code = request.query_params.get("code", "")
    if not code:
        said = _("统一身份认证没有让您登录，或您取消了。")
        return await _refused(request, ProviderError("denied", said, 401), trip.to)
    try:
        claims = await claims_of(trip, code)
    except ProviderError as problem:
        return await _refused(request, problem, trip.to)
    outcome = await run_in_threadpool(_sign_in, request, claims)
    if not outcome.token:
        return _told(outcome.message, trip.to, 403)
    return signed_in(request, outcome.token, trip.to)


def _sign_in(request: Request, claims: Said) -> Outcome:
    name = claims.get(settings().oidc_name_claim)
    return sign_in_as(
        store_at(settings().var),
        str(claims["sub"]),
        name if isinstance(name, str) else "",
        now(),
        address_of(request.scope),
        request.headers.get("user-agent", ""),
    )


async def _refused(request: Request, problem: ProviderError, to: str) -> Response:
    address = address_of(request.scope)
    store = store_at(settings().var)
    await run_in_threadpool(refuse, store, problem.why, now(), address)
    return _told(str(problem), to, problem.status)


def _told(problem: str, to: str, status: int) -> Response:
    back = escape(f"/sign-in?next={quote(to, safe='')}")
    label = escape(_("← 回到登录"))
    body = f'<p><a href="{back}">{label}</a></p>'
    return page(_("统一身份认证登录"), body, status, problem)
