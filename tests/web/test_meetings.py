"""Who fetches the screen and the papers of a meeting, and what may the screen do?"""

import io

import docx
import pytest

from tests.web.conftest import CITY, HESHUN_TOWN
from tests.web.running import Dashboard
from tests.web.test_files import name_of

pytestmark = pytest.mark.xdist_group("dashboard")

SCREEN, BRIEF, TOWNSHIP = "screen", "brief", f"township/{HESHUN_TOWN}"
# What each is answered: the screen, the notice, the page of a township.
ALL_CODES = {
    "office": (200, 200, 200),
    "leader": (200, 200, 200),
    "township": (200, 404, 200),
    "other township": (200, 404, 404),
    "secretary": (404, 404, 404),
    "department": (404, 404, 404),
    "admin": (404, 404, 404),
    "": (401, 401, 401),
    "expired": (401, 401, 401),
}


def paths_of(city: Dashboard) -> tuple[str, str, str]:
    """Return where screen, notice and the page of a township are."""
    number = city.sent["meeting"]
    return (
        f"/meetings/{number}/{SCREEN}",
        f"/files/meeting/{number}/{BRIEF}",
        f"/files/meeting/{number}/{TOWNSHIP}",
    )


@pytest.mark.parametrize("who", list(ALL_CODES))
def test_each_gets_what_is_of_the_own_places(city: Dashboard, who: str) -> None:
    answers = [city.get(path, who) for path in paths_of(city)]
    assert tuple(answer.status_code for answer in answers) == ALL_CODES[who]
    for answer in answers:
        if answer.status_code in (404, 401):
            assert "河顺" not in answer.text
            assert "六月会" not in answer.text
            assert "Traceback" not in answer.text


def test_a_township_is_shown_itself_alone(city: Dashboard) -> None:
    path = paths_of(city)[0]
    own = city.get(path, "township").text
    assert "河顺镇：" in own
    assert "任村镇" not in own
    other = city.get(path, "other township").text
    assert "任村镇：" in other
    assert "河顺镇" not in other and "柳泉" not in other
    assert "任村镇：" in city.get(path, "office").text


def test_the_screen_may_do_nothing_but_show_itself(city: Dashboard) -> None:
    answer = city.get(paths_of(city)[0], "office")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-store"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "connect-src" not in policy.split("default-src 'none'")[1].split(",")[0]
    assert "content-disposition" not in answer.headers


def test_a_paper_is_a_file_of_its_kind(city: Dashboard) -> None:
    for path, title in zip(
        paths_of(city)[1:],
        ("六月会-{day}-通报.docx", "六月会-{day}-河顺镇.docx"),
        strict=True,
    ):
        answer = city.get(path, "office")
        assert "wordprocessingml" in answer.headers["content-type"]
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["cache-control"] == "private, no-store"
        first, _day, last = title.partition("{day}")
        name = name_of(answer)
        assert name.startswith(first) and name.endswith(last)
        assert docx.Document(io.BytesIO(answer.content)).paragraphs


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/meetings/99999/screen", "没有这次会议"),
        ("/files/meeting/99999/brief", "没有这次会议"),
        ("/meetings/{planned}/screen", "还没有冻结数据"),
        ("/files/meeting/{planned}/brief", "没有这份材料"),
        ("/files/meeting/{meeting}/slides", "没有这份材料"),
        ("/files/meeting/{meeting}/no-such-kind", "没有这份材料"),
        ("/files/meeting/{meeting}/township/410581106", "没有这份材料"),
        ("/files/meeting/{meeting}/township/x", "不是行政区划代码"),
        ("/files/meeting/{meeting}/pdf", "请重新生成"),
    ],
)
def test_what_is_not_there_is_said_in_words(
    city: Dashboard, path: str, words: str
) -> None:
    answer = city.get(path.format(**city.sent), "office")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")
    assert words in answer.text


@pytest.mark.parametrize("path", ["/meetings/x/screen", "/meetings/1/nothing"])
def test_another_address_is_no_meeting(city: Dashboard, path: str) -> None:
    assert "Traceback" not in city.get(path, "office").text


def test_the_whole_place_may_be_said_too(city: Dashboard) -> None:
    path = f"{paths_of(city)[1]}/{CITY}"
    assert (
        city.get(path, "office").content
        == city.get(paths_of(city)[1], "office").content
    )
    assert city.get(path, "township").status_code == 404
