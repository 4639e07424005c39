"""What does a person see in a real browser, at a desk and on a phone?"""

import io
import itertools
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, StorageState, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from base.roles import ROLES
from charts.palette import rgb, standing_colour
from etl.door import clock_of
from etl.door import opened as opened_store
from office.meetings import Plan, call, freeze
from store import close_all
from tests.browser.paging import page_through
from tests.making import BY

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
SIZES = {"desktop": (1366, 768), "phone": (390, 844)}
SOFTWARE_GL = ["--use-gl=angle", "--use-angle=swiftshader"]
QUIET = ["--no-first-run", "--disable-background-networking", "--disable-sync"]
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]


@dataclass
class Seen:
    """What a page did besides showing itself."""

    complaints: list[str] = field(default_factory=list)
    left_the_machine: list[str] = field(default_factory=list)


@contextmanager
def serving(var: Path) -> Iterator[str]:
    """Start a dashboard on a free port, and end it whatever happens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
        + ["--server.port", str(port)],
        cwd=ROOT,
        env={**os.environ, "VILLAGE_VAR": str(var)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}"
    try:
        wait_for(f"{address}/healthz")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def server(demo_var: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard with demonstration data and a meeting, freshly started."""
    var = tmp_path_factory.mktemp("shown") / "var"
    shutil.copytree(demo_var, var)
    store = opened_store(var)
    now = clock_of(store).now()
    plan = Plan("410581", "十一月“369”推进会", now.date(), "听取各镇（街）汇报")
    freeze(store, BY, call(store, BY, plan, now), now)
    close_all()
    with serving(var) as address:
        yield address


def wait_for(address: str) -> None:
    for _attempt in range(120):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.25)
    raise AssertionError(address)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless browser that draws maps in software."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", *SOFTWARE_GL, *QUIET]
        )
        yield found
        found.close()


@pytest.fixture(scope="module")
def signed_in(browser: Browser, server: str) -> dict[str, StorageState]:
    """What the browser of each role keeps, once it has come in by the role's button."""
    kept = {}
    for role in ("office", "township", "secretary", "admin"):
        context = browser.new_context(locale="zh-CN")
        page = context.new_page()
        page.goto(f"{server}/sign-in")
        press(page, role)
        kept[role] = context.storage_state()
        context.close()
    return kept


def press(page: Page, role: str) -> None:
    """Come in by the button of a role, and wait until its first page stands."""
    page.get_by_role("button", name=ROLES[role].name).click()
    settle(page)


def opened(
    browser: Browser,
    server: str,
    path: str,
    kept: StorageState | None,
    size: str = "desktop",
    dark: bool = False,
) -> tuple[Page, Seen]:
    """Open a page as whoever is signed in, and wait until it stands."""
    width, height = SIZES[size]
    page = browser.new_page(
        viewport={"width": width, "height": height},
        locale="zh-CN",
        color_scheme="dark" if dark else "light",
        storage_state=kept,
    )
    seen = watched(page, server)
    page.goto(server + path)
    settle(page)
    return page, seen


def watched(page: Page, server: str) -> Seen:
    """Write down what a page does besides showing itself."""
    seen = Seen()
    page.on(
        "console",
        lambda said: (
            seen.complaints.append(said.text) if said.type == "error" else None
        ),
    )
    page.on("pageerror", lambda fault: seen.complaints.append(str(fault)))
    page.on(
        "request",
        lambda asked: (
            seen.left_the_machine.append(asked.url)
            if not asked.url.startswith((server, "ws://localhost", "data:", "blob:"))
            else None
        ),
    )
    return seen


def settle(page: Page) -> None:
    """Wait until the script has run and what it sent is drawn."""
    page.wait_for_selector(READY, timeout=60_000)
    page.wait_for_timeout(1_500)
    page.wait_for_selector(READY, timeout=60_000)


