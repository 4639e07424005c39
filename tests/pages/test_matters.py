"""Do the pages of doubts and warnings say what is found, and take what is decided?"""

from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from etl.door import DEMO_NOW
from office.hits import matter_id
from store import Store
from store.about import set_about
from tests.making import NOW
from tests.pages.conftest import CITY, SignIn, groups
from tests.pages.test_pages import opened, words_of
from tests.pages.test_report import press
from tests.queries.asking import HESHUN, LIUQUAN, TOWNSHIP, tell
from tests.queries.checks.hitting import month

GAP = matter_id("gap_large", HESHUN, "2018")
ROUND = matter_id("round_numbers", HESHUN, "2018")
AUGUST = {"as_of": "2018-08"}
STEPS = "select state, owner, note from ops.matter_step order by journal_line"


@pytest.fixture
def found(store: Store) -> Store:
    """A demonstration on the tests' today: 河顺 has a gap and round numbers."""
    set_about(store, DEMO_NOW, NOW.isoformat(), datetime(2016, 1, 1, 8))
    amounts = [1_000, 2_000, -1_000, 555, 44]
    tell(
        store,
        *(month(HESHUN, n, a, "contracting") for n, a in enumerate(amounts, 1)),
    )
    tell(store, *(month(LIUQUAN, n, 30_000, "contracting") for n in range(1, 9)))
    return store


def ids_of(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["村"])


def test_the_warnings_are_counted_and_listed_the_overdue_first(found: Store) -> None:
    app = opened("alerts", **AUGUST)
    assert not app.error
    said = words_of(app)
    assert "件预警还没有销号" in said
    assert "缺口过大" in said and "限值待确认" in said
    shown = app.dataframe[0].value
    assert list(shown.columns)[:4] == ["规则", "乡镇", "村", "为什么"]
    assert shown["说明"].iloc[0] == "已过期"


def test_a_rule_and_a_state_in_the_address_narrow_the_list(found: Store) -> None:
    app = opened("alerts", rule="gap_large", **AUGUST)
    assert set(app.dataframe[0].value["规则"]) == {"缺口过大"}
    assert ids_of(app) == ["河顺"]
    assert "去年没过线" in words_of(app)
    settled = opened("alerts", rule="gap_large", state="settled", **AUGUST)
    assert "没有这样的行。" in words_of(settled)
    odd = opened("alerts", rule="nothing", state="nothing", place=TOWNSHIP, **AUGUST)
    assert not odd.error
    assert set(odd.dataframe[0].value["乡镇"]) == {"河顺镇"}
    assert len(odd.dataframe[0].value) > 1
    [state] = groups(app)
    assert state.set_value("all").run().query_params["state"] in ("all", ["all"])


def test_a_matter_shows_its_rows_and_takes_a_step(found: Store) -> None:
    app = opened("alerts", matter=GAP, **AUGUST)
    assert not app.error
    behind = app.dataframe[1].value
    assert list(behind["期间"]) == [f"2018年{n}月" for n in range(5, 0, -1)]
    assert list(behind["到账（元）"])[-1] == 1_000
    assert "还没有人处理过。" in words_of(app)
    app.radio[0].set_value("closed")
    app = press(app, "记下")
    assert [one.value for one in app.error] == ["改为「已销号」要写明原因。"]
    app.text_area[0].set_value("已入股联建项目")
    app = press(app, "记下")
    assert not app.error
    assert app.success[0].value == "已了结。"
    assert found.rows(STEPS) == [("closed", "镇包村领导", "已入股联建项目")]
    said = words_of(app)
    assert "改为「已销号」，镇包村领导负责" in said
    app = opened("alerts", rule="gap_large", state="settled", **AUGUST)
    assert list(app.dataframe[0].value["状态"]) == ["○ 已销号"]
    assert "○ 已销号" in app.dataframe[0].value.to_csv()


