"""Is only this machine let in, over HTTP and websocket, and is the browser bound?"""

import asyncio
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from tests.web.running import Dashboard
from web.guard import Guard, is_own

pytestmark = pytest.mark.xdist_group("dashboard")

OWN = ["localhost", "127.0.0.1", "[::1]"]
FOREIGN = ["example.org", "127.0.0.1.example.org", "localhost.example.org", ""]
FOREIGN += ["192.168.1.5:8501", "user@example.org", "[::1", "localhost:8501@x.org"]
FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"]
FORWARDED += ["x-forwarded-port", "x-real-ip", "via"]
BINDING = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
}


def given(**headers: str) -> list[tuple[bytes, bytes]]:
    return [
        (name.replace("_", "-").encode(), value.encode())
        for name, value in headers.items()
    ]


@pytest.mark.parametrize("host", OWN)
@pytest.mark.parametrize("port", ["", ":8501"])
def test_this_machine_is_let_in(host: str, port: str) -> None:
    name = host + port
    assert is_own(given(host=name))
    for scheme in ("http", "https", "ws"):
        assert is_own(given(host=name, origin=f"{scheme}://{name}"))


@pytest.mark.parametrize("host", FOREIGN)
def test_another_host_is_refused(host: str) -> None:
    assert not is_own(given(host=host))
    assert not is_own(given(host="localhost:8501", origin=f"http://{host}"))


def test_a_request_without_a_host_is_refused() -> None:
    assert not is_own([])


@pytest.mark.parametrize(
    "origin",
    ["null", "http://localhost", "http://localhost:3000", "http://127.0.0.1:8501"],
)
def test_another_origin_is_refused(origin: str) -> None:
    assert not is_own(given(host="localhost:8501", origin=origin))


@pytest.mark.parametrize("name", FORWARDED)
def test_what_was_forwarded_is_refused(name: str) -> None:
    headers = [*given(host="localhost:8501"), (name.encode(), b"127.0.0.1")]
    assert not is_own(headers)


def test_what_is_neither_a_request_nor_a_socket_passes() -> None:
    seen: list[str] = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(scope["type"])

    asyncio.run(Guard(app)({"type": "lifespan"}, None, None))  # type: ignore[arg-type]
    assert seen == ["lifespan"]


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "example.org"},
        {"origin": "http://example.org"},
        {"x-forwarded-for": "10.0.0.1"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/", "/healthz", "/commands", "/_stcore/health"])
def test_the_server_refuses_strangers(
    dashboard: Dashboard, headers: dict[str, str], path: str
) -> None:
    answer = dashboard.get(path, **headers)
    assert (answer.status_code, answer.text) == (403, "看板目前只在本机开放。")
    assert BINDING.items() <= dict(answer.headers).items()


@pytest.mark.parametrize("path", ["/", "/pages/village", "/healthz", "/no/such.js"])
def test_the_browser_is_bound(dashboard: Dashboard, path: str) -> None:
    headers = dict(dashboard.get(path).headers)
    assert BINDING.items() <= headers.items()
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http:" not in policy
    assert "https:" not in policy


def test_a_socket_from_the_own_origin_needs_no_cookie(dashboard: Dashboard) -> None:
    for origin in (dashboard.address, None):
        with dashboard.socket(origin=origin) as stream:
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
    dashboard: Dashboard, how: dict[str, Any]
) -> None:
    with pytest.raises(InvalidStatus) as refused, dashboard.socket(**how):
        pass
    assert refused.value.response.status_code == 403
