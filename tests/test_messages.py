"""Is every message of the code in the English catalogue, whole and in English?"""

import ast
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

from base import words
from base.formats import full_date, month, month_name, period, wan, yuan
from base.settings import settings
from base.words import _
from charts.palette import STANDINGS, standing_word

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "data" / "locale" / "en" / "messages.po"
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

CHINESE = re.compile(
    "[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]"
)
# What a file must contain to be understood is quoted as it must be written.
QUOTED = {
    "2018年6月",
    "6月30日、12月31日",
    "2016-01-01至2025-12-31",
    "承办镇",
    "承办村",
    "电站名称",
    "项目类型",
    "度",
    "万度",
    "光伏",
    "单位：万元",
    "单位：元",
    "合作社",
    "姓名",
    "负责村",
    "收入来源",
    "无",
    "村名",
    "某某镇某某村2018年…",
}
SIGNS = ["**", "›", "←", "→"]


def modules() -> list[Path]:
    """Return the modules that `make messages` reads, as the Makefile names them."""
    silent = re.findall(r"filter-out ([a-z ]+),", MAKEFILE)[0].split()
    rooms = [path.parent for path in ROOT.glob("*/__init__.py")]
    files = [
        file for room in rooms if room.name not in silent for file in room.rglob("*.py")
    ]
    return sorted([*files, ROOT / "dashboard.py"])


def said_in(place: Path) -> set[str]:
    """Return what babel finds in a module or in a folder, as `make messages` does."""
    marks = dict.fromkeys(re.findall(r"--keyword (\w+)", MAKEFILE))
    keywords = {**DEFAULT_KEYWORDS, **marks}
    if place.is_dir():
        found = [row[2] for row in extract_from_dir(place, keywords=keywords)]
    else:
        found = [row[1] for row in extract_from_file("python", place, keywords)]
    assert all(isinstance(message, str) for message in found)
    return {str(message) for message in found}


def in_f_strings(source: str) -> list[int]:
    """Return the lines of messages inside f-strings; not every Python sees them."""
    return sorted(
        {
            node.lineno
            for text in ast.walk(ast.parse(source))
            if isinstance(text, ast.JoinedStr)
            for node in ast.walk(text)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"_", "mark"}
            and isinstance(node.args[0], ast.Constant)
        }
    )


def parts(text: str) -> set[str]:
    """Return the names of the parts that go into a message."""
    return {name for _text, name, _spec, _how in Formatter().parse(text) if name}


def directives(text: str) -> set[str]:
    """Return the parts of a date: %-m and %m are the same."""
    return set(re.findall(r"%-?([A-Za-z])", text))


def signs(text: str) -> list[int]:
    return [text.count(sign) for sign in SIGNS]


def indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def unquoted(text: str) -> str:
    """Return a text without the words that are quoted on purpose."""
    for word in QUOTED:
        text = text.replace(f"“{word}”", "")
    return text


def faults(said: str, english: str) -> list[str]:
    """Return what is wrong with a translation."""
    wrong = {
        "empty": not english.strip(),
        "parts": parts(said) != parts(english),
        "date": directives(said) != directives(english),
        "signs": signs(said) != signs(english),
        "indent": indent(said) != indent(english),
        "Chinese": bool(CHINESE.search(unquoted(english))),
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with PO.open("rb") as source:
        return read_po(source, locale="en")


@pytest.fixture(scope="module")
def english(catalogue: Catalog) -> dict[str, str]:
    """The translations by what they translate; there are no plurals."""
    found = {message.id: message.string for message in catalogue if message.id}
    assert all(isinstance(said, str) for pair in found.items() for said in pair)
    return {str(said): str(text) for said, text in found.items()}


@pytest.fixture
def in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("VILLAGE_LANGUAGE", "en")
    settings.cache_clear()
    words._catalogue.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()
    words._catalogue.cache_clear()


def test_the_catalogue_has_just_the_messages_of_the_code(
    english: dict[str, str],
) -> None:
    said = set().union(*map(said_in, modules()))
    assert len(said) > 250
    assert (said - english.keys(), english.keys() - said) == (set(), set()), (
        "run: make messages"
    )


def test_messages_are_found_by_their_keywords(tmp_path: Path) -> None:
    (tmp_path / "room.py").write_text(
        'x = mark("村"), _("{n} "\n"个"), plain("镇")\n', encoding="utf-8"
    )
    assert said_in(tmp_path) == said_in(tmp_path / "room.py") == {"村", "{n} 个"}


def test_no_message_hides_in_an_f_string() -> None:
    lines = {
        path.relative_to(ROOT).as_posix(): in_f_strings(path.read_text("utf-8"))
        for path in modules()
    }
    assert {"pages/overview.py", "ui/frame.py", "dashboard.py"} <= lines.keys()
    assert {name: found for name, found in lines.items() if found} == {}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('_("村")\nx = _("{n}", n=f"{n:,}")\n', []),
        ("x = 1\ny = f\"<b>{_('村')}</b>\"\n", [2]),
        ("f\"{escape(mark('村'))}{_(word)}\"\n", [1]),
        ("f'{_(word)}'\n", []),
    ],
)
def test_messages_in_f_strings_are_found(source: str, lines: list[int]) -> None:
    assert in_f_strings(source) == lines


