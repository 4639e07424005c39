"""Is the address of this installation the one that the browser asked?"""

import pytest
from starlette.types import Scope

from base.settings import settings
from web.asked import own_address


def scope(host: str, scheme: str = "http", **more: str) -> Scope:
    headers = [(b"host", host.encode())]
    headers += [
        (name.replace("_", "-").encode(), v.encode()) for name, v in more.items()
    ]
    return {"scheme": scheme, "headers": headers, "client": ("10.0.0.1", 5)}


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        (scope("localhost:8501"), "http://localhost:8501"),
        (scope("[::1]:8501", "https"), "https://[::1]:8501"),
        (scope("user:secret@localhost"), "http://localhost"),
        (scope("localhost", x_forwarded_proto="https"), "http://localhost"),
    ],
)
def test_the_own_address(asked: Scope, address: str) -> None:
    assert own_address(asked) == address


def test_a_known_proxy_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VILLAGE_PROXIES", '["10.0.0.1"]')
    settings.cache_clear()
    asked = scope("dashboard.example.org", x_forwarded_proto="https")
    try:
        assert own_address(asked) == "https://dashboard.example.org"
    finally:
        settings.cache_clear()
