"""Are acts told in words, with names for numbers and places for codes?"""

import pytest

from accounts.audit_read import Asked, entries
from accounts.audit_told import action_name, role_name, said, told_of, way_name
from accounts.people import Person, change_scope, succeed
from store import Store
from tests.accounts.people import ADMIN, NOW, OTHER, VILLAGE, given


@pytest.mark.parametrize(
    ("detail", "told"),
    [
        ("", ""),
        ("说明", "说明"),
        ("5", "5"),
        ('{"sha256": "ab", "statement": "ledger"}', ""),
        ('{"reason": "数不对", "good_rows": true}', "原因：数不对；只收无误的行"),
        (
            '{"period_end": "2018-03-31", "due_date": "2018-04-20", "is_locked": true}',
            "2018-03-31 止的一期；截止日 2018-04-20；锁定",
        ),
    ],
)
def test_what_else_was_said(detail: str, told: str) -> None:
    assert said(detail) == told


def test_more_of_what_was_said() -> None:
    assert said('{"rows_accepted": 3, "over_newer": true}') == (
        "读到 3 笔，不收 0 笔；替换更晚报送的"
    )
    assert said('{"key": "demo_now", "value": "x"}') == "demo_now = x"


def test_a_step_on_a_matter_is_said_with_its_rule() -> None:
    told = '{"rule_id": "gap_large", "matter_state": "closed", "owner": "张三"}'
    assert said(told) == "「缺口过大」改为已销号，由张三负责"
    assert said('{"rule_id": "no_more"}') == "「no_more」改为，由未定负责"


def test_what_has_no_word_is_told_as_it_is() -> None:
    assert (action_name("returned"), action_name("flown")) == ("退回", "flown")
    assert (way_name("inbox"), way_name("post")) == ("收件箱", "post")
    assert (role_name("township"), role_name("king")) == ("镇（街）", "king")


def test_names_stand_for_numbers(store: Store) -> None:
    given(store, "wang")
    change_scope(store, ADMIN, "wang", (VILLAGE, OTHER), NOW)
    succeed(store, ADMIN, "wang", Person("heir", "", (), "后任"), NOW)
    told = told_of(store, entries(store, ADMIN, Asked(person="王五")))
    assert [(one.what, one.about, one.place, one.said) for one in told] == [
        ("新建账号", "王五", "河顺镇河顺", ""),
        ("变更负责范围", "王五", "河顺镇", "河顺镇河顺 → 河顺镇河顺 河顺镇上坡"),
        ("交接", "王五", "河顺镇", "王五 → 后任"),
    ]
