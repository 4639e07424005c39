"""Are inventories, contracts, attributes and rosters read into what they tell?"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from etl.check import Checked
from tests.etl.statements.grids import (
    ATTRIBUTES,
    CONTRACT,
    DONGLI,
    FIRST_HALF,
    INVENTORY,
    LIUQUAN,
    RENCUN,
    ROSTER,
    read,
    rows_of,
    with_cell,
)
from tests.etl.telling import sheets
from tests.making import Grid, checked, codes_of


def facts(found: Checked, kind: str, *columns: str) -> list[tuple[Any, ...]]:
    """Return some columns of the facts of a kind."""
    return [tuple(row[c] for c in columns) for row in found.facts[kind].to_pylist()]


def test_an_inventory_tells_its_state_and_what_it_brought_in() -> None:
    found = read(INVENTORY)
    assert found.findings == []
    state = ("village_code", "is_complete", "completed_date", "contracts_count")
    assert facts(found, "inventory", *state) == [
        (LIUQUAN, True, date(2018, 5, 20), 3),
        (DONGLI, False, None, None),
    ]
    assert facts(found, "inventory", "resources_mu")[0] == (Decimal("120.50"),)
    money = ("village_code", "item_id", "amount_due_yuan", "amount_received_yuan")
    assert rows_of(found, *money)[2:] == [
        (LIUQUAN, "arrears", Decimal(5000), Decimal(3000)),
        (DONGLI, "arrears", Decimal(400), None),
        (LIUQUAN, "relet", None, Decimal(8000)),
        (DONGLI, "relet", None, Decimal(0)),
    ]
    assert set(rows_of(found, "period_start", "period_end")) == {FIRST_HALF}
    one_off = dict(rows_of(found, "item_id", "is_one_off"))
    assert (one_off["arrears"], one_off["relet"]) == (True, False)


def test_contracts_keep_party_term_rent_and_due_days() -> None:
    found = read(CONTRACT)
    assert found.findings == []
    told = ("contract_id", "end_date", "rent_yuan_per_year", "due_days")
    assert facts(found, "contract", *told) == [
        ("HT-1", date(2024, 12, 31), Decimal(9000), "06-30 12-31"),
        ("李某·门面房", date(2020, 12, 31), Decimal(12000), "12-31"),
    ]
    # a contract says what should come; no money is counted from it
    assert set(rows_of(found, "line_kind", "amount_received_yuan")) == {
        ("report", None)
    }


def test_a_term_in_one_cell() -> None:
    grid: Grid = [
        ["河顺镇2018年集体经济合同台账（单位：元）"],
        ["村名", "承包方", "合同期限", "年租金"],
        ["柳泉", "张某", "2016年1月1日至2025年12月31日", 9000],
    ]
    days = ("start_date", "end_date")
    assert facts(read(grid), "contract", *days) == [
        (date(2016, 1, 1), date(2025, 12, 31))
    ]


def test_attributes_are_dated_and_say_whether_somebody_checked_them() -> None:
    found = read(ATTRIBUTES)
    assert found.findings == []
    told = ("village_code", "attribute_id", "attribute_value", "valid_from_date")
    assert facts(found, "attribute", *told) == [
        (LIUQUAN, "terrain", "mountain", date(2018, 1, 1)),
        (LIUQUAN, "pilot_level", "province", date(2018, 1, 1)),
        (LIUQUAN, "poor_village", "yes", date(2018, 1, 1)),
        (LIUQUAN, "exit_year", "2017", date(2018, 1, 1)),
        (LIUQUAN, "solar_capacity_kw", "300", date(2017, 8, 1)),
        (RENCUN, "terrain", "town", date(2018, 1, 1)),
        (RENCUN, "poor_village", "no", date(2018, 1, 1)),
    ]
    is_checked = dict(facts(found, "attribute", "village_code", "is_checked"))
    assert is_checked == {LIUQUAN: False, RENCUN: True}


@pytest.mark.parametrize(
    ("said", "codes", "told"),
    [
        ("60户", [], [("60",)]),
        (60, [], [("60",)]),
        (60.5, ["households_not_whole"], None),
        ("许多", ["number_unreadable"], None),
    ],
)
def test_the_households_of_a_plant(
    said: object, codes: list[str], told: list[tuple[str]] | None
) -> None:
    found = read(
        [
            ["林州市村情属性表（2018年1月）"],
            ["乡镇", "村名", "光伏受益户数", "依据"],
            ["河顺镇", "柳泉", said, "市扶贫办"],
        ]
    )
    assert codes_of(found.findings) == codes
    if told is None:
        assert "attribute" not in found.facts
    else:
        assert facts(found, "attribute", "attribute_value") == told


def test_a_village_with_a_plant_owes_the_papers_about_it() -> None:
    owed = ("village_code", "statement", "cadence", "owed_from_date")
    assert facts(read(ATTRIBUTES), "expected", *owed) == [
        (LIUQUAN, "energy", "month", date(2017, 8, 1)),
        (LIUQUAN, "settlement", "month", date(2017, 8, 1)),
    ]


def test_a_roster_names_who_answers_and_says_where_nobody_does() -> None:
    found = read(ROSTER)
    assert found.findings == []
    told = ("village_code", "duty_id", "holder_name", "since_date")
    assert facts(found, "assignment", *told)[3:7] == [
        (LIUQUAN, "first_secretary", "李某", date(2016, 5, 1)),
        (DONGLI, "township_lead", "王某某", None),
        (DONGLI, "department", "", None),
        (DONGLI, "work_team", "", None),
    ]
    assert set(facts(found, "assignment", "valid_from_date")) == {(date(2018, 1, 1),)}
    teams = dict(facts(found, "assignment", "duty_id", "organisation_name")[:4])
    assert teams == {
        "township_lead": "",
        "department": "市财政局",
        "work_team": "市财政局",
        "first_secretary": "市财政局",
    }


def test_who_came_within_the_period_answers_from_that_day() -> None:
    found = read(with_cell(ROSTER, 2, 5, "2018-03-15"))
    days = dict(facts(found, "assignment", "duty_id", "valid_from_date")[:4])
    assert days["first_secretary"] == date(2018, 3, 15)
    assert days["township_lead"] == date(2018, 1, 1)


@pytest.mark.parametrize(
    ("said", "value"),
    [("山区村", "mountain"), ("深山区", "mountain"), ("城中村", "urban"), ("", None)],
)
def test_values_as_people_write_them(said: str, value: str | None) -> None:
    rows = facts(
        read(with_cell(ATTRIBUTES[:3], 2, 2, said)),
        "attribute",
        "attribute_id",
        "attribute_value",
    )
    assert dict(rows).get("terrain") == value


def test_a_line_with_a_bad_cell_is_held_back_alone() -> None:
    found = read(with_cell(ATTRIBUTES, 2, 2, "海边"))
    assert codes_of(found.findings) == ["attribute_unknown"]
    assert (found.rows.num_rows, found.rejected) == (1, 1)
    assert {code for (code,) in facts(found, "attribute", "village_code")} == {RENCUN}


def test_the_same_as_above_is_who_stands_above() -> None:
    grid = with_cell(with_cell(ROSTER, 3, 2, "同上"), 3, 4, "〃")
    told = ("village_code", "duty_id", "holder_name")
    rows = facts(read(grid), "assignment", *told)
    assert (DONGLI, "department", "市财政局") in rows
    assert (DONGLI, "first_secretary", "李某") in rows


def test_attributes_of_a_year_hold_from_its_first_day() -> None:
    found = read(with_cell(ATTRIBUTES, 0, 0, "林州市村情属性表（2018年）"))
    assert found.findings == []
    days = dict(facts(found, "attribute", "attribute_id", "valid_from_date"))
    assert days["terrain"] == date(2018, 1, 1)


def test_a_workbook_may_hold_several_papers() -> None:
    found = checked(sheets(INVENTORY, CONTRACT, ROSTER, ATTRIBUTES))
    assert found.findings == []
    assert found.layouts == ("inventory", "contract", "roster", "attributes")
    assert {row["statement"] for row in found.rows.to_pylist()} == set(found.layouts)
    kinds = {"inventory", "contract", "assignment", "attribute", "expected"}
    assert set(found.facts) == kinds
