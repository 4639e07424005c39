"""Do the ways that attackers know lead anywhere? Asked of the server that runs."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from accounts import COOKIE
from tests.making import xlsx
from tests.web.running import Dashboard, started, wait_until_it_answers
from tests.web.test_drafts import paper
from tests.web.test_sign_in import OTHER, PASSWORD, admin, command, token_of
from web.house import routes

__all__ = ["admin"]
pytestmark = pytest.mark.xdist_group("dashboard")

WRITING = sorted(
    {
        route.path
        for route in routes()
        if "POST" in (route.methods or ())
        and not route.path.startswith(("/api/v1/", "/oidc/", "/commands", "/healthz"))
    }
)
WITH_PARTS = sorted(
    {
        (method, route.path)
        for route in routes()
        for method in {"GET", "POST"} & set(route.methods or ())
        if "{" in route.path and "{rest:path}" not in route.path
    }
)
ODD = [
    *("..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "..%5c..%5cwin.ini"),
    *("%00", "%C2%B2", "%EF%BC%91", "9" * 30, "-1", "sent-%C2%B2", "sent-" + "9" * 30),
    *("%27%3B%20drop%20table%20ops.account%3B--", "%FF%FE", "%0d%0aset-cookie:a=b"),
]


@pytest.fixture(scope="module")
def bare(
    new_var: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Dashboard]:
    """One of its own: whoever comes first makes the admin, which others test."""
    var = tmp_path_factory.mktemp("attacked") / "var"
    shutil.copytree(new_var, var)
    with started(var) as found:
        wait_until_it_answers(found)
        yield found


def filled(path: str, part: str) -> str:
    return re.sub(r"\{[^}]+\}", lambda _found: part, path)


@pytest.mark.parametrize("path", WRITING)
def test_what_a_foreign_page_sends_is_not_done(city: Dashboard, path: str) -> None:
    foreign: tuple[dict[str, str], ...] = (
        {},
        {"origin": "http://example.org"},
        {"origin": "null"},
        {"origin": city.address.replace("http:", "ftp:") + ".example.org"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"referer": city.address},
    )
    for headers in foreign:
        answer = city.ask("POST", filled(path, "1"), "office", b"x", **headers)
        assert answer.status_code == 403, headers
        assert "set-cookie" not in answer.headers
    assert city.get("/account", "office").status_code == 200


@pytest.mark.parametrize(("method", "path"), WITH_PARTS)
def test_odd_parts_of_addresses_lead_nowhere(
    city: Dashboard, method: str, path: str
) -> None:
    for part in ODD:
        asked = filled(path, part)
        answer = city.ask(method, asked, "office", b"x", origin=city.address)
        # an odd address may be none of ours; then it is the framework's page
        assert answer.status_code in (200, 301, 307, 400, 403, 404, 405, 422), part
        assert "root:" not in answer.text, part
        assert "Traceback" not in answer.text
        assert "set-cookie" not in answer.headers
        location = answer.headers.get("location", "/")
        assert location.startswith(("/", city.address)), part
        assert not location.startswith("//"), part


@pytest.mark.parametrize("part", ODD)
def test_odd_questions_break_nothing(city: Dashboard, part: str) -> None:
    asked = (
        f"/files/table/meeting-villages.csv?meeting={part}",
        f"/files/table/villages.csv?place={part}&target={part}",
        f"/files/table/villages.csv?as_of={part}",
        f"/files/audit.xlsx?village={part}&file={part}&person={part}",
        f"/sign-in?next=/{part}",
        f"/?place={part}",
    )
    for path in asked:
        answer = city.get(path, "office")
        assert answer.status_code in (200, 303, 400, 404), path
        assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a\r\nset-cookie: x=y\r\n.xlsx", "aset-cookie: x=y.xlsx"),
        ('a"; filename=b.exe".xlsx', 'a"; filename=b.exe".xlsx'),
        ("../../../etc/passwd.xlsx", "passwd.xlsx"),
        ("..\\..\\windows\\六月.xlsx", "六月.xlsx"),
        ("台账\u202egpj.xlsx", "台账gpj.xlsx"),
        ("<img src=x onerror=alert(1)>.xlsx", "<img src=x onerror=alert(1)>.xlsx"),
    ],
)
def test_a_name_stays_within_its_header(city: Dashboard, name: str, kept: str) -> None:
    content = paper(4, ["柳泉", 1, "", ""])
    bearer = {"authorization": f"Bearer {city.sessions['program']}"}
    address = f"/api/v1/submissions?anew=1&name={quote(name, safe='')}"
    sent = city.ask("POST", address, "", content, **bearer).json()[0]
    answer = city.get(f"/files/original/{sent['submission_no']}", "secretary")
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    said = answer.headers["content-disposition"]
    how, _start, written = said.partition("; filename*=UTF-8''")
    assert (how, unquote(written)) == ("attachment", kept)
    assert re.fullmatch(r"[\w.%~-]+", written)
    assert "sandbox" in answer.headers["content-security-policy"]


def test_a_session_that_somebody_else_chose_is_not_taken_over(
    bare: Dashboard, admin: str
) -> None:
    chosen = "x" * 43
    body = f"name=admin&secret={quote(PASSWORD)}".encode()
    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = bare.post("/sign-in", body, chosen, **kind)
    assert answer.status_code == 303
    assert token_of(answer) not in (chosen, admin)
    assert bare.get("/account", chosen).status_code == 401
    # two cookies of one name: neither is a way in for what does not hold
    for cookie in (f"{COOKIE}={chosen}; other=1", f'{COOKIE}="{chosen}"'):
        assert bare.get("/account", cookie=cookie).status_code == 401


def test_the_system_keeps_no_token_code_or_password(
    bare: Dashboard, admin: str
) -> None:
    said = command(bare, "add", "zhao", "--role", "leader", "--scope", "410581")
    code = said.split("：", 1)[1].split("（")[0].strip()
    kept = [path.read_bytes() for path in bare.var.rglob("*") if path.is_file()]
    secrets = [admin, PASSWORD, code, code.replace("-", "")]
    for secret in secrets:
        assert not any(secret.encode() in content for content in kept)
    assert any(b"admin" in content for content in kept)


def test_a_new_password_ends_the_sessions_of_before(
    bare: Dashboard, admin: str
) -> None:
    said = command(bare, "add", "qian", "--role", "leader", "--scope", "410581")
    code = said.split("：", 1)[1].split("（")[0].strip()
    first = bare.form(
        "/password", name="qian", secret=code, password=OTHER, again=OTHER
    )
    stolen = token_of(first)
    assert bare.get("/account", stolen).status_code == 200
    changed = bare.form(
        "/password", name="qian", secret=OTHER, password=PASSWORD, again=PASSWORD
    )
    assert bare.get("/account", stolen).status_code == 401
    assert bare.get("/account", token_of(changed)).status_code == 200


def test_who_guesses_waits_whether_or_not_the_name_is_there(
    bare: Dashboard, admin: str
) -> None:
    command(bare, "add", "sun", "--role", "leader", "--scope", "410581")
    told = {}
    for name in ("sun", "nobody.at.all"):
        answers = [bare.form("/sign-in", name=name, secret="x" * 12) for _n in range(6)]
        told[name] = [
            (one.status_code, re.sub(rf'value="{name}"', "", one.text))
            for one in answers
        ]
        assert "试得太多" in answers[-1].text
    assert told["sun"] == told["nobody.at.all"]
    command(bare, "code", "sun")
    after = bare.form("/sign-in", name="sun", secret="x" * 12)
    assert "登录名、密码或一次性口令不对" in after.text


def test_a_form_of_many_fields_files_or_letters_is_refused_in_words(
    bare: Dashboard, admin: str
) -> None:
    many = {f"field{number}": "x" for number in range(200)}
    part = (
        b'--b\r\ncontent-disposition: form-data; name="name"; filename="a"\r\n\r\n'
        b"x\r\n--b--\r\n"
    )
    kind = {"content-type": "multipart/form-data; boundary=b"}
    for path in ("/sign-in", "/password", "/set-up", "/sign-out"):
        for answer in (
            bare.form(path, **many),
            bare.post(path, part, **kind),
            bare.form(path, name="x" * 100_000),
        ):
            assert answer.status_code in (400, 413)
            assert re.search("[\u4e00-\u9fff]", answer.text), (path, answer.text)


def test_headers_beyond_measure_are_refused(city: Dashboard) -> None:
    answer = city.get("/account", "office", **{"x-long": "x" * 70_000})
    assert answer.status_code in (400, 431)


def test_a_paper_named_as_a_sheet_that_is_a_script_is_text(city: Dashboard) -> None:
    content = xlsx([["<script>alert(1)</script>"]])
    sent = city.post("/drafts?name=%3Cscript%3E.xlsx", content, "secretary")
    assert sent.status_code in (200, 422)
    assert not sent.headers["content-type"].startswith("text/html")
