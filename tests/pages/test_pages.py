"""Does each page show what the store says: empty, filled, odd addresses?"""

from datetime import datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from base.settings import settings
from base.words import _ as say
from etl.registry import registry
from store import Store
from tests.making import ledger, load
from ui.faults import BROKEN

SHELL = str(Path(__file__).resolve().parents[2] / "pages" / "shell.py")
LIUQUAN = "410581105201"


def opened(page: str = "", **parts: str) -> AppTest:
    """Run a page of the whole application, with what the address says."""
    st.cache_resource.clear()
    app = AppTest.from_file(SHELL, default_timeout=60)
    if page:
        app._page_hash = calc_hash(page)
    for key, value in parts.items():
        app.query_params[key] = value
    app.run()
    assert not [fault.value for fault in app.error if BROKEN in fault.value]
    return app


def words_of(app: AppTest) -> str:
    """Return all that a page says."""
    kinds = ["markdown", "title", "subheader", "caption", "info", "error", "html"]
    return "\n".join(
        str(getattr(element, "value", "") or getattr(element.proto, "body", ""))
        for kind in kinds
        for element in app.get(kind)
    )


@pytest.fixture
def filled(store: Store) -> Store:
    """The ledgers of one township: June 2018 and the whole of 2017 for two villages."""
    year = [["河顺", 60000, 0, 0], ["柳泉", 1000, "—", 0]]
    title = "林州市河顺镇2017年度村级集体经济收入台账"
    load(store, ledger(year, title=title), datetime(2018, 1, 9, 10))
    june = [["河顺", 10, "无", 0], ["柳泉", 12000.5, 300, ""], ["东里", 70000, 0, 0]]
    load(store, ledger(june), datetime(2018, 7, 5, 10))
    return store


def test_an_empty_system_leads_to_where_ledgers_come_in(store: Store) -> None:
    app = opened()
    assert not app.exception
    assert [button.label for button in app.button] == [say("去报送")]
    assert app.code[0].value.splitlines()[-1] == "python -m etl load 台账.xlsx"


def test_the_overview_says_the_number_and_its_definition(filled: Store) -> None:
    app = opened(as_of="2018-06")
    said = words_of(app)
    assert not app.exception
    # 589 villages, 河顺 reached the line in 2017, 东里 reached it in June
    assert "名单上 588 个村已清零 1 个，还剩 587 个" in said
    assert "口径待确认" in said
    assert "台账完整度" in said


def test_the_village_page_leads_each_figure_to_its_cell(filled: Store) -> None:
    app = opened("village", place=LIUQUAN, as_of="2018-06")
    assert not app.exception
    said = words_of(app)
    assert "离 5 万元 的线还差 3.77 万元" in said
    cells = app.dataframe[-1].value
    june = cells[cells["期间"] == "2018年6月"]
    assert list(
        zip(june["收入来源"], june["到账（元）"], june["单元格"], strict=True)
    ) == [
        ("村级集体合作社", 300, "C5"),
        ("光伏富村", 12000.5, "B5"),
    ]


def test_a_village_without_figures_says_why_and_what_to_do(filled: Store) -> None:
    app = opened("village", place="410581106205", as_of="2018-06")
    assert not app.exception
    said = words_of(app)
    assert "今年还没有任何已审核的数" in said
    assert "请到村里催报" in said


@pytest.mark.parametrize("place", ["", "CN", "110101", "abc", "410581999999", "41'--"])
def test_an_odd_place_is_answered_without_a_fault(filled: Store, place: str) -> None:
    for page in ("map", "village"):
        app = opened(page, place=place, as_of="2018-13")
        assert not app.exception
        assert not app.error


@pytest.mark.parametrize("place", ["410581", "410581105", LIUQUAN])
def test_the_map_shows_each_level(filled: Store, place: str) -> None:
    app = opened("map", place=place, as_of="2018-06")
    assert not app.exception
    said = words_of(app)
    assert "示意图，非法定界线" in said
    assert "审图号" in said
    assert ("各乡镇还剩多少" in said) == (place == "410581")


def test_a_demonstration_is_called_one_on_every_page(filled: Store) -> None:
    from etl.door import DEMO_NOW
    from store.about import set_about

    for page in ("", "map", "village"):
        assert "演示数据" not in words_of(opened(page, place=LIUQUAN))
    now = datetime(2018, 7, 12, 9)
    set_about(filled, DEMO_NOW, now.isoformat(), now)
    for page in ("", "map", "village"):
        assert "演示数据" in words_of(opened(page, place=LIUQUAN))


def test_a_new_acceptance_shows_at_the_next_run(filled: Store) -> None:
    assert "还剩 587 个" in words_of(opened(as_of="2018-06"))
    app = AppTest.from_file(SHELL, default_timeout=60)
    app.query_params["as_of"] = "2018-06"
    app.run()
    load(filled, ledger([["柳泉", 60000, 0, 0]]), datetime(2018, 7, 6, 10))
    assert "还剩 586 个" in words_of(app.run())


def test_the_registry_names_the_city(store: Store) -> None:
    assert settings().city == "410581"
    assert len(registry().villages) == 589


def test_the_address_says_which_villages_are_listed(filled: Store) -> None:
    app = opened(as_of="2018-06", list="newly")
    assert not app.exception
    shown = app.dataframe[0].value
    assert list(shown["村"]) == ["东里"]
    odd = opened(as_of="2018-06", list="'; drop")
    assert not odd.exception
    assert len(odd.dataframe[0].value) == 587
