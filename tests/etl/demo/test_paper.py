"""Are senders plainly invented, moments in office hours, names of townships apart?"""

from datetime import date

import numpy as np
import pandas as pd

from etl.demo.paper import file_name, moment, person, townships
from etl.registry import township_key


def test_moments_are_office_hours_of_working_days() -> None:
    chance = np.random.default_rng(1)
    for month in range(1, 13):
        drawn = moment(date(2018, month, 1), 2, 12, chance)
        assert drawn.weekday() < 5
        assert 8 <= drawn.hour < 18
        assert month != 10 or drawn.day > 7


def test_persons_and_files_are_plainly_invented() -> None:
    assert all(person(number).endswith("某某") for number in range(20))
    assert file_name("台账") == "台账（演示）.xlsx"


def test_no_village_is_written_like_its_township(villages: pd.DataFrame) -> None:
    found = townships(villages)
    assert len(found) == 20
    assert sum(len(one.villages) for one in found.values()) == len(villages)
    for one in found.values():
        assert township_key(one.name) not in one.villages.values()
