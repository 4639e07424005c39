"""Does somebody come in by the first set-up, a code or a password, and out again?"""

from collections.abc import Iterator
from http.cookies import SimpleCookie

import httpx
import pytest

from accounts import COOKIE
from store import remote
from tests.web.conftest import HOST
from tests.web.running import Dashboard
from web.guard import OPEN_PATHS

pytestmark = pytest.mark.xdist_group("dashboard")

PASSWORD, OTHER = "山高水长又一村柳暗花明", "红旗渠水过太行润千家"
WRONG = "登录名、密码或一次性口令不对。"


def code_of(dashboard: Dashboard) -> str:
    """Return the code that the installation wrote down for its owner."""
    path = dashboard.var / "run" / "set-up-code"
    assert path.stat().st_mode & 0o777 == 0o600
    return path.read_text(encoding="utf-8")


def command(dashboard: Dashboard, *arguments: str) -> str:
    """Give a command of accounts to the running dashboard; return what it says."""
    running = remote.Running(dashboard.process.pid, dashboard.port, dashboard.token)
    said: list[str] = []
    where = dashboard.var
    code = remote.send(
        running, "accounts", list(arguments), where, said.append, said.append
    )
    assert code == 0, said
    return "\n".join(said)


def cookie_of(answer: httpx.Response) -> SimpleCookie:
    """Return the cookie of a session, as a browser would keep it."""
    cookies: SimpleCookie = SimpleCookie()
    cookies.load(answer.headers["set-cookie"])
    assert list(cookies) == [COOKIE]
    return cookies


def token_of(answer: httpx.Response) -> str:
    return cookie_of(answer)[COOKIE].value


@pytest.fixture
def admin(bare: Dashboard) -> Iterator[str]:
    """The first admin's token; whoever comes first makes the admin."""
    if (bare.var / "run" / "set-up-code").exists():
        answer = bare.form(
            "/set-up",
            code=code_of(bare),
            name="admin",
            password=PASSWORD,
            again=PASSWORD,
        )
    else:
        answer = bare.form("/sign-in", name="admin", secret=PASSWORD)
    assert answer.status_code == 303
    yield token_of(answer)


def test_the_first_admin_is_made_once_by_whoever_reads_the_code(
    bare: Dashboard,
) -> None:
    where = bare.get("/sign-in")
    assert (where.status_code, where.headers["location"]) == (303, "/set-up")
    shown = bare.get("/set-up").text
    assert str(bare.var / "run" / "set-up-code") in shown
    given = {
        "code": code_of(bare),
        "name": "admin",
        "password": PASSWORD,
        "again": PASSWORD,
    }
    assert given["code"] not in shown
    for changed, said in (
        ({"again": OTHER}, "两遍密码不一样"),
        ({"code": "AAAAA-AAAAA"}, "安装口令不对"),
        ({"password": "1234567890", "again": "1234567890"}, "太常见"),
    ):
        answer = bare.form("/set-up", **{**given, **changed})
        assert answer.status_code == 400
        assert said in answer.text
        assert "set-cookie" not in answer.headers
    made = bare.form("/set-up", **given)
    assert (made.status_code, made.headers["location"]) == (303, "/")
    assert bare.get("/account", token_of(made)).status_code == 200
    assert not (bare.var / "run" / "set-up-code").exists()
    again = bare.form("/set-up", **{**given, "name": "other"})
    assert "set-cookie" not in again.headers
    assert bare.get("/set-up").headers["location"] == "/sign-in"


def test_a_wrong_password_says_the_same_of_names_that_are_and_are_not(
    bare: Dashboard, admin: str
) -> None:
    for name in ("admin", "nobody"):
        answer = bare.form("/sign-in", name=name, secret="错的密码错的密码")
        assert answer.status_code == 401
        assert WRONG in answer.text
        assert "set-cookie" not in answer.headers
    assert bare.form("/sign-in", name="admin", secret=PASSWORD).status_code == 303


def test_what_was_typed_comes_back_as_text(bare: Dashboard, admin: str) -> None:
    answer = bare.form("/sign-in", name='"><script>x</script>', secret="x")
    assert "<script>x" not in answer.text
    shown = bare.get("/sign-in?next=/%22%3E%3Cscript%3Ex")
    assert "<script>x" not in shown.text


