"""Does the page say who has reported, who has not, and by when it is due?"""

from datetime import date

import pytest

from store import Store
from tests.pages.conftest import CITY, SignIn
from tests.pages.test_pages import opened, words_of
from tests.pages.test_report import press

HESHUN = "410581105"


def test_the_city_sees_its_townships_and_what_to_say_to_them(in_july: Store) -> None:
    app = opened("reporting")
    assert not app.error
    shares = {one.label: one.value for one in app.metric}
    assert list(shares) == ["填报率", "按时率", "未报或退回的村", "待审"]
    townships = app.dataframe[0].value
    assert len(townships) == 20
    assert "河顺镇" in set(townships["乡镇"])
    assert "–" in set(townships["最近报送"])
    assert not townships["最近报送"].isna().any()
    [reminder] = app.code
    assert "河顺镇" in reminder.value
    assert len(app.dataframe[-1].value) == 12


def test_a_township_sees_its_villages_alone(
    in_july: Store, signed_in_as: SignIn
) -> None:
    signed_in_as("township", HESHUN)
    app = opened("reporting")
    villages = set(app.dataframe[0].value["村"])
    assert {"柳泉", "东里"} <= villages
    assert "任村" not in villages
    assert "任村" not in app.code[0].value
    # the calendar is for all to see, and for the office to set
    assert "改截止日、宽限、锁定" not in [one.label for one in app.expander]


@pytest.mark.parametrize("role", ["leader", "township", "department"])
def test_only_the_office_sets_days(
    in_july: Store, signed_in_as: SignIn, role: str
) -> None:
    places = {"leader": CITY, "township": HESHUN, "department": f"{HESHUN}201"}
    signed_in_as(role, places[role])
    app = opened("reporting")
    assert not app.error
    assert "定截止日" not in [one.label for one in app.button]


def test_the_office_sets_a_day_and_locks_a_month(in_july: Store) -> None:
    app = opened("reporting")
    [day] = app.date_input
    app = day.set_value(date(2018, 7, 25)).run()
    [why] = [one for one in app.text_input if one.label == "原因"]
    app = press(why.input("汛期").run(), "定截止日")
    assert not app.error
    assert app.success[0].value == "已改好。"
    calendar = app.dataframe[-1].value
    june = calendar[calendar["月份"] == "2018年6月"]
    assert june["截止日"].tolist() == ["2018年7月25日"]
    [why] = [one for one in app.text_input if one.label == "原因"]
    app = press(why.input("汇总").run(), "锁定这个月")
    assert not app.error
    calendar = app.dataframe[-1].value
    assert calendar["锁定"].tolist().count("已锁定") == 1


def test_a_month_or_the_whole_year_is_told(in_july: Store) -> None:
    app = opened("reporting")
    [month] = [box for box in app.selectbox if box.label == "哪个月"]
    assert month.options[-1] == "2018年全年"
    app = month.set_value(None).run()
    assert not app.error
    assert "催报" in words_of(app)
