"""Is a meeting prepared in one click, and do its frozen numbers stay what they were?"""

import time
from datetime import date, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import queries
from base.meeting import DROPPED, FROZEN, PAPERS, PLANNED
from etl.door import DEMO_NOW
from office.actions import Task, begin
from office.meetings import Plan, appeal, call, freeze, meeting_of, meetings
from reports.meeting.papers import Making
from reports.meeting.queue import job_of
from store import Store
from store.about import set_about
from tests.making import ledger, load
from tests.office.deciding import OFFICE
from tests.pages.conftest import CITY, SignIn
from tests.pages.test_pages import opened, words_of
from tests.pages.test_roles import HESHUN, all_of
from tests.queries.asking import LIUQUAN, TARGET

NOW, LATER = datetime(2018, 7, 12, 9), datetime(2018, 8, 14, 9)
SCRIPT = "<script>alert(1)</script>"
ALL = "一键准备：新建、冻结数据、出齐材料"
CREATE = {ALL, "只新建，先不冻结"}


def at(store: Store, now: datetime) -> None:
    """Make it a demonstration whose clock stands at a time."""
    set_about(store, DEMO_NOW, now.isoformat(), now)


@pytest.fixture
def filled(store: Store) -> Store:
    """June's ledger of three villages, one of which is over the line; it is July."""
    june = [["河顺", 10, "无", 0], ["柳泉", 12000.5, 300, ""], ["东里", 70000, 0, 0]]
    load(store, ledger(june), NOW)
    at(store, NOW)
    return store


@pytest.fixture
def number(filled: Store) -> int:
    """The number of a frozen meeting, with an action that it knows of."""
    task = Task(LIUQUAN, "催收门面租金", "张某某", "", date(2018, 7, 30), TARGET.id)
    begin(filled, OFFICE, task, NOW)
    return _frozen(filled, "七月会", NOW, date(2018, 6, 30))


def _frozen(store: Store, title: str, now: datetime, as_of: date) -> int:
    plan = Plan(CITY, title, now.date(), f"听取汇报\n{SCRIPT}")
    made = call(store, OFFICE, plan, now)
    freeze(store, OFFICE, made, now, as_of)
    return made


def corrected(store: Store) -> None:
    """Take 东里 below the line, and 柳泉 over it, a month later."""
    june = [["河顺", 10, "无", 0], ["柳泉", 62000.5, 300, ""], ["东里", 20000, 0, 0]]
    load(store, ledger(june), LATER)
    load(store, ledger([["上坡", 50000, 0, 0]]), LATER)
    at(store, LATER)


def page(**parts: str) -> AppTest:
    """Open the page as of June, as whoever is signed in."""
    app = opened("meeting", as_of="2018-06", **parts)
    assert not app.exception
    assert not app.error, [one.value for one in app.error]
    return app


def press(app: AppTest, label: str) -> AppTest:
    [button] = [one for one in app.button if one.label == label]
    button.click().run()
    assert not app.exception
    return app


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def write(app: AppTest, label: str, words: str) -> None:
    [field] = [one for one in [*app.text_input, *app.text_area] if one.label == label]
    field.set_value(words)


@pytest.mark.parametrize(
    ("role", "place"), [("office", CITY), ("leader", CITY), ("township", HESHUN)]
)
def test_without_a_meeting_the_page_says_so(
    store: Store, signed_in_as: SignIn, role: str, place: str
) -> None:
    signed_in_as(role, place)
    app = opened("meeting")
    assert not app.exception and not app.error
    assert "还没有会议" in words_of(app)
    assert labels(app) >= CREATE if role == "office" else not labels(app) & CREATE


def test_one_click_creates_freezes_and_makes_all_papers(filled: Store) -> None:
    app = press(page(), ALL)
    assert not app.error
    [held] = [row for _n, row in meetings(filled, OFFICE).iterrows()]
    assert (held["state"], held["as_of_date"]) == (FROZEN, date(2018, 6, 30))
    job = job_of(Making(filled, OFFICE, held, True, NOW))
    assert job is not None
    assert job.total == len(PAPERS) + 20
    for _attempt in range(1200):
        if job.is_over:
            break
        time.sleep(0.05)
    assert (job.done, job.problem) == (job.total, "")
    number = int(held["meeting_no"])
    found = queries.run("meetings/papers", OFFICE, filled, meeting_no=number)
    assert set(found["kind"]) == {*PAPERS, "township"}
    said = all_of(page())
    for kind in PAPERS:
        assert f'href="/files/meeting/{number}/{kind}"' in said
    assert f'href="/files/meeting/{number}/township/{HESHUN}"' in said
    assert f"/meetings/{number}/screen" in said
    assert "重新出材料" in labels(page())


