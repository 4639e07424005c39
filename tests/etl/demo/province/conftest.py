"""What do tests of the province share? A small one, made once: three counties."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from base.settings import settings
from etl.demo.province.run import load_province
from etl.door import opened
from store import Store, close_all

OCTOBER = date(2018, 10, 1)
VILLAGES = 589 + 3 * 200


@pytest.fixture(scope="module")
def province(
    new_var: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """A province of Linzhou and three invented counties of 200 villages."""
    place = tmp_path_factory.mktemp("province") / "var"
    shutil.copytree(new_var, place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VILLAGE_VAR", str(place))
        settings.cache_clear()
        load_province(OCTOBER, lambda _line: None, opened(), 3, VILLAGES)
        yield opened()
        close_all()
    settings.cache_clear()