# Deep links first, on a server that has shown nothing yet.
@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize(
    ("name", "role", "path", "says"),
    [
        ("village", "office", "/village?place=410581106205", "每个数出自哪里"),
        ("map", "office", "/map", "各乡镇还剩多少"),
        ("township", "office", "/map?place=410581106", "还剩"),
        ("map-june", "office", "/map?as_of=2018-06", "2018年6月"),
        ("overview", "office", "/", "卡在哪里"),
        ("report", "office", "/report", "选择文件"),
        ("review", "office", "/review", "待审"),
        ("reporting", "office", "/reporting", "填报率"),
        ("alerts", "office", "/alerts", "件预警还没有销号"),
        ("doubts", "office", "/doubts", "值得再看，不等于有问题"),
        ("solar", "office", "/solar?as_of=2018-08", "给维护单位的检修清单"),
        ("actions", "office", "/actions", "谁手上有多少"),
        ("duties", "office", "/duties", "绿黄红"),
        ("assessment", "office", "/duties?view=score", "每项怎么得分"),
        ("actions-secretary", "secretary", "/actions", "督办事项"),
        ("duties-township", "township", "/duties", "绿黄红"),
        ("sources", "office", "/sources", "哪些村多，哪些村少"),
        ("sources-terrain", "office", "/sources?by=terrain", "每村平均"),
        ("sources-inventory", "office", "/sources?source=inventory", "清欠率"),
        ("joint", "office", "/joint", "谁持股，分到多少"),
        ("meeting", "office", "/meeting", "清零比例最高的是"),
        ("strategy", "office", "/strategy", "待市里填写"),
        ("meeting-township", "township", "/meeting", "本镇（街）的数"),
        ("overview-township", "township", "/", "卡在哪里"),
        ("report-township", "township", "/report", "选择文件"),
        ("review-township", "township", "/review", "待审"),
        ("reporting-township", "township", "/reporting", "填报率"),
        ("joint-township", "township", "/joint", "多一份份额能补多少"),
        ("report-secretary", "secretary", "/", "报送记录"),
        ("village-secretary", "secretary", "/village", "每个数出自哪里"),
        ("alerts-secretary", "secretary", "/alerts", "原因还在"),
        ("system-admin", "admin", "/system", "最慢的网页和查询"),
    ],
)
def test_every_page_stands_without_errors_and_asks_nobody_outside(
    browser: Browser,
    server: str,
    signed_in: dict[str, StorageState],
    name: str,
    role: str,
    path: str,
    says: str,
    size: str,
) -> None:
    page, seen = opened(browser, server, path, signed_in[role], size)
    # parts of a page may draw themselves apart, after the rest stands
    page.get_by_text(says).first.wait_for(timeout=20_000)
    assert "演示数据" in page.inner_text("body")
    assert "Traceback" not in page.inner_text("body")
    assert seen == Seen()
    # nothing sticks out to the side
    assert page.evaluate(
        "document.documentElement.scrollWidth <= window.innerWidth + 1"
    )
    _keep(page, f"{name}-{size}")
    page.close()


