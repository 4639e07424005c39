"""Is the screen one file that asks for nothing and runs nothing that people wrote?"""

import re
from html import escape
from html.parser import HTMLParser

import pytest

from reports.meeting.deck import Bars, Deck, Grid, Lines, Message
from reports.meeting.screen import said, screen
from tests.reports.meeting.conftest import IMAGE, SCRIPT, TITLE, Made

pytestmark = pytest.mark.xdist_group("papers")


class Read(HTMLParser):
    """The tags of a page, with what they say."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def text(second: Made) -> str:
    return second.content("screen").decode()


def test_the_file_asks_for_nothing(text: str) -> None:
    assert not re.search(r"https?://|//[a-z]+\.|@import|url\(", text)
    read = Read(text)
    for tag, said_of in read.tags:
        assert tag not in {"link", "iframe", "object", "embed", "img", "base", "form"}
        assert not {"src", "href", "action", "data"} & said_of.keys()
        assert not [name for name in said_of if name.startswith("on")]
    assert [tag for tag, _told in read.tags].count("script") == 1


def test_every_message_is_there_with_its_foot(second: Made, text: str) -> None:
    count = len(second.deck.messages) + 1
    assert text.count("<section") == count
    for message in second.deck.messages:
        assert f"<h1>{escape(message.title, quote=False)}</h1>" in text
    assert text.count(second.deck.foot) == count
    assert f"{count} / {count}" in text


def test_what_people_wrote_is_only_text(text: str) -> None:
    assert SCRIPT not in text
    assert IMAGE not in text
    assert escape(" ".join(TITLE.split())) in text


@pytest.mark.parametrize(
    "picture",
    [
        Bars((SCRIPT,), {SCRIPT: (1.0,)}, unit=SCRIPT),
        Lines((SCRIPT, "2"), {SCRIPT: (1, None)}),
        Grid((SCRIPT,), ((SCRIPT,),)),
    ],
)
def test_no_part_of_a_picture_is_markup(picture: Bars | Lines | Grid) -> None:
    message = Message(SCRIPT, lines=(SCRIPT,), picture=picture, note=SCRIPT)
    text = screen(Deck(SCRIPT, SCRIPT, SCRIPT, (message,))).decode()
    assert SCRIPT not in text
    assert escape(SCRIPT) in text


@pytest.mark.parametrize(
    ("bars", "value", "wanted"),
    [
        (Bars((), {}, is_share=True), 0.25, "25%"),
        (Bars((), {}, unit="村"), 1200.0, "1,200 村"),
        (Bars((), {}, unit="万元"), 8.25, "8.2 万元"),
    ],
)
def test_a_bar_says_its_value(bars: Bars, value: float, wanted: str) -> None:
    assert said(bars, value) == wanted


def test_bars_that_are_all_zero_have_no_length() -> None:
    message = Message("题", picture=Bars(("甲",), {"村": (0.0,)}, unit="村"))
    assert "width: 0.0%" in screen(Deck("会", "", "", (message,))).decode()


def test_the_same_freeze_makes_the_same_screen(second: Made) -> None:
    assert second.again["screen"].content == second.content("screen")
