"""Does the city's own sign-in let in whom it should, and nobody else?"""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from accounts.__main__ import main
from accounts.commands import operator
from accounts.people import Person, create, set_enabled
from base.settings import settings
from etl.door import opened
from store import Store, close_all
from tests.conftest import BEGINNING
from tests.web.providing import Provider, provider, query_of, with_query
from tests.web.running import Dashboard, started, wait_until_it_answers
from web.oidc import oidc_routes

pytestmark = pytest.mark.xdist_group("oidc")

Audit = Callable[[], list[tuple[str, str, str]]]
PEOPLE = ["wang", "zhao", "qian", "sun", "gone"]


@pytest.fixture(scope="module")
def city() -> Iterator[Provider]:
    with provider() as found:
        yield found


@pytest.fixture(scope="module")
def dashboard(
    city: Provider, new_var: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Dashboard]:
    """A dashboard that knows the provider, with an admin and a few people."""
    var = tmp_path_factory.mktemp("oidc") / "var"
    shutil.copytree(new_var, var)
    store = opened(var, at=BEGINNING)
    create(store, operator(), Person("boss", "admin", ()), BEGINNING)
    for name in PEOPLE:
        person = Person(name, "leader", ("410581",))
        create(store, operator(), person, BEGINNING)
    set_enabled(store, operator(), "gone", False, BEGINNING)
    close_all()
    given = {"oidc_issuer": city.issuer, "oidc_client_id": "village"}
    with started(var, **given, oidc_client_secret="s3cret") as found:
        wait_until_it_answers(found)
        yield found


@pytest.fixture
def browser(dashboard: Dashboard) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=dashboard.address, trust_env=False) as found:
        yield found


@pytest.fixture
def audit(
    dashboard: Dashboard,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Audit]:
    """Read what was written down since the test began: action, subject, detail."""
    monkeypatch.setenv("VILLAGE_VAR", str(dashboard.var))
    settings.cache_clear()

    def read() -> list[tuple[str, str, str]]:
        capsys.readouterr()
        assert main(["audit", "--json"]) == 0
        acts = json.loads(capsys.readouterr().out)
        return [(act["action"], act["subject"], act["detail"]) for act in acts]

    before = len(read())
    yield lambda: read()[before:]
    settings.cache_clear()


def asked(browser: httpx.Client, to: str = "/") -> str:
    """Start signing in; return where the provider asks."""
    answer = browser.get("/oidc/start", params={"next": to})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def back(browser: httpx.Client, city: Provider, subject: str, to: str = "/") -> str:
    """Walk to the provider and through its form; return the way back."""
    return city.sign_in(asked(browser, to), subject)


def is_in(browser: httpx.Client) -> bool:
    answer = browser.get("/account", headers={"accept": "text/html"})
    return answer.status_code == 200


def test_who_has_an_account_comes_in_and_goes_out(
    browser: httpx.Client, city: Provider, audit: Audit
) -> None:
    city.knows("s-wang", preferred_username="Wang")
    assert not is_in(browser)
    way = asked(browser, "/pages/village?code=1")
    given = query_of(way)
    assert given["redirect_uri"] == f"{browser.base_url}/oidc/return"
    assert given["code_challenge_method"] == "S256"
    assert given["scope"] == "openid profile"
    answer = browser.get(city.sign_in(way, "s-wang"))
    assert answer.status_code == 303
    assert answer.headers["location"] == "/pages/village?code=1"
    session = next(
        each
        for each in answer.headers.get_list("set-cookie")
        if each.startswith("village_session=")
    )
    assert "httponly" in session.lower()
    assert "samesite=lax" in session.lower()
    assert is_in(browser)
    assert browser.get(back(browser, city, "s-wang")).status_code == 303
    own = {"origin": str(browser.base_url).rstrip("/")}
    assert browser.post("/sign-out", headers=own).status_code == 303
    assert not is_in(browser)
    assert audit() == [
        ("oidc_bound", "u2", "s-wang"),
        ("signed_in", "u2", "oidc"),
        ("signed_in", "u2", "oidc"),
        ("signed_out", "u2", ""),
    ]


