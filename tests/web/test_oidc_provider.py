"""Is a provider believed only where it is the right one, in time and signed?"""

import asyncio
import base64
import hashlib
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import flask
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from base.settings import settings
from tests.web.providing import Lie, Provider, provider, query_of
from web import oidc_provider
from web.oidc_provider import ProviderError, Said, address_to_ask, claims_of
from web.oidc_trip import Trip

ID, SECRET = "village", "a secret of at least thirty-two characters"
TRIP = Trip("http://127.0.0.1/oidc/return", "/")


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Have the settings name a provider."""

    def named(issuer: str, client_id: str = ID, secret: str = SECRET) -> None:
        monkeypatch.setenv("VILLAGE_OIDC_ISSUER", issuer)
        monkeypatch.setenv("VILLAGE_OIDC_CLIENT_ID", client_id)
        monkeypatch.setenv("VILLAGE_OIDC_CLIENT_SECRET", secret)
        monkeypatch.setenv("VILLAGE_OIDC_NAME_CLAIM", "email")
        settings.cache_clear()

    yield named
    settings.cache_clear()


def claims_from(found: Provider) -> Said:
    """Walk to a provider and back, and ask it who came."""
    found.knows("s-1", email="a@example.org")
    way = found.sign_in(asyncio.run(address_to_ask(TRIP)), "s-1")
    return asyncio.run(claims_of(TRIP, query_of(way)["code"]))


def why_not() -> str:
    with pytest.raises(ProviderError) as refused:
        asyncio.run(address_to_ask(TRIP))
    return refused.value.why


def signed(key: RSAKey | OctKey, alg: str, **changed: Any) -> Lie:
    """Have the provider hand out an ID token of one's own making."""
    claims: Said = {"iss": settings().oidc_issuer, "sub": "s-1", "aud": ID}
    claims |= {"nonce": TRIP.nonce, "iat": int(time.time())}
    claims |= {"exp": int(time.time()) + 60, **changed}
    kept = {name: value for name, value in claims.items() if value is not None}
    token = jwt.encode({"alg": alg}, kept, key, algorithms=[alg])
    return lambda told: {**told, "id_token": token}


def test_a_name_is_asked_for_and_found(use: Any) -> None:
    given: dict[str, str] = {}

    def seen(told: Said) -> Said:
        given.update(flask.request.form)
        return told

    with provider({"/oauth2/token": seen}) as found:
        use(found.issuer)
        claims = claims_from(found)
        assert (claims["sub"], claims["email"]) == ("s-1", "a@example.org")
        asked = query_of(asyncio.run(address_to_ask(TRIP)))
    assert asked["scope"] == "openid profile email"
    # the provider of these tests does not look whether the code's proof fits
    proof = hashlib.sha256(given["code_verifier"].encode()).digest()
    proof_text = base64.urlsafe_b64encode(proof).decode().rstrip("=")
    assert (asked["code_challenge"], asked["code_challenge_method"]) == (
        proof_text,
        "S256",
    )


@pytest.mark.parametrize("ways", [["client_secret_post"], ["client_secret_basic"]])
def test_the_secret_goes_as_the_provider_wants_it(use: Any, ways: list[str]) -> None:
    def told(about: Said) -> Said:
        return {**about, "token_endpoint_auth_methods_supported": ways}

    lies: dict[str, Lie] = {"/.well-known/openid-configuration": told}
    with provider(lies, require_client_registration=True) as found:
        client_id, secret = found.registers(TRIP.redirect, ways[0])
        use(found.issuer, client_id, secret)
        assert claims_from(found)["sub"] == "s-1"
        use(found.issuer, client_id, "wrong")
        with pytest.raises(ProviderError) as refused:
            claims_from(found)
    assert refused.value.why == "bad answer"


@pytest.mark.parametrize(
    "changed",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": "another", "azp": ID},
        {"aud": [ID, "another"]},
        {"iss": "https://example.org"},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"iat": 9_000_000_000},
        {"sub": None},
        {"sub": 1},
        {"azp": "another"},
        {"at_hash": "another"},
    ],
    ids=str,
)
def test_a_token_that_does_not_hold_is_refused(
    use: Any, changed: dict[str, Any]
) -> None:
    key = RSAKey.generate_key(2048, {"kid": "k"})
    lies: dict[str, Lie] = {"/jwks": lambda _told: {"keys": [key.as_dict(False)]}}
    with provider(lies) as found:
        use(found.issuer)
        lies["/oauth2/token"] = signed(key, "RS256")
        assert claims_from(found)["sub"] == "s-1"
        lies["/oauth2/token"] = signed(key, "RS256", **changed)
        with pytest.raises(ProviderError) as refused:
            claims_from(found)
    assert refused.value.why == "bad answer"


@pytest.mark.parametrize("kind", ["another key", "our secret", "none", "no token"])
def test_a_token_that_is_not_the_providers_is_refused(use: Any, kind: str) -> None:
    lies: dict[str, Lie] = {}
    with provider(lies) as found:
        use(found.issuer)
        lies["/oauth2/token"] = {
            "another key": lambda: signed(RSAKey.generate_key(2048), "RS256"),
            "our secret": lambda: signed(OctKey.import_key(SECRET), "HS256"),
            "none": lambda: signed(OctKey.import_key(SECRET), "none"),
            "no token": lambda: lambda _told: {"access_token": "x"},
        }[kind]()
        with pytest.raises(ProviderError) as refused:
            claims_from(found)
    assert refused.value.why == "bad answer"


def test_an_expired_token_is_refused(use: Any) -> None:
    with provider(access_token_max_age=timedelta(hours=-1)) as found:
        use(found.issuer)
        with pytest.raises(ProviderError) as refused:
            claims_from(found)
    assert refused.value.why == "bad answer"


@pytest.mark.parametrize(
    "told",
    [
        {"issuer": "http://127.0.0.1:1"},
        {"authorization_endpoint": "http://example.org/authorize"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "http://[::1"},
    ],
    ids=str,
)
def test_a_provider_that_is_another_is_refused(use: Any, told: Said) -> None:
    path = "/.well-known/openid-configuration"
    with provider({path: lambda about: {**about, **told}}) as found:
        use(found.issuer)
        assert why_not() == "bad answer"


@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri"])
def test_nothing_is_asked_over_an_open_line(use: Any, name: str) -> None:
    path = "/.well-known/openid-configuration"
    open_line = {name: "http://example.org/x"}
    with provider({path: lambda about: {**about, **open_line}}) as found:
        use(found.issuer)
        with pytest.raises(ProviderError) as refused:
            claims_from(found)
    assert refused.value.why == "bad answer"


@pytest.mark.parametrize(
    ("issuer", "client_id"),
    [
        ("http://example.org", ID),
        ("http://127.0.0.1.example.org", ID),
        ("ftp://127.0.0.1", ID),
        ("http://[::1", ID),
        ("https://", ID),
        ("https://example.org", ""),
    ],
)
def test_settings_that_are_not_safe_are_told(
    use: Any, issuer: str, client_id: str
) -> None:
    use(issuer, client_id)
    assert why_not() == "settings"


@pytest.mark.parametrize("limit", ["_STEP_S", "_ALL_S"])
def test_a_provider_that_is_slow_is_not_waited_for(
    use: Any, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    def slow(told: Said) -> Said:
        time.sleep(1)
        return told

    monkeypatch.setattr(oidc_provider, limit, 0.1)
    with provider({"/.well-known/openid-configuration": slow}) as found:
        use(found.issuer)
        assert why_not() == "provider absent"
