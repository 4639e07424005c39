"""What do all tests share? An installation of their own, closed when they end."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from base.settings import settings
from base.viewer import Viewer, city_viewer
from etl.door import opened
from store import Store, close_all


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty place for a system to write to; settings point to it."""
    place = tmp_path / "var"
    monkeypatch.setenv("VILLAGE_VAR", str(place))
    settings.cache_clear()
    yield place
    close_all()
    settings.cache_clear()


@pytest.fixture
def store(var: Path) -> Store:
    """A store with the shipped registry in force since the beginning of 2016."""
    return opened(var, at=datetime(2016, 1, 1, 8))


@pytest.fixture
def viewer() -> Viewer:
    """The viewer of the whole city."""
    return city_viewer()
