"""Does each bar say by sign and number what its colour says?"""

from datetime import date
from typing import Any

from charts.duty_bars import duty_bars
from charts.palette import BANDS, band_word
from office.responsibility import TOWNSHIP, units
from tests.office.test_responsibility import made

AS_OF = date(2018, 6, 30)


def drawn(is_dark: bool = False) -> Any:
    whole = made(("甲镇", 10, 8), ("乙镇", 10, 1), ("丙镇", 3, 3))
    return duty_bars(units(whole, TOWNSHIP, AS_OF), is_dark).data[0]


def test_the_best_stands_on_top_and_who_is_not_ranked_below() -> None:
    bars = drawn()
    assert list(bars.y) == ["丙镇（不排）", "乙镇", "甲镇"]
    assert list(bars.x) == [1.0, 0.1, 0.8]


def test_colour_does_not_stand_alone() -> None:
    bars = drawn()
    assert list(bars.text) == ["√ 100%（3/3）", "◆ 10%（1/10）", "√ 80%（8/10）"]
    light, dark = (list(drawn(dark).marker.color) for dark in (False, True))
    assert light[1] == BANDS["red"][2]
    assert dark[1] == BANDS["red"][3]
    assert band_word("") == ""


def test_who_has_nobody_on_the_list_has_no_bar() -> None:
    whole = made(("甲镇", 2, 0))
    whole.places["is_listed"] = 0
    assert list(duty_bars(units(whole, TOWNSHIP, AS_OF)).data[0].y) == []
