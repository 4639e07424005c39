"""What do the tests of the demonstration share? The invented world, made once."""

import pandas as pd
import pytest

from base.settings import settings
from etl.demo.economy import Economy, invent
from etl.demo.paper import Paper
from etl.demo.papers.stream import papers
from etl.demo.troubles import Told, tell


@pytest.fixture(scope="session")
def villages() -> pd.DataFrame:
    return pd.read_csv(settings().data / "registry" / "villages.csv", dtype=str)


@pytest.fixture(scope="session")
def economy(villages: pd.DataFrame) -> Economy:
    return invent(villages)


@pytest.fixture(scope="session")
def told(economy: Economy) -> Told:
    return tell(economy)


@pytest.fixture(scope="session")
def sent(economy: Economy, told: Told) -> list[Paper]:
    return papers(economy, told)
