"""Does the screen of a meeting stand while people talk, at both sizes, unplugged?

The longest that a meeting may have to say, opened from the disk. The screen of the
demonstration, as the dashboard serves it, is opened among the other pages.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from reports.meeting.deck import Bars, Big, Deck, Grid, Lines, Message
from reports.meeting.messages import ROWS
from reports.meeting.plain import SHORT
from reports.meeting.screen import screen
from tests.browser.paging import page_through
from tests.browser.test_browser import CHROMIUM, QUIET, Seen, watched

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]

SCRIPT = "<script>document.title = 'taken'</script>"
RULE = "红榜：清零比例大于零的镇（街）里排前三的，并列的名单村多的在前；" * 4
FOOT = "数据截至2018年12月31日 · 冻结于 2018-12-31 09:00 · 台账报到 100%"
FOOT += " · 五万元以下村清零 · 口径待确认 · 演示数据，全部虚构"


def _row(*lengths: int) -> tuple[str, ...]:
    return tuple("村" * length for length in lengths)


def longest() -> Deck:
    """Return a deck of which each message is as long as the rules let it be."""
    bigs = tuple(Big("上次会后办结", "50000", "按去年的路径或直线") for _n in range(5))
    named = (*bigs[:3], *(Big("最难的村", "东门里社区居委会", "差 4.95 万元"),) * 2)
    lines = ("长" * 60, "长" * 60, "长" * 60)
    names = tuple(f"石板岩街道{n}" for n in range(2 * ROWS))
    towns = "石板岩街道、振林街道、桂园街道"
    months = tuple(f"{n}月" for n in range(1, 13))
    ways = {"实际": tuple(range(50_000, 49_988, -1)), "计划": (*range(11), None)}
    shares = Bars(names, {"村": (1.0,) * len(names)}, is_share=True)
    money = Bars(names[:ROWS], {"万元": (99_999.9,) * ROWS}, unit="万元")
    tasks = Grid(_row(2, 1, 3, 2, 2), (_row(5, 8, SHORT, 12, 11),) * (ROWS - 2))
    red = ("▲ 红榜", "20", "石板岩街道", "100%", "因" * 24)
    ranks = Grid(_row(1, 2, 5, 7, 5), (red,) * 6)
    corrected = Grid(_row(2, 1, 3, 4, 3, 5), (_row(5, 8, 5, 9, 5, 9),) * ROWS)
    defined = Grid(_row(2, 4, 2), (_row(12, 40, 3),) * 5)
    messages = (
        Message(f"剩下的 50,000 村里，100% 在{towns}", bigs, lines),
        Message("石板岩街道：还剩 99 村", named, lines),
        Message("比计划慢 50,000 村", picture=Lines(months, ways)),
        Message("报到" * 14, picture=shares, note=RULE),
        Message("钱主要来自发包及上交、三资清查", picture=money),
        Message("督办 500 项没有办结，100 项逾期", bigs[:4], picture=tasks),
        Message(f"按比上次会的进步：{towns}在前", picture=ranks, note=RULE),
        Message("上次会上的数有 500 村更正", picture=corrected),
        Message("这些数怎么算", picture=defined),
    )
    title = SCRIPT + "长" * (60 - len(SCRIPT))
    return Deck(title, "林州市，2018年12月31日", FOOT, messages)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", *QUIET]
        )
        yield found
        found.close()


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768)])
def test_the_longest_messages_fit_and_need_no_network(
    browser: Browser, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "screen.html"
    path.write_bytes(screen(longest()))
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    context.set_offline(True)
    page = context.new_page()
    seen = watched(page, path.as_uri())
    page.goto(path.as_uri())
    said = page_through(page)
    assert len(said) == 1 + len(longest().messages)
    assert SCRIPT in said[0]
    assert page.title() != "taken"
    for key, number in (("Home", 1), ("End", len(said)), ("PageUp", len(said) - 1)):
        page.keyboard.press(key)
        assert page.locator("section.here").inner_text() == said[number - 1]
    page.keyboard.press("b")
    assert not page.locator("section.here h1").is_visible()
    assert seen == Seen()
    context.close()
