"""Does a month get reported: by a form on a phone, by a file, and what became of it?"""

from datetime import date, datetime
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from accounts import sessions
from base.clock import SystemClock
from base.viewer import Viewer
from etl import drafts, review
from etl.door import load_file
from store import Store
from tests.etl.statements.grids import DONGLI, LIUQUAN
from tests.making import BY, ledger, xlsx
from tests.pages.conftest import CITY, SignIn, groups
from tests.pages.test_pages import opened, words_of
from tests.signing import signed_in

NOW = datetime(2018, 7, 12, 9)
JUNE = date(2018, 6, 1)


def me(store: Store, token: str) -> Viewer:
    found = sessions.find(store, token, SystemClock().now())
    assert found is not None
    return found


def press(app: AppTest, label: str) -> AppTest:
    [found] = [one for one in app.button if one.label == label]
    return found.click().run()


def in_june(app: AppTest) -> AppTest:
    """Choose June, whatever is offered first."""
    [months] = [box for box in app.selectbox if box.label == "月份"]
    return months.set_value(JUNE).run()


def lines(app: AppTest) -> dict[str, list[str]]:
    """Return what can be said of each line of the form."""
    found = [one for one in groups(app) if one.label != "怎么报"]
    return {one.label: list(one.options) for one in found}


def say(app: AppTest, line: str, how: str) -> AppTest:
    [found] = [one for one in groups(app) if one.label == line]
    return found.set_value(how).run()


def state_of(store: Store, number: int) -> str:
    return str(
        store.value(
            "select state from ops.submission where submission_no = $no",
            {"no": number},
        )
    )


def test_a_month_is_reported_with_one_tap(in_july: Store, signed_in_as: SignIn) -> None:
    signed_in_as("secretary", LIUQUAN)
    app = in_june(opened("report"))
    assert "2018年7月10日前报" in words_of(app)
    assert lines(app) == {
        "光伏富村": ["同上月 1,234.50 元", "无", "填数"],
        "村级集体合作社": ["同上月 8 元", "无", "填数"],
        "联建商业门面": ["同上月 0 元", "无", "填数"],
    }
    app = press(app, "全部与上月相同（3 项）")
    assert "已填 3 项，收入合计 1,242.50 元。" in words_of(app)
    app = press(app, "提交2018年6月台账")
    assert not app.error
    [told] = [one.value for one in app.success]
    assert "2018年6月台账已报送" in told
    found = in_july.rows(
        "select source_id, amount_received_yuan from core.income "
        "where period_end = '2018-06-30' order by source_id"
    )
    assert dict(found) == {
        "cooperative": Decimal("8.00"),
        "joint_shopfront": Decimal("0.00"),
        "solar": Decimal("1234.50"),
    }
    # what was sent is no longer begun
    assert in_july.value("select count(*) from ops.draft") == 0


def test_what_is_filled_in_outlives_the_connection(
    in_july: Store, signed_in_as: SignIn
) -> None:
    signed_in_as("secretary", LIUQUAN)
    app = say(in_june(opened("report")), "光伏富村", "填数")
    [amount] = app.number_input
    app = amount.set_value(77.25).run()
    app = say(app, "村级集体合作社", "无")
    assert "已填 2 项，收入合计 77.25 元。" in words_of(app)
    assert "还有 1 项没有填，按未报计" in words_of(app)
    again = in_june(opened("report"))
    assert "已填 2 项，收入合计 77.25 元。" in words_of(again)
    assert [one.value for one in again.number_input] == [77.25]


def test_a_line_is_added_and_a_form_without_lines_cannot_be_sent(
    in_july: Store, signed_in_as: SignIn
) -> None:
    signed_in_as("secretary", DONGLI)
    app = in_june(opened("report"))
    assert lines(app) == {}
    [send] = [one for one in app.button if one.label.startswith("提交")]
    assert send.disabled
    [others] = [box for box in app.selectbox if "还有别的" in box.label]
    app = others.set_value("solar").run()
    assert list(lines(app)) == ["光伏富村"]
    # nothing of its neighbour is offered
    assert "1,234.50" not in words_of(app)


