"""Do the pages of insight say what the figures say, and nothing surer?"""

import pytest

from base.words import _ as say
from store import Store
from tests.pages.conftest import SignIn, groups
from tests.pages.test_pages import LIUQUAN, opened, words_of
from tests.queries.asking import HESHUN, give, months

TOWNSHIP = "410581105"


@pytest.fixture
def four_years(store: Store) -> Store:
    """河顺镇 from 2015 on: some villages clear in autumn, the first never do."""
    found = store.frame(
        "select village_code from core.village "
        "where starts_with(village_code, $town) order by village_code",
        {"town": TOWNSHIP},
    )
    codes = [str(code) for code in found["village_code"]]
    for year in range(2015, 2019):
        lines = [
            (code, month, "门面", 1_500 * n if month.endswith(("02", "10")) else 100)
            for n, code in enumerate(codes)
            for month in months(1, 12 if year < 2018 else 6, year)
        ]
        give(store, *lines)
    return store


def test_without_past_years_nothing_is_forecast(store: Store) -> None:
    give(store, (LIUQUAN, "2018-06", "门面", 100))
    said = words_of(opened("outlook", as_of="2018-06"))
    assert "往年数据太少，还不能预测年底" in said
    assert say("预测准不准：还没有往年可比") in said


def test_the_outlook_says_a_range_and_how_good_it_was(four_years: Store) -> None:
    app = opened("outlook", as_of="2018-06", outlook="at_risk")
    assert not app.exception
    said = words_of(app)
    assert "80% 的把握在" in said
    assert "预测准不准：往年同月检验" in said
    assert "村靠一次性收入过线" in said
    scores = next(table.value for table in app.dataframe if "本方法" in table.value)
    assert list(scores.index) == [2017]


def test_a_group_of_the_outlook_goes_into_the_address(four_years: Store) -> None:
    app = opened("outlook", as_of="2018-06")
    groups(app)[0].set_value("watch").run()
    assert app.query_params["outlook"] == "watch"


def test_gaps_name_the_way_out_of_each_village(four_years: Store) -> None:
    app = opened("gaps", as_of="2018-06")
    assert not app.exception
    said = words_of(app)
    assert "离年底还有 6 个月" in said
    table = next(table.value for table in app.dataframe if "出路" in table.value)
    ways = dict(zip(table["村"], table["出路"], strict=True))
    assert ways["河顺"].startswith("新增项目")


def test_a_village_says_its_likely_end_and_the_next_step(four_years: Store) -> None:
    app = opened("village", place=HESHUN, as_of="2018-06")
    said = words_of(app)
    assert "离年底 6 个月；新增项目" in said
    assert "到年底过线的把握约" in said
    assert "预测，仅供参考" in said


def test_a_secretary_sees_the_own_end_of_year_and_no_page_of_others(
    four_years: Store, signed_in_as: SignIn
) -> None:
    signed_in_as("secretary", HESHUN)
    said = words_of(opened("village", place=HESHUN, as_of="2018-06"))
    assert "到年底过线的把握约" in said
    assert say("怎么补缺口 →") not in said
    assert "年底预测" not in words_of(opened("outlook"))


@pytest.mark.parametrize("target", ["no_income", "unassigned"])
def test_a_target_without_money_is_answered_by_the_headline(
    four_years: Store, target: str
) -> None:
    for page in ("outlook", "gaps"):
        app = opened(page, as_of="2018-06", target=target)
        assert not app.exception
        assert app.title[0].value in ("年底预测", "补缺口")
