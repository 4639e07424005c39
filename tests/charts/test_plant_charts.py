"""Do the plants' charts say each state without colour, and draw no unknown as zero?"""

from decimal import Decimal

import numpy as np
import pandas as pd

from charts.plant_heat import plant_heat
from charts.plant_year import arrears_by_age, plant_year
from tests.charts.plants import DOWN, SILENT, months

AGES = ["under_3_yuan", "from_3_yuan", "from_6_yuan", "from_12_yuan"]


def arrears(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["part", "open_yuan", *AGES])


def test_a_field_bears_share_and_sign() -> None:
    heat = plant_heat(months()).data[0]
    assert heat.text.tolist() == [["101", "◆55"], ["…", "×"]]
    assert list(heat.y) == [DOWN, SILENT]
    assert list(heat.x) == ["2018-05", "2018-06"]
    assert len(set(np.array(heat.z).ravel())) == 4
    said = heat.customdata[0][1]
    assert "‹b›木纂" in said
    assert "◆ 疑似停机" in said
    assert "村里有的电站没有报数" in heat.customdata[1][1]


def test_nothing_to_draw_is_said() -> None:
    for figure in (
        plant_heat(months()[:0]),
        plant_year(months()[2:]),
        arrears_by_age(arrears(("subsidy", *[None] * 5))),
    ):
        assert [note.text for note in figure.layout.annotations] == ["暂无数据"]


def test_a_year_has_bars_and_two_lines() -> None:
    bars, peers, expected = plant_year(months()[:2]).data
    assert list(bars.y) == [9000, 5000]
    assert list(bars.text) == ["", "◆"]
    assert list(peers.y) == [8900, 9000]
    assert list(expected.y) == [9300, 10000]
    assert peers.line.dash != expected.line.dash


def test_ages_stand_side_by_side_and_what_is_unknown_is_left_out() -> None:
    amounts = [Decimal("12345.60"), Decimal("12345.60"), Decimal(0), Decimal(0)]
    figure = arrears_by_age(
        arrears(
            ("electricity", Decimal(0), *[Decimal(0)] * 4),
            ("subsidy", Decimal("24691.20"), *amounts),
            ("unsplit", *[None] * 5),
        )
    )
    assert [bar.name for bar in figure.data] == ["电费", "补贴"]
    assert list(figure.data[1].y) == [12345.6, 12345.6, 0, 0]
    assert list(figure.data[1].text) == ["1.23 万元", "1.23 万元", "", ""]
    assert list(figure.data[1].x) == ["不满3个月", "3–6个月", "6–12个月", "满12个月"]
