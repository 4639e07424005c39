"""What do tests of pages share? Somebody is signed in: at first the city's office."""

from collections.abc import Callable

import pytest

from store import Store
from tests.signing import signed_in
from ui import looking

# Signs somebody in, as a role with places, and returns the token of the session.
SignIn = Callable[..., str]
CITY = "410581"


@pytest.fixture(autouse=True)
def signed_in_as(store: Store, monkeypatch: pytest.MonkeyPatch) -> SignIn:
    """Sign somebody in as a role with places; the harness itself holds no cookie."""

    def sign_in(role: str, *codes: str) -> str:
        token = signed_in(store, role, *codes)
        monkeypatch.setattr(looking, "cookie_token", lambda: token)
        return token

    sign_in("office", CITY)
    return sign_in
