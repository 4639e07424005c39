"""How does somebody come in and go out? Plain pages, before the framework speaks."""

import time
from datetime import datetime
from html import escape
from urllib.parse import quote

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from accounts import COOKIE
from accounts.first_run import has_admin, set_up
from accounts.sign_in import Outcome, choose_password, sign_in, sign_out
from base.clock import SystemClock
from base.settings import settings
from base.words import _
from etl.door import is_demo
from store import Store, store_at
from web.asked import address_of, is_secure, next_address, token_of
from web.demo_loading import loading
from web.demo_people import demo_roles, demo_token
from web.plain import field, form, hidden, page

_LONGEST_FORM_FIELDS = 12
# A browser keeps the cookie this long; the session itself may end earlier.
_COOKIE_S = 30 * 24 * 3600
# Refusals come in steps of so many seconds, whichever name was tried.
_STEP_S = 0.25
_REFUSED = 401


def sign_in_routes() -> list[Route]:
    """Return the routes of signing in and out."""
    return [
        Route("/sign-in", _show_sign_in, methods=["GET"]),
        Route("/sign-in", _sign_in, methods=["POST"]),
        Route("/sign-out", _sign_out, methods=["POST"]),
        Route("/password", _show_password, methods=["GET"]),
        Route("/password", _password, methods=["POST"]),
        Route("/set-up", _show_set_up, methods=["GET"]),
        Route("/set-up", _set_up, methods=["POST"]),
        Route("/account", _account, methods=["GET"]),
    ]


def _store() -> Store:
    return store_at(settings().var)


def now() -> datetime:
    """Return the time of sessions: that of the machine, in a demonstration as well."""
    return SystemClock().now()


def signed_in(request: Request, token: str, to: str = "/") -> Response:
    """Answer with the cookie of a session, and go to a page."""
    answer = RedirectResponse(to, status_code=303)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=_COOKIE_S,
        httponly=True,
        samesite="lax",
        secure=is_secure(request.scope),
    )
    return answer


async def _show_sign_in(request: Request) -> Response:
    return await run_in_threadpool(sign_in_page, request)


def sign_in_page(request: Request, problem: str = "", name: str = "") -> Response:
    """Return the page on which one signs in, with what went wrong before."""
    store = _store()
    if not has_admin(store) and not is_demo(store):
        return RedirectResponse("/set-up", status_code=303)
    page_asked = next_address(request.query_params)
    to = hidden("next", page_asked)
    fields = (
        field("name", _("登录名"), value=name, autocomplete="username")
        + field(
            "secret",
            _("密码或一次性口令"),
            kind="password",
            autocomplete="current-password",
        )
        + to
    )
    body = form("/sign-in", fields, _("登录"))
    if settings().oidc_issuer:
        label = escape(_("用市统一身份认证登录"))
        start = escape(f"/oidc/start?next={quote(page_asked, safe='')}")
        body += f'<a class="button" href="{start}">{label}</a>'
    help_text = escape(_("第一次登录用发给您的一次性口令；忘记密码请找市专班。"))
    body += f'<p class="quiet" style="margin-top:1rem">{help_text}</p>'
    if is_demo(store):
        body += _demo(to)
    status = 200 if not problem else 401
    return page(_("登录"), body, status, problem)


def _demo(to: str) -> str:
    title = escape(_("演示数据：选一个角色进来看看"))
    buttons = "".join(
        form("/sign-in", hidden("demo", role) + to, name, second=True)
        for role, name in demo_roles().items()
    )
    return f'<div class="demo"><b>{title}</b><div class="two">{buttons}</div></div>'


async def _sign_in(request: Request) -> Response:
    began = time.monotonic()
    given = await _form(request)
    answer = await run_in_threadpool(_sign_in_with, request, given)
    if answer.status_code == _REFUSED:
        await _even(began)
    return answer


async def _even(began: float) -> None:
    """Wait for the next step of time: what is refused takes as long for any name.

    Whoever has an account is looked up by a question more than who has none.

    Args:
        began: when, in seconds on a clock that never goes back.
    """
    spent = time.monotonic() - began
    await anyio.sleep(_STEP_S - spent % _STEP_S)


def _sign_in_with(request: Request, given: FormData) -> Response:
    to = next_address({"next": _text(given, "next") or "/"})
    if role := _text(given, "demo"):
        token = demo_token(_store(), role, now(), address_of(request.scope))
        if token is None:
            return sign_in_page(request, _("演示账号只在演示数据里有。"))
        return signed_in(request, token, to)
    name = _text(given, "name")
    outcome = sign_in(
        _store(),
        name,
        _text(given, "secret"),
        now(),
        address_of(request.scope),
        request.headers.get("user-agent", ""),
    )
    if outcome.must_set_password:
        return password_page(name, to)
    if not outcome.token:
        return sign_in_page(request, outcome.message, name)
    return signed_in(request, outcome.token, to)


async def _show_password(request: Request) -> Response:
    return password_page("", "/")


