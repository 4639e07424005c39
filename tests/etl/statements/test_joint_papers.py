"""Is it read who earned what with which project, and who holds how much of it?"""

from datetime import date
from decimal import Decimal

import pytest

from etl.check import Checked
from tests.etl.statements.grids import (
    DONGLI,
    FIRST_HALF,
    JOINT,
    LIUQUAN,
    OF_L01,
    RENCUN,
    SHARES,
    read,
    rows_of,
    with_cell,
)
from tests.making import Grid, codes_of


def shares_of(grid: Grid) -> list[tuple[str, Decimal]]:
    found = read(grid)
    assert found.findings == []
    rows = found.facts["share"].to_pylist()
    return [(row["village_code"], row["share_pct"]) for row in rows]


def test_a_projects_income_is_the_managers_paper_and_nobodys_income() -> None:
    found = read(JOINT)
    assert found.findings == []
    [row] = found.rows.to_pylist()
    assert (row["village_code"], row["project_id"]) == (LIUQUAN, "L01")
    assert (row["line_kind"], row["source_id"]) == ("project", "joint_base")
    assert (row["period_start"], row["period_end"]) == FIRST_HALF
    assert row["amount_due_yuan"] == Decimal("120000.00")
    assert row["amount_received_yuan"] == Decimal("100000.01")


def test_a_title_names_the_kind_for_all_lines() -> None:
    bare = [[*row[:2], *row[3:]] if len(row) > 5 else row for row in JOINT]
    assert codes_of(read(bare).findings) == ["project_kind_unknown"]
    entitled = with_cell(bare, 0, 0, "2018年上半年联建乡村旅游项目收入表")
    assert rows_of(read(entitled), "source_id") == [("joint_tourism",)]
    asked = read(bare, source_id="joint_shopfront")
    assert rows_of(asked, "source_id") == [("joint_shopfront",)]


def test_holders_of_several_townships_and_what_their_manager_owes() -> None:
    third = Decimal("33.333333")
    assert shares_of(SHARES) == [
        (LIUQUAN, third),
        (DONGLI, third),
        (RENCUN, Decimal("33.333334")),
    ]
    facts = read(SHARES).facts
    [project] = facts["project"].to_pylist()
    assert (project["managing_code"], project["source_id"]) == (LIUQUAN, "joint_base")
    [owed] = facts["expected"].to_pylist()
    assert (owed["village_code"], owed["statement"]) == (LIUQUAN, "joint_income")
    assert (owed["project_id"], owed["cadence"]) == ("L01", "half_year")
    assert owed["owed_from_date"] == date(2018, 1, 1)


def test_what_holders_paid_in_needs_its_unit() -> None:
    def paid(heading: str, amount: object) -> Checked:
        return read(
            [SHARES[0], [*SHARES[1], heading], *[[*r, amount] for r in SHARES[2:]]]
        )

    told = paid("出资额（万元）", 1.5)
    assert told.findings == []
    assert {row["invested_yuan"] for row in told.facts["share"].to_pylist()} == {15_000}
    assert codes_of(paid("出资额", 15_000).findings) == ["unit_missing"]
    blank = paid("出资额（元）", "")
    assert {row["invested_yuan"] for row in blank.facts["share"].to_pylist()} == {None}


@pytest.mark.parametrize(
    ("first", "second"),
    [("40%", "60%"), (40, 60), (0.4, 0.6), ("４０％", "60"), ("0.4", "0.6")],
)
def test_shares_as_people_write_them(first: object, second: object) -> None:
    lines = [[*OF_L01, "河顺镇", "柳泉", first, ""], [*OF_L01, "", "东里", second, ""]]
    grid = [["联建项目份额表（2018年1月）"], SHARES[1], *lines]
    assert shares_of(grid) == [(LIUQUAN, Decimal(40)), (DONGLI, Decimal(60))]


def test_a_table_that_is_not_whole_is_held_back_as_a_whole() -> None:
    other = [["L02", *OF_L01[1:], "河顺镇", "东里", "100%", "2018-01-01"]]
    found = read([*with_cell(SHARES, 2, 7, "33%"), *other])
    assert codes_of(found.findings) == ["shares_not_100"]
    assert "99.666667%" in found.findings[0].message
    assert (found.rows.num_rows, found.rejected) == (1, 3)
    assert {row["project_id"] for row in found.facts["share"].to_pylist()} == {"L02"}


def test_two_tables_of_one_project_hold_from_their_own_days() -> None:
    later = [
        [*OF_L01, "河顺镇", "柳泉", "50%", "2018-07-01"],
        [*OF_L01, "河顺镇", "东里", "50%", "2018-07-01"],
    ]
    days = {
        row["valid_from_date"]
        for row in read([*SHARES, *later]).facts["share"].to_pylist()
    }
    assert days == {date(2018, 1, 1), date(2018, 7, 1)}


def test_a_project_without_a_number_goes_by_its_name() -> None:
    nameless = [["", *row[1:]] if row[0] == "L01" else row for row in SHARES]
    [project] = read(nameless).facts["project"].to_pylist()
    assert (project["project_id"], project["project_name"]) == ("食用菌园", "食用菌园")
