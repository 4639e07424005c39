"""What do tests of pages share? Somebody is signed in: at first the city's office."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup

from etl.door import DEMO_NOW
from store import Store
from store.about import set_about
from tests.making import ledger, load
from tests.signing import signed_in
from ui import looking

# Signs somebody in, as a role with places, and returns the token of the session.
SignIn = Callable[..., str]
CITY = "410581"


def groups(app: AppTest) -> list[ButtonGroup[Any]]:
    """Return the choices of a page that stand side by side."""
    return [one for one in app.get("button_group") if isinstance(one, ButtonGroup)]


@pytest.fixture(scope="session", autouse=True)
def packages_looked_at_once() -> Iterator[None]:
    """Let the harness look through all installed packages once, not at every run."""
    with pytest.MonkeyPatch.context() as patch:
        scan = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture(autouse=True)
def signed_in_as(store: Store, monkeypatch: pytest.MonkeyPatch) -> SignIn:
    """Sign somebody in as a role with places; the harness itself holds no cookie."""

    def sign_in(role: str, *codes: str) -> str:
        token = signed_in(store, role, *codes)
        monkeypatch.setattr(looking, "cookie_token", lambda: token)
        return token

    sign_in("office", CITY)
    return sign_in


@pytest.fixture
def in_july(store: Store) -> Store:
    """A demonstration on the 12th of July 2018, with a paper of 柳泉 for May."""
    now = datetime(2018, 7, 12, 9)
    set_about(store, DEMO_NOW, now.isoformat(), now)
    may = "林州市河顺镇2018年5月村级集体经济收入台账"
    load(store, ledger([["柳泉", 1234.5, 8, "无"]], title=may), now)
    return store
