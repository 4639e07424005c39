"""Does the page of joint projects tell totals, own parts, and nobody else's?"""

from datetime import date, datetime

import pytest
import streamlit as st

from store import Store
from tests.etl.statements.grids import ATTRIBUTES, JOINT, SHARES, with_cell
from tests.making import ledger, load
from tests.pages.conftest import CITY, SignIn
from tests.pages.test_pages import opened, words_of
from tests.pages.test_roles import all_of
from tests.queries.asking import DONGLI, LIUQUAN, share, tell

AT = datetime(2018, 7, 9, 10)
JUNE = {"as_of": "2018-06"}
HESHUN, RENCUN, ELSEWHERE = "410581105", "410581106", "410581107"


@pytest.fixture
def filled(store: Store) -> Store:
    """A year of L01, which 柳泉, 东里 and 任村 hold; 任村 lacks a little."""
    for grid in (SHARES, ATTRIBUTES, JOINT):
        load(store, grid, AT)
    second = with_cell(JOINT, 0, 0, "2017年下半年联建项目收入表")
    load(store, with_cell(second, 3, 6, 20_000), AT)
    load(store, ledger([["柳泉", 13_000, "", ""], ["东里", 12_321, "", ""]]), AT)
    return store


def test_without_data_the_page_stands(store: Store, signed_in_as: SignIn) -> None:
    for role, place in (("leader", CITY), ("township", HESHUN)):
        signed_in_as(role, place)
        app = opened("joint")
        assert not app.exception and not app.error
        said = words_of(app)
        assert "还没有联建项目；" in said
        # what does not exist cannot have been given away
        assert "份额都已分完" not in said
        assert "范围内没有村持有联建份额" in said


def test_the_city_sees_projects_arcs_and_who_has_none(filled: Store) -> None:
    app = opened("joint", **JUNE)
    assert not app.exception
    said = all_of(app)
    assert "1 个联建项目，3 村持股，今年分到 10.000001 万元" in said
    assert "586 村没有份额" in said
    assert "1 村异地持股，2 村在本镇" in said
    assert "每个百分点一年，食用菌园最多：1,200 元" in said
    # 任村 is a town village, a base is for the mountains; 东里 nobody has classed
    assert "类型与地形：1 份不符" in said and "△ 食用菌园：任村" in said
    assert "各项目份额合计都是 100%，没有可分的份额" in said
    assert "出资取自份额表，有村没报的项目不算" in said


def test_a_township_sees_its_own_parts_and_the_others_as_a_sum(
    filled: Store, signed_in_as: SignIn
) -> None:
    signed_in_as("township", RENCUN)
    said = all_of(opened("joint", place=DONGLI, project="L01", **JUNE))
    # of the deck too: signs, arcs and the words over them
    for other in ("东里", DONGLI, "33333.33,", "33333.333"):
        assert other not in said, other
    assert "任村" in said and "食用菌园" in said
    [projects] = [
        frame.value
        for frame in opened("joint", **JUNE).dataframe
        if "其他村合计（元）" in frame.value
    ]
    assert projects["今年到账（元）"].tolist() == [100_000.01]
    assert projects["范围内分得（元）"].tolist() == [pytest.approx(33_333.34, abs=0.01)]
    assert projects["其他村合计（元）"].tolist() == [pytest.approx(66_666.67, abs=0.01)]


def test_a_township_without_a_part_is_told_nothing_of_it(
    filled: Store, signed_in_as: SignIn
) -> None:
    signed_in_as("township", ELSEWHERE)
    said = all_of(opened("joint", **JUNE))
    assert "食用菌" not in said and "1,200" not in said
    assert "范围内没有村持有联建份额" in said


def test_free_shares_are_offered_to_all_and_illustrated(
    filled: Store, signed_in_as: SignIn
) -> None:
    """With 40 points free at 1,200 yuan each, a village short of 37,000 would clear."""
    tell(
        filled,
        share=share("L01", date(2018, 6, 1), {LIUQUAN: "30", DONGLI: "30"}),
        at=datetime(2018, 7, 10),
    )
    for role, place in (("leader", CITY), ("township", ELSEWHERE)):
        signed_in_as(role, place)
        st.cache_resource.clear()
        said = words_of(opened("joint", **JUNE))
        assert "可分：食用菌园 40%" in said
        assert "眼下没有可分的" not in said
    signed_in_as("township", HESHUN)
    assert "可让 " in words_of(opened("joint", **JUNE))
