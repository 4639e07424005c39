"""Who asks, from where, and does the request name this installation?"""

from collections.abc import Iterable, Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.types import Scope

from accounts import COOKIE
from base.settings import settings

_THIS_MACHINE = "127.0.0.1"
OWN = frozenset({"localhost", _THIS_MACHINE, "::1"})
_FORWARDED = (b"forwarded", b"x-real-ip", b"via", b"x-forwarded-")
Headers = Iterable[tuple[bytes, bytes]]


def is_ours(headers: Headers, peer: str, is_demo: bool) -> bool:
    """Tell whether a request names a host of ours, and nobody unknown forwarded it.

    Args:
        headers: of the request, names in lower case.
        peer: the address that it came from.
        is_demo: a demonstration speaks to this machine alone.
    """
    given = dict(headers)
    is_forwarded = any(name.startswith(_FORWARDED) for name in given)
    if is_forwarded and (is_demo or peer not in settings().proxies):
        return False
    host = given.get(b"host", b"")
    names = OWN if is_demo else OWN | set(settings().hosts)
    if _name(b"//" + host) not in names:
        return False
    origin = given.get(b"origin")
    # another port is another program, whose pages must not speak to this one
    return origin is None or origin.split(b"://", 1)[-1] == host


def names_this_machine(headers: Headers) -> bool:
    """Tell whether a request is for this machine by its own name, forwarded by nobody.

    Args:
        headers: of the request, names in lower case.
    """
    given = dict(headers)
    is_forwarded = any(name.startswith(_FORWARDED) for name in given)
    return not is_forwarded and _name(b"//" + given.get(b"host", b"")) in OWN


def is_from_own_page(headers: Headers) -> bool:
    """Tell whether a browser says that a page of ours sent the request."""
    given = dict(headers)
    return b"origin" in given or given.get(b"sec-fetch-site") == b"same-origin"


def peer_of(scope: Scope) -> str:
    """Return who speaks to this server: a browser, or the proxy before it.

    The server itself believes a proxy on this machine, and puts the address that the
    proxy names in the place of the peer's; without a port, which no peer lacks.
    """
    host, port = scope.get("client") or ("", None)
    return _THIS_MACHINE if port == 0 else str(host)


def address_of(scope: Scope) -> str:
    """Return from where a request comes; a known proxy is believed."""
    peer = peer_of(scope)
    given = dict(scope["headers"]).get(b"x-forwarded-for", b"")
    if peer in settings().proxies and given:
        return str(given.decode("latin-1").rsplit(",", 1)[-1].strip())
    return peer


def is_secure(scope: Scope) -> bool:
    """Tell whether the browser speaks over TLS."""
    peer = peer_of(scope)
    given = dict(scope["headers"]).get(b"x-forwarded-proto", b"")
    is_forwarded = peer in settings().proxies and given == b"https"
    return bool(scope.get("scheme") in ("https", "wss") or is_forwarded)


def own_address(scope: Scope) -> str:
    """Return how the browser calls this installation, without a path.

    The name is the one that the guard has let through.
    """
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    scheme = "https" if is_secure(scope) else "http"
    return f"{scheme}://{host.rpartition('@')[2]}"


def token_of(headers: Headers) -> str:
    """Return the token of the session that the cookie names, or nothing."""
    cookies: SimpleCookie = SimpleCookie()
    try:
        for name, value in headers:
            if name == b"cookie":
                cookies.load(value.decode("latin-1"))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


def next_address(query: Mapping[str, str]) -> str:
    """Return the page to go to after signing in: one of ours, or the first."""
    asked = query.get("next", "/")
    is_path = asked.startswith("/") and not asked.startswith(("//", "/\\"))
    return asked if is_path and asked.isprintable() and "\\" not in asked else "/"


def _name(address: bytes) -> str | None:
    try:
        return urlsplit(address.decode("latin-1")).hostname
    except ValueError:
        return None