def test_a_meeting_may_be_called_first_and_changed_and_dropped(filled: Store) -> None:
    app = page()
    write(app, "会议名称", f"二季度会{SCRIPT}")
    press(app, "只新建，先不冻结")
    assert "筹备中" in words_of(app)
    number = int(meetings(filled, OFFICE)["meeting_no"].iloc[0])
    assert meeting_of(filled, OFFICE, number)["state"] == PLANNED
    assert "冻结数据、出齐材料" in labels(app)
    app = page()
    [title, *_others] = [one for one in app.text_input if one.label == "会议名称"]
    title.set_value("改过的会")
    press(app, "保存")
    assert meeting_of(filled, OFFICE, number)["title"] == "改过的会"
    app = press(page(), "取消这次会议")
    assert [one.value for one in app.error] == ["请写明原因。"]
    write(app, "取消的原因", "并入下月")
    press(app, "取消这次会议")
    assert meeting_of(filled, OFFICE, number)["state"] == DROPPED


def test_a_frozen_meeting_shows_its_figures(filled: Store, number: int) -> None:
    app = page()
    said = words_of(app)
    assert "名单 589 村，已清零 1，还剩 588" in said
    assert "数据截至2018年6月30日，冻结于 2018-07-12 09:00" in said
    assert "冻结后到的更正：0 村" in said
    assert "更正后" not in said
    assert "清零比例最高的是河顺镇" in said
    assert "督办 1 项没有办结，0 项逾期" in said
    assert "名单不足 5 村的只列数，不排名" in said
    assert [one.value for one in app.text] == ["听取汇报", SCRIPT]
    assert number


def test_a_late_correction_stands_beside_the_frozen_number(
    filled: Store, number: int
) -> None:
    corrected(filled)
    said = words_of(page())
    assert "名单 589 村，已清零 1，还剩 588" in said
    assert "冻结后到的更正：3 村" in said
    assert "更正后 587" in said
    assert number


def test_the_next_meeting_finds_restatement_and_open_actions(
    filled: Store, number: int
) -> None:
    corrected(filled)
    second = _frozen(filled, "八月会", LATER, date(2018, 7, 31))
    app = page()
    said = words_of(app)
    assert "上次会上的数，有 3 村更正" in said
    assert "与上次会议相比" in said
    assert "督办 1 项没有办结，1 项逾期" in said
    assert "催收门面租金" in all_of(app)
    # the one before is still what it was
    before = words_of(page(meeting=str(number)))
    assert "名单 589 村，已清零 1，还剩 588" in before
    assert second > number


def test_a_township_sees_itself_alone_and_appeals(
    filled: Store, number: int, signed_in_as: SignIn
) -> None:
    signed_in_as("township", HESHUN)
    app = page()
    said = all_of(app)
    assert "名单 41 村" in said
    assert "开元" not in said and "任村" not in said
    assert not labels(app) & (CREATE | {"重新出材料", "出齐材料", "取消这次会议"})
    write(app, "申诉、说明（印在排名那一行后面；清空就是撤回）", f"汛期{SCRIPT}")
    press(app, "保存说明")
    found = queries.run("meetings/notes", OFFICE, filled, meeting_no=number)
    assert list(found["note"]) == [f"汛期{SCRIPT}"]
    html = " ".join(one.proto.body for one in page().get("html"))
    assert "汛期&lt;script&gt;" in html and SCRIPT not in html


def test_an_appeal_is_seen_by_the_own_township_and_the_city(
    filled: Store, number: int, signed_in_as: SignIn
) -> None:
    appeal(filled, OFFICE, number, HESHUN, "因汛期停产", NOW)
    assert "因汛期停产" in all_of(page(township=HESHUN))
    signed_in_as("township", "410581106")
    said = all_of(page(township=HESHUN))
    assert "因汛期停产" not in said and "河顺" not in said
    assert "任村镇" in said


@pytest.mark.parametrize("role", ["leader", "township"])
def test_who_only_looks_cannot_create_or_change(
    filled: Store, number: int, signed_in_as: SignIn, role: str
) -> None:
    signed_in_as(role, CITY if role == "leader" else HESHUN)
    app = page()
    assert not labels(app) & CREATE
    assert not [one for one in app.text_input if one.label == "会议名称"]
    assert "出齐材料" not in labels(app)
    assert ("保存说明" in labels(page(township=HESHUN))) == (role == "township")
    assert number


@pytest.mark.parametrize("meeting", ["x", "99999", "", "-1"])
def test_an_odd_number_leads_to_the_latest(
    filled: Store, number: int, meeting: str
) -> None:
    app = page(meeting=meeting, township="x")
    assert "名单 589 村" in words_of(app)
    [chosen] = [box for box in app.selectbox if box.label == "哪次会议"]
    assert chosen.value == number


def test_another_meeting_goes_into_the_address(filled: Store, number: int) -> None:
    second: Any = _frozen(filled, "再开一次", NOW, date(2018, 6, 30))
    app = page()
    [box] = [one for one in app.selectbox if one.label == "哪次会议"]
    assert box.value == second
    box.set_value(number).run()
    assert not app.exception
    assert app.query_params["meeting"] in (str(number), [str(number)])
