"""Does the page of responsibility show ranks, rules and evidence, each in its scope?"""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from reports.tables import TABLES
from reports.tables.duties import (
    evidence_of,
    held_by,
    indicators_of,
    places_of,
    told,
)
from store import Store
from tests.making import ledger, load
from tests.office.test_responsibility import borne
from tests.pages.conftest import SignIn, groups
from tests.pages.test_actions import say_of
from tests.pages.test_roles import alone
from tests.queries.asking import DONGLI, HESHUN, LIUQUAN, tell
from ui.looking import looking
from ui.shown import asked_for

TOWN, OTHER = "410581105", "410581106205"


@pytest.fixture
def filled(store: Store) -> Store:
    """河顺 is cleared in June; two departments, one secretary of two villages."""
    load(store, ledger([["河顺", 60000, "", ""], ["东里", 12, "", ""]]))
    tell(
        store,
        assignment=[
            borne(HESHUN, "department", "市水利局"),
            borne(DONGLI, "department", "市水利局"),
            borne(OTHER, "department", "市林业局"),
            borne(HESHUN, "first_secretary", "甲某某", "市水利局"),
            borne(DONGLI, "first_secretary", "甲某某", "市水利局"),
            borne(OTHER, "first_secretary", "乙某某", "市林业局"),
        ],
    )
    return store


def rows_of(app: AppTest, column: str, table: int = 0) -> list[object]:
    return list(app.dataframe[table].value[column])


def test_townships_are_ranked_and_the_rule_is_printed(filled: Store) -> None:
    app = alone("duties", as_of="2018-06")
    said = say_of(app)
    assert "清零率最高的是河顺镇" in said
    names = rows_of(app, "镇（街）")
    assert (len(names), names[0]) == (20, "河顺镇")
    ranks = rows_of(app, "清零名次")
    # one is ahead, and all others share the second place
    assert ranks == [1] + [2] * 19
    assert "名单村不足 5 个的只列不排" in said
    assert "√ 绿：进度不低于 95%" in said
    assert "◆ 红：其余。" in said


def test_where_all_are_alike_nobody_is_called_the_best(store: Store) -> None:
    said = say_of(alone("duties", as_of="2018-06"))
    assert "各镇（街）清零率相同" in said
    assert "最高" not in said


def test_departments_and_secretaries_are_shown_and_not_ranked(filled: Store) -> None:
    app = alone("duties", by="department", as_of="2018-06")
    assert sorted(map(str, rows_of(app, "市直帮扶单位"))) == ["市林业局", "市水利局"]
    assert app.dataframe[0].value["清零名次"].isna().all()
    assert "只列不排" in say_of(app)
    app = alone("duties", by="secretary", as_of="2018-06")
    assert sorted(map(str, rows_of(app, "第一书记"))) == [
        "乙某某（市林业局）",
        "甲某某（市水利局）",
    ]


def test_one_opens_to_the_villages_behind(filled: Store) -> None:
    app = alone("duties", by="department", who="市水利局", as_of="2018-06")
    assert rows_of(app, "村", 1) == ["东里", "河顺"]
    assert "市水利局的 2 个村" in [one.value for one in app.subheader]


def test_poor_villages_are_a_filter_in_the_address(filled: Store) -> None:
    app = alone("duties", as_of="2018-06")
    app = app.toggle[0].set_value(True).run()
    assert app.query_params["poor"] == "yes"
    assert "0 个贫困村" in say_of(app)
    assert "这里没有这样的责任人。请先收帮扶责任表。" in [c.value for c in app.caption]


def test_a_score_opens_to_its_evidence(filled: Store) -> None:
    app = alone("duties", view="score", who=TOWN, indicator="cleared", as_of="2018-06")
    assert "口径待确认" in say_of(app)
    indicators = app.dataframe[1].value.set_index("指标")
    assert indicators.loc["名单村清零率", "数"] == "1 / 41"
    assert indicators.loc["贫困村清零率", "数"] == "缺数据，未计分"
    assert "名单村清零率的依据：1 / 41" in [one.value for one in app.subheader]
    evidence = app.dataframe[2].value
    assert len(evidence) == 41
    assert list(evidence["村"])[-1] == "河顺"
    captions = " ".join(one.value for one in app.caption)
    assert "项缺数据，未计分；其余指标的权重按比例放大" in captions
    assert "缺" in captions


def test_the_choice_of_kind_goes_into_the_address(filled: Store) -> None:
    app = alone("duties", who=TOWN, as_of="2018-06")
    app = groups(app)[0].set_value("department").run()
    assert app.query_params["by"] == "department"
    assert "who" not in app.query_params


@pytest.mark.parametrize("view", ["state", "score"])
def test_a_township_sees_itself_alone(
    filled: Store, signed_in_as: SignIn, view: str
) -> None:
    signed_in_as("township", TOWN)
    app = alone("duties", view=view, who=OTHER[:9], as_of="2018-06")
    assert rows_of(app, "镇（街）") == ["河顺镇"]
    # the first of one is no rank
    ranks = "清零名次" if view == "state" else "名次"
    assert app.dataframe[0].value[ranks].isna().all()
    said = say_of(app) + str([frame.value.to_csv() for frame in app.dataframe])
    assert "任村" not in said
    app = alone("duties", by="secretary", as_of="2018-06")
    assert rows_of(app, "第一书记") == ["甲某某（市水利局）"]


def test_a_department_sees_its_villages_alone(
    filled: Store, signed_in_as: SignIn
) -> None:
    signed_in_as("department", HESHUN, LIUQUAN)
    app = alone("duties", by="department", as_of="2018-06")
    assert rows_of(app, "市直帮扶单位") == ["市水利局"]
    assert rows_of(app, "村数") == [1]
    said = say_of(app) + str([frame.value.to_csv() for frame in app.dataframe])
    assert "东里" not in said
    assert "乙某某" not in said


@pytest.mark.parametrize(("role", "place"), [("secretary", HESHUN), ("admin", "")])
def test_a_secretary_and_the_admin_do_not_get_this_page(
    filled: Store, signed_in_as: SignIn, role: str, place: str
) -> None:
    signed_in_as(role, *([place] if place else []))
    app = alone("duties")
    assert [one.value for one in app.error] == ["您的账号不能看这一页。"]
    assert not app.dataframe


def test_an_empty_system_says_what_to_do(store: Store) -> None:
    app = alone("duties", by="department")
    assert not app.exception
    assert "这里没有这样的责任人。请先收帮扶责任表。" in [c.value for c in app.caption]


def test_the_file_holds_what_the_page_shows(filled: Store) -> None:
    """The page computes from what it has at hand; the file asks again."""
    look = looking(date(2018, 6, 30))
    said = {"by": "township", "who": TOWN, "indicator": "cleared"}
    asked = asked_for(look, look.home, said)
    whole = held_by(asked)
    for table, made in (
        ("duties-villages", places_of(whole, said)),
        ("assessment-indicators", indicators_of(whole, said)),
        ("assessment-evidence", evidence_of(whole, said)),
    ):
        assert TABLES[table].ask(asked).equals(made), table
    assert told(said) == {"看谁": "镇（街）", "对象": TOWN, "指标": "名单村清零率"}