def test_every_translation_is_whole(english: dict[str, str]) -> None:
    wrong = {said: faults(said, text) for said, text in english.items()}
    assert {said: found for said, found in wrong.items() if found} == {}


def test_no_translation_is_in_doubt(catalogue: Catalog) -> None:
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


@pytest.mark.parametrize(
    ("said", "translated", "found"),
    [
        ("{of}不等（{of}是 {n}）", "{n} is not {of}: “无”", []),
        ("村", " ", ["empty", "indent"]),
        ("{n} 村，{all}", "{n} villages", ["parts"]),
        ("%Y年%-m月", "%Y", ["date"]),
        ("  **{name}** ›", "{name}", ["signs", "indent"]),
        ("无：村", "无：“village”", ["Chinese"]),
    ],
)
def test_faults_are_found(said: str, translated: str, found: list[str]) -> None:
    assert faults(said, translated) == found


def test_no_word_is_allowed_that_nobody_quotes(english: dict[str, str]) -> None:
    texts = " ".join(english.values())
    assert [word for word in QUOTED if f"“{word}”" not in texts] == []


def test_the_head_names_the_project_and_nobody() -> None:
    head = PO.read_text(encoding="utf-8").split("\n\n", 1)[0]
    assert '"Project-Id-Version: village-income-dashboard 1\\n"' in head
    assert '"Language: en\\n"' in head
    assert re.findall(r"@|PROJECT|AUTHOR|ORGANIZATION|FULL NAME|LANGUAGE", head) == []


@pytest.mark.usefixtures("in_english")
def test_every_message_is_said_in_english(english: dict[str, str]) -> None:
    """Parts are numbers here, as some are in the code: months, days, counts."""
    for said, text in english.items():
        given = dict.fromkeys(parts(said), 7)
        assert _(said, **given) == (text.format(**given) if given else text)
        assert not CHINESE.search(unquoted(_(said, **given)))


@pytest.mark.usefixtures("in_english")
def test_days_and_money_are_written_the_english_way() -> None:
    assert month(date(2018, 6, 30)) == "2018-06"
    assert month_name(6) == "Jun"
    assert full_date(date(2018, 6, 3)) == "2018-06-03"
    assert period(date(2018, 1, 1), date(2018, 12, 31)) == "2018 (full year)"
    assert period(date(2018, 1, 1), date(2018, 3, 31)) == "2018-01 to 2018-03"
    assert yuan(Decimal("12345.6")) == "12,345.60 yuan"
    assert wan(Decimal("49999.99")) == "49,999.99 yuan"
    assert wan(None) == "unknown"


@pytest.mark.usefixtures("in_english")
def test_marked_words_are_said_in_english() -> None:
    said = [standing_word(code) for code in STANDINGS]
    assert said == ["● Remaining", "○ Cleared", "■ Met last year"]


def test_chinese_is_said_without_the_switch() -> None:
    assert [month_name(number) for number in (1, 12)] == ["1月", "12月"]
    assert wan(Decimal(50_000)) == "5 万元"
    assert standing_word("remaining") == "● 未清零"
