"""Does anything run, or arise, of what people wrote? On real pages, in a browser."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState

from accounts import COOKIE
from base.clock import SystemClock
from etl.door import opened as opened_store
from store import close_all
from tests.browser.test_browser import browser, opened, serving
from tests.etl.statements.grids import LIUQUAN
from tests.planting import plant
from tests.signing import signed_in

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("planted")]

# What nobody wrote into a page of ours: it came out of somebody's words.
# An address that stands there as it is, and is a link to just that, misleads nobody.
ARISEN = """() => [
  ...document.querySelectorAll(
    'img[src="x"], img[src*="evil"], [onerror], a[href^="javascript"], ' +
    'a[href*="evil.example"]'),
].filter((one) => !one.textContent.trim().startsWith("http://evil.example"))
.map((one) => one.outerHTML.slice(0, 120))"""


@dataclass
class Planted:
    address: str
    meeting: int
    kept: dict[str, StorageState]


@pytest.fixture(scope="module")
def planted(new_var: Path, tmp_path_factory) -> Iterator[Planted]:
    var = tmp_path_factory.mktemp("planted") / "var"
    shutil.copytree(new_var, var)
    store = opened_store(var)
    meeting = plant(store, SystemClock().now())
    tokens = {
        "office": signed_in(store, "office", "410581"),
        "secretary": signed_in(store, "secretary", LIUQUAN),
    }
    close_all()
    with serving(var) as address:
        kept = {
            role: StorageState(
                cookies=[
                    {
                        **{"name": COOKIE, "value": token, "domain": "localhost"},
                        **{"path": "/", "expires": -1, "httpOnly": True},
                        **{"secure": False, "sameSite": "Lax"},
                    }
                ],
                origins=[],
            )
            for role, token in tokens.items()
        }
        yield Planted(address, meeting, kept)


def arisen(page: Page) -> list[str]:
    """Return what ran or arose of words."""
    found = list(page.evaluate(ARISEN))
    ran = page.evaluate("() => window.__pwned")
    return [*found, f"ran: {ran}"] if ran is not None else found


def hover_all(page: Page) -> None:
    """Move over maps and charts, so that they say what they know."""
    for drawn in page.query_selector_all(".deckgl-wrapper, #deckgl-wrapper, .nsewdrag"):
        box = drawn.bounding_box()
        if box is None:
            continue
        for part in (0.3, 0.5, 0.7):
            page.mouse.move(
                box["x"] + box["width"] * part, box["y"] + box["height"] * part
            )
            page.wait_for_timeout(60)


# The pages on which words of people stand.
@pytest.mark.parametrize(
    ("role", "path", "says"),
    [
        ("office", f"/village?place={LIUQUAN}&as_of=2018-06", "柳泉"),
        ("office", "/actions", "谁手上有多少"),
        ("office", "/meeting", "清零比例"),
        ("office", "/joint?as_of=2018-06", "食用菌园"),
        ("office", "/review", "待审"),
        ("secretary", "/", "被退回"),
    ],
)
def test_words_stay_words(
    browser: Browser, planted: Planted, role: str, path: str, says: str
) -> None:
    page, seen = opened(browser, planted.address, path, planted.kept[role])
    page.get_by_text(says).first.wait_for(timeout=20_000)
    for closed in page.query_selector_all("summary:visible"):
        closed.click()
    hover_all(page)
    page.wait_for_timeout(500)
    assert arisen(page) == []
    assert not seen.left_the_machine
    assert not seen.complaints
    page.close()


def test_the_screen_of_a_meeting_shows_words(
    browser: Browser, planted: Planted
) -> None:
    page = browser.new_page(storage_state=planted.kept["office"])
    page.goto(f"{planted.address}/meetings/{planted.meeting}/screen")
    assert page.locator("section.here").count() == 1
    assert page.evaluate("() => window.__pwned") is None
    assert page.query_selector_all("img, [onerror], a[href]") == []
    page.close()
