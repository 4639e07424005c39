"""Which shares are free, what would they clear, and does a kind fit its place?"""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from queries.joint_projects import effect, fits, free_shares, illustrated, with_own
from store import Store
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    end_of,
    joint,
    moment,
    share,
    tell,
)

FIRST = date(2018, 1, 1)


def project(project_id: str, source_id: str = "joint_base") -> dict[str, str]:
    return {
        "project_id": project_id,
        "project_name": f"{project_id}园",
        "source_id": source_id,
        "managing_code": HESHUN,
        "place_name": "河顺镇",
    }


def test_free_shares_are_what_is_left_of_a_hundred(store: Store) -> None:
    tell(
        store,
        joint("P1", date(2017, 7, 1), end_of(12, 2017), 10_000),
        joint("P1", FIRST, end_of(6), 20_000),
        project=[project(one) for one in ("P1", "P2", "P3")],
        share=[
            *share("P1", FIRST, {LIUQUAN: "50", DONGLI: "37.5"}),
            *share("P2", FIRST, {LIUQUAN: "50", DONGLI: "50"}),
        ],
    )
    [offer] = free_shares(store, moment(store, end_of(6))).to_dict("records")
    assert (offer["project_id"], offer["given_pct"]) == ("P1", Decimal("87.5"))
    assert offer["free_pct"] == Decimal("12.5")
    assert offer["yuan_per_point"] == 300
    assert offer["full_year_date"] == end_of(6)
    # of those who hold shares nothing is told
    assert not {LIUQUAN, DONGLI} & set(map(str, offer.values()))
    # before the table holds, nobody has parted anything
    assert free_shares(store, moment(store, end_of(12, 2017))).empty


def test_no_project_offers_nothing(store: Store) -> None:
    found = free_shares(store, moment(store, end_of(6)))
    assert found.empty and "free_pct" in found


@pytest.mark.parametrize(
    ("source_id", "terrain", "expected"),
    [
        ("joint_base", "mountain", True),
        ("joint_base", "urban", False),
        ("joint_tourism", "scenic", True),
        ("joint_shopfront", "town", True),
        ("joint_shopfront", "mountain", False),
        ("joint_base", None, None),
        ("solar", "mountain", None),
    ],
)
def test_a_kind_fits_its_terrain(
    source_id: str, terrain: str | None, expected: bool | None
) -> None:
    assert fits(source_id, terrain) is expected


def remaining(*said: tuple[str, int | None, str]) -> pd.DataFrame:
    rows = [
        {
            "village_code": f"410581{code}",
            "village_name": code,
            "township_code": "410581105",
            "township_name": "镇",
            "terrain": terrain,
            "gap_yuan": None if gap is None else Decimal(gap),
            "has_share": False,
        }
        for code, gap, terrain in said
    ]
    return pd.DataFrame(rows)


def known(*said: tuple[str, str, str | None, str]) -> pd.DataFrame:
    rows = [
        {
            "managing_code": "410581Z",
            "project_id": one,
            "project_name": one,
            "source_id": source_id,
            "yuan_per_point": None if each is None else Decimal(each),
            "full_year_date": end_of(6),
            "free_pct": Decimal(free),
        }
        for one, source_id, each, free in said
    ]
    return pd.DataFrame(rows)


def test_points_are_the_gap_by_what_a_point_brings_rounded_up() -> None:
    villages = remaining(("B", 1000, "mountain"), ("A", 100, "urban"), ("C", None, ""))
    projects = known(("P1", "joint_base", "300", "0"), ("P2", "joint_base", None, "0"))
    found = effect(villages, projects)
    columns = ["village_name", "project_id", "points_needed", "is_fitting"]
    assert found[columns].to_numpy().tolist() == [
        ["A", "P1", Decimal("0.34"), False],
        ["B", "P1", Decimal("3.34"), True],
    ]


def test_a_project_is_for_the_villages_of_its_county() -> None:
    elsewhere = known(("P1", "joint_base", "300", "0")).assign(managing_code="410522Z")
    assert effect(remaining(("A", 100, "urban")), elsewhere).empty


def test_free_shares_go_to_those_nearest_the_line_where_they_fit() -> None:
    """2 points: A needs 1 of P1, D does not fit, B needs 1 as well, C would need 3."""
    villages = remaining(
        ("C", 300, "mountain"),
        ("B", 95, "mountain"),
        ("A", 90, "mountain"),
        ("D", 10, "urban"),
    )
    projects = known(("P1", "joint_base", "100", "1.85"))
    given = illustrated(effect(villages, projects), projects)
    assert list(given["village_name"]) == ["A", "B"]
    assert list(given["points_needed"]) == [Decimal("0.90"), Decimal("0.95")]
    little = known(("P1", "joint_base", "100", "1.84"))
    assert list(illustrated(effect(villages, little), little)["village_name"]) == ["A"]
    assert illustrated(effect(villages, projects), projects.iloc[:0]).empty


def test_the_others_are_a_sum_and_unknown_where_a_part_is() -> None:
    projects = pd.DataFrame(
        {"project_id": ["P1", "P2"], "received_yuan": [Decimal(100), None]}
    )
    holders = pd.DataFrame(
        {
            "project_id": ["P1", "P1"],
            "village_code": ["A", "B"],
            "share_pct": [Decimal(10), Decimal(20)],
            "received_yuan": [Decimal(10), Decimal(20)],
        }
    )
    first, second = with_own(projects, holders).to_dict("records")
    assert (first["own_count"], first["own_pct"]) == (2, 30)
    assert (first["own_received_yuan"], first["others_received_yuan"]) == (30, 70)
    assert pd.isna(second["own_pct"]) and pd.isna(second["others_received_yuan"])
    unknown = with_own(projects, holders.assign(received_yuan=[Decimal(10), None]))
    assert pd.isna(unknown["others_received_yuan"].iloc[0])
