"""What do all tests share? An installation of their own, closed when they end."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from base.assessment import assessment
from base.catalogue import catalogue
from base.papers import faces
from base.rules import rules
from base.settings import settings
from base.solar import solar_rules
from base.strategy import strategy
from base.viewer import Viewer, system_viewer
from etl.demo.run import TO_MONTH, load_demo
from etl.door import opened
from etl.registry import registry
from store import Store, close_all

BEGINNING = datetime(2016, 1, 1, 8)


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty place for a system to write to; settings point to it."""
    place = tmp_path / "var"
    monkeypatch.setenv("VILLAGE_VAR", str(place))
    settings.cache_clear()
    yield place
    close_all()
    settings.cache_clear()


@pytest.fixture(scope="session")
def new_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The place of a new installation, for copies: laying villages out takes long."""
    place = tmp_path_factory.mktemp("new") / "var"
    opened(place, at=BEGINNING)
    close_all()
    return place


@pytest.fixture
def store(var: Path, new_var: Path) -> Store:
    """A store with the shipped registry in force since the beginning of 2016."""
    shutil.copytree(new_var, var)
    return opened(var, at=BEGINNING)


@pytest.fixture
def own_data(
    var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A copy of the shipped facts, for a test to edit before anything reads it."""
    data = tmp_path / "data"
    shutil.copytree(settings().data, data)
    monkeypatch.setenv("VILLAGE_DATA", str(data))
    forget()
    yield data
    monkeypatch.undo()
    forget()


def forget() -> None:
    """Have settings, catalogue, rules and registry read again."""
    read = (settings, catalogue, rules, registry, solar_rules, assessment)
    for one in (*read, strategy, faces):
        one.cache_clear()


@pytest.fixture
def viewer() -> Viewer:
    """The viewer of the whole city."""
    return system_viewer()


@pytest.fixture(scope="session")
def demo_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The place of the whole demonstration; it takes long, and tests only read it.

    Whoever uses it bears the mark `xdist_group("demo")`, so that one worker makes it,
    and closes what it opens: the next may want the file for a process of its own.
    """
    place = tmp_path_factory.mktemp("demo") / "var"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VILLAGE_VAR", str(place))
        settings.cache_clear()
        load_demo(TO_MONTH, lambda _line: None)
        close_all()
    settings.cache_clear()
    return place
