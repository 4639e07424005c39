"""Is the strategy as the city left it, and is a file that is no tree refused?"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from base.errors import ShownError
from base.settings import settings
from base.strategy import Item, Strategy, strategy
from tests.making import shipped

Edit = Callable[[str, str], Strategy]


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Edit]:
    """A way to read the strategy with the first place of a text replaced."""
    for path in shipped("targets.toml").parent.glob("*.toml"):
        shutil.copy(path, tmp_path)
    monkeypatch.setenv("VILLAGE_DATA", str(tmp_path))

    def edit(old: str, new: str) -> Strategy:
        path = tmp_path / "strategy_369.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        settings.cache_clear()
        strategy.cache_clear()
        return strategy()

    yield edit
    monkeypatch.undo()
    settings.cache_clear()
    strategy.cache_clear()


def test_as_shipped_the_city_has_to_fill_it_in() -> None:
    whole = strategy()
    assert not whole.confirmed
    assert "待市里填写" in whole.evidence
    groups = [item.group for item in whole.items]
    assert [groups.count(group) for group in (3, 6, 9)] == [3, 6, 9]
    for item in whole.items:
        assert (item.name, item.owner, item.note, item.targets) == ("", "", "", ())
        assert (item.parent == "") == (item.group == 3)


def test_an_item_is_filled_in(edited: Edit) -> None:
    whole = edited('name = ""', 'name = "产业"')
    assert whole.items[0] == Item(id="3-1", name="产业")
    linked = edited("targets = []", 'targets = ["below_50k", "no_income"]')
    assert linked.items[0].targets == ("below_50k", "no_income")
    # the nine may lie below the six
    below = edited('id = "9-1"\nparent = "3-1"', 'id = "9-1"\nparent = "6-1"')
    assert below.items[9].parent == "6-1"


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ('id = "3-2"', 'id = "3-1"', "3-1"),
        ('id = "9-9"', 'id = "9-10"', "9-10"),
        ('id = "9-9"', 'id = "9-0"', "9-0"),
        ('id = "9-9"', 'id = "4-1"', "4-1"),
        ('id = "9-9"', 'id = "九"', "九"),
        ('parent = "3-3"', 'parent = "3-4"', "6-5"),
        ('parent = ""', 'parent = "3-1"', "3-1"),
        ('parent = ""', 'parent = "6-1"', "3-1"),
        ('parent = "3-1"', 'parent = "6-2"', "6-1"),
        ("targets = []", 'targets = ["below"]', "3-1"),
    ],
)
def test_what_is_no_tree_is_refused(
    edited: Edit, old: str, new: str, name: str
) -> None:
    with pytest.raises(ShownError, match=f"「{name}」写得不对"):
        edited(old, new)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("note", "notes", "notes"),
        ('id = "3-1"\n', "", "id"),
        ("confirmed = false", "", "confirmed"),
        ('name = ""', "name = 1", "name"),
    ],
)
def test_typos_are_refused(edited: Edit, old: str, new: str, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        edited(f"\n{old}", f"\n{new}")
