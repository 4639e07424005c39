"""Which headers bind the browser, and which stay as an answer has them?"""

import re
from typing import Any

import pytest

from tests.web.running import Dashboard
from web.policy import POLICY, bound, policy, scripts_of, source_of

pytestmark = pytest.mark.xdist_group("dashboard")

BINDING = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def scope(path: str = "/", scheme: str = "http") -> dict[str, Any]:
    return {"path": path, "scheme": scheme, "headers": [], "client": ("10.0.0.1", 5)}


def test_a_page_runs_its_scripts_by_their_hash_alone() -> None:
    page = b'<script>one()</script><script src="a.js"></script><script>two()</script>'
    assert scripts_of(page) == [b"one()", b"two()"]
    said = policy(*scripts_of(page)).decode()
    assert source_of(b"one()") in said
    assert source_of(b"other()") not in said
    scripts = next(part for part in said.split("; ") if part.startswith("script-src"))
    assert "'unsafe-inline'" not in scripts
    assert "'unsafe-eval'" not in scripts


def test_an_answer_keeps_a_policy_of_its_own_and_how_long_it_is_kept() -> None:
    own = [(POLICY, b"default-src 'none'"), (b"cache-control", b"max-age=1")]
    found = bound(own, scope())
    assert [value for name, value in found if name == POLICY] == [own[0][1]]
    assert [value for name, value in found if name == b"cache-control"] == [own[1][1]]
    assert (b"cache-control", b"no-store") in bound([], scope("/account"))
    assert (b"cache-control", b"no-store") not in bound([], scope("/static/a.js"))


def test_only_over_tls_it_stays_so() -> None:
    name = b"strict-transport-security"
    assert name in dict(bound([], scope(scheme="https")))
    assert name not in dict(bound([], scope(scheme="http")))


@pytest.mark.parametrize(
    "path",
    ["/", "/village", "/account", "/sign-in", "/healthz", "/no/such", "/api/v1/x"],
)
def test_every_kind_of_answer_is_bound(city: Dashboard, path: str) -> None:
    for who in ("", "office"):
        headers = city.get(path, who).headers
        assert BINDING.items() <= dict(headers).items()
        assert "camera=(self), geolocation=(self)" in headers["permissions-policy"]
        assert "strict-transport-security" not in headers
        assert re.search("no-store|no-cache", headers["cache-control"])
        said = headers["content-security-policy"]
        assert not re.search(r"script-src[^;]*'unsafe-(inline|eval)'", said)
        assert "http:" not in said
        assert "https:" not in said
