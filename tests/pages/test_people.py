"""Can office and admin look after accounts, and is each secret shown only once?"""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from accounts import handing_out
from accounts.account import account_of
from accounts.people import Person, create
from accounts.sessions import token_hash
from accounts.tokens import tokens
from base.clock import SystemClock
from base.masking import masked
from store import Store
from tests.accounts.people import ADMIN, OTHER, TOWNSHIP, VILLAGE
from tests.pages.sitting import sit_down
from tests.pages.test_pages import opened, words_of


def given(store: Store, login_name: str, **said: object) -> None:
    person = {"role": "secretary", "places": (VILLAGE,), "person_name": "王五"} | said
    now = SystemClock().now()
    create(store, ADMIN, Person(login_name, **person), now)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def signed_in_as() -> None:
    """Nobody at first: each test says who sits down."""


@pytest.fixture
def office(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store of which the city's office looks at the page of accounts."""
    given(store, "wang", phone="13800001234", organisation_name="水利局")
    given(store, "zhen", role="township", places=(TOWNSHIP,), person_name="李四")
    sit_down(store, monkeypatch, "office", "410581", name="me")
    return store


def names_shown(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["登录名"])


def test_each_account_is_told_in_words_and_phones_are_masked(office: Store) -> None:
    app = opened("people")
    wang = app.dataframe[0].value.set_index("登录名").loc["wang"]
    assert list(wang) == [
        *("王五", "第一书记", "河顺镇河顺", "水利局", "138****1234"),
        *("… 还没设密码", "没有用过"),
    ]
    # an office sees whom it looks after; "me" holds the city
    assert names_shown(app) == ["wang", "zhen", "me"]


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("", ""),
        ("1380", "****"),
        ("1380000", "*******"),
        ("13800001234", "138****1234"),
    ],
)
def test_no_phone_is_shown_in_full(phone: str, shown: str) -> None:
    assert masked(phone) == shown


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("people_role", "township", ["zhen"]),
        ("people_township", TOWNSHIP, ["wang", "zhen"]),
        ("people_text", "水利", ["wang"]),
        ("people_text", "河顺镇河顺", ["wang"]),
        ("people_text", "WANG", ["wang"]),
    ],
)
def test_accounts_are_filtered(
    office: Store, key: str, value: str, shown: list[str]
) -> None:
    app = opened("people")
    kind = app.text_input if key == "people_text" else app.selectbox
    kind(key=key).set_value(value)
    assert names_shown(app.run()) == shown


def test_a_code_is_shown_once(office: Store) -> None:
    app = opened("people")
    app.text_input(key="new_name").set_value("赵六")
    app.multiselect(key="new_places_secretary").set_value([OTHER])
    app.button(key="new_do").click().run()
    assert not app.exception
    made = account_of(office, OTHER)
    assert made is not None
    assert (made.person_name, made.places) == ("赵六", (OTHER,))
    [code] = [one.value for one in app.code]
    assert len(code) == len("XXXXX-XXXXX")
    assert not app.run().code


def test_what_is_wrong_is_told(office: Store) -> None:
    app = opened("people")
    app.text_input(key="new_login").set_value("a b")
    app.multiselect(key="new_places_secretary").set_value([OTHER])
    app.button(key="new_do").click().run()
    assert ["登录名「a b」不行" in one.value for one in app.error] == [True]


def chosen(store: Store, login_name: str) -> tuple[AppTest, int]:
    account = account_of(store, login_name)
    assert account is not None
    app = opened("people")
    app.selectbox(key="people_one").set_value(account.account_no)
    return app.run(), account.account_no


def test_an_account_is_ended_and_let_in_again(office: Store) -> None:
    app, number = chosen(office, "wang")
    for state in ("disabled", "active"):
        app.button(key=f"turn_{number}").click().run()
        now = account_of(office, "wang")
        assert now is not None
        assert now.state == state
        assert "已改好" in app.success[0].value


def test_a_new_code_and_other_places(office: Store) -> None:
    app, number = chosen(office, "wang")
    before = account_of(office, "wang")
    app.button(key=f"code_{number}").click().run()
    after = account_of(office, "wang")
    assert before is not None
    assert after is not None
    assert before.code_hash != after.code_hash
    assert len(app.code) == 1
    app.multiselect(key=f"places_{number}").set_value([OTHER])
    app.button(key=f"do_places_{number}").click().run()
    moved = account_of(office, "wang")
    assert moved is not None
    assert moved.places == (OTHER,)


def test_a_post_passes_with_a_code_and_a_file(office: Store) -> None:
    app, number = chosen(office, "wang")
    app.button(key=f"heir_do_{number}").click().run()
    assert ["请填后任姓名" in one.value for one in app.error] == [True]
    app.text_input(key=f"heir_name_{number}").set_value("后任")
    app.button(key=f"heir_do_{number}").click().run()
    heir, before = account_of(office, "wang-2"), account_of(office, "wang")
    assert heir is not None
    assert before is not None
    assert (heir.places, before.state) == ((VILLAGE,), "disabled")
    assert len(app.code) == 1
    links = [one.proto.url for one in app.get("link_button")]
    assert "/files/handover/wang-2" in links


