"""What do tests of the queries share? One registry, published once and copied."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl.door import opened
from store import Store
from tests.queries.asking import BEGINNING
from tests.queries.town import Town, built

Make = Callable[[Path], Store]


@pytest.fixture(scope="session")
def new_store(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """A way to make a store with the shipped registry in an empty folder."""
    template = tmp_path_factory.mktemp("template")
    opened(template, at=BEGINNING).close()

    def make(folder: Path) -> Store:
        shutil.copytree(template, folder, dirs_exist_ok=True)
        return Store(folder)

    return make


@pytest.fixture
def store(new_store: Make, tmp_path: Path) -> Iterator[Store]:
    """A store with the shipped registry, of this test alone."""
    store = new_store(tmp_path / "var")
    yield store
    store.close()


@pytest.fixture(scope="module")
def prepared(
    new_store: Make, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """A store with the shipped registry, which the tests of a module only read."""
    store = new_store(tmp_path_factory.mktemp("prepared"))
    yield store
    store.close()


@pytest.fixture(scope="module")
def town(new_store: Make, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town with villages in every state, which the tests of a module only read."""
    store = new_store(tmp_path_factory.mktemp("scoped"))
    yield built(store)
    store.close()