@pytest.mark.parametrize("matter", [f"gap_large~{LIUQUAN}~2018", "nothing", "~~"])
def test_a_matter_that_is_not_there_opens_nothing(found: Store, matter: str) -> None:
    app = opened("alerts", matter=matter, **AUGUST)
    assert not app.error
    assert not app.radio


def test_doubts_accuse_nobody_and_villages_are_drawn(found: Store) -> None:
    app = opened("doubts", matter=ROUND, **AUGUST)
    assert not app.error
    said = words_of(app)
    assert "值得再看，不等于有问题" in said
    assert "这个村有 1 件没有了结：多是整数。" in said
    assert "每个村都有可能" in said
    [seed] = [one for one in app.text_input if one.label == "种子"]
    assert seed.value == "20181116"
    app = press(app, "抽签")
    drawn = app.dataframe[-1].value
    assert list(drawn.columns)[:3] == ["序号", "乡镇", "村"]
    assert len(drawn) == 10
    [seed] = [one for one in app.text_input if one.label == "种子"]
    seed.set_value("二")
    app = press(app, "抽签")
    assert app.query_params["seed"] in ("二", ["二"])
    assert app.query_params["drawn"] in ("2018-11-16", ["2018-11-16"])
    again = opened("doubts", seed="二", drawn="2018-11-16", count="10", **AUGUST)
    assert list(again.dataframe[-1].value["村"]) == list(app.dataframe[-1].value["村"])
    assert list(drawn["村"]) != list(app.dataframe[-1].value["村"])


@pytest.mark.parametrize("role", ["leader", "department", "secretary"])
def test_who_decides_nothing_gets_no_form_of_the_office(
    found: Store, signed_in_as: SignIn, role: str
) -> None:
    signed_in_as(role, CITY if role == "leader" else HESHUN)
    app = opened("alerts", matter=GAP, **AUGUST)
    assert not app.error
    assert "缺口过大" in words_of(app)
    assert not app.radio
    # whoever answers for villages may answer a warning of theirs
    assert [one.label for one in app.button] == ([] if role == "leader" else ["答复"])


def test_a_secretary_answers_for_the_own_village(
    found: Store, signed_in_as: SignIn
) -> None:
    signed_in_as("secretary", HESHUN)
    app = opened("alerts", matter=GAP, **AUGUST)
    assert set(app.dataframe[0].value["村"]) == {"河顺"}
    app.text_area[0].set_value("租金 12 月到")
    app = press(app, "答复")
    assert not app.error
    assert found.rows(STEPS) == [("handling", "镇包村领导", "租金 12 月到")]


def test_a_township_sees_and_decides_on_its_own(
    found: Store, signed_in_as: SignIn
) -> None:
    signed_in_as("township", "410581106")
    app = opened("alerts", matter=GAP, **AUGUST)
    assert "河顺" not in app.dataframe[0].value.to_csv()
    assert not app.radio
    signed_in_as("township", TOWNSHIP)
    assert opened("alerts", matter=GAP, **AUGUST).radio


def test_a_village_shows_what_is_open_about_it(
    found: Store, signed_in_as: SignIn
) -> None:
    app = opened("village", place=HESHUN, **AUGUST)
    assert not app.error
    assert "件没有了结" in words_of(app)
    links = str([one.proto for one in app.get("page_link")])
    assert "多是整数" in links and "缺口过大" in links
    signed_in_as("secretary", HESHUN)
    app = opened("village", place=HESHUN, **AUGUST)
    links = str([one.proto for one in app.get("page_link")])
    assert "缺口过大" in links and "多是整数" not in links


def test_what_nothing_is_open_about_is_said_so(store: Store) -> None:
    # nothing is owed and nothing was told yet
    set_about(store, DEMO_NOW, "2014-01-20T09:00:00", datetime(2014, 1, 20, 9))
    app = opened("doubts")
    assert "没有待核实的疑点。" in words_of(app)
    assert "没有未销号的预警。" in words_of(opened("alerts"))
