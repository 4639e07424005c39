"""What do tests of the server share? One that runs, started once per worker."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.running import Dashboard, started, wait_until_it_answers


@pytest.fixture(scope="session")
def dashboard(
    new_var: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Dashboard]:
    """A dashboard over a new installation; whoever uses it is of its xdist group."""
    var = tmp_path_factory.mktemp("dashboard") / "var"
    shutil.copytree(new_var, var)
    with started(var) as found:
        wait_until_it_answers(found)
        yield found
