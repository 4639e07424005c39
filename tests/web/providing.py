"""How do tests get a real OpenID provider, one that lies, and one that is down?"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

import flask
import httpx
import oidc_provider_mock
from werkzeug.serving import BaseWSGIServer, make_server

Lie = Callable[[dict[str, Any]], dict[str, Any]]


class Provider:
    """A provider on loopback, which can go down and come back."""

    def __init__(self, app: flask.Flask) -> None:
        self._app = app
        self._port = 0
        self._server: BaseWSGIServer | None = None

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        server = make_server("127.0.0.1", self._port, self._app, threaded=True)
        self._port = server.server_port
        self._server = server
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @contextmanager
    def down(self) -> Iterator[None]:
        self.stop()
        try:
            yield
        finally:
            self.start()

    def knows(self, subject: str, **claims: Any) -> None:
        """Have the provider know a person."""
        answer = httpx.put(
            f"{self.issuer}/users/{subject}", json=claims, trust_env=False
        )
        assert answer.is_success

    def registers(self, redirect: str, way: str) -> tuple[str, str]:
        """Register the dashboard; return its name and its secret there."""
        given = {"redirect_uris": [redirect], "token_endpoint_auth_method": way}
        answer = httpx.post(
            f"{self.issuer}/oauth2/clients", json=given, trust_env=False
        ).json()
        return answer["client_id"], answer["client_secret"]

    def sign_in(self, address: str, subject: str) -> str:
        """Fill in the provider's form; return where it sends the browser."""
        with httpx.Client(trust_env=False) as browser:
            assert "Authorize Client" in browser.get(address).text
            answer = browser.post(address, data={"sub": subject})
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]


@contextmanager
def provider(lies: dict[str, Lie] | None = None, **how: Any) -> Iterator[Provider]:
    """Run a provider.

    Args:
        lies: what becomes of the answer of a path.
        how: as `oidc_provider_mock.app` takes it.
    """
    app = oidc_provider_mock.app(require_nonce=True, **how)

    def told(answer: flask.Response) -> flask.Response:
        lie = (lies or {}).get(flask.request.path)
        if lie is not None:
            answer.set_data(json.dumps(lie(answer.get_json())))
        return answer

    app.after_request(told)
    found = Provider(app)
    found.start()
    try:
        yield found
    finally:
        found.stop()


def query_of(address: str) -> dict[str, str]:
    return {key: value[0] for key, value in parse_qs(urlsplit(address).query).items()}


def with_query(address: str, **changed: str) -> str:
    """Return an address with other values in its query."""
    query = httpx.QueryParams({**query_of(address), **changed})
    return urlunsplit(urlsplit(address)._replace(query=str(query)))