def test_a_code_becomes_a_password_and_holds_once(bare: Dashboard, admin: str) -> None:
    said = command(
        bare, "add", "wang", "--role", "secretary", "--scope", "410581105201"
    )
    code = said.split("：", 1)[1].split("（")[0].strip()
    asked = bare.form("/sign-in", name="wang", secret=code)
    assert asked.status_code == 200
    assert "设置密码" in asked.text
    assert "set-cookie" not in asked.headers
    given = {"name": "wang", "secret": code, "next": "/village"}
    short = bare.form("/password", **given, password="短", again="短")
    assert short.status_code == 400
    assert "至少" in short.text
    typo = bare.form("/password", **given, password=PASSWORD, again=OTHER)
    assert "两遍密码不一样" in typo.text
    chosen = bare.form("/password", **given, password=OTHER, again=OTHER)
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/village")
    assert bare.get("/account", token_of(chosen)).status_code == 200
    assert bare.form("/sign-in", name="wang", secret=code).status_code == 401
    assert bare.form("/sign-in", name="wang", secret=OTHER).status_code == 303


def test_the_cookie_is_kept_from_scripts_and_other_sites(
    bare: Dashboard, admin: str
) -> None:
    proxied = {
        "host": HOST,
        "origin": f"https://{HOST}",
        "x-forwarded-for": "192.0.2.7",
        "x-forwarded-proto": "https",
    }
    body = (
        b"name=admin&secret="
        + "".join(f"%{byte:02X}" for byte in PASSWORD.encode()).encode()
    )
    kind = {"content-type": "application/x-www-form-urlencoded"}
    for headers, is_secure in (({"origin": bare.address}, False), (proxied, True)):
        answer = bare.ask("POST", "/sign-in", "", body, **kind, **headers)
        assert answer.status_code == 303
        kept = cookie_of(answer)[COOKIE]
        assert kept["httponly"]
        assert kept["samesite"].lower() == "lax"
        assert kept["path"] == "/"
        assert not kept["domain"]
        assert bool(kept["secure"]) == is_secure
        assert len(kept.value) >= 40


def test_one_signs_out_here_or_everywhere(bare: Dashboard, admin: str) -> None:
    def come_in() -> str:
        return token_of(bare.form("/sign-in", name="admin", secret=PASSWORD))

    first, second, third = come_in(), come_in(), come_in()
    out = bare.form("/sign-out", first)
    assert (out.status_code, out.headers["location"]) == (303, "/sign-in")
    assert cookie_of(out)[COOKIE].value == ""
    states = [bare.get("/account", who).status_code for who in (first, second, third)]
    assert states == [401, 200, 200]
    bare.form("/sign-out", second, everywhere="1")
    states = [bare.get("/account", who).status_code for who in (first, second, third)]
    assert states == [401, 401, 401]


@pytest.mark.parametrize(
    ("asked", "goes_to"),
    [
        ("/village?place=410581105201", "/village?place=410581105201"),
        ("//example.org", "/"),
        ("https://example.org/", "/"),
        ("/\\example.org", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_one_comes_back_to_a_page_of_ours_only(
    bare: Dashboard, admin: str, asked: str, goes_to: str
) -> None:
    answer = bare.form("/sign-in", name="admin", secret=PASSWORD, next=asked)
    assert answer.headers["location"] == goes_to


def test_the_roles_of_a_demonstration_are_not_offered_for_real_data(
    bare: Dashboard, admin: str
) -> None:
    assert 'name="demo"' not in bare.get("/sign-in").text
    answer = bare.form("/sign-in", demo="office")
    assert answer.status_code == 401
    assert "演示账号只在演示数据里有。" in answer.text
    assert "set-cookie" not in answer.headers


def test_no_cookie_is_set_for_whoever_is_refused(bare: Dashboard, admin: str) -> None:
    for path in sorted(OPEN_PATHS - {"/commands"}):
        assert "set-cookie" not in bare.get(path).headers
    big = bare.post("/sign-in", b"name=" + b"x" * 3_000_000)
    assert big.status_code in (400, 401, 413)