def _keep(page: Page, name: str) -> None:
    """Keep a picture of the whole page; asked for by `make screenshots`."""
    if os.environ.get("KEEP_SCREENSHOTS") != "1":
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size
    assert size is not None
    page.screenshot(path=PICTURES / f"{name}.png")


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768)])
def test_the_screen_of_a_meeting_goes_on_without_a_network(
    browser: Browser,
    server: str,
    signed_in: dict[str, StorageState],
    size: tuple[int, int],
) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN",
        storage_state=signed_in["office"],
    )
    page = context.new_page()
    page.goto(f"{server}/meeting")
    settle(page)
    link = page.get_by_role("link", name="打开大屏").first.get_attribute("href")
    seen = watched(page, server)
    page.goto(f"{server}{link}")
    context.set_offline(True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    said = page_through(page)
    assert "没有清零" in said[1]
    assert "演示数据，全部虚构" in said[-1]
    assert (seen, asked) == (Seen(), [])
    context.close()


def test_dark_pages_stand_too(
    browser: Browser, server: str, signed_in: dict[str, StorageState]
) -> None:
    for name, path in (("overview", "/"), ("map", "/map")):
        page, seen = opened(browser, server, path, signed_in["office"], dark=True)
        assert seen == Seen()
        _keep(page, f"{name}-dark")
        page.close()


def test_from_the_overview_through_the_map_to_a_cell(
    browser: Browser, server: str, signed_in: dict[str, StorageState]
) -> None:
    """The way of somebody who has never seen the product."""
    page, seen = opened(browser, server, "/", signed_in["office"])
    page.get_by_role("link", name="任村镇").click()
    settle(page)
    assert "place=410581106" in page.url
    assert page.url.split("?")[0].endswith("/map")
    _click_a_village(page)
    settle(page)
    assert page.url.split("?")[0].endswith("/village")
    said = page.inner_text("body")
    assert "未清零" in said
    assert "每个数出自哪里" in said
    assert seen == Seen()
    # the address alone leads another person to the same place
    other, seen = opened(
        browser, server, page.url.removeprefix(server), signed_in["office"]
    )
    title = page.locator("h1").first.inner_text()
    assert other.locator("h1").first.inner_text() == title
    assert seen == Seen()
    other.close()
    page.close()


def _click_a_village(page: Page) -> None:
    """Click on the mark of a remaining village, again if the map moved under it."""
    for _attempt in range(4):
        settle(page)
        page.mouse.click(*_a_remaining_mark(page))
        try:
            page.wait_for_url("**/village?**", timeout=10_000)
        except PlaywrightTimeout:
            continue
        return
    raise AssertionError("four clicks on a mark opened no village")


def _a_remaining_mark(page: Page) -> tuple[float, float]:
    """A point of the page where the colour of a remaining village fills a disc."""
    chart = page.locator('[data-testid="stDeckGlJsonChart"]')
    picture = Image.open(io.BytesIO(chart.screenshot())).convert("RGB")
    box = chart.bounding_box()
    assert box is not None
    colour = tuple(rgb(standing_colour("remaining"))[:3])
    for across, down in itertools.product(
        range(6, picture.width - 6, 2), range(6, picture.height - 6, 2)
    ):
        disc = [(across + x, down + y) for x in (-3, 0, 3) for y in (-3, 0, 3)]
        if all(picture.getpixel(point) == colour for point in disc):
            return box["x"] + across, box["y"] + down
    raise AssertionError("no mark of a remaining village on the map")


def test_a_row_of_the_list_opens_its_village(
    browser: Browser, server: str, signed_in: dict[str, StorageState]
) -> None:
    page, _seen = opened(browser, server, "/", signed_in["office"])
    table = page.locator('[data-testid="stDataFrame"]').first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 160, box["y"] + 60)
    settle(page)
    assert page.url.split("?")[0].endswith("/village")
    assert "未清零" in page.inner_text("body")
    page.close()


def test_the_month_slider_goes_into_the_address_and_back(
    browser: Browser, server: str, signed_in: dict[str, StorageState]
) -> None:
    page, _seen = opened(browser, server, "/map", signed_in["office"])
    handle = page.get_by_role("slider")
    handle.focus()
    for _step in range(3):
        handle.press("ArrowLeft")
    settle(page)
    assert "as_of=2018-07" in page.url
    page.get_by_role("link", name="总览").first.click()
    settle(page)
    assert "2018年" in page.inner_text("body")
    page.close()


def test_who_follows_a_link_signs_in_first_and_is_out_after_sign_out(
    browser: Browser, server: str
) -> None:
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    seen = watched(page, server)
    page.goto(f"{server}/village?place=410581106205")
    assert "/sign-in?next=" in page.url
    assert "任村" not in page.inner_text("main")
    press(page, "office")
    assert page.url == f"{server}/village?place=410581106205"
    assert "每个数出自哪里" in page.inner_text("body")
    assert seen == Seen()
    elsewhere = context.new_page()
    elsewhere.goto(f"{server}/account")
    elsewhere.get_by_role("button", name="退出登录").click()
    elsewhere.wait_for_url("**/sign-in")
    # the page that still stands shows nothing new: it goes to sign in
    page.get_by_role("link", name="回到任村镇的地图").click()
    page.wait_for_url("**/sign-in?next=**", timeout=30_000)
    context.close()
