"""Which page is somebody offered at an address? Not offered leads to the first page.

The framework gives the first page no address but the root, and says in English that
there is no such page when somebody follows a bookmark of another role.
"""

from starlette.datastructures import URL
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from base.roles import ROLES

# The last is what the first page shows while there is no figure yet.
PAGES = {page for role in ROLES.values() for page in role.pages} | {"welcome"}


class Home:
    """Leads to the root from pages that a viewer is not offered, and from the first.

    Args:
        app: what answers all else.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or lead it to the root with what it asks."""
        viewer = scope.get("state", {}).get("viewer")
        page = scope.get("path", "").strip("/")
        offered = ROLES[viewer.role].pages[1:] if viewer is not None else ()
        is_elsewhere = (
            scope["type"] == "http"
            and viewer is not None
            and page in PAGES
            and page not in offered
        )
        if not is_elsewhere:
            await self.app(scope, receive, send)
            return
        query = URL(scope=scope).query
        answer = RedirectResponse(f"/?{query}" if query else "/", status_code=303)
        await answer(scope, receive, send)
