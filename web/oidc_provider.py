"""What does the city's sign-in say of a person? Asked over the net, in bounded time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx
from anyio import fail_after
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core.claims import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from base.errors import ShownError
from base.settings import settings
from base.words import _
from web.asked import OWN
from web.oidc_trip import Trip

_WELL_KNOWN = "/.well-known/openid-configuration"
_STEP_S, _ALL_S = 5, 10
# Clocks of two machines differ.
_LEEWAY_S = 60
# Signed with a key that only the provider has: neither `none` nor our own secret.
_ALGORITHMS = [
    kind + bits for kind in ("RS", "PS", "ES") for bits in ("256", "384", "512")
]
_SCOPES = {"email": "email", "phone_number": "phone"}
_BASIC, _POST = "client_secret_basic", "client_secret_post"
Said = dict[str, Any]


class ProviderError(ShownError):
    """The provider cannot be asked, or its answer does not hold.

    Args:
        why: in a word or two, for the audit.
        message: for the person.
        status: of our answer to the browser.
    """

    def __init__(self, why: str, message: str, status: int) -> None:
        super().__init__(message)
        self.why = why
        self.status = status


async def address_to_ask(trip: Trip) -> str:
    """Return the address at which the provider asks a person to sign in.

    Raises:
        ProviderError: when there is none to be had.
    """
    async with _asking() as client:
        about = await _about(client)
    claim = settings().oidc_name_claim
    return str(
        prepare_grant_uri(
            _endpoint(about, "authorization_endpoint"),
            settings().oidc_client_id,
            "code",
            redirect_uri=trip.redirect,
            scope=" ".join(["openid", "profile", *filter(None, [_SCOPES.get(claim)])]),
            state=trip.state,
            nonce=trip.nonce,
            code_challenge=create_s256_code_challenge(trip.verifier),
            code_challenge_method="S256",
        )
    )


async def claims_of(trip: Trip, code: str) -> Said:
    """Return what the provider's signed ID token says of whoever comes back.

    Args:
        trip: that the browser was on.
        code: that it brings.

    Raises:
        ProviderError: when the provider is not there, does not know the code, or its
            ID token does not hold.
    """
    async with _asking() as client:
        about = await _about(client)
        method, address, headers, body = _token_request(about, trip, code)
        answer = await client.request(method, address, headers=headers, content=body)
        given = _json(answer)
        keys = _json(await client.get(_endpoint(about, "jwks_uri")))
        return _checked(given, keys, str(about["issuer"]), trip)


@asynccontextmanager
async def _asking() -> AsyncIterator[httpx.AsyncClient]:
    """Give a client that ends in time; whatever goes wrong is told in words."""
    if not (_is_safe(settings().oidc_issuer) and settings().oidc_client_id):
        raise ProviderError(
            "settings", _("统一身份认证没有设好。请管理员核对设置，先用密码登录。"), 503
        )
    try:
        with fail_after(_ALL_S):
            async with httpx.AsyncClient(timeout=_STEP_S) as client:
                yield client
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
        raise _absent() from error
    except (JoseError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise _bad_answer() from error


def _absent() -> ProviderError:
    return ProviderError(
        "provider absent",
        _("统一身份认证现在连不上。请稍后再试，或用密码登录。"),
        503,
    )


def _bad_answer() -> ProviderError:
    return ProviderError(
        "bad answer",
        _("统一身份认证的答复不能用。请重新登录；总是这样，请找管理员。"),
        401,
    )


def _is_safe(address: str) -> bool:
    """Tell whether nobody on the way can read or change what goes to an address."""
    try:
        parts = urlsplit(address)
        name = parts.hostname
    except ValueError:
        return False
    return bool(name) and (
        parts.scheme == "https" or (parts.scheme == "http" and name in OWN)
    )


async def _about(client: httpx.AsyncClient) -> Said:
    """Return what the provider says of itself; it must be the one that is meant."""
    issuer = settings().oidc_issuer.rstrip("/")
    about = _json(await client.get(issuer + _WELL_KNOWN))
    if str(about["issuer"]).rstrip("/") != issuer:
        raise _bad_answer()
    return about


def _endpoint(about: Said, name: str) -> str:
    address = str(about.get(name, ""))
    if not _is_safe(address):
        raise _bad_answer()
    return address


def _json(answer: httpx.Response) -> Said:
    if answer.is_server_error:
        raise _absent()
    said = answer.json() if answer.is_success else None
    if not isinstance(said, dict):
        raise _bad_answer()
    return said


def _token_request(
    about: Said, trip: Trip, code: str
) -> tuple[str, str, dict[str, str], str]:
    """Return the request that exchanges a code, as the provider wants it."""
    secret = settings().oidc_client_secret.get_secret_value()
    known = about.get("token_endpoint_auth_methods_supported", [_BASIC])
    way = _BASIC if _BASIC in known else _POST
    body = prepare_token_request(
        "authorization_code",
        redirect_uri=trip.redirect,
        code=code,
        code_verifier=trip.verifier,
    )
    headers = {
        "accept": "application/json",
        "content-type": "application/x-www-form-urlencoded",
    }
    client = ClientAuth(settings().oidc_client_id, secret, way if secret else "none")
    address = _endpoint(about, "token_endpoint")
    address, headers, body = client.prepare("POST", address, headers, body)
    return "POST", address, headers, body


def _checked(given: Said, keys: Said, issuer: str, trip: Trip) -> Said:
    """Return the claims of an ID token once signature and all claims hold.

    Source: OpenID Connect Core 1.0, 3.1.3.7.
    """
    token = jwt.decode(
        given["id_token"],
        KeySet.import_key_set({"keys": keys["keys"]}),
        algorithms=_ALGORITHMS,
    )
    claims = CodeIDToken(
        token.claims,
        token.header,
        options={
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": settings().oidc_client_id},
        },
        params={
            "nonce": trip.nonce,
            "client_id": settings().oidc_client_id,
            "access_token": given.get("access_token"),
        },
    )
    claims.validate(leeway=_LEEWAY_S)
    return dict(claims)
