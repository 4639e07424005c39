"""Which tables may be fetched as files? Each is asked for again, in the own scope."""

from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from base.catalogue import Target, catalogue
from base.errors import ShownError
from base.month import last_day
from base.roles import SEE
from base.settings import settings
from base.viewer import Viewer
from base.words import _
from etl.door import clock_of
from queries import moment_now
from queries.table import Asked
from reports.table_file import ENDINGS, table_file
from reports.tables import TABLES
from store import store_at
from store.audit import record
from web.files import XLSX, File, as_file

_TEXT = "text/csv; charset=utf-8"
# What the address says of every table; the rest is for the table itself.
_COMMON = ("place", "as_of", "target")


def table_routes() -> list[Route]:
    """Return the routes of tables that people take away."""
    return [Route("/files/table/{which}", _table)]


async def _table(request: Request) -> Response:
    viewer: Viewer = request.state.viewer
    said = dict(request.query_params)
    try:
        name = str(request.path_params["which"])
        file = await run_in_threadpool(_file, viewer, name, said)
    except ShownError as problem:
        return PlainTextResponse(str(problem), status_code=404)
    return as_file(file)


def _file(viewer: Viewer, which: str, said: dict[str, str]) -> File:
    table_id, _dot, ending = which.rpartition(".")
    if not viewer.may(SEE) or table_id not in TABLES or ending not in ENDINGS:
        raise ShownError(_("没有这张表，或您的账号不能看。"))
    place = said.get("place") or viewer.scope.common
    if not viewer.scope.holds(place):
        # the place that holds all that somebody may see, narrowed to just that
        place = viewer.scope.common
    store = store_at(settings().var)
    clock = clock_of(store)
    asked = Asked(
        store,
        viewer.within(place),
        moment_now(store, viewer, clock).no_later(_day(said.get("as_of", ""))),
        _target(said.get("target", "")),
        place,
        {key: value for key, value in said.items() if key not in _COMMON},
    )
    name, content = table_file(TABLES[table_id], asked, ending)
    record(store, viewer, "fetched", clock.now(), place, name)
    return name, content, XLSX if ending == "xlsx" else _TEXT


def _day(said: str) -> date | None:
    if not said:
        return None
    try:
        return last_day(date.fromisoformat(f"{said}-01"))
    except ValueError as error:
        raise ShownError(_("月份写作 2018-06")) from error


def _target(said: str) -> Target:
    entries = catalogue()
    fitting = [target for target in entries.targets if target.id == said]
    return fitting[0] if fitting else entries.headline()
