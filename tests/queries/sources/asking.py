"""How do tests of the sources ask, and what do plain rows say of the same?"""

from datetime import date
from typing import Any

import pandas as pd

from store import Store
from tests.queries.asking import TOWNSHIP, moment, question, viewer_of


def asked(
    store: Store, name: str, as_of: date, *codes: str, **params: Any
) -> pd.DataFrame:
    """Ask a question of the sources, of a township where no places are named."""
    viewer = viewer_of(*(codes or (TOWNSHIP,)))
    return question(f"sources/{name}", store, viewer, moment(store, as_of), **params)


def known(row: pd.Series, *columns: str) -> list[int | None]:
    """Return amounts of a row as whole numbers; None where they are unknown."""
    return [None if pd.isna(row[one]) else int(row[one]) for one in columns]
