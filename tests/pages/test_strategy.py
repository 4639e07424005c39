"""Does the page of the strategy say what is unfilled, and keep what is filled in?"""

from datetime import date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from office.actions import Task, begin
from office.strategy import ORIGIN, works
from store import Store
from tests.office.deciding import OFFICE
from tests.pages.conftest import CITY, SignIn
from tests.pages.test_meeting import labels, press, write
from tests.pages.test_pages import opened, words_of
from tests.pages.test_roles import HESHUN, all_of
from tests.queries.asking import LIUQUAN, TARGET

NOW = datetime(2018, 7, 12, 9)
SCRIPT = "<script>alert(1)</script>"


def page(**parts: str) -> AppTest:
    app = opened("strategy", **parts)
    assert not app.exception
    assert not app.error
    return app


def html_of(app: AppTest) -> str:
    return " ".join(one.proto.body for one in app.get("html"))


@pytest.mark.parametrize(
    ("role", "place"), [("office", CITY), ("leader", CITY), ("township", HESHUN)]
)
def test_as_shipped_it_says_that_the_city_fills_it_in(
    store: Store, signed_in_as: SignIn, role: str, place: str
) -> None:
    signed_in_as(role, place)
    app = page()
    assert "已填 0 项，共 18 项" in app.warning[0].value
    assert html_of(app).count("（待市里填写）") == 18


def test_an_edit_shows_at_once_with_its_target(store: Store) -> None:
    app = page(work="6-1")
    write(app, "名称", f"产业清零{SCRIPT}")
    write(app, "牵头单位或人", "市农业农村局")
    write(app, "说明", "先试两镇")
    [targets] = [one for one in app.multiselect if one.label == "看哪些目标"]
    targets.set_value([TARGET.id])
    press(app, "保存")
    assert not app.error
    found = page()
    assert "已填 1 项，共 18 项" in found.warning[0].value
    said = html_of(found)
    assert "6-1 产业清零&lt;script&gt;" in said and SCRIPT not in said
    assert "牵头：市农业农村局" in said and "先试两镇" in said
    assert f"{TARGET.name}：还剩" in all_of(found)
    [kept] = [work for work in works(store, OFFICE, datetime.max) if work.changed_at]
    assert kept.item.targets == (TARGET.id,)


def test_what_is_too_long_is_said_and_not_kept(store: Store) -> None:
    app = page(work="6-1")
    write(app, "说明", "长" * 201)
    press(app, "保存")
    assert [one.value for one in app.error] == ["文字太长，请不超过 200 字。"]
    assert not [one for one in works(store, OFFICE, datetime.max) if one.changed_at]


def test_an_item_leads_to_its_actions(store: Store) -> None:
    task = Task(
        LIUQUAN, "建冷库", "张某某", "", date(2030, 1, 1), TARGET.id, f"{ORIGIN}9-1"
    )
    begin(store, OFFICE, task, NOW)
    app = page(work="9-1")
    assert any("建冷库" in one.value for one in app.text)
    assert "未办结督办 1 项" in html_of(app)
    assert not any("建冷库" in one.value for one in page(work="9-2").text)


@pytest.mark.parametrize(
    ("role", "place", "is_asking"),
    [("leader", CITY, False), ("township", HESHUN, True)],
)
def test_who_only_looks_edits_nothing(
    store: Store, signed_in_as: SignIn, role: str, place: str, is_asking: bool
) -> None:
    signed_in_as(role, place)
    app = page(work="3-1")
    assert "保存" not in labels(app)
    assert not [one for one in app.text_input if one.label == "名称"]
    places = [one for one in app.selectbox if one.label == "哪个镇（街）或村"]
    assert bool(places) == is_asking


@pytest.mark.parametrize("work", ["", "x", "3-9"])
def test_an_odd_item_chooses_none(store: Store, work: str) -> None:
    app = page(work=work)
    [box] = [one for one in app.selectbox if one.label == "看一项：督办、修改"]
    assert box.value is None
    assert "怎么" not in words_of(app)