def test_the_subject_counts_once_it_is_bound(
    browser: httpx.Client, city: Provider, audit: Audit
) -> None:
    city.knows("s-zhao", preferred_username="zhao")
    assert browser.get(back(browser, city, "s-zhao")).status_code == 303
    browser.cookies.clear()
    city.knows("s-zhao", preferred_username="qian")
    assert browser.get(back(browser, city, "s-zhao")).status_code == 303
    city.knows("s-another", preferred_username="zhao")
    browser.cookies.clear()
    answer = browser.get(back(browser, city, "s-another"))
    assert answer.status_code == 403
    assert "登录名「zhao」已绑定另一个统一身份。" in answer.text
    assert not is_in(browser)
    assert audit() == [
        ("oidc_bound", "u3", "s-zhao"),
        ("signed_in", "u3", "oidc"),
        ("signed_in", "u3", "oidc"),
        ("sign_in_failed", "u3", "oidc: other subject"),
    ]


@pytest.mark.parametrize(
    ("name", "message", "act"),
    [
        ("<b>nobody", "统一身份「&lt;b&gt;nobody」在看板里没有账号。", ("", "unknown")),
        ("", "没有给出登录名（preferred_username）", ("", "unknown")),
        ("gone", "您的账号已停用。", ("u6", "disabled")),
        ("boss", "管理员账号要先在命令行绑定统一身份", ("u1", "admin")),
    ],
)
def test_who_has_none_is_told_why(
    browser: httpx.Client,
    city: Provider,
    audit: Audit,
    name: str,
    message: str,
    act: tuple[str, str],
) -> None:
    city.knows("s-new", preferred_username=name)
    answer = browser.get(back(browser, city, "s-new"))
    assert answer.status_code == 403
    assert message in answer.text
    assert "village_session" not in answer.headers.get("set-cookie", "")
    assert not is_in(browser)
    assert audit() == [("sign_in_failed", act[0], f"oidc: {act[1]}")]


def test_an_admin_comes_in_once_bound_at_the_command_line(
    browser: httpx.Client, city: Provider, audit: Audit
) -> None:
    city.knows("s-boss", preferred_username="somebody")
    assert main(["bind", "boss", "s-boss"]) == 0
    assert browser.get(back(browser, city, "s-boss")).status_code == 303
    assert is_in(browser)
    assert main(["unbind", "boss"]) == 0
    assert not is_in(browser)
    actions = [action for action, _subject, _detail in audit()]
    assert actions == ["oidc_bound", "signed_in", "oidc_unbound"]


def refused(browser: httpx.Client, way: str, audit: Audit) -> None:
    answer = browser.get(way)
    assert answer.status_code == 400
    assert "这次登录已用过或已过期" in answer.text
    assert not is_in(browser)
    assert audit()[-1] == ("sign_in_failed", "", "oidc: state")


def test_the_way_back_is_gone_once(
    browser: httpx.Client, city: Provider, audit: Audit
) -> None:
    city.knows("s-qian", preferred_username="qian")
    way = back(browser, city, "s-qian")
    cookie = browser.cookies["village_oidc"]
    assert browser.get(way).status_code == 303
    assert "village_oidc" not in browser.cookies
    browser.cookies.clear()
    browser.cookies.set("village_oidc", cookie, path="/oidc/")
    refused(browser, way, audit)


def test_another_browser_cannot_come_back(
    browser: httpx.Client, city: Provider, audit: Audit
) -> None:
    way = back(browser, city, "s-qian")
    browser.cookies.clear()
    refused(browser, way, audit)


