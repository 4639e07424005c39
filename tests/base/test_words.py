"""Does one switch turn the Chinese messages into English ones?"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from base import words
from base.formats import month
from base.settings import settings
from base.words import _, mark

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "{n} 个村"
msgstr "{n} villages"

msgid "{year}年{month}月"
msgstr "{month}/{year}"

msgid "未译"
msgstr ""

#, fuzzy
msgid "存疑"
msgstr "doubtful"
"""
JUNE = date(2018, 6, 1)
Speak = Callable[[str], None]


@pytest.fixture
def speak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Speak]:
    """A switch of the language, with a small English catalogue."""
    path = tmp_path / "locale" / "en" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO, encoding="utf-8")
    monkeypatch.setenv("VILLAGE_DATA", str(tmp_path))

    def switch(language: str) -> None:
        monkeypatch.setenv("VILLAGE_LANGUAGE", language)
        settings.cache_clear()
        words._catalogue.cache_clear()

    yield switch
    monkeypatch.undo()
    settings.cache_clear()
    words._catalogue.cache_clear()


def test_chinese_is_said_as_it_is_written(speak: Speak) -> None:
    speak("zh")
    assert _("{n} 个村", n=3) == "3 个村"
    assert month(JUNE) == "2018年6月"


def test_english_comes_from_the_catalogue(speak: Speak) -> None:
    speak("en")
    assert _("{n} 个村", n=3) == "3 villages"
    assert month(JUNE) == "6/2018"


@pytest.mark.parametrize("message", ["不在目录里", "未译", "存疑"])
def test_what_nobody_translated_stays_chinese(speak: Speak, message: str) -> None:
    speak("en")
    assert _(message) == message


def test_no_catalogue_is_no_error(speak: Speak, tmp_path: Path) -> None:
    (tmp_path / "locale" / "en" / "messages.po").unlink()
    speak("en")
    assert _("{n} 个村", n=3) == "3 个村"


def test_the_empty_message_is_not_the_head_of_the_catalogue(speak: Speak) -> None:
    speak("en")
    assert _("") == ""


def test_parts_are_said_as_they_are(speak: Speak) -> None:
    speak("en")
    assert _("{n} 个村", n="{n}") == "{n} villages"
    assert _("{n} 个村") == "{n} villages"


def test_a_marked_text_is_said_later(speak: Speak) -> None:
    speak("en")
    assert mark("{n} 个村") == "{n} 个村"
    assert _(mark("{n} 个村"), n=1) == "1 villages"
