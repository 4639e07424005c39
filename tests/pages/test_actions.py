"""Does the page of actions say whose turn it is, and take what people may say?"""

from datetime import date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from etl.door import DEMO_NOW
from office.actions import step
from store import Store
from store.about import set_about
from tests.office.acting import AT, SECRETARY, begun
from tests.office.deciding import OFFICE
from tests.pages.conftest import SignIn
from tests.pages.test_roles import alone
from tests.queries.asking import DONGLI, HESHUN, TOWNSHIP

LATE = datetime(2018, 12, 3, 9)


@pytest.fixture
def asked(store: Store) -> Store:
    """Three actions on the 3rd of December: one late, one to come, one closed."""
    begun(store, owner_name="", owner_organisation="市水利局")
    begun(store, place_code=DONGLI, what="落实项目", due_date=date(2018, 12, 20))
    closed = begun(store, place_code=TOWNSHIP, what="开调度会")
    step(store, OFFICE, closed, "closed", AT, "已开")
    set_about(store, DEMO_NOW, LATE.isoformat(), LATE)
    return store


def say_of(app: AppTest) -> str:
    assert not app.exception
    assert not app.error, [one.value for one in app.error]
    return " ".join(one.proto.body for one in app.get("html"))


def rows_of(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["办什么"])


def test_the_sentence_says_how_many_are_late_and_whose(asked: Store) -> None:
    app = alone("actions")
    assert "2 项督办事项未办结，其中 1 项已逾期，主要是市水利局（1 项）。" in say_of(
        app
    )
    assert rows_of(app) == ["催收门面租金", "落实项目"]
    assert list(app.dataframe[0].value["逾期"]) == ["3 天", ""]


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ({"state": "all"}, ["催收门面租金", "落实项目", "开调度会"]),
        ({"state": "overdue"}, ["催收门面租金"]),
        ({"state": "closed"}, ["开调度会"]),
        ({"owner": "张某某"}, ["落实项目"]),
        (
            {"owner": "市水利局", "state": "all"},
            ["催收门面租金", "落实项目", "开调度会"],
        ),
        ({"place": DONGLI}, ["落实项目"]),
    ],
)
def test_the_address_narrows(
    asked: Store, parts: dict[str, str], wanted: list[str]
) -> None:
    assert rows_of(alone("actions", **parts)) == wanted


def test_a_choice_goes_into_the_address(asked: Store) -> None:
    app = alone("actions")
    state = next(box for box in app.selectbox if box.label == "状态")
    app = state.select("overdue").run()
    assert app.query_params["state"] == "overdue"
    assert rows_of(app) == ["催收门面租金"]


def test_an_empty_page_says_so_and_offers_to_begin(store: Store) -> None:
    app = alone("actions")
    assert "还没有督办事项。" in say_of(app)
    assert [one.label for one in app.expander] == ["新建督办事项"]


def test_the_office_begins_one(asked: Store) -> None:
    app = alone("actions", place=HESHUN)
    app.text_area(f"begin_{HESHUN}_page_what").set_value("对接电网补贴")
    app.text_input(f"begin_{HESHUN}_page_of").set_value("市供电公司")
    button = next(one for one in app.button if one.label == "新建督办事项")
    app = button.click().run()
    assert "3 项督办事项未办结" in say_of(app) or "对接电网补贴" in rows_of(app)
    row = asked.row(
        "select what, owner_organisation, due_date, origin from ops.action_step "
        "order by journal_line desc limit 1"
    )
    assert row == ("对接电网补贴", "市供电公司", date(2018, 12, 17), "page")


def test_a_secretary_answers_the_own_action_and_no_more(
    asked: Store, signed_in_as: SignIn
) -> None:
    signed_in_as("secretary", HESHUN)
    number = asked.value("select min(action_no) from ops.action_step")
    app = alone("actions", action=str(number))
    assert rows_of(app) == ["催收门面租金"]
    assert "落实项目" not in say_of(app)
    assert not [one for one in app.expander if one.label == "新建督办事项"]
    chosen = next(box for box in app.selectbox if box.label == "办到哪一步")
    assert chosen.options == ["◎ 在办", "√ 已办"]
    save = next(one for one in app.button if one.label == "保存")
    app = save.click().run()
    assert [one.value for one in app.error] == ["请写明办理情况或原因。"]
    next(one for one in app.text_area if "办理情况" in one.label).set_value("已付")
    app = next(one for one in app.button if one.label == "保存").click().run()
    assert "已付" in say_of(app)
    assert (
        asked.value(
            "select state from ops.action_step order by journal_line desc limit 1"
        )
        == "doing"
    )


def test_a_leader_reads_the_history_and_changes_nothing(
    asked: Store, signed_in_as: SignIn
) -> None:
    number = asked.value("select min(action_no) from ops.action_step")
    step(asked, SECRETARY, number, "doing", LATE, "正在<b>催</b>")
    signed_in_as("leader", "410581")
    app = alone("actions", action=str(number))
    said = say_of(app)
    assert "正在&lt;b&gt;催&lt;/b&gt;" in said
    assert [one.value for one in app.caption if "只能看" in one.value]
    assert not [one for one in app.button if one.label == "保存"]


def test_the_box_stands_on_the_pages_of_village_and_township(asked: Store) -> None:
    village = alone("village", place=HESHUN)
    assert not village.exception
    labels = [one.label for one in village.expander]
    assert "督办事项：1 项未办结，1 项逾期" in labels
    township = alone("map_view", place=TOWNSHIP)
    assert "督办事项：2 项未办结，1 项逾期" in [one.label for one in township.expander]


def test_another_village_has_none_of_them(asked: Store, signed_in_as: SignIn) -> None:
    signed_in_as("secretary", "410581105201")
    app = alone("actions")
    assert "还没有督办事项。" in say_of(app)
    assert not app.dataframe
    village = alone("village", place="410581105201")
    assert "督办事项：没有未办结的" in [one.label for one in village.expander]
