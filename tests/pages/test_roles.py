"""Who sees which pages, and does nobody see what is not theirs?"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from accounts import sessions
from accounts.account import name_of
from accounts.people import set_enabled
from base.clock import SystemClock
from store import Store
from tests.etl.statements.grids import DONGLI, LIUQUAN
from tests.making import ledger, load
from tests.pages.conftest import CITY, SignIn
from tests.pages.test_pages import opened, words_of
from tests.signing import ADMIN, signed_in
from ui import looking

HESHUN, RENCUN = "410581105", "410581106205"
PLACES = {
    "leader": (CITY,),
    "office": (CITY,),
    "township": (HESHUN,),
    "secretary": (LIUQUAN,),
    "department": (LIUQUAN, RENCUN),
}
LOOK = ["reporting", "map", "village"]
LOOK += ["outlook", "gaps", "sources", "solar", "joint"]
CHASE = ["actions", "alerts", "doubts", "duties"]
MEET = ["meeting", "strategy"]
SHOWN = {
    "leader": ["overview", *LOOK, *CHASE, *MEET],
    "office": ["overview", "report", "review", *LOOK, *CHASE, *MEET]
    + ["people", "audit"],
    "township": ["overview", "report", "review", *LOOK, *CHASE, *MEET],
    "secretary": ["report", "village", "actions", "alerts"],
    "department": ["overview", *LOOK, "actions", "alerts", "duties"],
}
REFUSED = {
    "report": {"leader", "department", "admin"},
    "review": {"leader", "department", "admin", "secretary"},
    "overview": {"admin"},
    "reporting": {"admin"},
    "map_view": {"admin"},
    "village": {"admin"},
    "solar": {"admin"},
    "sources": {"admin"},
    "joint": {"admin"},
    "welcome": {"admin"},
    "outlook": {"admin"},
    "gaps": {"admin"},
    "alerts": {"admin"},
    "doubts": {"admin", "secretary", "department"},
    "actions": {"admin"},
    "duties": {"admin", "secretary"},
    "meeting": {"admin", "secretary", "department"},
    "strategy": {"admin", "secretary", "department"},
}
OUT = "登录已过期，请重新登录。"


@pytest.fixture
def filled(store: Store) -> Store:
    """June's ledger of two villages; the amount of each is found nowhere else."""
    load(store, ledger([["柳泉", 12321, "", ""], ["东里", 76567, "", ""]]))
    return store


def _alone() -> None:
    import importlib

    import streamlit as st

    from ui.frame import guarded

    guarded(importlib.import_module(f"pages.{st.query_params['page']}").show)


def alone(page: str, **parts: str) -> AppTest:
    """Run a page by itself, without the shell that chooses pages."""
    app = AppTest.from_function(_alone, default_timeout=60)
    app.query_params["page"] = page
    for key, value in parts.items():
        app.query_params[key] = value
    return app.run()


def all_of(app: AppTest) -> str:
    """Return all that a page says: words, tables, numbers, links and choices."""
    tables = [frame.value.to_csv() for frame in app.dataframe]
    numbers = [f"{metric.label} {metric.value}" for metric in app.metric]
    texts = [code.value for code in app.code]
    choices = [str(box.options) for box in app.selectbox]
    kinds = ["plotly_chart", "deck_gl_json_chart", "page_link", "link_button"]
    drawn = [str(one.proto) for kind in kinds for one in app.get(kind)]
    return "\n".join([words_of(app), *tables, *numbers, *texts, *choices, *drawn])


@pytest.mark.parametrize("role", list(SHOWN))
def test_each_role_has_its_pages(
    filled: Store, signed_in_as: SignIn, role: str
) -> None:
    signed_in_as(role, *PLACES[role])
    app = opened()
    assert not app.exception
    assert not app.error
    assert list(app.session_state["pages_by_name"]) == SHOWN[role]


@pytest.mark.parametrize("role", [*PLACES, "admin"])
def test_a_page_by_itself_refuses_who_may_not_see_it(
    filled: Store, signed_in_as: SignIn, role: str
) -> None:
    signed_in_as(role, *PLACES.get(role, ()))
    for page, refused in REFUSED.items():
        app = alone(page)
        assert not app.exception
        said = [problem.value for problem in app.error]
        assert said == (["您的账号不能看这一页。"] if role in refused else []), page
        assert (all_of(app).split() == said) == (role in refused), page


