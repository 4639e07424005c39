"""Does the queue show what waits, and is decided what may be decided?"""

from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from accounts import sessions
from base.clock import SystemClock
from etl.door import load_file
from store import Store
from tests.etl.statements.grids import DONGLI, LIUQUAN
from tests.making import ledger, xlsx
from tests.pages.conftest import CITY, SignIn, groups
from tests.pages.test_pages import opened, words_of
from tests.pages.test_report import press, state_of
from tests.signing import signed_in

NOW = datetime(2018, 7, 12, 9)
HESHUN = "410581105"


def send(store: Store, code: str, name: str, *amounts: object) -> int:
    """Send a village's June as its secretary; return the number."""
    by = sessions.find(store, signed_in(store, "secretary", code), SystemClock().now())
    assert by is not None
    content = xlsx(ledger([[name, *amounts]]))
    loaded = load_file(store, content, f"{name}.xlsx", by, NOW)
    assert loaded.submission is not None
    return loaded.submission.submission_no


@pytest.fixture
def waiting(in_july: Store) -> tuple[Store, int, int]:
    """Two papers of June that wait: one whole, one with an error."""
    return (
        in_july,
        send(in_july, LIUQUAN, "柳泉", 20, 30, "无"),
        send(in_july, DONGLI, "东里", 70, "约5", "无"),
    )


def choose(app: AppTest, *numbers: int) -> AppTest:
    """Choose papers of the queue."""
    table = app.dataframe[0]
    listed = table.value["编号"].tolist()
    rows = [listed.index(number) for number in numbers]
    app.session_state[str(table.key)] = {
        "selection": {"rows": rows, "columns": [], "cells": []}
    }
    return app.run()


def test_an_empty_queue_says_so(in_july: Store) -> None:
    app = opened("review")
    assert [info.value for info in app.info] == ["这里没有报送。"]


def test_the_township_passes_on_and_the_city_accepts(
    waiting: tuple[Store, int, int], signed_in_as: SignIn
) -> None:
    store, whole, _odd = waiting
    signed_in_as("township", HESHUN)
    app = choose(opened("review"), whole)
    assert "接收入账" not in [one.label for one in app.button]
    app = press(app, "镇审通过")
    assert not app.error
    assert state_of(store, whole) == "reviewed"
    signed_in_as("office", CITY)
    app = choose(opened("review"), whole)
    said = words_of(app)
    assert f"第 {whole} 号 · 河顺镇柳泉 · 村级台账" in said
    assert "到账合计" in said
    app = press(app, "接收入账")
    assert app.success[0].value == "已处理 1 份。"
    assert state_of(store, whole) == "accepted"
    shown = words_of(opened("village", place=LIUQUAN, as_of="2018-06"))
    assert "2018年经营性收入到账" in shown


def test_good_rows_are_accepted_when_it_is_ticked(
    waiting: tuple[Store, int, int],
) -> None:
    store, _whole, odd = waiting
    app = press(choose(opened("review"), odd), "接收入账")
    assert len(app.error) == 1
    assert state_of(store, odd) == "submitted"
    [tick] = [one for one in app.checkbox if "只收无误的行" in one.label]
    app = press(tick.check().run(), "接收入账")
    assert not app.error
    assert state_of(store, odd) == "accepted"


def test_a_return_needs_a_reason(waiting: tuple[Store, int, int]) -> None:
    store, whole, _odd = waiting
    app = press(choose(opened("review"), whole), "退回")
    assert len(app.error) == 1
    assert state_of(store, whole) == "submitted"
    [why] = [one for one in app.text_area if f"send_back_{whole}" in str(one.key)]
    app = press(why.input("请附回单").run(), "退回")
    assert not app.error
    assert state_of(store, whole) == "returned"


def test_several_are_decided_at_once(
    waiting: tuple[Store, int, int], signed_in_as: SignIn
) -> None:
    store, *numbers = waiting
    signed_in_as("township", HESHUN)
    app = press(choose(opened("review"), *numbers), "一起镇审通过")
    assert app.success[0].value == "已处理 2 份。"
    assert [state_of(store, number) for number in numbers] == ["reviewed"] * 2


@pytest.mark.parametrize(
    ("label", "act", "state"),
    [("请其重报", "reopen", "reopened"), ("作废", "annul", "annulled")],
)
def test_what_was_accepted_is_asked_for_anew_or_annulled(
    waiting: tuple[Store, int, int], label: str, act: str, state: str
) -> None:
    store, whole, _odd = waiting
    press(choose(opened("review"), whole), "接收入账")
    app = opened("review")
    [group] = [one for one in groups(app) if one.label == "看哪些"]
    app = choose(group.set_value("accepted").run(), whole)
    [why] = [one for one in app.text_area if act in str(one.key)]
    app = press(why.input("重复").run(), label)
    assert not app.error
    assert state_of(store, whole) == state


def test_another_township_sees_nothing_of_it(
    waiting: tuple[Store, int, int], signed_in_as: SignIn
) -> None:
    signed_in_as("township", "410581106")
    app = opened("review")
    assert [info.value for info in app.info] == ["这里没有报送。"]
    assert "柳泉" not in words_of(app)
