"""What may a browser do with what it gets from here? Headers that bind it."""

import base64
import hashlib
import re

from starlette.types import Scope

from web.asked import is_secure

POLICY = b"content-security-policy"
Header = tuple[bytes, bytes]
_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    # a first secretary photographs slips, and says where the village lies
    (
        b"permissions-policy",
        b"camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), "
        b"serial=(), bluetooth=(), midi=(), display-capture=(), browsing-topics=()",
    ),
)
# Over TLS alone: a machine that is asked without it must stay reachable.
_TLS = (b"strict-transport-security", b"max-age=31536000")
_NOT_KEPT = (b"cache-control", b"no-store")
# The parts of the framework, the same for everybody, under names of their content.
_SHARED = ("/static/", "/favicon.png")
_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


def policy(*scripts: bytes) -> bytes:
    """Return the content policy of a page.

    Styles stay free: the framework and plotly write theirs into the page as they run.
    The parts of the framework that draw maps run WebAssembly.

    Args:
        scripts: the inline scripts that it may run, each as it stands in the page.
    """
    hashes = "".join(f" {source_of(one)}" for one in scripts)
    return (
        "default-src 'self'; connect-src 'self' ws: wss: blob: data:; "
        "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; "
        "style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; "
        f"script-src 'self' 'wasm-unsafe-eval' blob:{hashes}; "
        "frame-ancestors 'self'; base-uri 'self'; form-action 'self'"
    ).encode()


def source_of(script: bytes) -> str:
    """Return how a policy names an inline script: by its hash."""
    digest = base64.b64encode(hashlib.sha256(script).digest()).decode()
    return f"'sha256-{digest}'"


def scripts_of(page: bytes) -> list[bytes]:
    """Return the inline scripts of a page that nobody's words are in.

    Args:
        page: its HTML; never one that shows what people wrote.
    """
    return _INLINE.findall(page)


def bound(headers: list[Header], scope: Scope) -> list[Header]:
    """Return the headers of an answer with those that bind the browser.

    Args:
        headers: of the answer; a policy or a rule for keeping of its own stays.
        scope: what was asked.
    """
    given = {name.lower() for name, _value in headers}
    more = list(_ALWAYS)
    if POLICY not in given:
        more.append((POLICY, policy()))
    if is_secure(scope):
        more.append(_TLS)
    is_shared = scope["path"].startswith(_SHARED)
    if b"cache-control" not in given and not is_shared:
        more.append(_NOT_KEPT)
    return [*headers, *more]
