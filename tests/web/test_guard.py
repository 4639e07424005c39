"""Does the running server refuse whoever is not signed in, before anything is told?"""

import asyncio
import re
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.web.conftest import HOST
from tests.web.running import Dashboard, told_by
from web.guard import OPEN_PATHS, SIGNED_OUT, Guard

pytestmark = pytest.mark.xdist_group("dashboard")

BINDING = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
}
PAGES = ["/village?place=410581105201", "/map", "/review", "/report", "/pages/village"]
CLOSED = ["/", "/account", "/drafts", "/files/original/1", "/files/evidence/1"]
CLOSED += ["/files/template/410581105201/2018-06", "/files/marked/sent-1", "/_stcore"]
CLOSED += ["/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/media/x.png"]
CLOSED += ["/component/x/index.html", "/static/js/index.js", "/favicon.png", "/no/such"]
CLOSED += ["/healthz/", "//healthz", "/sign-in/x", "/password.js", "/api", "/api/v2/x"]
UPLOAD = "/_stcore/upload_file/a/b"
NOBODY = ["", "forged", "expired", "ended", "disabled", '"', "x" * 5000]


# Deep links first, on a server that has shown nothing yet.
@pytest.mark.parametrize("path", [*PAGES, *CLOSED])
def test_nobody_is_sent_to_sign_in_from_every_address(
    bare: Dashboard, path: str
) -> None:
    answer = bare.get(path, accept="text/html")
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert where.startswith("/sign-in?next=%2F")
    assert not answer.content
    told = bare.get(path)
    assert (told.status_code, told.text) == (401, "请先登录。")
    for one in (answer, told):
        assert BINDING.items() <= dict(one.headers).items()
        assert "set-cookie" not in one.headers


@pytest.mark.parametrize("who", NOBODY)
def test_a_session_that_does_not_hold_opens_nothing(city: Dashboard, who: str) -> None:
    for path in ["/", "/map", "/_stcore/health", "/files/original/3", "/account"]:
        answer = city.get(path, who)
        assert (answer.status_code, answer.text) == (401, "请先登录。")
    with pytest.raises(InvalidStatus) as refused, city.socket(who):
        pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]
)
def test_no_other_way_of_asking_is_open(city: Dashboard, method: str) -> None:
    for path in ("/", "/drafts", "/evidence/1", "/account", "/_stcore/health"):
        answer = city.ask(method, path, origin=city.address)
        assert answer.status_code == 401, path
        assert BINDING.items() <= dict(answer.headers).items()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "POST", "OPTIONS"])
@pytest.mark.parametrize("who", ["", "office"])
def test_the_uploader_of_the_framework_is_closed_to_all(
    city: Dashboard, method: str, who: str
) -> None:
    answer = city.ask(method, UPLOAD, who, b"x", origin=city.address)
    assert (answer.status_code, answer.text) == (403, "没有权限。")


@pytest.mark.parametrize("path", sorted(OPEN_PATHS))
def test_what_is_open_tells_nothing_of_villages(city: Dashboard, path: str) -> None:
    answer = city.get(path)
    assert answer.status_code in (200, 303, 404)
    assert "stApp" not in answer.text
    assert "static/js" not in answer.text
    # a time in seconds may have any digits
    assert not re.search(r"(?<![\d.])12321(?!\d)", answer.text)
    assert BINDING.items() <= dict(answer.headers).items()


@pytest.mark.parametrize("path", ["/api/v1/x", "/oidc/x", "/api/v1/_stcore/health"])
def test_under_open_addresses_the_framework_answers_nobody(
    city: Dashboard, path: str
) -> None:
    for method in ("GET", "POST", "PUT"):
        answer = city.ask(method, path, origin=city.address)
        assert (answer.status_code, answer.text) == (404, "这里没有这个地址。")
    for closed in (path, *OPEN_PATHS, "/api/v1/_stcore/stream", "/oidc/_stcore/stream"):
        with pytest.raises(InvalidStatus) as refused, city.socket(path=closed):
            pass
        assert refused.value.response.status_code == 403


def test_whoever_is_signed_in_gets_pages_and_their_parts(city: Dashboard) -> None:
    for path in ("/", "/village", "/_stcore/health", "/account"):
        answer = city.get(path, "secretary")
        assert answer.status_code == 200, path
        assert BINDING.items() <= dict(answer.headers).items()
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "http:" not in policy
        assert "https:" not in policy
    kinds = [one.WhichOneof("type") for one in city.page("", "secretary")]
    assert "navigation" in kinds


