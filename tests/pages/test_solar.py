"""Does the plants' page say what is told, in the own scope, and where nothing is?"""

import json
from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from store import Store
from tests.etl.statements.grids import ATTRIBUTES, LIUQUAN, PLATFORM, SETTLEMENT
from tests.making import Grid, load
from tests.pages.conftest import CITY, SignIn
from tests.pages.test_pages import opened, words_of
from tests.queries.asking import TOWNSHIP

AT = datetime(2018, 7, 20, 10)
NAMES = ["河顺", "柳泉", "东里", "上坡", "申村"]


def export(*kwh: float) -> Grid:
    """Return a platform's export of June: plants of 100 kW and what each made."""
    heading = ["stationName", "collectTime", "installed_capacity", "ongrid_power"]
    lines = [
        [f"河顺镇{name}村100kW光伏电站", 1527782400000, 100, made]
        for name, made in zip(NAMES, kwh, strict=False)
    ]
    return [heading, *lines]


@pytest.fixture
def filled(store: Store) -> Store:
    """柳泉's plant in June as register, platform and grid tell it; 东里's by one."""
    for grid in (ATTRIBUTES, PLATFORM, SETTLEMENT):
        load(store, grid, AT)
    return store


def numbers(app: AppTest) -> str:
    return "\n".join(frame.value.to_csv(index=False) for frame in app.dataframe)


@pytest.mark.parametrize("place", ["", CITY, TOWNSHIP])
def test_the_sentence_counts_what_the_place_has(filled: Store, place: str) -> None:
    app = opened("solar", place=place, as_of="2018-06")
    assert not app.exception
    said = words_of(app)
    assert "截至2018年6月，2 座村级光伏电站并网" in said
    # 柳泉 was owed 15,107.20 of subsidy and got nothing; 东里 is not split
    assert "补贴还有 1.51 万元没到" in said
    assert "规则和假设都待市里确认" in said
    assert "位置为示意摆放" in said


def test_a_township_sees_its_own_alone(filled: Store, signed_in_as: SignIn) -> None:
    signed_in_as("township", TOWNSHIP)
    assert "2 座村级光伏电站并网" in words_of(opened("solar", as_of="2018-06"))
    signed_in_as("township", "410581106")
    said = words_of(opened("solar", as_of="2018-06", place=TOWNSHIP))
    assert "这里还没有光伏电站的数" in said
    assert "柳泉" not in said


def test_a_department_sees_its_villages(filled: Store, signed_in_as: SignIn) -> None:
    signed_in_as("department", LIUQUAN, "410581106205")
    app = opened("solar", as_of="2018-06")
    assert "1 座村级光伏电站并网" in words_of(app)
    assert "东里" not in words_of(app) + numbers(app)


def test_nothing_yet_says_what_to_do(store: Store) -> None:
    app = opened("solar")
    assert not app.exception
    assert "请在村情属性表里填「光伏电站容量」" in words_of(app)


def test_a_plant_that_stands_still_is_named_and_listed(store: Store) -> None:
    load(store, export(12_000, 12_100, 11_900, 12_050, 5_000), AT)
    app = opened("solar", as_of="2018-06")
    said = words_of(app)
    assert "这个月有 1 座要去看：河顺镇申村" in said
    assert "补贴到账没有报，欠多少不知道" in said
    listed = app.dataframe[0].value
    assert list(listed["村"]) == ["申村"]
    assert list(listed["异常月份"]) == ["2018年6月"]
    assert list(listed["少发（度）"]) == [7_000]
    # 7,000 kWh at 0.85
    assert list(listed["少收（元，估算）"]) == [5_950.0]


def test_a_month_without_figures_is_not_normal(store: Store) -> None:
    load(store, export(12_000, 12_100), AT)
    said = words_of(opened("solar", as_of="2018-07"))
    assert "2 座没有数" in said
    assert "正常，" not in said


def test_a_plant_has_its_months_and_the_way_to_the_cells(filled: Store) -> None:
    app = opened("solar", place=LIUQUAN, as_of="2018-06")
    assert not app.exception
    said = words_of(app)
    # alone with 东里 it has no peers: the light alone measures it
    assert "柳泉：这个月满发 107 小时" in said
    assert "每户受益：缺户数" in said
    assert "没到的：补贴 1.51 万元；最早的已欠不满3个月" in said
    june = app.dataframe[0].value.iloc[0]
    assert (june["月份"], june["电费到账（元）"]) == ("2018年6月", 12_092.8)
    assert app.get("page_link")


def test_a_village_without_a_plant_says_so(filled: Store) -> None:
    said = words_of(opened("solar", place="410581106205", as_of="2018-06"))
    assert "这个村没有光伏电站" in said


def test_another_month_can_be_picked(filled: Store) -> None:
    app = opened("solar", as_of="2018-06")
    picker = app.selectbox[0]
    assert str(picker.value) == "2018-06-30"
    picker.select(picker.options[0]).run()
    assert app.query_params["as_of"] != "2018-06"
    assert "截至2018年6月" not in words_of(app)


def test_the_village_page_tells_its_secretary(
    filled: Store, signed_in_as: SignIn
) -> None:
    signed_in_as("secretary", LIUQUAN)
    app = opened("village", as_of="2018-06")
    assert not app.exception
    said = words_of(app)
    assert "光伏电站：这个月满发 107 小时" in said
    assert "补贴 1.51 万元" in said
    assert "看光伏富村" not in said
    signed_in_as("secretary", "410581106205")
    assert "光伏电站：" not in words_of(opened("village", as_of="2018-06"))


def test_columns_of_text_are_shown(filled: Store) -> None:
    """The grid hides a column that is configured as nothing."""
    for frame in opened("solar", as_of="2018-06").dataframe:
        configured = json.loads(frame.proto.columns)
        assert None not in configured.values()
        named = {name: one for name, one in configured.items() if name != "_index"}
        assert not any(one.get("hidden") for one in named.values())
