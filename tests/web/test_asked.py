"""Does a request name this installation, and from where does it come?"""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.types import Scope

from accounts import COOKIE
from base.settings import settings
from web.asked import (
    address_of,
    is_from_own_page,
    is_ours,
    is_secure,
    next_address,
    own_address,
    peer_of,
    token_of,
)

HERE, THERE = "127.0.0.1", "10.0.0.9"
OWN = ["localhost", "127.0.0.1", "[::1]"]
FOREIGN = ["example.org", "127.0.0.1.example.org", "localhost.example.org", ""]
FOREIGN += ["192.168.1.5:8501", "user@example.org", "[::1", "localhost:8501@x.org"]
ELSEWHERE = ["//example.org", "/\\example.org", "https://example.org", "example.org"]
ELSEWHERE += ["/\t/example.org", "/\n", "javascript:alert(1)", "/a\\b", " /map"]
FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"]
FORWARDED += ["x-forwarded-port", "x-real-ip", "via"]


def given(**headers: str) -> list[tuple[bytes, bytes]]:
    return [
        (name.replace("_", "-").encode(), value.encode())
        for name, value in headers.items()
    ]


def is_for_both(headers: list[tuple[bytes, bytes]]) -> bool:
    """Tell what is answered; the same to a demonstration and to real data."""
    found = {is_ours(headers, HERE, is_demo) for is_demo in (True, False)}
    assert len(found) == 1
    return found.pop()


@pytest.fixture
def behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings that name a host and a proxy of ours."""
    monkeypatch.setenv("VILLAGE_HOSTS", '["kanban.example.org"]')
    monkeypatch.setenv("VILLAGE_PROXIES", f'["{THERE}"]')
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@pytest.mark.parametrize("host", OWN)
@pytest.mark.parametrize("port", ["", ":8501"])
def test_this_machine_is_let_in(host: str, port: str) -> None:
    name = host + port
    assert is_for_both(given(host=name))
    for scheme in ("http", "https", "ws"):
        assert is_for_both(given(host=name, origin=f"{scheme}://{name}"))


@pytest.mark.parametrize("host", FOREIGN)
def test_another_host_is_refused(host: str) -> None:
    assert not is_for_both(given(host=host))
    assert not is_for_both(given(host="localhost:8501", origin=f"http://{host}"))


def test_a_request_without_a_host_is_refused() -> None:
    assert not is_for_both([])


@pytest.mark.parametrize(
    "origin",
    ["null", "http://localhost", "http://localhost:3000", "http://127.0.0.1:8501"],
)
def test_another_origin_is_refused(origin: str) -> None:
    assert not is_for_both(given(host="localhost:8501", origin=origin))


@pytest.mark.parametrize("name", FORWARDED)
def test_what_was_forwarded_is_refused(name: str) -> None:
    headers = [*given(host="localhost:8501"), (name.encode(), b"127.0.0.1")]
    assert not is_for_both(headers)


@pytest.mark.usefixtures("behind_a_proxy")
def test_a_host_that_is_named_is_let_in_but_not_by_a_demonstration() -> None:
    for name in ("kanban.example.org", "kanban.example.org:8443"):
        headers = given(host=name, origin=f"https://{name}")
        assert is_ours(headers, THERE, is_demo=False)
        assert not is_ours(headers, THERE, is_demo=True)
    for name in ("example.org", "kanban.example.org.evil.org", "x.kanban.example.org"):
        assert not is_ours(given(host=name), THERE, is_demo=False)


@pytest.mark.usefixtures("behind_a_proxy")
@pytest.mark.parametrize("name", FORWARDED)
def test_only_a_known_proxy_may_forward(name: str) -> None:
    headers = [*given(host="kanban.example.org"), (name.encode(), b"192.0.2.1")]
    assert is_ours(headers, THERE, is_demo=False)
    assert not is_ours(headers, THERE, is_demo=True)
    assert not is_ours(headers, "10.0.0.8", is_demo=False)


def scope_of(peer: str, scheme: str = "http", **headers: str) -> dict[str, Any]:
    return {"client": (peer, 1), "scheme": scheme, "headers": given(**headers)}


@pytest.mark.usefixtures("behind_a_proxy")
def test_only_a_known_proxy_is_believed() -> None:
    forwarded = {"x_forwarded_for": "8.8.8.8, 192.0.2.1", "x_forwarded_proto": "https"}
    assert address_of(scope_of(THERE, **forwarded)) == "192.0.2.1"
    assert address_of(scope_of(HERE, **forwarded)) == HERE
    assert address_of(scope_of(THERE)) == THERE
    assert is_secure(scope_of(THERE, **forwarded))
    assert not is_secure(scope_of(HERE, **forwarded))
    assert not is_secure(scope_of(THERE, x_forwarded_proto="http"))
    assert is_secure(scope_of(HERE, scheme="https"))


def test_a_proxy_on_this_machine_is_known_by_the_port_that_it_lacks() -> None:
    assert peer_of({"client": ("192.0.2.1", 0)}) == HERE
    assert peer_of({"client": ("192.0.2.1", 41_000)}) == "192.0.2.1"
    assert peer_of({"client": None}) == peer_of({}) == ""


def test_a_browser_says_that_a_page_of_ours_sent_it() -> None:
    assert is_from_own_page(given(origin="http://localhost"))
    assert is_from_own_page(given(sec_fetch_site="same-origin"))
    for site in ("same-site", "cross-site", "none", ""):
        assert not is_from_own_page(given(sec_fetch_site=site))
    assert not is_from_own_page([])


@pytest.mark.parametrize(
    ("cookie", "token"),
    [
        ("", ""),
        (f"{COOKIE}=abc", "abc"),
        (f"a=b; {COOKIE}=abc; c=d", "abc"),
        (f"x{COOKIE}=abc", ""),
        ("a=b", ""),
    ],
)
def test_the_cookie_names_the_session(cookie: str, token: str) -> None:
    assert token_of(given(cookie=cookie)) == token


@pytest.mark.parametrize(
    "asked", ["/", "/map", "/village?place=410581105203&as_of=2018-06", "/村"]
)
def test_a_page_of_ours_is_where_one_goes_next(asked: str) -> None:
    assert next_address({"next": asked}) == asked


@pytest.mark.parametrize("asked", ["", *ELSEWHERE])
def test_one_never_goes_elsewhere(asked: str) -> None:
    assert next_address({"next": asked}) == "/"
    assert next_address({}) == "/"


def asked_at(host: str, scheme: str = "http", **more: str) -> Scope:
    headers = [(b"host", host.encode())]
    headers += [
        (name.replace("_", "-").encode(), v.encode()) for name, v in more.items()
    ]
    return {"scheme": scheme, "headers": headers, "client": ("10.0.0.1", 5)}


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        (asked_at("localhost:8501"), "http://localhost:8501"),
        (asked_at("[::1]:8501", "https"), "https://[::1]:8501"),
        (asked_at("user:secret@localhost"), "http://localhost"),
        (asked_at("localhost", x_forwarded_proto="https"), "http://localhost"),
    ],
)
def test_the_own_address(asked: Scope, address: str) -> None:
    assert own_address(asked) == address


def test_a_known_proxy_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VILLAGE_PROXIES", '["10.0.0.1"]')
    settings.cache_clear()
    asked = asked_at("dashboard.example.org", x_forwarded_proto="https")
    try:
        assert own_address(asked) == "https://dashboard.example.org"
    finally:
        settings.cache_clear()
