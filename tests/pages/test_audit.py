"""Does the page of the audit tell, narrow, and find what was altered?"""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from store import Store
from tests.accounts.people import NOW, VILLAGE, given
from tests.making import ledger, load
from tests.pages.sitting import sit_down
from tests.pages.test_pages import opened

DAY = date(2018, 11, 16)


@pytest.fixture(autouse=True)
def signed_in_as() -> None:
    """Nobody at first: each test says who sits down."""


@pytest.fixture
def busy(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with a file of 河顺 and an account; the admin looks on."""
    load(store, ledger([["河顺", 1, 2, 3]]), NOW)
    given(store, "wang")
    sit_down(store, monkeypatch, "admin")
    return store


def acts(app: AppTest) -> list[str]:
    """Return what was done since the test began, the latest first."""
    if not app.dataframe:
        return []
    shown = app.dataframe[0].value
    is_new = shown["时间"].dt.date >= DAY
    return [
        f"{row['谁']} {row['做了什么']} {row['对象']}{row['文件']}"
        for _number, row in shown[is_new].iterrows()
    ]


def test_acts_are_told_in_words_the_latest_first(busy: Store) -> None:
    told = acts(opened("audit"))
    assert told[1:] == [
        "u0 新建账号 王五",
        "测试 审核通过 第 5 号台账.xlsx",
        "测试 报送 第 5 号台账.xlsx",
    ]
    shown = opened("audit").dataframe[0].value.set_index("做了什么")
    sent = shown.loc["报送"].iloc[0]
    assert (sent["说明"], sent["从哪里"]) == ("读到 3 笔，不收 0 笔", "命令行")
    assert set(shown.loc["新建账号", "地方"]) == {"", "河顺镇河顺"}


@pytest.mark.parametrize(
    ("key", "value", "count"),
    [
        ("audit_village", VILLAGE, 3),
        ("audit_file", "台账", 2),
        ("audit_file", "没有这个文件", 0),
        ("audit_person", "王五", 1),
        ("audit_since", date(2018, 11, 17), 1),
        ("audit_since", DAY, 4),
    ],
)
def test_acts_are_narrowed(busy: Store, key: str, value: object, count: int) -> None:
    app = opened("audit")
    kinds = {"audit_village": app.selectbox, "audit_since": app.date_input}
    kinds.get(key, app.text_input)(key=key).set_value(value)
    app.run()
    assert not app.exception
    assert len(acts(app)) == count
    [link] = [one.proto.url for one in app.get("link_button")]
    assert link.startswith("/files/audit.xlsx?")


def test_the_chain_is_checked(busy: Store) -> None:
    app = opened("audit")
    app.button[0].click().run()
    assert [one.value for one in app.success] == ["操作记录完整，没有改动。"]
    with busy.transaction() as cursor:
        cursor.execute(
            "update ops.audit set actor = '别人' where action = 'acceptance'"
        )
        number = cursor.execute(
            "select min(audit_no) from ops.audit where action = 'acceptance'"
        ).fetchone()
    app.button[0].click().run()
    assert number is not None
    assert [one.value for one in app.error] == [
        f"第 {number[0]} 条起对不上：记录被改动过。"
    ]


def test_an_office_reads_what_concerns_its_places(
    busy: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_down(busy, monkeypatch, "office", "4105")
    assert len(acts(opened("audit"))) == 4
