"""Does the first page of the browser speak our language, under whatever address?"""

import pytest

from base.settings import settings
from tests.web.running import Dashboard
from web.face import with_face

pytestmark = pytest.mark.xdist_group("dashboard")

PAGE = b'<html lang="en"><head><title>Streamlit</title></head><head></html>'
TITLE = "村集体经济清零看板</title>"
ADDRESS = "window.__streamlit={BACKEND_BASE_URL:location.origin}"


def test_language_title_and_address_are_ours() -> None:
    page = with_face(PAGE).decode()
    assert '<html lang="zh-CN">' in page
    assert TITLE in page
    assert page.count(ADDRESS) == 1
    assert with_face(b"<p>other</p>") == b"<p>other</p>"


def test_an_english_installation_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VILLAGE_LANGUAGE", "en")
    settings.cache_clear()
    page = with_face(PAGE).decode()
    monkeypatch.undo()
    settings.cache_clear()
    assert '<html lang="en">' in page
    assert "Streamlit" not in page


def test_whoever_was_signed_out_is_told_so_by_an_answer_that_scripts_see(
    dashboard: Dashboard,
) -> None:
    """The page asks for /account once its stream has ended."""
    assert 'fetch("/account")' in with_face(PAGE).decode()
    assert "answer.status !== 401" in with_face(PAGE).decode()
    assert dashboard.get("/account", accept="*/*").status_code == 401
    assert dashboard.get("/account", "office", accept="*/*").status_code == 200


@pytest.mark.parametrize("path", ["/", "/village", "/pages/village"])
def test_the_page_speaks_chinese(dashboard: Dashboard, path: str) -> None:
    answer = dashboard.get(path, "office", **{"accept-encoding": "gzip, br"})
    assert answer.status_code == 200
    assert '<html lang="zh-CN">' in answer.text
    assert TITLE in answer.text
    assert ADDRESS in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_what_is_no_page_stays_as_it_is(dashboard: Dashboard) -> None:
    script = (
        dashboard.get("/", "office").text.split('src="./static/js/')[1].split('"')[0]
    )
    answer = dashboard.get(f"/static/js/{script}", "office")
    assert answer.status_code == 200
    assert "javascript" in answer.headers["content-type"]
    assert ADDRESS not in answer.text
    assert answer.text.strip()
