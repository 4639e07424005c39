"""What does the first page of the browser say before the framework speaks?

The framework's own page is in English, and on a deep link it first asks for its
addresses below that link, which leaves errors in the browser's console. Here the page
gets its language, its title and the address of its server.
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from base.catalogue import catalogue
from base.settings import settings
from base.words import _
from web.policy import POLICY, policy, scripts_of

_ADDRESS = "<script>window.__streamlit={BACKEND_BASE_URL:location.origin}</script>"
# The framework says in English that it lost the server. Where the session has ended,
# the browser goes to sign in, and comes back to the page that it showed.
_SIGNED_OUT = """<script>
(() => {
  const Plain = window.WebSocket;
  const gone = () => fetch("/account").then((answer) => {
    if (answer.status !== 401) return;
    const here = location.pathname + location.search;
    location.assign("/sign-in?next=" + encodeURIComponent(here));
  }).catch(() => {});
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("close", gone);
    }
  };
})();
</script>"""
_FRAMEWORK = b"<title>Streamlit</title>"


class Face:
    """Rewrites the head of the framework's page.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and rewrite the answer where it is a page."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def rewritten(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
                return
            if start is None:
                await send(message)
                return
            body += message.get("body", b"")
            if message.get("more_body", False):
                return
            page = with_face(body)
            headers = MutableHeaders(raw=start["headers"])
            headers["content-length"] = str(len(page))
            if page is not body:
                # nobody's words stand in the framework's page: its scripts are known
                headers[POLICY.decode()] = policy(*scripts_of(page)).decode()
            await send(start)
            await send({"type": "http.response.body", "body": page})

        asked = [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]
        is_file = "." in scope["path"].rsplit("/", 1)[-1]
        plain = scope if is_file else {**scope, "headers": asked}
        await self.app(plain, receive, rewritten)


def _is_page(message: Message) -> bool:
    kind = dict(message.get("headers", [])).get(b"content-type", b"")
    return message["status"] == 200 and bool(kind.startswith(b"text/html"))


def with_face(page: bytes) -> bytes:
    """Return the framework's page with our language, title and address.

    Args:
        page: its HTML.
    """
    if _FRAMEWORK not in page:
        return page
    language = "en" if settings().language == "en" else "zh-CN"
    title = _("{city}村集体经济清零看板", city=catalogue().city.short_name)
    return (
        page.replace(b'<html lang="en">', f'<html lang="{language}">'.encode())
        .replace(_FRAMEWORK, f"<title>{title}</title>".encode())
        .replace(b"<head>", f"<head>{_ADDRESS}{_SIGNED_OUT}".encode(), 1)
    )
