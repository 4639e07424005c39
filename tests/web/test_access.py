"""Is every address open to whom the table names, and to nobody else?"""

import re
from collections.abc import Iterator
from types import SimpleNamespace

import httpx
import pytest
from starlette.routing import BaseRoute
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes
from websockets.exceptions import InvalidStatus

from base.roles import ROLES
from reports.tables import TABLES
from tests.etl.statements.grids import DONGLI, LIUQUAN
from tests.web.access import PAGES, PLACE, Row, agreed, pages, rows, text
from tests.web.doors import ALL, AMOUNTS, FAR, NOBODY, PEOPLE, Doors, doors
from tests.web.running import told_for
from web.faults import Unknown
from web.house import routes

pytestmark = pytest.mark.xdist_group("dashboard")

REFUSED = {401, 403, 404, 405, 422, 400}
ROWS = rows()
# What a table says is tested of one of each kind of role; near and far are alike there.
OF_TABLES = (NOBODY, "admin", "secretary", "far township")


@pytest.fixture(scope="module")
def fresh(new_var, tmp_path_factory) -> Iterator[Doors]:
    with doors(new_var, tmp_path_factory.mktemp("doors")) as found:
        yield found


def framework() -> list[BaseRoute]:
    """The addresses that the framework brings along."""
    nothing = SimpleNamespace(_storage=None)
    runtime = SimpleNamespace(
        media_file_mgr=nothing,
        uploaded_file_mgr=None,
        component_registry=None,
        bidi_component_registry=None,
        stats_mgr=None,
    )
    return create_streamlit_routes(runtime)  # type: ignore[arg-type]


def test_every_route_page_and_download_has_a_row() -> None:
    told = {(row.method, row.route) for row in ROWS}
    paths = {path for _method, path in told}
    for route in routes():
        methods = set(route.methods or ()) - {"HEAD", "OPTIONS"}
        is_rest = methods >= {"GET", "POST", "PUT", "DELETE"}
        if isinstance(route, Unknown):
            # no page's name: GET /no/such/page
            continue
        for method in {"DELETE", "PUT"} if is_rest else methods:
            has_row = (method, route.path) in told
            assert has_row or (is_rest and route.path in paths), (method, route.path)
    for other in framework():
        path = getattr(other, "path", "")
        methods = set(getattr(other, "methods", None) or {"GET"}) - {"HEAD", "OPTIONS"}
        assert not methods or path in paths, path
    assert set(pages()) == set(PAGES) | {"welcome"}


def test_the_table_says_what_the_roles_say_and_is_written_down() -> None:
    assert all(agreed().values()), agreed()
    assert PLACE.read_text(encoding="utf-8") == text()


def path_of(row: Row, things: dict[str, str]) -> str:
    return re.sub(r"\[([^]]+)\]", lambda found: things[found[1]], row.path)


def verdict(row: Row, answer: httpx.Response) -> str:
    """Tell what an answer means: let in, led to the first page, refused."""
    where = answer.headers.get("location", "")
    if answer.status_code == row.good:
        return "in"
    if answer.status_code == 303:
        return "led" if where.startswith("/?") or where == "/" else "refused"
    return "refused" if answer.status_code in REFUSED else str(answer.status_code)


def expected(row: Row, who: str) -> str:
    if who in row.allowed:
        return "in"
    return "led" if row.is_led and who in PEOPLE else "refused"


# Each asks for a village that is not theirs, or for one that is.
@pytest.mark.parametrize("who", list(PEOPLE))
def test_the_stream_shows_the_own_pages_and_places_alone(
    fresh: Doors, who: str
) -> None:
    role, codes = PEOPLE[who]
    asked = BackMsg()
    asked.rerun_script.page_name = "village"
    place = FAR if "far" not in who else LIUQUAN
    asked.rerun_script.query_string = f"place={place}&as_of=2018-06"
    with fresh.dashboard.socket(who) as stream:
        told = told_for(stream, asked)
    navigation = [
        one.navigation for one in told if one.WhichOneof("type") == "navigation"
    ]
    offered = [page.url_pathname for page in navigation[-1].app_pages]
    assert sorted(offered) == sorted(["", *ROLES[role].pages[1:]])
    said = b"".join(one.SerializeToString() for one in told).decode("utf-8", "replace")
    for code, amount in AMOUNTS.items():
        is_own = code.startswith(codes) if codes else False
        written = f"{int(amount):,}"
        assert is_own or (amount not in said and written not in said), code
    if place.startswith(codes or ("-",)):
        assert f"{int(AMOUNTS[place]):,}" in said


def test_each_table_holds_the_own_places_alone(fresh: Doors) -> None:
    for table in TABLES:
        address = (
            f"/files/table/{table}.csv?place=410581&meeting={fresh.things['meeting']}"
        )
        said = fresh.dashboard.get(address, "secretary").text
        assert not any(AMOUNTS[code] in said for code in (DONGLI, FAR)), table
        assert "东里" not in said, table


@pytest.mark.parametrize("who", ["", "forged"])
@pytest.mark.parametrize("origin", [None, "http://example.org"])
def test_the_stream_is_closed_to_nobody_and_to_foreign_pages(
    fresh: Doors, who: str, origin: str | None
) -> None:
    with (
        pytest.raises(InvalidStatus) as refused,
        fresh.dashboard.socket(who, origin=origin),
    ):
        pass
    assert refused.value.response.status_code == 403


# One after the other, as the table lists them: the first is a server's first request.
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_each_is_let_in_or_refused(fresh: Doors, row: Row) -> None:
    path = path_of(row, fresh.things)
    asking = OF_TABLES if row.path.startswith("/files/table/") else ALL
    # whom it refuses first: whoever is let in may change what is there
    for who in sorted(asking, key=lambda one: one in row.allowed):
        answer = fresh.ask(who, row.method, path, row.content)
        said = (verdict(row, answer), answer.status_code, answer.text[:80])
        assert said[0] == expected(row, who), (who, said)
        if said[0] != "in":
            assert not any(amount in answer.text for amount in AMOUNTS.values())
        assert "Traceback" not in answer.text
        for name in ("x-content-type-options", "content-security-policy"):
            assert name in answer.headers, (who, name)
