"""Do the villages fare as the story says?"""

import numpy as np
import pandas as pd

from etl.demo.economy import SEED
from etl.demo.standing import standing


def test_fewer_are_under_the_line_every_year(villages: pd.DataFrame) -> None:
    targets = standing(villages, SEED).targets
    under = [int((targets[year] < 50_000).sum()) for year in range(2014, 2018)]
    assert under == sorted(under, reverse=True)
    assert 520 <= under[0] <= 540
    assert 290 <= under[-1] <= 310


def test_a_few_have_nothing_in_the_closing_year(villages: pd.DataFrame) -> None:
    fares = standing(villages, SEED)
    assert 8 <= (fares.targets[2018] == 0).sum() <= 14
    assert fares.was_under[fares.targets[2018] == 0].all()


def test_the_seed_decides(villages: pd.DataFrame) -> None:
    one, same = standing(villages, 1), standing(villages, 1)
    assert np.array_equal(one.score, same.score)
    assert not np.array_equal(one.score, standing(villages, 2).score)