def test_the_page_over_the_stream_is_of_the_scope_that_asks(city: Dashboard) -> None:
    told = b"".join(one.SerializeToString() for one in city.page("", "leader"))
    assert "东里".encode() in told
    told = b"".join(one.SerializeToString() for one in city.page("", "secretary"))
    assert "柳泉".encode() in told
    assert "东里".encode() not in told


def test_the_stream_ends_at_the_first_message_after_sign_out(
    city: Dashboard,
) -> None:
    with city.socket("leaving") as stream:
        assert told_by(stream, "village")
        out = city.form("/sign-out", "leaving")
        assert (out.status_code, out.headers["location"]) == (303, "/sign-in")
        asked = BackMsg()
        asked.rerun_script.page_name = "village"
        stream.send(asked.SerializeToString())
        told = b""
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                told += stream.recv(timeout=30, decode=False)
    assert "柳泉".encode() not in told
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == SIGNED_OUT
    assert city.get("/", "leaving").status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "example.org"},
        {"origin": "http://example.org"},
        {"origin": "null"},
        {"x-forwarded-for": "10.0.0.1"},
        {"x-forwarded-host": "127.0.0.1"},
        {"forwarded": "for=127.0.0.1"},
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/commands", "/_stcore/health", "/sign-in", "/api/v1/x"]
)
def test_the_server_refuses_strangers(
    city: Dashboard, headers: dict[str, str], path: str
) -> None:
    """Even those who are signed in."""
    for who in ("", "office"):
        answer = city.get(path, who, **headers)
        assert (answer.status_code, answer.text) == (403, "看板不接受这个地址的请求。")
        assert BINDING.items() <= dict(answer.headers).items()


@pytest.mark.parametrize("path", ["/", "/pages/village", "/healthz", "/no/such.js"])
def test_the_browser_is_bound(city: Dashboard, path: str) -> None:
    for who in ("", "office"):
        headers = dict(city.get(path, who).headers)
        assert BINDING.items() <= headers.items()
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "http:" not in policy
        assert "https:" not in policy


def test_a_socket_from_the_own_origin_is_opened(city: Dashboard) -> None:
    for origin in (city.address, None):
        with city.socket("office", origin=origin) as stream:
            assert stream.response is not None
            assert stream.response.status_code == 101


@pytest.mark.parametrize(
    "how",
    [
        {"origin": "http://example.org"},
        {"origin": "http://127.0.0.1:1"},
        {"additional_headers": {"x-forwarded-for": "10.0.0.1"}},
    ],
    ids=str,
)
def test_a_socket_from_elsewhere_is_refused(
    city: Dashboard, how: dict[str, Any]
) -> None:
    with pytest.raises(InvalidStatus) as refused, city.socket("office", **how):
        pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/drafts", "/evidence/1"])
def test_what_no_page_of_ours_sent_is_not_done(city: Dashboard, path: str) -> None:
    for headers in ({}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "none"}):
        answer = city.ask("POST", path, "office", b"x", **headers)
        assert (answer.status_code, answer.text) == (403, "请从看板的页面上操作。")
    # nobody was signed out by it
    assert city.get("/account", "office").status_code == 200


def test_the_setting_names_hosts_and_proxies(bare: Dashboard) -> None:
    proxied = {"x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "https"}
    named = {"host": HOST, "origin": f"https://{HOST}"}
    assert bare.get("/healthz", **named, **proxied).status_code == 200
    assert bare.get("/healthz", **named).status_code == 200
    assert bare.get("/healthz").status_code == 200
    refused = bare.get("/healthz", host=f"x.{HOST}", **proxied)
    assert refused.status_code == 403
    assert bare.get("/", **named, **proxied).status_code == 401


@pytest.mark.parametrize("asked", ["//example.org", "/%0d%0aset-cookie:a=b", "/?a=//b"])
def test_the_way_back_from_sign_in_stays_here(bare: Dashboard, asked: str) -> None:
    answer = bare.get(asked, accept="text/html")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=%2F")
    assert "set-cookie" not in answer.headers
    shown = bare.get(answer.headers["location"])
    assert shown.headers.get("location", "/").startswith("/")
    assert not shown.headers.get("location", "/").startswith("//")


def test_what_is_neither_a_request_nor_a_socket_passes() -> None:
    seen: list[str] = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(scope["type"])

    asyncio.run(Guard(app)({"type": "lifespan"}, None, None))  # type: ignore[arg-type]
    assert seen == ["lifespan"]
