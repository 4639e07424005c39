"""Is a platform's export read in kWh, whatever its language and its units?"""

from decimal import Decimal

import pytest

from etl.statements.energy import village_of_plant
from tests.etl.statements.grids import (
    DONGLI,
    JUNE,
    LIUQUAN,
    MONTHLY,
    PLATFORM,
    read,
    rows_of,
    with_cell,
)
from tests.making import Grid, checked, codes_of, text

SEEN = ("village_code", "line_kind", "item_id", "quantity", "quantity_unit", "cell")


def test_english_keys_with_milliseconds_and_kwh() -> None:
    found = read(PLATFORM)
    assert found.findings == []
    assert rows_of(found, *SEEN) == [
        (LIUQUAN, "income", "energy", Decimal("32000.500"), "kWh", "D2"),
        (DONGLI, "income", "energy", Decimal("21000.000"), "kWh", "D3"),
        (LIUQUAN, "quantity", "capacity", Decimal("300.000"), "kW", "C2"),
        (DONGLI, "quantity", "capacity", Decimal("200.000"), "kW", "C3"),
    ]
    assert set(rows_of(found, "period_start", "period_end")) == {JUNE}


def test_chinese_headings_in_two_units_of_one_file() -> None:
    found = read(MONTHLY)
    assert found.findings == []
    assert rows_of(found, *SEEN)[0][3:] == (Decimal("32000.000"), "kWh", "C3")
    generated = [[*row[:2], *row[3:]] if len(row) > 3 else row for row in MONTHLY]
    assert rows_of(read(generated), *SEEN)[0][3:] == (Decimal("33000"), "kWh", "C3")


def test_energy_says_what_should_come_and_nothing_of_what_came() -> None:
    [row, _capacity] = read(MONTHLY).rows.to_pylist()
    # 32,000 kWh at 0.3779 and 0.4721 yuan
    assert row["amount_due_yuan"] == Decimal("27200.00")
    assert row["amount_received_yuan"] is None
    assert (row["source_id"], row["category"]) == ("solar", "business_income")


def test_milliseconds_are_of_the_day_in_china() -> None:
    # 2018-06-30 16:00 in Greenwich is the first of July here
    july = with_cell(PLATFORM[:2], 1, 1, 1530374400000)
    [(start, _end), _capacity] = rows_of(read(july), "period_start", "period_end")
    assert (start.month, start.day) == (7, 1)
    as_text = with_cell(PLATFORM[:2], 1, 1, "1530374400000")
    assert rows_of(checked(text(as_text)), "period_start")[0] == (start,)


@pytest.mark.parametrize(
    "heading",
    ["上网电量(MWh)", "上网电量（千瓦时）", "上网电量/度", "上网电量（万度）"],
)
def test_every_way_to_write_the_unit(heading: str) -> None:
    unit = heading.strip("上网电量(（/)）")
    scale = {"MWh": 1000, "千瓦时": 1, "度": 1, "万度": 10000}[unit]
    grid = with_cell(MONTHLY[:3], 1, 2, heading)
    [energy, _capacity] = read(grid).rows.to_pylist()
    assert energy["quantity"] == Decimal("3.2") * scale


@pytest.mark.parametrize(
    ("name", "village"),
    [
        ("柳泉村300kW光伏电站", "柳泉村"),
        ("柳泉村级光伏扶贫电站2号", "柳泉"),
        ("河顺镇柳泉光伏", "河顺镇柳泉"),
        ("柳泉村分布式电站", "柳泉村"),
        ("柳泉", "柳泉"),
        ("河顺柳泉村光伏扶贫电站", "河顺柳泉村"),
        ("光伏电站", "光伏电站"),
    ],
)
def test_the_village_stands_before_what_makes_it_a_plant(
    name: str, village: str
) -> None:
    assert village_of_plant(name) == village


def test_two_plants_of_one_village_add_up() -> None:
    twice = [*PLATFORM[:2], PLATFORM[1]]
    found = read(twice)
    assert found.findings == []
    assert len(rows_of(found, "quantity")) == 4


def test_a_plant_that_nobody_registered_is_asked_for() -> None:
    grid: Grid = [
        ["stationCode", "collectTime", "ongrid_power"],
        ["NE=1", 1527782400000, 5],
    ]
    assert codes_of(read(grid).findings) == ["plant_unknown"]


def test_a_plant_may_name_its_township_without_its_ending() -> None:
    grid = with_cell(PLATFORM[:2], 1, 0, "河顺柳泉村光伏扶贫电站")
    assert set(rows_of(read(grid), "village_code")) == {(LIUQUAN,)}
    months = [["统计时间", *MONTHLY[1]], ["2018-03", *MONTHLY[2]]]
    found = read(months)
    assert found.findings == []
    assert rows_of(found, "period_start")[0][0].month == 3