@pytest.mark.parametrize("role", list(PLACES))
def test_a_role_sees_the_villages_of_its_scope_on_every_page(
    filled: Store, signed_in_as: SignIn, role: str
) -> None:
    """Whatever the address asks for."""
    signed_in_as(role, *PLACES[role])
    is_of_all = DONGLI.startswith(PLACES[role])
    told = {
        page: all_of(opened(page, place=DONGLI, as_of="2018-06"))
        for page in SHOWN[role]
    }
    for page, said in told.items():
        assert is_of_all or "东里" not in said, page
        assert is_of_all or "76,567" not in said, page
        assert is_of_all or "76567" not in said, page
    # the fixture can fail: where it may be seen, it is there
    assert ("76,567" in told["village"]) == is_of_all


@pytest.mark.parametrize("page", ["", "map", "village", "report", "review"])
def test_without_a_session_no_page_says_anything(
    filled: Store, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setattr(looking, "cookie_token", lambda: "forged")
    app = opened(page, place=LIUQUAN)
    assert [info.value for info in app.info] == [OUT]
    assert not app.dataframe
    assert "12,321" not in all_of(app)
    assert "柳泉" not in all_of(app)


def _ended(store: Store) -> Iterator[tuple[str, str]]:
    """Sessions that hold no longer, one after the other: why, and the token."""
    now = SystemClock().now()
    yield "expired", signed_in(store, "office", CITY, at=now - timedelta(hours=13))
    yield "rested", signed_in(store, "office", CITY, at=now - timedelta(hours=3))
    gone = signed_in(store, "office", CITY)
    sessions.end(store, gone, now)
    yield "ended", gone
    off = signed_in(store, "office", CITY, name="disabled")
    set_enabled(store, ADMIN, "disabled", False, now)
    yield "disabled", off


def test_a_session_that_holds_no_longer_shows_nothing(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for why, token in _ended(filled):
        monkeypatch.setattr(looking, "cookie_token", lambda one=token: one)
        app = opened("village", place=LIUQUAN)
        assert [info.value for info in app.info] == [OUT], why
        assert not app.dataframe


def test_a_page_that_stands_asks_again_at_the_next_click(
    filled: Store, signed_in_as: SignIn
) -> None:
    token = signed_in_as("office", CITY)
    app = opened(as_of="2018-06")
    assert app.dataframe
    sessions.end(filled, token, SystemClock().now())
    app.run()
    assert [info.value for info in app.info] == [OUT]
    assert not app.dataframe


def test_places_that_are_taken_away_are_gone_at_the_next_click(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from accounts.people import change_scope

    token = signed_in(filled, "secretary", LIUQUAN, name="moving")
    monkeypatch.setattr(looking, "cookie_token", lambda: token)
    assert "12,321" in all_of(opened("village", place=LIUQUAN, as_of="2018-06"))
    change_scope(filled, ADMIN, "moving", (DONGLI,), SystemClock().now())
    said = all_of(opened("village", place=LIUQUAN, as_of="2018-06"))
    assert "12,321" not in said
    assert "76,567" in all_of(opened("village", place=DONGLI, as_of="2018-06"))


def test_every_page_says_who_is_signed_in(filled: Store, signed_in_as: SignIn) -> None:
    signed_in_as("secretary", LIUQUAN)
    account = filled.value("select max(account_no) from ops.account")
    for page in SHOWN["secretary"]:
        said = words_of(opened(page))
        assert f"{name_of(filled, f'u{account}')}（第一书记）" in said
        assert 'href="/account"' in said


@pytest.mark.parametrize("role", list(PLACES))
def test_every_page_of_an_empty_system_stands(
    store: Store, signed_in_as: SignIn, role: str
) -> None:
    signed_in_as(role, *PLACES[role])
    for page in ["", *SHOWN[role]]:
        app = opened(page)
        assert not app.exception
        assert not app.error


@pytest.mark.parametrize("role", list(PLACES))
def test_an_empty_system_leads_those_who_report_to_where_they_do(
    store: Store, signed_in_as: SignIn, role: str
) -> None:
    signed_in_as(role, *PLACES[role])
    buttons = [button.label for button in opened().button]
    assert ("去报送" in buttons) == (role in ("office", "township"))
    # a system that has people is no demonstration any more
    assert "载入演示数据" not in buttons
