"""Does the admin see how the system stands, and nobody else?"""

import json
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from accounts.account import account_of
from accounts.sign_in import record_failure
from base.clock import SystemClock
from base.meters import meters
from base.roles import ROLES
from store import Store
from store.audit import record
from store.keeping import name_at, note_checked
from tests.accounts.people import ADMIN, TOWNSHIP, VILLAGE, given
from tests.making import ledger, load
from tests.pages.sitting import sit_down
from tests.pages.test_pages import opened, words_of
from ui.system_parts import span_text, version

NOW = SystemClock().now()


@pytest.fixture(autouse=True)
def signed_in_as() -> None:
    """Nobody at first: each test says who sits down."""


@pytest.fixture
def admin(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store of which the admin looks after the system, in a process that begins."""
    meters.cache_clear()
    sit_down(store, monkeypatch, "admin")
    return store


def backed_up(store: Store, age: timedelta, is_ok: bool = True) -> None:
    folder = str(store.folder / "backups")
    said = {"folder": folder, "file": "b.age", "bytes": 5 * 10**6, "seconds": 2.5}
    detail = json.dumps({**said, "ok": is_ok})
    record(store, ADMIN, "backed_up", NOW - age, detail=detail)


def tried(store: Store, age: timedelta) -> None:
    backup = store.folder / "backups" / name_at(NOW - age)
    backup.parent.mkdir()
    backup.write_bytes(b"")
    note_checked(backup, NOW - age, is_whole=True)


def messages(app: AppTest) -> list[str]:
    kinds = (*app.error, *app.warning, *app.success)
    return [line for one in kinds for line in one.value.split("\n\n")]


def test_a_new_system_was_never_backed_up(admin: Store) -> None:
    app = opened("system")
    assert [one.value for one in app.title] == ["系统状况"]
    told = messages(app)
    assert "从未备份" in told[0]
    assert "从未演练恢复" in told[1]
    said = words_of(app)
    assert "从未备份" in said
    assert "七天内没有人登录失败" in said
    assert version() in said


def test_all_is_well_once_it_is_backed_up_and_tried(admin: Store) -> None:
    backed_up(admin, timedelta(hours=3))
    tried(admin, timedelta(days=3))
    app = opened("system")
    assert messages(app) == ["一切正常。"]
    said = words_of(app)
    assert "3 小时前" in said
    assert "✓ 成功" in said
    assert "5.0 MB · 用时 2.5 秒 · b.age" in said
    backed_up(admin, timedelta(), is_ok=False)
    app = opened("system")
    assert messages(app) == ["上次备份没有成功。请再备份一次。"]
    assert "✗ 没有成功" in words_of(app)


def test_failures_are_told_by_name_and_address(admin: Store) -> None:
    given(admin)
    wang = account_of(admin, "wang")
    record_failure(admin, wang, True, NOW, "10.1.2.3")
    record_failure(admin, None, False, NOW - timedelta(days=3), "10.1.2.4")
    app = opened("system")
    assert "24 小时内登录失败 1 次，锁定 1 次" in [one.value for one in app.subheader]
    assert "七天内失败 2 次，锁定 1 次" in [one.value for one in app.caption]
    shown = app.dataframe[0].value
    assert set(shown["对象"]) == {"王五", "没有这个账号"}
    assert set(shown["从哪里"]) == {"10.1.2.3", "10.1.2.4"}
    assert len(app.get("plotly_chart")) == 1


def test_what_was_slow_is_told_and_no_figure_of_a_village(admin: Store) -> None:
    load(admin, ledger([["河顺", 76567, 2, 3]]), NOW)
    opened("system")
    app = opened("system")
    shown = app.dataframe[-1].value
    assert {"网页", "查询"} <= set(shown["类别"])
    assert "system" in set(shown["名称"])
    assert "system/submissions" in set(shown["名称"])
    said = words_of(app) + shown.to_csv()
    for secret in ("76567", "河顺", "柳泉"):
        assert secret not in said


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"admin"}))
def test_nobody_else_comes_here(
    store: Store, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    wide = {"office": "410581", "leader": "410581", "township": TOWNSHIP}
    sit_down(store, monkeypatch, role, wide.get(role, VILLAGE))
    assert "系统状况" not in [one.value for one in opened("system").title]
    script = "from pages import system\nfrom ui.frame import guarded\n"
    app = AppTest.from_string(script + "guarded(system.show)\n", default_timeout=60)
    app.run()
    assert [one.value for one in app.error] == ["您的账号不能看这一页。"]


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=-5), "0 分钟"),
        (timedelta(minutes=119), "119 分钟"),
        (timedelta(hours=47), "47 小时"),
        (timedelta(hours=49), "2 天"),
    ],
)
def test_spans_are_told_by_their_largest_unit(span: timedelta, said: str) -> None:
    assert span_text(span) == said