@pytest.mark.parametrize("state", ["", "x", "é"])
def test_another_state_is_refused(
    browser: httpx.Client, city: Provider, audit: Audit, state: str
) -> None:
    refused(browser, with_query(back(browser, city, "s-qian"), state=state), audit)


def test_an_altered_cookie_is_refused(
    browser: httpx.Client, city: Provider, audit: Audit
) -> None:
    way = back(browser, city, "s-qian")
    cookie = browser.cookies["village_oidc"]
    browser.cookies.clear()
    browser.cookies.set("village_oidc", "A" + cookie[1:], path="/oidc/")
    refused(browser, way, audit)


@pytest.mark.parametrize(
    "changed",
    [{"nonce": "another"}, {"client_id": "another"}, {"redirect_uri": "http://x.org"}],
    ids=str,
)
def test_what_was_meant_for_another_is_refused(
    browser: httpx.Client, city: Provider, audit: Audit, changed: dict[str, str]
) -> None:
    city.knows("s-qian", preferred_username="qian")
    way = city.sign_in(with_query(asked(browser), **changed), "s-qian")
    answer = browser.get("/oidc/return", params=query_of(way))
    assert answer.status_code == 401
    assert "统一身份认证的答复不能用" in answer.text
    assert not is_in(browser)
    assert audit() == [("sign_in_failed", "", "oidc: bad answer")]


def test_who_is_not_let_in_there_is_not_let_in_here(
    browser: httpx.Client, audit: Audit
) -> None:
    state = query_of(asked(browser))["state"]
    given = {"error": "access_denied", "state": state}
    answer = browser.get("/oidc/return", params=given)
    assert answer.status_code == 401
    assert "统一身份认证没有让您登录，或您取消了。" in answer.text
    assert audit() == [("sign_in_failed", "", "oidc: denied")]


@pytest.mark.parametrize(
    "to", ["https://example.org/", "//example.org", "/\\example.org", "/" + "a" * 2000]
)
def test_nobody_is_sent_elsewhere(
    browser: httpx.Client, city: Provider, to: str
) -> None:
    city.knows("s-sun", preferred_username="sun")
    answer = browser.get(back(browser, city, "s-sun", to))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_provider_that_is_down_is_told(
    browser: httpx.Client, city: Provider, audit: Audit
) -> None:
    way = back(browser, city, "s-sun")
    with city.down():
        for address in ("/oidc/start", way):
            answer = browser.get(address)
            assert answer.status_code == 503
            assert "统一身份认证现在连不上。" in answer.text
            assert "Traceback" not in answer.text
        page = browser.get("/sign-in").text
    assert 'href="/oidc/start?next=%2F"' in page
    assert audit() == [("sign_in_failed", "", "oidc: provider absent")] * 2


def in_process(address: str) -> TestClient:
    app = Starlette(routes=oidc_routes())
    return TestClient(app, base_url=address, follow_redirects=False)


def test_over_tls_all_is_over_tls(
    city: Provider, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VILLAGE_OIDC_ISSUER", city.issuer)
    monkeypatch.setenv("VILLAGE_OIDC_CLIENT_ID", "village")
    settings.cache_clear()
    answer = in_process("https://dashboard.example.org").get("/oidc/start")
    given = query_of(answer.headers["location"])
    assert given["redirect_uri"] == "https://dashboard.example.org/oidc/return"
    cookie = answer.headers["set-cookie"].lower().split("; ")
    assert {"httponly", "secure", "samesite=lax", "path=/oidc/"} <= set(cookie)


def test_without_a_provider_there_is_only_the_password(store: Store) -> None:
    answer = in_process("http://localhost").get("/oidc/start")
    assert answer.status_code == 404
    assert "这里没有设统一身份认证。请用密码登录。" in answer.text


def test_the_key_is_its_owners_alone(dashboard: Dashboard) -> None:
    key = dashboard.var / "run" / "oidc.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_bytes()) == 32
    # nothing of how it was made is left behind
    assert not list(key.parent.glob("tmp*"))
