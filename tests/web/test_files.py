"""May only those fetch a file in whose scope it lies, and is it what was sent?"""

import io
from urllib.parse import unquote

import httpx
import openpyxl
import pytest

from tests.etl.statements.grids import DONGLI, LIUQUAN
from tests.web.conftest import SECRET_YUAN, SENT_NAME
from tests.web.running import Dashboard
from tests.web.test_drafts import PICTURE, paper, sent

pytestmark = pytest.mark.xdist_group("dashboard")

PHOTO = "收据.jpg"


@pytest.fixture(scope="module")
def neighbours(city: Dashboard) -> dict[str, str]:
    """The addresses of what a neighbour has: all that another might ask for."""
    content = paper(8, ["东里", int(SECRET_YUAN), "约5", ""])
    [draft] = sent(city, content, "邻村.xlsx", "neighbour").json()["drafts"]
    number = city.sent["neighbour"]
    city.post(f"/evidence/{number}?name={PHOTO}", PICTURE, "neighbour")
    journal = (city.var / "journal" / "journal.jsonl").read_bytes()
    return {
        "template": f"/files/template/{DONGLI}/2018-07",
        "draft": f"/files/marked/{draft}",
        "marked": f"/files/marked/sent-{number}",
        "original": f"/files/original/{number}",
        "evidence": f"/files/evidence/{len(journal.splitlines())}",
    }


KINDS = ["template", "draft", "marked", "original", "evidence"]


def name_of(answer: httpx.Response) -> str:
    """Return under which name a browser saves a file."""
    return unquote(answer.headers["content-disposition"].rsplit("''", 1)[1])


def cells_of(answer: httpx.Response) -> str:
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    return "\n".join(str(row) for row in rows)


@pytest.mark.parametrize("kind", KINDS)
def test_who_has_it_fetches_it(
    city: Dashboard, neighbours: dict[str, str], kind: str
) -> None:
    answer = city.get(neighbours[kind], "neighbour")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"
    # the guard's own rules stand beside: a browser obeys both
    assert "default-src 'none'; sandbox" in answer.headers["content-security-policy"]
    shown = "inline" if kind == "evidence" else "attachment"
    assert answer.headers["content-disposition"].startswith(shown)
    if kind in ("draft", "marked", "original"):
        assert SECRET_YUAN in cells_of(answer)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ["secretary", "department", "admin"])
def test_nobody_else_learns_anything(
    city: Dashboard, neighbours: dict[str, str], kind: str, who: str
) -> None:
    answer = city.get(neighbours[kind], who)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")
    for word in (SECRET_YUAN, "东里", "邻村", SENT_NAME, PHOTO):
        assert word not in answer.text
        assert word not in unquote(str(answer.headers))


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_session_no_file_is_there(
    city: Dashboard, neighbours: dict[str, str], kind: str
) -> None:
    for who in ("", "expired", "ended", "disabled"):
        assert city.get(neighbours[kind], who).status_code == 401


def test_the_township_and_the_city_fetch_what_lies_in_their_places(
    city: Dashboard, neighbours: dict[str, str]
) -> None:
    for who in ("township", "office"):
        codes = [city.get(neighbours[kind], who).status_code for kind in KINDS]
        # a draft is its owner's alone
        assert codes == [200, 404, 200, 200, 200], who
    codes = [city.get(neighbours[kind], "leader").status_code for kind in KINDS]
    assert codes == [404, 404, 200, 200, 200]


def test_a_paper_of_a_whole_township_is_not_its_villages(city: Dashboard) -> None:
    number = city.sent["office"]
    assert city.get(f"/files/original/{number}", "township").status_code == 200
    for who in ("secretary", "neighbour"):
        assert city.get(f"/files/original/{number}", who).status_code == 404


def test_the_original_is_byte_for_byte_what_was_sent(city: Dashboard) -> None:
    answer = city.get(f"/files/original/{city.sent['secretary']}", "secretary")
    assert name_of(answer) == SENT_NAME
    assert answer.headers["content-type"] == "application/octet-stream"
    kept = list((city.var / "vault").rglob("*"))
    assert any(path.is_file() and path.read_bytes() == answer.content for path in kept)


def test_the_template_is_of_the_village_that_was_asked_for(city: Dashboard) -> None:
    answer = city.get(f"/files/template/{LIUQUAN}/2018-07", "secretary")
    assert name_of(answer).startswith("河顺镇柳泉村2018年7月")
    said = cells_of(answer)
    # last month's own value stands beside the blank, nobody else's does
    assert "12321" in said
    assert SECRET_YUAN not in said


def test_a_marked_copy_says_what_was_found_when_it_was_sent(city: Dashboard) -> None:
    number = city.sent["secretary"]
    answer = city.get(f"/files/marked/sent-{number}", "secretary")
    assert "不在您的报送范围内" in cells_of(answer)


@pytest.mark.parametrize(
    "path",
    [
        "/files/template/410581105201/2018-13",
        "/files/template/410581105201/x",
        "/files/template/410581/2018-07",
        "/files/marked/no-such-draft",
        "/files/marked/sent-99999",
        "/files/marked/sent-x",
        "/files/original/99999",
        "/files/evidence/99999",
        "/files/evidence/1",
    ],
)
def test_what_is_not_there_is_said_in_words(city: Dashboard, path: str) -> None:
    answer = city.get(path, "secretary")
    assert answer.status_code == 404
    assert "Traceback" not in answer.text
