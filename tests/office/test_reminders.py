"""Do the reminders name who is missing, until when, why and how, in plain lines?"""

from datetime import date

import pandas as pd
import pytest

from office.reminders import city_reminder, township_reminders, village_reminder

OCTOBER = date(2018, 10, 31)
DUE, TODAY = date(2018, 11, 10), date(2018, 11, 8)
HOW = [
    "报送办法：登录系统，打开“报送”，上传表格或直接填写。",
    "没有收入也要报，请填“无”，不要留空。",
]
TOWNS = {"410581101": "合涧镇", "410581102": "临淇镇"}
COLUMNS = ["village_code", "village_name", "township_code", "township_name"]
COLUMNS += ["statement", "project_id", "due_date", "state", "return_reason"]


def line(
    code: str,
    name: str,
    state: str = "not_reported",
    reason: str | None = None,
    statement: str = "ledger",
    due: date = DUE,
    project: str = "–",
) -> tuple:
    town = code[:9]
    return (code, name, town, TOWNS[town], statement, project, due, state, reason)


def missing(*lines: tuple) -> pd.DataFrame:
    return pd.DataFrame(list(lines), columns=COLUMNS)


MUZUAN, SHANGZHUANG = ("410581101201", "木纂"), ("410581101202", "上庄")
BAIXIANG = ("410581102201", "白象井")
SOME = missing(
    line(*MUZUAN),
    line(*MUZUAN, statement="inventory", due=date(2018, 11, 30), state="not_due"),
    line(*SHANGZHUANG, "returned", "单位写错\n应为元"),
    line(*BAIXIANG),
)


def test_the_text_of_a_township() -> None:
    first, second = township_reminders(SOME, OCTOBER, TODAY)
    assert (first.place_code, first.place_name) == ("410581101", "合涧镇")
    assert (first.village_count, second.village_count) == (2, 1)
    assert first.text.split("\n") == [
        "合涧镇的各位同志：",
        "2018年10月的报表请于2018年11月10日前（含当日）报送。",
        "尚未报送（1 村）：",
        "· 木纂：村级台账、三资清查表（截止2018年11月30日）",
        "已退回、待重报（1 村）：",
        "· 上庄：村级台账（退回原因：单位写错 应为元）",
        *HOW,
    ]
    assert "木纂" not in second.text


@pytest.mark.parametrize(
    ("today", "said"), [(DUE, "请于2018年11月10日前"), (date(2018, 11, 11), "现已过期")]
)
def test_after_the_due_day_the_tone_changes(today: date, said: str) -> None:
    assert said in township_reminders(SOME, OCTOBER, today)[0].text
    assert said in city_reminder(SOME, OCTOBER, today)
    reminder = village_reminder(SOME, BAIXIANG[0], OCTOBER, today)
    assert reminder is not None
    assert said in reminder.text


def test_one_text_for_all_townships() -> None:
    assert city_reminder(SOME, OCTOBER, TODAY).split("\n") == [
        "各镇（街）：",
        "2018年10月的报表请于2018年11月10日前（含当日）报送。",
        "合涧镇",
        "· 尚未报送 1 村：木纂",
        "· 已退回、待重报 1 村：上庄",
        "临淇镇",
        "· 尚未报送 1 村：白象井",
        *HOW,
    ]


def test_many_villages_are_counted_and_the_first_are_named() -> None:
    many = missing(*(line(f"4105811012{n:02}", f"村{n}") for n in range(9)))
    assert "尚未报送 9 村：村0、村1、村2、村3、村4、村5、村6、村7等" in city_reminder(
        many, OCTOBER, TODAY
    )
    assert "村8" in township_reminders(many, OCTOBER, TODAY)[0].text


def test_the_text_of_one_village_speaks_of_no_other() -> None:
    said = village_reminder(SOME, SHANGZHUANG[0], OCTOBER, TODAY)
    assert said is not None
    assert said.text.split("\n") == [
        "上庄第一书记，您好：",
        "2018年10月的报表请于2018年11月10日前（含当日）报送。",
        "· 已退回、待重报：村级台账（退回原因：单位写错 应为元）",
        *HOW,
    ]


def test_an_extended_village_reads_its_own_day() -> None:
    longer = missing(line(*MUZUAN, due=date(2018, 11, 20)), line(*BAIXIANG))
    said = village_reminder(longer, MUZUAN[0], OCTOBER, TODAY)
    assert said is not None
    assert "请于2018年11月20日前" in said.text
    assert "木纂：村级台账" in township_reminders(longer, OCTOBER, TODAY)[0].text


def test_projects_are_told_apart() -> None:
    two = [
        line(*MUZUAN, statement="joint_income", project=project)
        for project in ("P1", "P2")
    ]
    text = township_reminders(missing(*two), OCTOBER, TODAY)[0].text
    assert "· 木纂：联建项目收入表（项目 P1）、联建项目收入表（项目 P2）" in text


def test_where_all_is_in_nobody_is_reminded() -> None:
    assert township_reminders(missing(), OCTOBER, TODAY) == []
    assert village_reminder(SOME, "410581102999", OCTOBER, TODAY) is None
    assert city_reminder(missing(), OCTOBER, TODAY) == "2018年10月的报表已全部报齐。"


def test_lines_are_short_and_bear_no_markup() -> None:
    texts = [city_reminder(SOME, OCTOBER, TODAY)]
    texts += [each.text for each in township_reminders(SOME, OCTOBER, TODAY)]
    for text in texts:
        assert not set("|#*<>`") & set(text)
        assert max(map(len, text.split("\n"))) <= 40
