"""Do programs report with a token of their own, and get the answer of `check`?"""

import json
from datetime import date
from typing import Any

import httpx
import pytest

from etl.said import as_dict
from tests.etl.statements.grids import DONGLI
from tests.making import checked, ledger, xlsx
from tests.web.conftest import SECRET_YUAN
from tests.web.running import Dashboard
from tests.web.test_drafts import PICTURE, paper

pytestmark = pytest.mark.xdist_group("dashboard")

ADDRESS = "/api/v1/submissions"


def reported(
    city: Dashboard, content: bytes, query: str = "", by: str = "program"
) -> httpx.Response:
    """Send a file as a program does: no cookie, no page, a token."""
    token = city.sessions.get(by, by)
    headers = {"authorization": f"Bearer {token}"}
    return city.ask("POST", ADDRESS + query, "", content, **headers)


def only(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    [said] = answer.json()
    return dict(said)


def test_the_answer_is_that_of_check_with_the_number(city: Dashboard) -> None:
    content = paper(9, ["柳泉", 10.5, "无", ""])
    said = only(reported(city, content, "?name=%E4%B9%9D%E6%9C%88.xlsx"))
    number, state, was_known = (
        said.pop(name) for name in ("submission_no", "state", "was_known")
    )
    alone = as_dict(checked(content, "九月.xlsx", today=date(2020, 1, 1)))
    assert said == json.loads(json.dumps(alone))
    assert (state, was_known) == ("submitted", False)
    assert number > city.sent["secretary"]


def test_known_bytes_get_the_same_answer_and_anew_another(city: Dashboard) -> None:
    content = paper(10, ["柳泉", 10, "", ""])
    first = only(reported(city, content))
    again = only(reported(city, content))
    assert again == {**first, "was_known": True}
    anew = only(reported(city, content, "?anew=1"))
    assert anew["submission_no"] > first["submission_no"]
    assert anew["was_known"] is False


def test_other_villages_are_out_of_scope_and_nothing_of_them_is_told(
    city: Dashboard,
) -> None:
    content = xlsx(ledger([["柳泉", 12321, "", ""], ["东里", 1, "", ""]]))
    answer = reported(city, content)
    said = only(answer)
    assert "out_of_scope" in [one["code"] for one in said["findings"]]
    assert said["accepted"] == 1
    assert SECRET_YUAN not in answer.text
    assert DONGLI not in answer.text


@pytest.mark.parametrize(
    "by", ["vt_", "vt_forged", "old program", "ended program", "office", "secretary"]
)
def test_without_a_token_that_holds_nothing_comes_in(city: Dashboard, by: str) -> None:
    """The token of a person's session is none for programs, either."""
    answer = reported(city, paper(11, ["柳泉", 10, "", ""]), by=by)
    assert (answer.status_code, answer.json()) == (
        401,
        {"message": "令牌不对或已失效。"},
    )
    assert city.ask("POST", ADDRESS, "office", b"x").status_code == 401


def test_a_program_that_may_only_look_reports_nothing(city: Dashboard) -> None:
    answer = reported(city, paper(11, ["柳泉", 10, "", ""]), by="looking program")
    assert answer.status_code == 403
    assert "不能报送" in answer.json()["message"]


def test_a_token_opens_no_page(city: Dashboard) -> None:
    token = city.sessions["program"]
    headers = {"authorization": f"Bearer {token}"}
    for path in ("/", "/_stcore/health", f"/files/original/{city.sent['secretary']}"):
        assert city.get(path, **headers).status_code == 401
        assert city.get(path, token).status_code == 401


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?source=wind", "没有「wind」这个来源。"),
        ("?month=2018-13", "月份写作 2018-06"),
        ("?month=%E5%85%AD%E6%9C%88", "月份写作 2018-06"),
        ("?unit=dollars", "没有「dollars」这个单位。"),
    ],
)
def test_an_odd_question_is_answered_in_words(
    city: Dashboard, query: str, message: str
) -> None:
    answer = reported(city, b"x", query)
    assert (answer.status_code, answer.json()) == (400, {"message": message})


def test_what_the_file_does_not_say_may_stand_in_the_address(city: Dashboard) -> None:
    content = xlsx(ledger([["柳泉", 3, "", ""]], title="台账", unit=""))
    said = only(reported(city, content, "?month=2019-12&unit=%E4%B8%87%E5%85%83"))
    assert (said["accepted"], said["total_received_yuan"]) == (1, "30000.00")


def test_what_is_no_table_is_answered_with_its_finding(city: Dashboard) -> None:
    answer = reported(city, PICTURE, "?name=a.xlsx")
    assert answer.status_code == 422
    [said] = answer.json()
    assert "submission_no" not in said
    assert [one["severity"] for one in said["findings"]] == ["error"]


def test_too_large_a_body_is_refused(city: Dashboard) -> None:
    answer = reported(city, b"x" * 50_000_001)
    assert answer.status_code == 413
    assert "文件超过 50 MB" in answer.json()["message"]


def test_only_sending_is_offered(city: Dashboard) -> None:
    for method in ("GET", "PUT", "DELETE"):
        assert city.ask(method, ADDRESS, origin=city.address).status_code == 404