def test_a_file_waits_with_what_it_would_change(
    in_july: Store, signed_in_as: SignIn
) -> None:
    by = me(in_july, signed_in_as("secretary", LIUQUAN))
    grid = ledger([["柳泉", 10, "", ""], ["东里", 20, "", ""]])
    drafts.keep_file(in_july, by, xlsx(grid), "六月_*.xlsx", NOW)
    app = opened("report")
    said = words_of(app)
    assert "待提交的文件（1）" in said
    assert "识别为：村级台账，2018年6月，1 个村，1 笔。" in said
    assert {one.label: one.value for one in app.metric}["新增"] == "1"
    links = [str(one.proto) for one in app.get("link_button")]
    assert any("/files/marked/" in one for one in links)
    app = press(app, "提交无误的行")
    assert "等待审核" in app.success[0].value
    assert "待提交的文件" not in words_of(app)
    assert in_july.value("select count(*) from ops.draft") == 0


def test_what_a_file_does_not_say_is_asked(
    in_july: Store, signed_in_as: SignIn
) -> None:
    by = me(in_july, signed_in_as("secretary", LIUQUAN))
    grid = ledger([["柳泉", 3, "", ""]], title="台账")
    drafts.keep_file(in_july, by, xlsx(grid), "台账.xlsx", NOW)
    app = opened("report")
    [month] = [box for box in app.selectbox if box.label == "哪个月的"]
    app = month.set_value(JUNE).run()
    assert not app.error
    assert "2018年6月，1 个村，1 笔。" in words_of(app)


def test_a_file_that_waits_is_thrown_away(in_july: Store, signed_in_as: SignIn) -> None:
    by = me(in_july, signed_in_as("secretary", LIUQUAN))
    drafts.keep_file(in_july, by, b"\xff\xd8\xff photo", "照片.xlsx", NOW)
    app = press(opened("report"), "删除")
    assert "待提交的文件" not in words_of(app)
    assert drafts.drafts_of(in_july, by) == []


def test_another_s_files_do_not_wait_here(in_july: Store, signed_in_as: SignIn) -> None:
    other = me(in_july, signed_in(in_july, "secretary", LIUQUAN))
    drafts.keep_file(in_july, other, xlsx(ledger([["柳泉", 1, 2, 3]])), "他.xlsx", NOW)
    signed_in_as("secretary", LIUQUAN)
    assert "待提交的文件" not in words_of(opened("report"))


def test_what_was_returned_says_why_and_can_be_taken_back(
    in_july: Store, signed_in_as: SignIn
) -> None:
    by = me(in_july, signed_in_as("secretary", LIUQUAN))
    numbers = []
    for yuan in (11, 12):
        content = xlsx(ledger([["柳泉", yuan, "", ""]]))
        loaded = load_file(in_july, content, f"{yuan}.xlsx", by, NOW)
        assert loaded.submission is not None
        numbers.append(loaded.submission.submission_no)
    review.send_back(in_july, numbers[0], "金额与回单不符", BY, NOW)
    app = opened("report")
    [warning] = [one.value for one in app.warning]
    assert "被退回：金额与回单不符" in warning
    table = app.dataframe[-1]
    row = table.value["编号"].tolist().index(numbers[1])
    app.session_state[str(table.key)] = {
        "selection": {"rows": [row], "columns": [], "cells": []}
    }
    app = press(app.run(), "撤回")
    assert f"第 {numbers[1]} 号已撤回。" in app.success[0].value
    assert state_of(in_july, numbers[1]) == "withdrawn"


@pytest.mark.parametrize("role", ["township", "office"])
def test_those_of_many_villages_send_files_first(
    in_july: Store, signed_in_as: SignIn, role: str
) -> None:
    signed_in_as(role, "410581105" if role == "township" else CITY)
    app = opened("report")
    assert not app.error
    [how] = [one for one in groups(app) if one.label == "怎么报"]
    assert how.options == ["上传文件", "在线填报"]
    links = [str(one.proto) for one in app.get("link_button")]
    assert any("/files/template/410581" in one for one in links)
    app = how.set_value("在线填报").run()
    [village] = [box for box in app.selectbox if box.label == "村"]
    assert any("柳泉" in option for option in village.options)
    assert any("任村" in option for option in village.options) == (role == "office")
