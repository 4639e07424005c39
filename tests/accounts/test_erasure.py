"""Who may erase whom, with which reason, and what comes of the account?"""

import json

import pytest

from accounts.account import account_of, viewer_of
from accounts.erasure import erase
from accounts.people import Person, create, give_code, set_enabled, succeed
from accounts.personal_data import personal_data
from accounts.sessions import find
from accounts.tokens import make, tokens
from base.errors import ShownError
from base.roles import ROLES
from base.viewer import PAGE, Viewer
from store import Store
from store.audit import broken_act
from tests.accounts.people import (
    ADMIN,
    DAY,
    NOW,
    OFFICE,
    TOWNSHIP,
    VILLAGE,
    acts,
    given,
    signed_in,
)
from tests.etl.people import person

GONE = "已注销人员-1"


def admin(store: Store, name: str) -> Viewer:
    made = create(store, ADMIN, Person(name, "admin", (), f"管{name}"), NOW)
    return viewer_of(made.account, PAGE)


def test_the_account_ends_and_nobody_comes_in_with_it(store: Store) -> None:
    token = signed_in(store, phone="13803720001")
    erase(store, ADMIN, "wang", " 本人申请 ", NOW + DAY)
    account = account_of(store, GONE)
    assert account is not None
    assert (account.person_name, account.phone, account.state) == (GONE, "", "erased")
    assert find(store, token, NOW + DAY) is None
    assert account_of(store, "wang") is None
    assert acts(store)[-1][0] != "erasure"  # it stands in the journal
    told = store.row("select action, subject from ops.audit order by audit_no desc")
    assert told == ("erasure", "u1")
    assert broken_act(store) is None
    # the login name is free for somebody else
    assert given(store).account.account_no == 2


@pytest.mark.parametrize(
    "again",
    [
        lambda store: set_enabled(store, ADMIN, GONE, True, NOW),
        lambda store: give_code(store, ADMIN, GONE, NOW),
        lambda store: succeed(store, ADMIN, GONE, Person("li", "", ()), NOW),
        lambda store: erase(store, ADMIN, "u1", "再来", NOW),
    ],
)
def test_what_is_erased_does_not_come_back(store: Store, again) -> None:
    given(store)
    erase(store, ADMIN, "wang", "本人申请", NOW)
    with pytest.raises(ShownError, match="已注销"):
        again(store)


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"admin"}))
def test_only_an_admin_erases_and_hands_out(store: Store, role: str) -> None:
    given(store)
    by = OFFICE if role == "office" else person(role, "410581")
    with pytest.raises(ShownError, match="只有管理员"):
        erase(store, by, "wang", "本人申请", NOW)
    with pytest.raises(ShownError, match="只有管理员"):
        personal_data(store, by, "wang", NOW)
    account = account_of(store, "wang")
    assert account is not None
    assert account.state == "active"


def test_nobody_erases_herself_or_the_last_admin(store: Store) -> None:
    first = admin(store, "first")
    with pytest.raises(ShownError, match="不能注销自己"):
        erase(store, first, "first", "本人申请", NOW)
    with pytest.raises(ShownError, match="最后一个管理员"):
        erase(store, ADMIN, "first", "本人申请", NOW)
    second = admin(store, "second")
    erase(store, second, "first", "调离", NOW)
    assert account_of(store, GONE) is not None
    with pytest.raises(ShownError, match="最后一个管理员"):
        erase(store, ADMIN, "second", "调离", NOW)


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        (" ", "请写明注销的原因"),
        ("王五申请", "不要写姓名"),
        ("按 wang 申请", "不要写姓名"),
        ("来电 13803720001", "不要写姓名"),
    ],
)
def test_a_reason_is_given_and_names_nobody(
    store: Store, reason: str, message: str
) -> None:
    given(store, phone="13803720001")
    with pytest.raises(ShownError, match=message):
        erase(store, ADMIN, "wang", reason, NOW)


def test_tokens_that_she_made_end(store: Store) -> None:
    made = given(store, "wen", role="office", places=("410581",))
    by = viewer_of(made.account, PAGE)
    make(store, by, "平台", "township", (TOWNSHIP,), 30, NOW)
    erase(store, ADMIN, "wen", "调离", NOW + DAY)
    [token] = tokens(store, ADMIN)
    assert token.ended_at == NOW + DAY


@pytest.mark.parametrize(
    "login", ["410581199001011234", "41058119900101123x", "已注销人员-9"]
)
def test_neither_cards_nor_pseudonyms_are_login_names(store: Store, login: str) -> None:
    with pytest.raises(ShownError, match="不能用身份证号"):
        given(store, login)


def test_cards_are_not_kept(store: Store) -> None:
    account = given(store, person_name="王五 410581199001011234").account
    assert account.person_name == "王五 410****1234"


def test_all_that_is_held_is_told_in_chinese(store: Store) -> None:
    signed_in(store, phone="13803720001")
    told = json.loads(personal_data(store, ADMIN, "wang", NOW + DAY))
    assert list(told) == [
        *("导出时间", "账号", "负责范围", "登录", "接口口令", "草稿", "报送的文件"),
        *("做过的操作", "别人对这个账号的操作", "提到姓名或号码的文字"),
    ]
    assert told["账号"]["手机"] == "13803720001"
    assert told["账号"]["姓名"] == "王五"
    assert told["负责范围"][0]["地方"] == "河顺镇河顺"
    assert [one["做了什么"] for one in told["做过的操作"]] == ["设密码", "登录"]
    assert told["别人对这个账号的操作"][0]["做了什么"] == "新建账号"
    assert acts(store)[-1] == ("exported", "u0", "u1")


def test_a_person_may_have_her_own_data(store: Store) -> None:
    account = given(store).account
    told = personal_data(store, viewer_of(account, PAGE), "wang", NOW)
    assert VILLAGE not in json.loads(told)["账号"].values()
    with pytest.raises(ShownError, match="只有管理员"):
        personal_data(store, viewer_of(account, PAGE), "nobody", NOW)
