"""Which folders take the invented province, and is it the same every time?"""

from datetime import date

import numpy as np
import pytest

from base.errors import ShownError
from etl.demo.province import amounts
from etl.demo.province.run import load_province
from store import Store
from tests.etl.demo.province.conftest import OCTOBER
from tests.making import ledger, load

YEARS = (2016, 2017, 2018)


def test_the_same_seed_gives_the_same_amounts() -> None:
    def drawn(seed: int) -> dict[str, list[int]]:
        targets = {year: np.array([9e4, 2e4, 0.0]) for year in YEARS}
        told = amounts.ledgers(targets, 34, np.random.default_rng(seed))
        columns = amounts.stacked(told)
        return {name: values.tolist() for name, values in columns.items()}

    assert drawn(1) == drawn(1) != drawn(2)


def test_a_year_of_steady_sources_is_what_the_village_was_to_have() -> None:
    targets = {2016: np.array([90_000.0]), 2017: np.array([0.0]), 2018: np.array([0.0])}
    told = amounts.ledgers(targets, 34, np.random.default_rng(3))
    steady = [one for one in told if one.kind < 4]
    fen = sum(int(one.received_fen[one.span < 12].sum()) for one in steady)
    # a month that was not reported is missing, and amounts are rounded
    assert 70_000 * 100 < fen < 91_000 * 100
    assert all(int(one.received_fen[one.span >= 12].sum()) == 0 for one in steady)


def test_a_folder_with_data_is_refused(store: Store) -> None:
    load(store, ledger([["河顺", 1.5, 2, "无"]]))
    with pytest.raises(ShownError, match="真实数据"):
        load_province(OCTOBER, lambda _line: None, store)


def test_months_that_are_not_invented_are_refused(store: Store) -> None:
    with pytest.raises(ShownError, match="2016 年到 2018 年"):
        load_province(date(2015, 12, 1), lambda _line: None, store)
