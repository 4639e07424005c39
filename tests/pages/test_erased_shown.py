"""Does no page show a person who was erased, to any role that showed her before?"""

import pytest
from streamlit.testing.v1 import AppTest

from accounts.erasure import erase
from store import Store
from tests.accounts.people import ADMIN, TOWNSHIP, VILLAGE
from tests.etl.leaving import AT, GONE, LOGIN, WORDS, leave
from tests.pages.sitting import sit_down
from tests.pages.test_pages import opened, words_of

PLACES = {"office": ("410581",), "township": (TOWNSHIP,), "admin": ()}
PAGES = {
    "office": ("audit", "village", "duties"),
    "township": ("village", "actions", "review"),
    "admin": ("people", "audit"),
}


@pytest.fixture(autouse=True)
def signed_in_as() -> None:
    """Nobody at first: each test says who sits down."""


def said_on(page: str) -> str:
    app: AppTest = opened(page, place=VILLAGE) if page == "village" else opened(page)
    assert not app.exception
    tables = [table.value.to_dict("records") for table in app.dataframe]
    return words_of(app) + str(tables)


@pytest.mark.parametrize("role", PAGES)
def test_no_page_knows_her(
    store: Store, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    leave(store)
    sit_down(store, monkeypatch, role, *PLACES[role])
    assert WORDS[0] in said_on(PAGES[role][0])
    erase(store, ADMIN, LOGIN, "本人申请", AT)
    said = {page: said_on(page) for page in PAGES[role]}
    assert [(p, word) for p in said for word in WORDS if word in said[p]] == []
    assert GONE in said[PAGES[role][0]]
