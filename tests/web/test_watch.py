"""Has each request an id, a line in the log and a place in the counts?"""

import json
import logging

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from base.log import is_well_formed
from base.meters import meters
from base.place import Scope
from base.settings import settings
from base.viewer import Viewer
from tests.web.running import Dashboard
from web.face import Face
from web.faults import fault_handlers
from web.watch import HEADER, Named, Watched

GIVEN = "proxy-id-12345"
SECRET = "王小明的密码"


async def _well(request: Request) -> Response:
    request.state.viewer = Viewer("王小明", "secretary", Scope(), "u17")
    return PlainTextResponse(request.headers[HEADER])


async def _fails(_request: Request) -> Response:
    raise ValueError(f"'{SECRET}'")


async def _breaks_off(_request: Request) -> Response:
    async def parts():
        yield b"half"
        raise ValueError

    return StreamingResponse(parts())


async def _missing(_request: Request) -> Response:
    raise HTTPException(404)


async def _stream(stream: WebSocket) -> None:
    await stream.accept()
    await stream.receive_text()
    raise ValueError(SECRET)


@pytest.fixture
def client() -> TestClient:
    app = Starlette(
        routes=[
            Route("/well/{who}", _well),
            Route("/fails/{who}", _fails),
            Route("/half", _breaks_off),
            Route("/missing", _missing),
            WebSocketRoute("/stream", _stream),
        ],
        middleware=[Middleware(Watched), Middleware(Face), Middleware(Named)],
        exception_handlers=fault_handlers(),
    )
    return TestClient(app, client=("10.0.0.9", 1234))


def said(caplog: pytest.LogCaptureFixture) -> dict[str, object]:
    [record] = [one for one in caplog.records if one.name == "village"]
    return {"event": record.getMessage(), **vars(record)["said"]}


def counted(route: str, status: str) -> float:
    named = {"method": "GET", "route": route, "status": status}
    return meters().registry.get_sample_value("village_requests_total", named) or 0.0


def test_a_request_is_logged_by_template_and_number(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    before = counted("/well/{who}", "200")
    with caplog.at_level(logging.INFO, "village"):
        answer = client.get(
            f"/well/{SECRET}?name={SECRET}", headers={"cookie": f"a={GIVEN}"}
        )
    assert is_well_formed(answer.headers[HEADER])
    # what is behind reads the same id
    assert answer.text == answer.headers[HEADER]
    told = said(caplog)
    assert told.pop("ms") is not None
    assert told == {
        "event": "request",
        "method": "GET",
        "route": "/well/{who}",
        "status": 200,
        "actor": "u17",
    }
    assert counted("/well/{who}", "200") == before + 1


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [
        ('["10.0.0.9"]', GIVEN, True),
        ('["10.0.0.9"]', "x y", False),
        ('["10.0.0.8"]', GIVEN, False),
        ("[]", GIVEN, False),
    ],
)
def test_an_id_is_taken_over_from_a_proxy_of_ours_alone(
    client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    proxies: str,
    given: str,
    is_taken: bool,
) -> None:
    monkeypatch.setenv("VILLAGE_PROXIES", proxies)
    settings.cache_clear()
    answer = client.get("/well/x", headers={HEADER: given})
    settings.cache_clear()
    assert (answer.headers[HEADER] == given) is is_taken
    assert answer.text == answer.headers[HEADER]


@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*"])
def test_a_failure_is_told_in_words_with_its_id(
    client: TestClient, caplog: pytest.LogCaptureFixture, accept: str
) -> None:
    with caplog.at_level(logging.INFO, "village"):
        answer = client.get("/fails/x", headers={"accept": accept})
    number = answer.headers[HEADER]
    assert answer.status_code == 500
    assert "请把编号告诉管理员" in answer.text
    assert number in answer.text
    assert "Traceback" not in answer.text
    assert SECRET not in answer.text
    is_page = accept == "text/html"
    assert answer.headers["content-type"].startswith(
        "text/html" if is_page else "application/json"
    )
    if not is_page:
        assert json.loads(answer.text)["request_id"] == number
    failed, asked = (one for one in caplog.records if one.name == "village")
    assert failed.getMessage() == "request failed"
    assert failed.exc_info is not None
    assert vars(asked)["said"]["status"] == 500


def test_half_an_answer_does_not_look_whole(client: TestClient) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        client.get("/half")


def test_an_exception_is_counted_and_slow_is_told(
    client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("VILLAGE_SLOW_SECONDS", "0.000000001")
    settings.cache_clear()
    with caplog.at_level(logging.INFO, "village"):
        client.get("/well/x")
    settings.cache_clear()
    assert said(caplog)["event"] == "slow request"


def test_a_stream_that_fails_ends_and_is_counted(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "village"):
        with client.websocket_connect("/stream") as stream:
            open_now = meters().registry.get_sample_value("village_websockets_open")
            stream.send_text("x")
            with pytest.raises(WebSocketDisconnect) as ended:
                stream.receive_text()
        assert ended.value.code == 1011
    assert open_now == 1
    assert meters().registry.get_sample_value("village_websockets_open") == 0
    told = [one.getMessage() for one in caplog.records if one.name == "village"]
    assert told == ["request failed", "stream closed"]


@pytest.mark.parametrize(
    ("method", "path", "status", "says"),
    [
        ("GET", "/missing", 404, "这里没有这个地址"),
        ("GET", "/nowhere", 404, "这里没有这个地址"),
        ("POST", "/well/x", 405, "不接受这样的请求"),
    ],
)
def test_what_is_not_there_is_told_in_words(
    client: TestClient, method: str, path: str, status: int, says: str
) -> None:
    for accept in ("text/html", "application/json"):
        answer = client.request(method, path, headers={"accept": accept})
        assert answer.status_code == status
        assert says in answer.text
        assert answer.headers[HEADER] in answer.text
        assert ("allow" in answer.headers) is (status == 405)


@pytest.mark.xdist_group("dashboard")
def test_the_running_server_gives_each_answer_an_id(city: Dashboard) -> None:
    seen = set()
    for path, by in (("/", ""), ("/", "office"), ("/sign-in", ""), ("/no", "office")):
        answer = city.get(path, by, host="x" if path == "/no" else "localhost")
        assert is_well_formed(answer.headers[HEADER])
        seen.add(answer.headers[HEADER])
    assert len(seen) == 4
    forged = city.get("/sign-in", **{HEADER: GIVEN})
    assert forged.headers[HEADER] != GIVEN
    with city.socket("office") as stream:
        assert stream.response is not None
        assert is_well_formed(stream.response.headers[HEADER])


@pytest.mark.xdist_group("dashboard")
@pytest.mark.parametrize("path", ["/nosuch", "/shell"])
def test_a_page_that_nobody_has_is_told_in_words(city: Dashboard, path: str) -> None:
    answer = city.get(path, "office", accept="text/html")
    assert answer.status_code == 404
    assert "这里没有这个地址" in answer.text
    assert city.get(path, accept="text/html").status_code == 303
    known = city.get("/village", "office", accept="text/html")
    assert known.status_code == 200