def password_page(name: str, to: str, problem: str = "") -> Response:
    """Return the page on which a password is chosen."""
    fields = (
        field("name", _("登录名"), value=name, autocomplete="username")
        + field(
            "secret",
            _("一次性口令或原密码"),
            kind="password",
            autocomplete="current-password",
        )
        + _new_password(_("新密码"))
        + hidden("next", to)
    )
    body = form("/password", fields, _("设好密码并登录"))
    return page(_("设置密码"), body, 400 if problem else 200, problem)


def _new_password(label: str) -> str:
    """Return the two fields in which a password is chosen, as HTML."""
    kind, kept = "password", "new-password"
    hint = _("至少 10 个字符；可以是一句好记的话。")
    first = field("password", label, kind=kind, autocomplete=kept, hint=hint)
    return first + field("again", _("再输一遍"), kind=kind, autocomplete=kept)


async def _password(request: Request) -> Response:
    began = time.monotonic()
    given = await _form(request)
    name, to = _text(given, "name"), next_address({"next": _text(given, "next")})
    if _text(given, "password") != _text(given, "again"):
        return password_page(name, to, _("两遍密码不一样，请重新输入。"))
    outcome: Outcome = await run_in_threadpool(
        choose_password,
        _store(),
        name,
        _text(given, "secret"),
        _text(given, "password"),
        now(),
        address_of(request.scope),
        request.headers.get("user-agent", ""),
    )
    if not outcome.token:
        await _even(began)
        return password_page(name, to, outcome.message)
    return signed_in(request, outcome.token, to)


async def _sign_out(request: Request) -> Response:
    given = await _form(request)
    token = token_of(request.headers.raw)
    await run_in_threadpool(
        sign_out, _store(), token, now(), _text(given, "everywhere") == "1"
    )
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer


async def _show_set_up(request: Request) -> Response:
    return await run_in_threadpool(set_up_page)


def set_up_page(problem: str = "") -> Response:
    """Return the page on which the first admin is made, once."""
    if loading.is_running:
        return page(_("演示数据"), f"<p>{escape(loading.said)}</p>", refresh_s=2)
    if has_admin(_store()) or is_demo(_store()):
        return RedirectResponse("/sign-in", status_code=303)
    where = escape(str(settings().var / "run" / "set-up-code"))
    intro = escape(_("还没有管理员。请填安装时写在下面文件里的口令："))
    fields = (
        field("code", _("安装口令"))
        + field("name", _("管理员登录名"), value="admin", autocomplete="username")
        + _new_password(_("密码"))
    )
    body = f"<p>{intro}<br><code>{where}</code></p>"
    body += form("/set-up", fields, _("设立管理员"))
    label = escape(_("只想先看看？"))
    note = escape(_("演示数据全部虚构，约需一分钟；有真实数据后不能再载入演示。"))
    body += (
        f'<div class="demo"><b>{label}</b><p class="quiet">{note}</p>'
        + form("/set-up", hidden("demo", "1"), _("载入演示数据"), second=True)
        + "</div>"
    )
    return page(_("首次设置"), body, 400 if problem else 200, problem)


async def _set_up(request: Request) -> Response:
    given = await _form(request)
    if _text(given, "demo"):
        return await run_in_threadpool(_load_demo)
    if _text(given, "password") != _text(given, "again"):
        return set_up_page(_("两遍密码不一样，请重新输入。"))
    return await run_in_threadpool(_set_up_with, request, given)


def _load_demo() -> Response:
    """Begin to load the demonstration; only an installation without people may."""
    if not has_admin(_store()) and not is_demo(_store()):
        loading.start(_store())
    return RedirectResponse("/set-up", status_code=303)


def _set_up_with(request: Request, given: FormData) -> Response:
    outcome = set_up(
        _store(),
        _text(given, "code"),
        _text(given, "name"),
        _text(given, "password"),
        now(),
        address_of(request.scope),
        request.headers.get("user-agent", ""),
    )
    if not outcome.token:
        return set_up_page(outcome.message)
    return signed_in(request, outcome.token)


async def _account(request: Request) -> Response:
    viewer = request.state.viewer
    back, change = escape(_("← 回到看板")), escape(_("修改密码"))
    held = escape(_("下载我的个人数据"))
    body = (
        f"<p><b>{escape(viewer.name)}</b></p>"
        f'<p><a href="/">{back}</a>&emsp;<a href="/password">{change}</a></p>'
        f'<p><a href="/files/personal-data">{held}</a></p>'
        + form("/sign-out", "", _("退出登录"))
        + form(
            "/sign-out",
            hidden("everywhere", "1"),
            _("在所有设备上退出"),
            second=True,
        )
    )
    return page(_("我的账号"), body)


async def _form(request: Request) -> FormData:
    try:
        return await request.form(max_files=0, max_fields=_LONGEST_FORM_FIELDS)
    except HTTPException as error:
        # what is wrong is said in English, to whoever made a form of their own
        raise HTTPException(400, _("请从看板的页面上操作。")) from error


def _text(given: FormData, name: str) -> str:
    value = given.get(name, "")
    return value if isinstance(value, str) else ""
