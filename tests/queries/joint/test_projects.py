"""Are totals told to whoever has a part, and parts to nobody else?"""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from store import Store
from tests.etl.statements.grids import DONGLI, JOINT, LIUQUAN, RENCUN, SHARES, with_cell
from tests.making import load
from tests.queries.asking import (
    HESHUN,
    TOWNSHIP,
    end_of,
    joint,
    moment,
    question,
    share,
    tell,
    viewer_of,
)

CITY, ELSEWHERE = "410581", "410581001"
JULY = date(2018, 7, 1)


def asked(store: Store, name: str, *codes: str, as_of: date | None = None) -> list:
    viewer = viewer_of(*codes)
    found = question(f"joint/{name}", store, viewer, moment(store, as_of or end_of(6)))
    return found.to_dict("records")


@pytest.fixture
def held(store: Store) -> Store:
    """柳泉, 东里 of 河顺镇 and 任村 of 任村镇 hold a third each of 100,000.01 yuan."""
    load(store, SHARES)
    load(store, JOINT)
    return store


@pytest.mark.parametrize(
    ("codes", "parts"),
    [
        ((CITY,), {LIUQUAN: "33333.34", DONGLI: "33333.33", RENCUN: "33333.34"}),
        ((TOWNSHIP,), {LIUQUAN: "33333.34", DONGLI: "33333.33"}),
        ((DONGLI,), {DONGLI: "33333.33"}),
        ((RENCUN[:9],), {RENCUN: "33333.34"}),
        ((ELSEWHERE,), {}),
        ((), {}),
    ],
)
def test_who_has_a_part_sees_the_total_and_the_own_part(
    held: Store, codes: tuple[str, ...], parts: dict[str, str]
) -> None:
    projects, holders = asked(held, "projects", *codes), asked(held, "holders", *codes)
    got = {row["village_code"]: str(row["received_yuan"]) for row in holders}
    assert got.keys() == parts.keys()
    assert all(abs(Decimal(got[c]) - Decimal(parts[c])) < Decimal("0.02") for c in got)
    assert [row["received_yuan"] for row in projects] == (
        [Decimal("100000.01")] if parts else []
    )
    for row in projects:
        assert (row["holder_count"], row["township_count"]) == (3, 2)
        assert (row["due_yuan"], row["given_pct"]) == (120_000, 100)
        assert (row["manager_name"], row["site_township_name"]) == ("柳泉", "河顺镇")


def test_who_manages_without_a_share_sees_the_total(store: Store) -> None:
    project = {
        "project_id": "P1",
        "project_name": "食用菌基地",
        "source_id": "joint_base",
        "managing_code": HESHUN,
        "place_name": "河顺镇",
    }
    tell(
        store,
        joint("P1", date(2018, 1, 1), end_of(6), 100),
        project=[project],
        share=share("P1", date(2018, 1, 1), {RENCUN: "100"}),
    )
    assert [row["received_yuan"] for row in asked(store, "projects", HESHUN)] == [100]
    assert asked(store, "holders", HESHUN) == []


def test_away_and_together(held: Store) -> None:
    """任村 holds alone what stands elsewhere; 东里 holds at home with 柳泉."""
    told = {
        row["village_code"]: (row["is_manager"], row["is_away"], row["is_together"])
        for row in asked(held, "holders", CITY)
    }
    assert told == {
        LIUQUAN: (True, False, True),
        DONGLI: (False, False, True),
        RENCUN: (False, True, False),
    }


def test_a_village_alone_is_told_the_same_of_itself(held: Store) -> None:
    [alone] = asked(held, "holders", DONGLI)
    [among] = [
        row for row in asked(held, "holders", CITY) if row["village_code"] == DONGLI
    ]
    assert pd.Series(alone).astype(str).to_dict() == (
        pd.Series(among).astype(str).to_dict()
    )


def point(store: Store, as_of: date) -> tuple[object, object]:
    [row] = asked(store, "projects", CITY, as_of=as_of)
    each, until = row["yuan_per_point"], row["full_year_date"]
    return (None if pd.isna(each) else str(each), None if pd.isna(until) else until)


def test_a_point_brings_a_hundredth_of_twelve_whole_months(held: Store) -> None:
    """The first half of 2018 alone is no year; with the second half of 2017 it is."""
    assert point(held, end_of(6)) == (None, None)
    second = with_cell(JOINT, 0, 0, "2017年下半年联建项目收入表")
    load(held, with_cell(second, 3, 6, 20_000))
    assert point(held, end_of(6)) == ("1200.00", end_of(6))
    # told until June, the year is the same in October
    assert point(held, end_of(10)) == ("1200.00", end_of(6))
    assert point(held, end_of(12, 2017)) == (None, None)
    [row] = asked(held, "projects", CITY, as_of=end_of(10))
    assert (row["before_received_yuan"], row["before_due_yuan"]) == (20_000, 120_000)


def test_what_was_paid_in_and_what_it_brings_a_year(held: Store) -> None:
    """50,000 yuan paid in by each of three; 120,000 came in twelve months."""
    second = with_cell(JOINT, 0, 0, "2017年下半年联建项目收入表")
    load(held, with_cell(second, 3, 6, 20_000))
    [row] = asked(held, "projects", CITY)
    assert pd.isna(row["invested_yuan"]) and pd.isna(row["yearly_return_pct"])
    paid = [
        ["联建项目份额表"],
        [*SHARES[1], "出资额（万元）"],
        *[[*line, 5] for line in SHARES[2:]],
    ]
    load(held, paid)
    [row] = asked(held, "projects", DONGLI)
    assert (row["invested_yuan"], row["yearly_return_pct"]) == (150_000, 80.0)
    [own] = asked(held, "holders", DONGLI)
    assert own["invested_yuan"] == 50_000
    # one who does not say what it paid: the sum is unknown, and so is the return
    load(held, [*paid[:-1], [*paid[-1][:-1], ""]])
    [row] = asked(held, "projects", CITY)
    assert pd.isna(row["invested_yuan"]) and pd.isna(row["yearly_return_pct"])


def test_a_half_year_without_its_amount_makes_the_year_unknown(held: Store) -> None:
    second = with_cell(JOINT, 0, 0, "2017年下半年联建项目收入表")
    load(held, with_cell(second, 3, 6, ""))
    assert point(held, end_of(6)) == (None, None)


def test_shares_are_those_of_the_day(held: Store) -> None:
    tell(
        held,
        share=share("L01", JULY, {DONGLI: "60", RENCUN: "40"}),
    )
    assert len(asked(held, "holders", CITY, as_of=end_of(6))) == 3
    later = asked(held, "holders", CITY, as_of=JULY)
    assert {row["village_code"]: int(row["share_pct"]) for row in later} == {
        DONGLI: 60,
        RENCUN: 40,
    }