def test_a_token_is_made_shown_once_and_ended(office: Store) -> None:
    app = opened("people")
    app.text_input(key="token_name").set_value("光伏平台")
    app.multiselect(key="token_places_township").set_value([TOWNSHIP])
    app.button(key="token_do").click().run()
    [secret] = [one.value for one in app.code]
    assert secret.startswith("vt_")
    app.run()
    assert not app.code
    assert secret not in words_of(app)
    app.button(key="token_end").click().run()
    [token] = tokens(office, ADMIN)
    assert token.ended_at is not None


def test_codes_wait_for_the_session_that_imported(
    office: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = sit_down(office, monkeypatch, "office", "410581", name="other")
    now = SystemClock().now()
    kept = handing_out.keep(token_hash(token), b"codes", 2, 1, now)
    handing_out.keep(token_hash("another"), b"codes", 5, 0, now)
    app = opened("people")
    assert [one.value for one in app.success] == ["新建 2 个账号，已有 1 个"]
    links = [one.proto.url for one in app.get("link_button")]
    assert f"/files/codes/{kept.handle}" in links


def test_the_admin_begins_with_accounts_and_sees_no_handover(
    office: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_down(office, monkeypatch, "admin")
    app, _number = chosen(office, "wang")
    links = [one.proto.url for one in app.get("link_button")]
    assert links == ["/files/personal-data/wang", "/files/accounts-template.xlsx"]
    assert "管理员" in app.selectbox(key="new_role").options
    shown = opened()
    assert [one.value for one in shown.title] == ["账号"]


@pytest.mark.parametrize("role", ["leader", "township", "secretary", "department"])
@pytest.mark.parametrize("page", ["people", "audit"])
def test_nobody_else_comes_here(
    store: Store, monkeypatch: pytest.MonkeyPatch, role: str, page: str
) -> None:
    place = TOWNSHIP if role in ("leader", "township") else VILLAGE
    sit_down(store, monkeypatch, role, place)
    assert "账号" not in [one.value for one in opened(page).title]
    assert "操作记录" not in [one.value for one in opened(page).title]


def test_the_page_itself_refuses(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sit_down(store, monkeypatch, "township", TOWNSHIP)
    for page in ("people", "audit"):
        script = tmp_path / f"{page}_alone.py"
        script.write_text(
            f"from pages import {page}\nfrom ui.frame import guarded\n"
            f"guarded({page}.show)\n",
            encoding="utf-8",
        )
        app = AppTest.from_file(str(script), default_timeout=60).run()
        assert [one.value for one in app.error] == ["您的账号不能看这一页。"]


@pytest.mark.parametrize("role", ["office", "admin"])
def test_who_calls_people_sees_the_number_of_one(
    office: Store, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    sit_down(office, monkeypatch, role, *(["410581"] if role == "office" else []))
    assert "13800001234" not in words_of(opened("people"))
    app, _number = chosen(office, "wang")
    assert "13800001234" in words_of(app)


def test_the_office_neither_hands_out_nor_erases(office: Store) -> None:
    app, number = chosen(office, "wang")
    links = [one.proto.url for one in app.get("link_button")]
    assert not [url for url in links if "personal-data" in url]
    assert f"erase_do_{number}" not in [one.key for one in app.button]


def test_the_admin_erases_with_the_name_typed_again(
    office: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_down(office, monkeypatch, "admin")
    app, number = chosen(office, "wang")
    app.text_input(key=f"erase_why_{number}").set_value("本人申请")
    app.text_input(key=f"erase_name_{number}").set_value("zhen")
    app.button(key=f"erase_do_{number}").click().run()
    assert ["没有注销" in one.value for one in app.error] == [True]
    app.text_input(key=f"erase_name_{number}").set_value("wang")
    app.text_input(key=f"erase_why_{number}").set_value("王五申请")
    app.button(key=f"erase_do_{number}").click().run()
    assert ["不要写姓名" in one.value for one in app.error] == [True]
    app.text_input(key=f"erase_why_{number}").set_value("本人申请")
    app.button(key=f"erase_do_{number}").click().run()
    gone = f"已注销人员-{number}"
    assert gone in app.success[0].value
    assert account_of(office, "wang") is None
    shown = opened("people")
    assert gone in names_shown(shown)
    said = words_of(shown) + str(shown.dataframe[0].value)
    assert not [word for word in ("wang", "王五", "1234") if word in said]
    app.selectbox(key="people_one").set_value(number).run()
    assert "个人数据已抹去" in app.info[0].value
    assert f"turn_{number}" not in [one.key for one in app.button]
